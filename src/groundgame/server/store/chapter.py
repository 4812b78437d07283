"""Chapters, and who is what in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.Model):
    """A local group. What one chapter holds, no other sees."""

    name = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name it."""
        return self.name


class Membership(models.Model):
    """What somebody may do in a chapter, who said so, and when."""

    class Role(models.TextChoices):
        """An organizer sees the chapter's work; a canvasser, the packets in hand."""

        ORGANIZER = "organizer", _("organizer")
        CANVASSER = "canvasser", _("canvasser")

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=Role)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One role a person and chapter."""

        constraints = (
            models.UniqueConstraint(
                fields=["chapter", "user"], name="one_role_a_member"
            ),
        )

    def __str__(self) -> str:
        """Say which role, and no name."""
        return f"membership {self.pk}: {self.role}"
