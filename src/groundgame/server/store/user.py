"""Who signs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody with an account. An account alone shows nothing: see Membership."""
