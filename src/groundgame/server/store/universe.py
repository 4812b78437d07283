"""Whom a program may contact, as a rule."""

from django.conf import settings
from django.db import models

from groundgame.server.store.snapshot import SnapshotRow


class Universe(models.Model):
    """A saved search: a rule over one snapshot, and what it counted when saved."""

    snapshot = models.ForeignKey(
        SnapshotRow, on_delete=models.PROTECT, related_name="universes"
    )
    name = models.CharField(max_length=100)
    rule = models.TextField()
    people = models.PositiveIntegerField()
    doors = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Names are not repeated over a snapshot."""

        constraints = (
            models.UniqueConstraint(
                fields=["snapshot", "name"], name="one_universe_a_name"
            ),
        )

    def __str__(self) -> str:
        """Name it."""
        return self.name
