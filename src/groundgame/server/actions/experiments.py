"""Experiments: design one, fix it, let it run, end it.

A design is fixed when it is registered: units, arms, seed and a number by which all of
it is known. Whoever wants another makes another, which says whose design it changes.
From its launch to its stop, nobody of its control is on any list (held_out.py).
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from groundgame.errors import CannotLaunch, NameTaken, NotYours
from groundgame.experiment import report as room
from groundgame.server.actions import audit, held_out, people, taking_part, universes
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.taking_part import Design, Drawn
from groundgame.server.store.models import (
    Experiment,
    ExperimentLaunch,
    ExperimentStop,
    PacketPerson,
    PacketStop,
    User,
)


@dataclass(frozen=True, slots=True)
class ExperimentLine:
    """One experiment in a list. `state` is 'registered', 'runs' or 'over'."""

    id: int
    chapter: str
    universe_id: int
    universe: str
    snapshot_id: int
    name: str
    question: str
    outcome: str
    about: str
    unit: str
    arms: list[tuple[str, str, float]]
    state: str
    units: int
    people: int
    aside: int
    sha256: str
    by: str
    at: datetime
    launched: datetime | None
    stopped: datetime | None
    findings: int


@dataclass(frozen=True, slots=True)
class ExperimentPage:
    """One experiment: the line, what was fixed, and who is in which arm, in numbers."""

    line: ExperimentLine
    fixed: dict[str, Any]
    """The registration, with its `sha256`."""
    arms: list[dict[str, Any]]
    changes: ExperimentLine | None
    """The design that this one changes."""
    changed_by: list[int]

    @property
    def html(self) -> str:
        """What was fixed, as one page."""
        return room.design_html(self.fixed, self.line.name)

    @property
    def pdf(self) -> bytes:
        """What was fixed, on paper."""
        return room.design_pdf(self.fixed, self.line.name)

    @property
    def json(self) -> str:
        """What was fixed, for a program: 'experiment report --design' takes it."""
        return json.dumps(self.fixed, indent=2)


def register(design: Design, *, by: User, drawn: Drawn | None = None) -> Experiment:
    """Draw an experiment and fix it. The same design again gives the same row.

    Args:
        design: Which.
        by: Who registers it.
        drawn: This design, drawn a moment ago; None: it is drawn here.

    Raises:
        NotYours: There is no such universe or experiment, or not for them.
        CannotAssign: It cannot be drawn so; the message says why.
        NameTaken: Another design over this universe has that name.
    """
    over = universes.found(id=design.universe, seen_by=by)
    drawn = drawn or taking_part.draw(over, design)
    fixed = taking_part.fixed(over, design, drawn)
    older = Experiment.objects.filter(universe=over, name=design.name).first()
    if older is not None:
        if older.sha256 != fixed.sha256:
            raise NameTaken("experiment")
        return older
    changes = None
    if design.changes is not None:
        changes = found(id=design.changes, seen_by=by)
    body = _file(drawn.table)
    row = Experiment(
        universe=over,
        name=design.name,
        question=design.question,
        unit=design.unit,
        buffer=design.buffer,
        within=design.within,
        outcome=design.outcome,
        about=design.about,
        arms=[list(arm) for arm in design.arms],
        scripts=design.said,
        content=fixed.content,
        sha256=fixed.sha256,
        file_sha256=hashlib.sha256(body).hexdigest(),
        units=fixed.units,
        people=drawn.table.num_rows,
        aside=int(pl.Series(drawn.table["buffer"]).sum()),
        changes=changes,
        by=by,
    )
    row.file.parent.mkdir(parents=True, exist_ok=True)
    row.file.write_bytes(body)
    with transaction.atomic():
        row.save()
        _log(row, "register experiment", by, {"design": row.sha256})
    return row


@transaction.atomic
def launch(*, id: int, by: User) -> ExperimentLaunch:  # noqa: A002  # the word that all reads use
    """Let an experiment run: from now on nobody of its control is on any list.

    Raises:
        NotYours: There is none, or not for them.
        CannotLaunch: It is over, or somebody of its control is in a packet in hand or
            takes part in another experiment.
    """
    audit.hold()
    row = found(id=id, seen_by=by)
    if hasattr(row, "launch"):
        return row.launch
    left = held_out.of(row)
    now = timezone.now()
    if many := _in_hand(row, left, now):
        raise CannotLaunch(
            "launched",
            f"{many} packets in hand hold somebody who is to be left alone",
            "take these packets back, launch, and hand them out again",
        )
    mine = set(held_out.arms(row)["person_id"])
    for other in held_out.running(row.universe.snapshot.chapter):
        shared = len(mine & set(held_out.arms(other)["person_id"]))
        if shared:
            raise CannotLaunch(
                "launched",
                f"{shared:,} of its people take part in an experiment that runs",
                "stop that one first, or draw this one again from who is left",
            )
    made = ExperimentLaunch.objects.create(experiment=row, by=by, at=now)
    _log(row, "launch experiment", by, {"units": row.units})
    return made


@transaction.atomic
def stop(*, id: int, by: User) -> ExperimentStop:  # noqa: A002  # the word that all reads use
    """End an experiment: its control may be visited from now on.

    Raises:
        NotYours: There is none, or not for them.
        CannotLaunch: It does not run yet.
    """
    audit.hold()
    row = found(id=id, seen_by=by)
    if hasattr(row, "stop"):
        return row.stop
    if not hasattr(row, "launch"):
        raise CannotLaunch("stopped", "it was never launched", "launch it, or leave it")
    made = ExperimentStop.objects.create(experiment=row, by=by, at=timezone.now())
    _log(row, "stop experiment", by, {})
    return made


def hold_out(*, universe: int, left: float, seed: int, by: User) -> Experiment:
    """Leave a share of a universe's doors alone from now on: an experiment that runs.

    It asks who voted, by the next voter file. Doors that such an experiment of this
    universe leaves alone already stay as they are.

    Args:
        universe: Which.
        left: The share that is left alone, above 0 and below 1.
        seed: Of the draw.
        by: Who wants to know.

    Raises:
        NotYours: There is no such universe, or not for them.
        CannotAssign, CannotLaunch: It cannot be; the message says why.
    """
    over = universes.found(id=universe, seen_by=by)
    for row in held_out.running(over.snapshot.chapter):
        if row.universe_id == over.pk:
            return row
    name = f"{over.name[:60]}: control group, {timezone.localdate()}"
    arms = (
        ("visit", held_out.TREATMENT, 1.0 - left),
        ("control", held_out.CONTROL, left),
    )
    question = "Did these visits bring out voters?"
    row = register(Design(universe, name, question, arms=arms, seed=seed), by=by)
    launch(id=row.pk, by=by)
    return row


def found(*, id: int, seen_by: Anyone) -> Experiment:  # noqa: A002  # the word that all reads use
    """Return the row of an experiment, to an organizer of its chapter.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = _rows().filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(seen_by, row.universe.snapshot.chapter)
    return row


