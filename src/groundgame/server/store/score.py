"""Tables of scores that rules may name."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from groundgame.server.store.chapter import Chapter


class ScoreTable(models.Model):
    """Scores that somebody brought in: which, of how many people. They lie in Parquet.

    Of two tables that hold a score of one name, the newer one counts.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="scores"
    )
    label = models.CharField(max_length=200)
    names = models.JSONField()
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"scores {self.pk}"

    @property
    def file(self) -> Path:
        """Where the scores lie."""
        return settings.DATA / "scores" / f"{self.key}.parquet"
