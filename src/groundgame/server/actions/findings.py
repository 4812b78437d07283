"""What an experiment came to: outcomes put beside arms, estimated, and kept.

It is read in the background (orders.ask_finding). A finding knows the mark of all that
it was read from; the same asked of the same is answered with it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import polars as pl
import pyarrow as pa
from django.db import transaction
from django.db.models import Count, Max

from groundgame import experiment as engine
from groundgame.errors import CannotAnalyse, NotYours
from groundgame.experiment import report as room
from groundgame.server.actions import (
    audit,
    experiments,
    kept,
    snapshots,
)
from groundgame.server.actions.held_out import CONTROL, PLACEBO
from groundgame.server.actions.jobs import Teller
from groundgame.server.actions.known import GROUP
from groundgame.server.actions.outcomes import BEFORE, Asked, Outcome, outcomes
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import (
    Event,
    Experiment,
    Finding,
    Job,
    SnapshotRow,
    User,
)
from groundgame.values import Seed

DRAWS, FEWER, MANY = 2_000, 500, 100_000
"""How often a draw is made again, and of how many units on it is made fewer times."""
KEPT = 32
"""Looks at experiments that run that are held in memory."""
PLAIN = ("snapshot", "election", "beside", "by", "hours", "money")
"""What of `Asked` a job holds as it is."""
SURVEYS = ("survey", "before")
"""What of it lies in a file."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in a list."""

    id: int
    by: str
    at: datetime
    source: str
    found: list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A finding, as pages show it."""

    line: FindingLine
    experiment: experiments.ExperimentLine
    report: dict[str, Any]

    @property
    def fragment(self) -> str:
        """The page, as it stands in another one; all of it is escaped."""
        return room.fragment(self.report)

    @property
    def html(self) -> str:
        """The page, by itself."""
        return room.html(self.report)

    @property
    def pdf(self) -> bytes:
        """The page on paper."""
        return room.pdf(self.report)

    @property
    def json(self) -> str:
        """The page for a program."""
        return json.dumps(self.report, indent=2)


def known(*, experiment: int, asked: Asked, by: User) -> Finding | None:
    """Return what was found when the same was asked of the same; None: read it.

    Raises:
        NotYours: There is no such experiment or snapshot, or not for them.
        CannotAnalyse: It never ran, or there is no newer file to read it from.
    """
    row, _later = _readable(experiment, asked, by)
    return row.findings.filter(mark=_mark(row, asked)).order_by("pk").first()


def read(
    *, experiment: int, asked: Asked, by: User, tell: Teller | None = None
) -> Finding:
    """Estimate what an experiment came to, and keep the report.

    What was read before, and has not changed since, is not read again.

    Args:
        experiment: Which.
        asked: How it is to be read.
        by: Who asks.
        tell: Is told how far it is.

    Raises:
        NotYours: There is no such experiment or snapshot, or not for them.
        CannotAnalyse: Outcomes cannot be of this experiment; the message says why.
    """
    row, later = _readable(experiment, asked, by)
    mark = _mark(row, asked)
    if (there := row.findings.filter(mark=mark).order_by("pk").first()) is not None:
        return there
    if tell:
        tell.at("outcomes")
    table, done = outcomes(row, asked, later)
    if tell:
        tell.at("drawing again", 1000)
    many = FEWER if row.units > MANY else DRAWS
    again = engine.Redraw(many, Seed(1), tell=tell.share if tell else None)
    made = _report(row, asked, table, done, again)
    with transaction.atomic():
        new = Finding.objects.create(
            experiment=row, snapshot=later, report=made, mark=mark, by=by
        )
        audit.add(
            by=by,
            verb="read experiment",
            subject=f"experiment:{row.pk}",
            details={"finding": new.pk, "measured": made["effects"]["n"]},
        )
    return new


def keep_survey(job: Job, asked: Asked) -> None:
    """Keep a survey for a job."""
    for role in SURVEYS:
        said = getattr(asked, role)
        if not said:
            continue
        folder = job.folder / role
        folder.mkdir(parents=True, exist_ok=True)
        rows = pl.DataFrame({"id": list(said), "answer": list(said.values())})
        rows.write_parquet(folder / f"{role}.parquet")


def asked_of(job: Job) -> Asked:
    """Return how the finding of a job is to be read."""
    said: dict[str, dict[str, float]] = {}
    for role in SURVEYS:
        tables = [pl.read_parquet(path) for path in kept.paths(job, role)]
        said[role] = {who: one for table in tables for who, one in table.iter_rows()}
    plain = {name: job.wanted[name] for name in PLAIN if name in job.wanted}
    beside = tuple(plain.pop("beside", ()))
    return Asked(survey=said["survey"], before=said["before"], beside=beside, **plain)


def findings(*, experiment: int, seen_by: Anyone) -> list[FindingLine]:
    """Return the findings of an experiment, newest first.

    Raises:
        NotYours: There is no such experiment, or not for them.
    """
    row = experiments.found(id=experiment, seen_by=seen_by)
    every = row.findings.select_related("by", "snapshot").order_by("-at", "-pk")
    return [_line(each) for each in every]


def finding(*, id: int, seen_by: Anyone) -> Reading:  # noqa: A002  # the word that all reads use
    """Return one finding.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = Finding.objects.select_related("by", "snapshot").filter(pk=id).first()
    if row is None:
        raise NotYours
    of = experiments.found(id=row.experiment_id, seen_by=seen_by)
    return Reading(_line(row), experiments.line(of), row.report)


