"""Areas on the map that rules may name."""

from django.conf import settings
from django.db import models

from groundgame.server.store.chapter import Chapter


class Area(models.Model):
    """Polygons under a name; and when somebody took it away.

    An area is never changed, so that a saved universe never comes to mean another place
    by itself. Whoever wants it otherwise takes it away and draws it again.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=100)
    geojson = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    gone = models.DateTimeField(null=True)
    gone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Of those that are there, a chapter has one of each name."""

        constraints = (
            models.UniqueConstraint(
                fields=["chapter", "name"],
                condition=models.Q(gone__isnull=True),
                name="one_area_a_name",
            ),
        )

    def __str__(self) -> str:
        """Name it."""
        return self.name
