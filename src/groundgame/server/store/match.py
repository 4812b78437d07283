"""Outside lists held against a snapshot, and what people decided about them."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from groundgame.server.store.snapshot import SnapshotRow


class MatchList(models.Model):
    """A list and whom its rows mean. The rows and links are in Parquet beside it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    snapshot = models.ForeignKey(
        SnapshotRow, on_delete=models.PROTECT, related_name="matches"
    )
    label = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"match {self.pk}"

    @property
    def folder(self) -> Path:
        """Where the list, its links and its candidates lie."""
        return settings.DATA / "matches" / str(self.key)


class MatchDecision(models.Model):
    """Somebody says that a row means a person, or not, or takes that back.

    Rows are added and never changed; what holds is a fold over them.
    """

    match = models.ForeignKey(
        MatchList, on_delete=models.CASCADE, related_name="decisions"
    )
    row = models.CharField(max_length=32)
    person = models.CharField(max_length=128, null=True)  # noqa: DJ001  # null: undone
    verdict = models.CharField(max_length=16)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """Looked for by list."""

        indexes = (models.Index(fields=["match", "-at"], name="decision_by_match"),)

    def __str__(self) -> str:
        """Say which, and not about whom."""
        return f"decision {self.pk}"
