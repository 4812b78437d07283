"""What left the house as a file."""

from django.conf import settings
from django.db import models

from groundgame.server.store.cut import Cut


class Export(models.Model):
    """A file that was taken out: why, by whom, and until when it may be kept."""

    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="exports")
    reason = models.CharField(max_length=500)
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    expires = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"export {self.pk}"
