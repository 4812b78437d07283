"""Jobs: how far they are, stopping them, and what those who work on them write down.

What a job does is in work.py. Here is what a job is to whoever asked for it, and the
few writes that a worker makes while it runs.
"""

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from groundgame.errors import NotYours
from groundgame.server.actions import audit, people
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Chapter, Job, User

Kind = Job.Kind
Outcome = Job.Outcome
SHOWN = 50
READING = "reading"
"""The step in which rows are read; there is a rate of them in no other."""
SECOND = 1.0
"""A commit waits for the disk, so progress is written down once a second."""
ATTEMPTS = 3
KEPT = timedelta(days=3)
"""How long the files of a job that failed are kept, for another try."""
PRINTS_KEPT = timedelta(days=1)


class Stopped(Exception):
    """Somebody asked for this job to be stopped."""


class Closing(Exception):
    """The worker is being closed; the job waits for the next one."""


@dataclass(frozen=True, slots=True)
class JobPage:
    """One job. `state`: draft, waiting, running, stopping, done, failed, stopped."""

    id: int
    chapter: str
    kind: str
    doing: str
    label: str
    state: str
    step: str
    share: float | None
    """How much is done, from 0 to 1; None: nobody knows."""
    rows: int
    rate: float
    """Rows a second, while some are read."""
    left: float | None
    """Seconds that the rest of this step may take; None: nobody knows."""
    says: str
    result: dict[str, Any]
    attempts: int
    by: str
    at: datetime
    ended: datetime | None
    kept: bool
    """Whether its files are still here."""

    @property
    def open(self) -> bool:
        """Whether something may still change."""
        return self.state in {"waiting", "running", "stopping"}


def draft(
    *, kind: str, chapter: Chapter, label: str, wanted: dict[str, Any], by: User
) -> Job:
    """Write down what may be asked for; nobody works on it until work.ask.

    Raises:
        NotYours: `by` does not organize this chapter.
    """
    people.require(by, chapter)
    return Job.objects.create(
        kind=kind, chapter=chapter, label=label[:200], wanted=wanted, by=by
    )


def wish(row: Job, wanted: dict[str, Any], *, by: User) -> Job:
    """Change what a draft wants; one that was asked for already is left alone.

    Raises:
        NotYours: `by` does not organize its chapter.
    """
    people.require(by, row.chapter)
    row.wanted = row.wanted | wanted
    Job.objects.filter(pk=row.pk, asked__isnull=True).update(wanted=row.wanted)
    return row


def found(*, id: int, seen_by: Anyone) -> Job:  # noqa: A002  # the word that all reads use
    """Return the row of a job, to an organizer of its chapter.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = Job.objects.select_related("chapter", "by").filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(seen_by, row.chapter)
    return row


def job(*, id: int, seen_by: Anyone) -> JobPage:  # noqa: A002  # the word that all reads use
    """Return one job. Two queries.

    Raises:
        NotYours: There is none, or not for them.
    """
    return _page(found(id=id, seen_by=seen_by), timezone.now())


def jobs(*, seen_by: Anyone) -> list[JobPage]:
    """Return the last 50 jobs of every chapter that `seen_by` organizes, newest first.

    Two queries. Drafts are not among them.
    """
    now = timezone.now()
    rows = Job.objects.filter(
        chapter__in=people.organizes(seen_by), asked__isnull=False
    ).select_related("chapter", "by")
    return [_page(row, now) for row in rows.order_by("-asked", "-pk")[:SHOWN]]


@transaction.atomic
def stop(*, id: int, by: User) -> None:  # noqa: A002  # the word that all reads use
    """Ask for a job to be stopped. One that waits ends at once; one that ended stays.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=by)
    now = timezone.now()
    open_ones = Job.objects.filter(pk=row.pk, ended__isnull=True, stop_at__isnull=True)
    if not open_ones.update(stop_at=now, stop_by=by):
        return
    if Job.objects.filter(pk=row.pk, begun__isnull=True, ended__isnull=True).update(
        ended=now, outcome=Outcome.STOPPED
    ):
        forget_files(row)
    audit.add(by=by, verb="stop job", subject=f"job:{row.pk}")


def take_file(*, id: int, by: User) -> Path:  # noqa: A002  # the word that all reads use
    """Return the file that a job made, once it is written down who took it.

    Raises:
        NotYours: There is none, or not for them, or it is no longer kept.
    """
    row = found(id=id, seen_by=by)
    path = row.folder / str(row.result.get("file", ""))
    if "file" not in row.result or not path.is_file():
        raise NotYours
    audit.add(by=by, verb="download print", subject=f"job:{row.pk}")
    return path


def begin(job: int, worker: str) -> Job | None:
    """Take a job up, for a worker; None when there is nothing left to do."""
    with transaction.atomic():
        row = (
            Job.objects.select_for_update(of=("self",))
            .select_related("chapter", "by")
            .filter(pk=job, ended__isnull=True, worker="")
            .first()
        )
        if row is None:
            return None
        row.begun, row.worker = timezone.now(), worker
        row.attempts += 1
        row.done, row.rows, row.total, row.step = 0, 0, None, ""
        row.step_begun = None
        row.save()
    return row


