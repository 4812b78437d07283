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


class Doubts(models.QuerySet["PaperDoubt"]):
    """Rows that somebody has to look at."""

    def waiting(self) -> "Doubts":
        """Return those that nobody has decided, or whose decision was taken back."""
        holds = PaperDecision.objects.filter(doubt=models.OuterRef("pk"), undo=None)
        return self.filter(~models.Exists(holds))


class PaperDoubt(models.Model):
    """A row of a page that somebody has to look at, as it was photographed.

    The picture is forgotten when the row is decided, and nobody can take that back.
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

    objects = Doubts.as_manager()

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

    doubt = models.ForeignKey(
        PaperDoubt, on_delete=models.CASCADE, related_name="decisions"
    )
    event = models.CharField(max_length=64, default="", db_default="")
    """The id of the conversation that it put into the log; '' where it put none."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"decision of doubt {self.doubt_id}"


class PaperUndo(models.Model):
    """A decision was taken back: who did, and when. The row waits again."""

    decision = models.OneToOneField(
        PaperDecision, on_delete=models.CASCADE, related_name="undo"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"undo of decision {self.decision_id}"
