"""Universes: whom a program may contact, as a rule over a snapshot."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

import pyarrow as pa
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from groundgame import universe as engine
from groundgame.errors import (
    NameTaken,
    NoSuchElection,
    NoSuchList,
    NotYours,
    RuleNotUnderstood,
)
from groundgame.server.actions import audit, file, geojson, people, snapshots
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.suppression import suppressed
from groundgame.server.store.models import SnapshotRow, Universe, User


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step of a rule, and how many people are left after it."""

    says: str
    people: int
    took_out: int


class _Asked(TypedDict):
    """What every question to a snapshot takes."""

    as_of: date
    suppressed: pa.StringArray


@dataclass(frozen=True, slots=True)
class UniversePreview:
    """What a rule would give. When `error` is not empty, the rest is zero and empty."""

    rule: str
    people: int = 0
    doors: int = 0
    doors_without_place: int = 0
    suppressed: int = 0
    sentence: str = ""
    notes: tuple[str, ...] = ()
    """What it came to in this file: which elections "the last 4" are."""
    ladder: tuple[LadderStep, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class UniverseLine:
    """One universe in a list."""

    id: int
    chapter: str
    snapshot_id: int
    snapshot: str
    name: str
    rule: str
    people: int
    doors: int
    cuts: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UniversePage:
    """One universe: as it was saved, and what its rule finds now."""

    line: UniverseLine
    now: UniversePreview
    cuts: list[int]
    """Ids of its cuts, newest first."""


def preview(*, snapshot: int, rule: str, seen_by: Anyone) -> UniversePreview:
    """Return what `rule` would give over a snapshot; a bad rule is an answer too.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    return _preview(snapshots.found(id=snapshot, seen_by=seen_by), rule)


def save(*, snapshot: int, name: str, rule: str, by: User) -> Universe:
    """Save a rule under a name. The same name and rule again change nothing.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        NameTaken: Another rule over this snapshot has that name.
        GroundgameError: The rule cannot be read; the message says where.
    """
    over = snapshots.found(id=snapshot, seen_by=by)
    counts = _count(over, engine.parse(rule))
    with transaction.atomic():
        saved, new = Universe.objects.get_or_create(
            snapshot=over,
            name=name,
            defaults={
                "rule": rule,
                "people": counts.people,
                "doors": counts.doors,
                "by": by,
            },
        )
        if new:
            audit.add(
                by=by,
                verb="save universe",
                subject=f"universe:{saved.pk}",
                details={"people": counts.people, "doors": counts.doors},
            )
    if saved.rule != rule:
        raise NameTaken("universe")
    return saved


def found(*, id: int, seen_by: Anyone) -> Universe:  # noqa: A002  # the word that all reads use
    """Return the row of a universe, to an organizer of its chapter.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = (
        Universe.objects.select_related("snapshot__chapter", "by")
        .annotate(cut_count=Count("cuts"))
        .filter(pk=id)
        .first()
    )
    if row is None:
        raise NotYours
    people.require(seen_by, row.snapshot.chapter)
    return row


def universes(*, seen_by: Anyone) -> list[UniverseLine]:
    """Return the universes of every chapter that `seen_by` organizes, newest first.

    Two queries.
    """
    rows = (
        Universe.objects.filter(snapshot__chapter__in=people.organizes(seen_by))
        .select_related("snapshot__chapter", "by")
        .annotate(cut_count=Count("cuts"))
        .order_by("-at", "-pk")
    )
    return [_line(row) for row in rows]


def universe(*, id: int, seen_by: Anyone) -> UniversePage:  # noqa: A002  # the word that all reads use
    """Return one universe.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    cuts = row.cuts.order_by("-at", "-pk").values_list("pk", flat=True)
    return UniversePage(_line(row), _preview(row.snapshot, row.rule), list(cuts))


def preview_map(*, snapshot: int, rule: str, seen_by: Anyone) -> bytes:
    """Return GeoJSON: a point a door that `rule` finds, {"people": n}; no names.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        GroundgameError: The rule cannot be read; the message says where.
    """
    over = snapshots.found(id=snapshot, seen_by=seen_by)
    doors = file.found(over, rule).doors
    return geojson.collection(geojson.points(doors, properties=["people"]))


def universe_map(*, id: int, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return GeoJSON: a point a door of a universe, {"people": n}; no names.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    return preview_map(snapshot=row.snapshot_id, rule=row.rule, seen_by=seen_by)


def _count(over: SnapshotRow, rule: engine.Rule) -> engine.Counts:
    """Count whom a rule finds and who may be contacted."""
    return engine.count(file.opened(over), rule, **_asked(over))


def _asked(over: SnapshotRow) -> _Asked:
    """Return what every question to a chapter's snapshot takes."""
    out = suppressed(over.chapter_id).ids
    return {"as_of": timezone.localdate(), "suppressed": out}


def _preview(over: SnapshotRow, text: str) -> UniversePreview:
    """Return what a rule finds, or what is wrong with it."""
    try:
        rule = engine.parse(text)
        counts = _count(over, rule)
        why = engine.explain(file.opened(over), rule, **_asked(over))
    except (NoSuchElection, NoSuchList, RuleNotUnderstood) as refusal:
        return UniversePreview(rule=text, error=str(refusal))
    return UniversePreview(
        rule=text,
        people=counts.people,
        doors=counts.doors,
        doors_without_place=counts.doors_without_place,
        suppressed=counts.left_out,
        sentence=why.sentence,
        notes=why.notes,
        ladder=(
            LadderStep(_("everybody who may be asked about"), why.everybody, 0),
            *(LadderStep(step.says, step.left, step.took_out) for step in why.steps),
        ),
    )


def _line(row: Universe) -> UniverseLine:
    """Return what a list shows of a universe."""
    return UniverseLine(
        id=row.pk,
        chapter=row.snapshot.chapter.name,
        snapshot_id=row.snapshot_id,
        snapshot=row.snapshot.label,
        name=row.name,
        rule=row.rule,
        people=row.people,
        doors=row.doors,
        cuts=getattr(row, "cut_count", 0),
        by=str(row.by),
        at=row.at,
    )