def end(row: Job, outcome: str, *, says: str = "", **result: Any) -> None:
    """Write down how a job ended."""
    Job.objects.filter(pk=row.pk, ended__isnull=True).update(
        ended=timezone.now(), outcome=outcome, says=says, result=result, worker=""
    )
    keeps = outcome == Outcome.FAILED or "file" in result
    if not keeps:
        forget_files(row)


def put_back(row: Job) -> None:
    """Let a job wait for another worker; this time does not count."""
    Job.objects.filter(pk=row.pk, ended__isnull=True).update(
        worker="", begun=None, attempts=F("attempts") - 1
    )


def forget_files(row: Job) -> None:
    """Remove what was uploaded for a job, or made by it."""
    shutil.rmtree(row.folder, ignore_errors=True)


def forget_old_files(now: datetime) -> None:
    """Remove what jobs left that failed or printed long ago, or were never asked."""
    old = now - KEPT
    ended = Job.objects.filter(ended__lt=old)
    printed = Job.objects.filter(kind=Kind.PRINT, ended__lt=now - PRINTS_KEPT)
    drafts = Job.objects.filter(asked__isnull=True, at__lt=old)
    for row in (ended | printed | drafts).distinct().iterator():
        if row.folder.exists():
            forget_files(row)


class Teller:
    """Writes down how far a job is, once a second; and learns whether to go on."""

    def __init__(self, row: Job, closing: Callable[[], bool]) -> None:
        """Begin at nothing."""
        self._row, self._closing = row, closing
        self._written = 0.0
        self.done = self.rows = 0
        self.total: int | None = None
        self.step = ""
        self._begun: datetime | None = None

    def reading(self, more_bytes: int, more_rows: int) -> None:
        """Take note of bytes and rows that were just read."""
        self.done, self.rows = self.done + more_bytes, self.rows + more_rows
        if self.total is not None and self.done >= self.total:
            self.at("sorting")
        self.look()

    def pieces(self, done: int, total: int) -> None:
        """Take note of how many pieces of a step are done, of how many."""
        self.done, self.total = done, total
        self.look()

    def share(self, share: float) -> None:
        """Take note of what share is done, from 0.0 to 1.0."""
        self.done, self.total = round(1000 * share), 1000
        self.look()

    def at(self, step: str, total: int | None = None) -> None:
        """Begin another step, with so much to do; None: nobody knows."""
        self.step, self.total, self.done, self._written = step, total, 0, 0.0
        self._begun = timezone.now()
        self.look()

    def look(self) -> None:
        """Write it down if a second has passed, and stop if somebody asked for it.

        Raises:
            Stopped: Somebody did.
            Closing: The worker is being closed.
        """
        if self._closing():
            raise Closing
        now = time.monotonic()
        if now - self._written < SECOND:
            return
        self._written = now
        of_row = Job.objects.filter(pk=self._row.pk, ended__isnull=True)
        try:
            of_row.update(
                done=self.done,
                rows=self.rows,
                total=self.total,
                step=self.step,
                step_begun=self._begun,
            )
            stop = of_row.filter(stop_at__isnull=False).exists()
        except DatabaseError:  # somebody else is writing; the next second will do
            return
        if stop:
            raise Stopped


def _page(row: Job, now: datetime) -> JobPage:
    """Return what is shown of a job."""
    state = _state(row)
    began = row.step_begun or row.begun
    spent = max(((row.ended or now) - began).total_seconds(), 0.001) if began else 0
    share = min(row.done / row.total, 1.0) if row.total else None
    return JobPage(
        id=row.pk,
        chapter=row.chapter.name,
        kind=row.kind,
        doing=str(Kind(row.kind).label),
        label=row.label,
        state=state,
        step=row.step,
        share=1.0 if state == "done" else share,
        rows=row.rows,
        rate=row.rows / spent if spent and row.step == READING else 0.0,
        left=_left(share, spent) if state == "running" else None,
        says=row.says,
        result=row.result,
        attempts=row.attempts,
        by=str(row.by),
        at=row.at,
        ended=row.ended,
        kept=row.folder.exists(),
    )


def _left(share: float | None, spent: float) -> float | None:
    """Return the seconds that the rest of a step will take at its pace so far."""
    return spent * (1 - share) / share if share else None


def _state(row: Job) -> str:
    """Return the one word for where a job stands."""
    if row.ended:
        return row.outcome
    if row.stop_at:
        return "stopping"
    if row.begun:
        return "running"
    return "waiting" if row.asked else "draft"


def of_workers_gone(alive: Callable[[str], bool]) -> Iterable[Job]:
    """Return the jobs whose worker ended in the middle of them."""
    running = Job.objects.filter(ended__isnull=True).exclude(worker="")
    return [row for row in running if not alive(row.worker)]
