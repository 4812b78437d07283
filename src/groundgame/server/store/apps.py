"""The one Django app of this house."""

from django.apps import AppConfig


class Store(AppConfig):
    """Every table of the book."""

    name = "groundgame.server.store"
    label = "store"
    verbose_name = "The book"
    default_auto_field = "django.db.models.BigAutoField"
