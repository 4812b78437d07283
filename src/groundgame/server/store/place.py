"""Where somebody says that a door is."""

from django.conf import settings
from django.db import models

from groundgame.server.store.chapter import Chapter


class HandPlace(models.Model):
    """A door that somebody put on the map: where, who, when; and when it was undone.

    A door keeps its id in the next snapshot, so what was found once is found for good.
    The last row of a door that was not undone holds.
    """

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="hand_places"
    )
    door = models.CharField(max_length=64)
    lon = models.FloatField()
    lat = models.FloatField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    undone = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Looked for by chapter and door."""

        indexes = (models.Index(fields=["chapter", "door"], name="place_by_door"),)

    def __str__(self) -> str:
        """Say which, and not where."""
        return f"place {self.pk}"
