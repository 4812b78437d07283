"""Sheets of paper: what was printed, and what was read on it and is in doubt."""

from django.conf import settings
from django.db import models

from groundgame.server.store.packet import Packet


class PaperPage(models.Model):
    """One printed page, and what each box on it stands for."""

    code = models.CharField(max_length=9, unique=True)
    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="pages")
    says = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"page {self.code}"


class PaperDoubt(models.Model):
    """A row of a page that somebody has to look at, as it was photographed.

    The picture is forgotten when the row is decided.
    """

    page = models.ForeignKey(PaperPage, on_delete=models.CASCADE, related_name="doubts")
    row = models.PositiveIntegerField()
    sure = models.JSONField()
    unsure = models.JSONField()
    picture = models.BinaryField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """A row waits once."""

        constraints = (
            models.UniqueConstraint(fields=["page", "row"], name="a_row_waits_once"),
        )

    def __str__(self) -> str:
        """Say which."""
        return f"doubt {self.pk}"


class PaperDecision(models.Model):
    """Somebody looked at a row and said what is marked: who, and when."""

    doubt = models.OneToOneField(
        PaperDoubt, on_delete=models.CASCADE, related_name="decision"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"decision of doubt {self.doubt_id}"
