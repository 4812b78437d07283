"""The keys that phones seal what they hear to, one or more a chapter."""

from django.db import models

from groundgame.server.store.chapter import Chapter


class SealKey(models.Model):
    """A pair of keys of a chapter. Phones are told of the newest; all of them open.

    The private half lies here, beside the answers that it opens, so that whoever
    brings a book back from a backup can still open what phones send to it. No screen,
    no API and no export shows it.
    """

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="seal_keys"
    )
    name = models.CharField(max_length=16, unique=True)
    private = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which, and nothing of it."""
        return f"seal key {self.name}"