def so_far(row: Experiment) -> dict[str, Any] | None:
    """Return what the log shows while an experiment runs, with intervals for any look.

    None: its outcome is not in the log, or too few were measured to say anything. While
    nothing comes in, it is not estimated again.
    """
    if row.outcome != Outcome.ANSWER or not hasattr(row, "launch"):
        return None
    return _looked(row.pk, _mark(row, Asked()))


@lru_cache(maxsize=KEPT)
def _looked(experiment: int, _mark: str) -> dict[str, Any] | None:
    """Return a report of the log as it is."""
    row = Experiment.objects.select_related("universe__snapshot").get(pk=experiment)
    try:
        table, done = outcomes(row, Asked(), None)
        return _report(row, Asked(), table, done)
    except CannotAnalyse:
        return None


def _readable(
    experiment: int, asked: Asked, by: User
) -> tuple[Experiment, SnapshotRow | None]:
    """Return an experiment that ran, and the newer file it is read from."""
    row = experiments.found(id=experiment, seen_by=by)
    if not hasattr(row, "launch"):
        raise CannotAnalyse(
            "an experiment that was never launched",
            "one that ran",
            "launch it, and come back when outcomes are known",
        )
    return row, _later(row, asked, by)


def _mark(row: Experiment, asked: Asked) -> str:
    """Return what changes when there is anything else to read an experiment from."""
    chapter = row.universe.snapshot.chapter_id
    log_so_far = Event.objects.filter(chapter=chapter).aggregate(
        last=Max("position"), let_in=Count("quarantine__release")
    )
    said = [
        version("groundgame"),
        *(row.sha256, row.file_sha256, row.name, row.about),
        *(str(row.launch.at), str(row.stop.at) if hasattr(row, "stop") else ""),
        *(asked.snapshot, asked.election or row.about, asked.hours, asked.money),
        *(asked.beside, asked.by),
        *(sorted(getattr(asked, role).items()) for role in SURVEYS),
        log_so_far,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _line(row: Finding) -> FindingLine:
    """Return what a list shows of a finding."""
    source = row.snapshot.label if row.snapshot else ""
    return FindingLine(row.pk, str(row.by), row.at, source, list(row.report["found"]))


def _later(row: Experiment, asked: Asked, by: User) -> SnapshotRow | None:
    """Return the newer file that says who voted."""
    if row.outcome != Outcome.TURNOUT:
        return None
    if asked.snapshot is None:
        raise CannotAnalyse(
            "no newer voter file",
            "one that says who voted",
            "bring it in, and choose it",
        )
    later = snapshots.found(id=asked.snapshot, seen_by=by)
    if later.chapter_id != row.universe.snapshot.chapter_id:
        raise NotYours
    return later


def _report(
    row: Experiment,
    asked: Asked,
    table: pa.Table,
    done: tuple[str, ...],
    again: engine.Redraw | None = None,
) -> dict[str, Any]:
    """Return a report over outcomes."""
    roles = {role: name for name, role, _ in reversed(row.arms)}
    control = roles.get(CONTROL) or roles[PLACEBO]
    blocks = bool((pl.Series(table["block"]) != "").any())
    question = engine.Question(
        "outcome",
        "arm",
        control,
        cluster="" if row.unit == Experiment.Unit.PERSON else "unit",
        block="block" if blocks else "",
        covariates=asked.adjusted(row.outcome),
        contacted="contacted",
        unit="person_id",
    )
    trial = engine.gather(table, question)
    wish = engine.Wish(
        redraw=again, placebo=roles.get(PLACEBO, ""), planned=max(row.units, 2)
    )
    found = engine.estimate(trial, wish)
    turned_out = row.outcome == Outcome.TURNOUT
    story = room.Story(
        title=row.name,
        question=row.question,
        did="voted" if turned_out else _did(row, table),
        gain="vote" if turned_out else "mind changed",
        hours=asked.hours,
        money=asked.money,
        done=done,
        by=asked.by,
        groups=tuple(engine.groups(trial, table, GROUP, wish)) if asked.by else (),
        changes=_changes(trial, table) if asked.before else (),
    )
    fixed = room.check(dict(row.content) | {"sha256": row.sha256}, table)
    return room.report(trial, found, question, story, fixed)


def _changes(trial: engine.Trial, table: pa.Table) -> tuple[room.Change, ...]:
    """Return the answers before and after, arm by arm."""
    before = trial.here(pl.Series(table[BEFORE]).to_numpy())
    return room.change(before, trial.outcome, trial.arm, trial.arms)


def _did(row: Experiment, table: pa.Table) -> str:
    """Return what a yes is called, or what was measured."""
    question, _, wanted = row.about.partition("=")
    if row.outcome == Outcome.ANSWER and wanted:
        return f"answered {wanted} to {question}"
    known = pl.Series(table["outcome"]).drop_nulls()
    if known.is_in([0.0, 1.0]).all():
        return f"said yes to {question}" if question else "said yes"
    return question or "the outcome"
