"""What an experiment came to: outcomes put beside arms, estimated, and kept.

Who voted is in the next voter file; answers are in the log; a survey comes as a file.
Everybody who was drawn is counted, whoever opened: somebody whose outcome is not known
is missing, never left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
import pyarrow as pa
from django.db import transaction

from groundgame import experiment as engine
from groundgame.canvass import columns, standing_answers
from groundgame.errors import CannotAnalyse, NotYours
from groundgame.experiment import report as room
from groundgame.experiment import turnout
from groundgame.server.actions import (
    audit,
    contact,
    experiments,
    file,
    held_out,
    log,
    snapshots,
)
from groundgame.server.actions.held_out import CONTROL, PLACEBO
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Experiment, Finding, SnapshotRow, User

Outcome = Experiment.Outcome
PAST = "past_votes"
"""In how many of the last four generals somebody voted: turnout is adjusted for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a finding is to be read.

    Attributes:
        snapshot: The newer voter file, where turnout is the outcome.
        election: One of its elections.
        survey: Ids and outcomes, where a survey is.
        hours: Volunteer hours that the treatment took.
        money: What it cost besides.
    """

    snapshot: int | None = None
    election: str = ""
    survey: Mapping[str, float] = field(default_factory=dict)
    hours: float | None = None
    money: float | None = None


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


def read(*, experiment: int, asked: Asked, by: User) -> Finding:
    """Estimate what an experiment came to, and keep the report.

    Raises:
        NotYours: There is no such experiment or snapshot, or not for them.
        CannotAnalyse: Outcomes cannot be of this experiment; the message says why.
    """
    row = experiments.found(id=experiment, seen_by=by)
    if not hasattr(row, "launch"):
        raise CannotAnalyse(
            "an experiment that was never launched",
            "one that ran",
            "launch it, and come back when outcomes are known",
        )
    later = _later(row, asked, by)
    table, done = _outcomes(row, asked, later)
    made = _report(row, asked, table, done)
    with transaction.atomic():
        kept = Finding.objects.create(
            experiment=row, snapshot=later, report=made, by=by
        )
        audit.add(
            by=by,
            verb="read experiment",
            subject=f"experiment:{row.pk}",
            details={"finding": kept.pk, "measured": made["effects"]["n"]},
        )
    return kept


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

    None: its outcome is not in the log, or too few were measured to say anything.
    """
    if row.outcome != Outcome.ANSWER or not hasattr(row, "launch"):
        return None
    try:
        table, done = _outcomes(row, Asked(), None)
        return _report(row, Asked(), table, done)
    except CannotAnalyse:
        return None


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


def _outcomes(
    row: Experiment, asked: Asked, later: SnapshotRow | None
) -> tuple[pa.Table, tuple[str, ...]]:
    """Return a row a person with arm, unit, block, outcome and whether reached."""
    rows = held_out.arms(row).filter(~pl.col("buffer"))
    done: tuple[str, ...] = ()
    if later is not None:
        rows, done = _voted(row, rows, later, asked.election or row.about)
    elif row.outcome == Outcome.ANSWER:
        rows = rows.join(_answered(row), on="person_id", how="left")
    else:
        said = pl.DataFrame(
            list(asked.survey.items()),
            schema={"id": pl.String, "outcome": pl.Float64},
            orient="row",
        )
        key = pl.coalesce(
            pl.when(pl.col("person_id").is_in(said["id"].implode())).then("person_id"),
            "door_id",
        )
        rows = rows.join(said, left_on=key, right_on="id", how="left")
    known = contact.reached(row)
    by_person = row.unit == Experiment.Unit.PERSON
    ids = known.people if by_person else known.doors
    column = pl.col("person_id" if by_person else "door_id")
    rows = rows.with_columns(column.is_in(list(ids)).cast(pl.Int8).alias("contacted"))
    return rows.to_arrow(), done


def _voted(
    row: Experiment, rows: pl.DataFrame, later: SnapshotRow, election: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return rows with who voted, and a sentence of what became of them."""
    people = rows.select("person_id", "door_id").to_arrow()
    told, fate = turnout.outcomes(people, file.opened(later), election)
    before, _ = turnout.past(file.opened(row.universe.snapshot))
    voted = pl.DataFrame(told).rename({"voted": "outcome"})
    rows = rows.join(voted, on="person_id", how="left").join(
        before.rename({"times": PAST}), on="person_id", how="left"
    )
    said = (
        f"Who voted in {election} is from {later.label}: of {fate.people:,} people "
        f"{fate.here:,} are there behind the same door, {fate.moved:,} moved, and "
        f"{fate.gone:,} are in the file no more and count as not measured."
    )
    return rows.with_columns(pl.col(PAST).fill_null(0)), (said,)


def _answered(row: Experiment) -> pl.DataFrame:
    """Return person_id and outcome of the standing answers to the question."""
    question, _, wanted = row.about.partition("=")
    _, said = columns(log.of_chapter(row.universe.snapshot.chapter_id))
    stands = pl.DataFrame(standing_answers(said)).filter(
        (pl.col("question") == question) & pl.col("person_id").is_not_null()
    )
    value = (
        (pl.col("answer") == wanted).cast(pl.Float64)
        if wanted
        else pl.col("answer").cast(pl.Float64, strict=False)
    )
    return stands.select("person_id", value.alias("outcome"))


def _report(
    row: Experiment, asked: Asked, table: pa.Table, done: tuple[str, ...]
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
        covariates=(PAST,) if PAST in table.column_names else (),
        contacted="contacted",
        unit="person_id",
    )
    trial = engine.gather(table, question)
    wish = engine.Wish(
        redraw=None, placebo=roles.get(PLACEBO, ""), planned=max(row.units, 2)
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
    )
    kept = room.check(dict(row.content) | {"sha256": row.sha256}, table)
    return room.report(trial, found, question, story, kept)


def _did(row: Experiment, table: pa.Table) -> str:
    """Return what a yes is called, or what was measured."""
    question, _, wanted = row.about.partition("=")
    if row.outcome == Outcome.ANSWER and wanted:
        return f"answered {wanted} to {question}"
    known = pl.Series(table["outcome"]).drop_nulls()
    if known.is_in([0.0, 1.0]).all():
        return f"said yes to {question}" if question else "said yes"
    return question or "the outcome"
