"""Work that takes longer than somebody waits for a page."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groundgame.server.store.chapter import Chapter


class Job(models.Model):
    """One piece of work in the background: who asked for what, and how far it is.

    It is a draft until `asked`, waits until `begun`, runs until `ended`. Every time is
    also a state: none of them is set back, except when a worker is closed in the middle
    and the job waits for the next one.
    """

    class Kind(models.TextChoices):
        """What is done."""

        IMPORT = "import", _("reading a voter file")
        CUT = "cut", _("cutting turf")
        PRINT = "print", _("printing walk sheets")
        LOCATE = "locate", _("placing doors")
        MATCH = "match", _("matching a list")
        STREETS = "streets", _("preparing streets")
        COMPARE = "compare", _("comparing snapshots")
        PAPER = "paper", _("reading walk sheets")
        FINDING = "finding", _("reading an experiment")

    class Outcome(models.TextChoices):
        """How it ended."""

        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=16, choices=Kind)
    label = models.CharField(max_length=200)
    wanted = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    asked = models.DateTimeField(null=True)
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    says = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    stop_at = models.DateTimeField(null=True)
    stop_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    worker = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=32, blank=True)
    step_begun = models.DateTimeField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    rows = models.PositiveBigIntegerField(default=0)

    class Meta:
        """Looked for by who is at work on it, and by chapter."""

        indexes = (
            models.Index(fields=["worker", "ended"], name="job_by_worker"),
            models.Index(fields=["chapter", "-at"], name="job_by_chapter"),
        )

    def __str__(self) -> str:
        """Say which."""
        return f"job {self.pk}: {self.kind}"

    @property
    def folder(self) -> Path:
        """Where its files lie: what was uploaded for it, and what it made."""
        return settings.DATA / "jobs" / str(self.key)