def experiments(*, seen_by: Anyone) -> list[ExperimentLine]:
    """Return the experiments of every chapter that `seen_by` organizes, newest first.

    Two queries.
    """
    mine = people.organizes(seen_by)
    rows = _rows().filter(universe__snapshot__chapter__in=mine)
    return [line(row) for row in rows.order_by("-at", "-pk")]


def page(*, id: int, seen_by: Anyone) -> ExperimentPage:  # noqa: A002  # the word that all reads use
    """Return one experiment.

    Raises:
        NotYours: There is none, or not for them.
        LostUnits: Its list of arms is gone.
    """
    row = found(id=id, seen_by=seen_by)
    older = None
    if row.changes_id is not None:
        with suppress(NotYours):
            older = line(found(id=row.changes_id, seen_by=seen_by))
    table = held_out.arms(row)
    counts = table.group_by("arm").agg(
        pl.len().alias("people"), pl.col("unit").n_unique().alias("units")
    )
    known = {each["arm"]: each for each in counts.to_dicts()}
    arms = [
        {
            "name": name,
            "role": role,
            "share": share,
            "people": known.get(name, {}).get("people", 0),
            "units": known.get(name, {}).get("units", 0),
        }
        for name, role, share in row.arms
    ]
    changed = row.changed_by.order_by("pk").values_list("pk", flat=True)
    fixed = dict(row.content) | {"sha256": row.sha256}
    return ExperimentPage(line(row), fixed, arms, older, list(changed))


def line(row: Experiment) -> ExperimentLine:
    """Return what a list shows of an experiment."""
    over = row.universe
    begun, ended = getattr(row, "launch", None), getattr(row, "stop", None)
    return ExperimentLine(
        id=row.pk,
        chapter=over.snapshot.chapter.name,
        universe_id=over.pk,
        universe=over.name,
        snapshot_id=over.snapshot_id,
        name=row.name,
        question=row.question,
        outcome=row.outcome,
        about=row.about,
        unit=str(Experiment.Unit(row.unit).label),
        arms=[(name, role, share) for name, role, share in row.arms],
        state="over" if ended else "runs" if begun else "registered",
        units=row.units,
        people=row.people,
        aside=row.aside,
        sha256=row.sha256,
        by=str(row.by),
        at=row.at,
        launched=begun.at if begun else None,
        stopped=ended.at if ended else None,
        findings=len(row.findings.all()),
    )


def _rows() -> QuerySet[Experiment]:
    """Return experiments with all that a line says."""
    return Experiment.objects.select_related(
        "universe__snapshot__chapter", "by", "launch", "stop"
    ).prefetch_related("findings")


def _file(table: pa.Table) -> bytes:
    """Return a table as Parquet."""
    out = BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _in_hand(row: Experiment, left: held_out.Alone, now: datetime) -> int:
    """Count the packets in hand that hold somebody who is to be left alone."""
    out = {
        "returned__isnull": True,
        "expires__gt": now,
        "turf__cut__universe__snapshot__chapter": row.universe.snapshot.chapter_id,
    }
    stops = PacketStop.objects.filter(
        **{f"packet__{name}": value for name, value in out.items()}
    )
    there = PacketPerson.objects.filter(
        **{f"stop__packet__{name}": value for name, value in out.items()}
    )
    doors = {
        packet
        for packet, door in stops.values_list("packet", "door")
        if door in left.doors
    }
    ours = {
        packet
        for packet, person in there.values_list("stop__packet", "person")
        if person in left.people
    }
    return len(doors | ours)


def _log(row: Experiment, verb: str, by: User, details: dict[str, Any]) -> None:
    """Write a link of the audit log."""
    audit.add(by=by, verb=verb, subject=f"experiment:{row.pk}", details=details)
