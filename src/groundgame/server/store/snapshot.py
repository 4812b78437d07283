"""Which snapshots of the voter file a chapter works with."""

from django.conf import settings
from django.db import models

from groundgame.server.store.chapter import Chapter


class SnapshotRow(models.Model):
    """The book's line for a snapshot; its people and doors stay in the file."""

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="snapshots"
    )
    snapshot = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    counts = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A chapter has each snapshot once."""

        constraints = (
            models.UniqueConstraint(
                fields=["chapter", "snapshot"], name="one_row_a_snapshot"
            ),
        )

    def __str__(self) -> str:
        """Name it."""
        return self.label
