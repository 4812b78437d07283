"""Universes: whom a program may contact, as a rule over a snapshot."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from groundgame import universe as engine
from groundgame.errors import (
    CircularUniverse,
    LostUnits,
    NameTaken,
    NoSuchArea,
    NoSuchColumn,
    NoSuchDistrict,
    NoSuchElection,
    NoSuchList,
    NoSuchScore,
    NoSuchUniverse,
    NotYours,
    RuleNotUnderstood,
    UnknownSnapshot,
)
from groundgame.server.actions import asked, audit, file, people, snapshots
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import SnapshotRow, Universe, User

_SLIPS = (
    CircularUniverse,
    LostUnits,
    NoSuchArea,
    NoSuchColumn,
    NoSuchDistrict,
    NoSuchElection,
    NoSuchList,
    NoSuchScore,
    NoSuchUniverse,
    RuleNotUnderstood,
    UnknownSnapshot,
)
"""What may be wrong with a rule that somebody is still typing."""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step of a rule, and how many people are left after it."""

    says: str
    people: int
    took_out: int


@dataclass(frozen=True, slots=True)
class UniversePreview:
    """What a rule would give. When `error` is not empty, the rest is zero and empty."""

    rule: str
    people: int = 0
    doors: int = 0
    buildings: int = 0
    doors_without_place: int = 0
    suppressed: int = 0
    sentence: str = ""
    notes: tuple[str, ...] = ()
    """What it came to in this file: which elections "the last 4" are."""
    warnings: tuple[str, ...] = ()
    """What is likely a slip: a value that nobody has."""
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


def joined(rule: str, piece: str) -> str:
    """Return the text of a rule that is narrowed by one more condition.

    Brackets are put where the rule would otherwise mean something else. A rule that is
    half typed stays as it is, with the condition behind it.
    """
    rule = rule.strip()
    if rule.lower() in {"", "everyone"}:
        return piece
    if rule.lower().startswith("start with"):
        return f"{rule}, narrow to {piece}"
    try:
        either = engine.parse(rule).KIND == "any"
    except RuleNotUnderstood:
        either = False
    return f"({rule}) and {piece}" if either else f"{rule} and {piece}"


def names(*, snapshot: int, seen_by: Anyone) -> asked.Names:
    """Return what a rule over a snapshot may name: lists, universes, snapshots.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    return asked.names(snapshots.found(id=snapshot, seen_by=seen_by))


def save(*, snapshot: int, name: str, rule: str, by: User) -> Universe:
    """Save a rule under a name. The same name and rule again change nothing.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        NameTaken: Another rule over this snapshot has that name.
        GroundgameError: The rule cannot be read; the message says where.
    """
    over = snapshots.found(id=snapshot, seen_by=by)
    parsed = engine.parse(rule)
    counts = engine.count(
        file.opened(over),
        parsed,
        as_of=timezone.localdate(),
        given=asked.given(over, parsed),
    )
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


def _preview(over: SnapshotRow, text: str) -> UniversePreview:
    """Return what a rule finds, or what is wrong with it."""
    try:
        rule = engine.parse(text)
        given = asked.given(over, rule)
        whole, today = file.opened(over), timezone.localdate()
        counts = engine.count(whole, rule, as_of=today, given=given)
        why = engine.explain(whole, rule, as_of=today, given=given)
    except _SLIPS as refusal:
        return UniversePreview(rule=text, error=str(refusal))
    return UniversePreview(
        rule=text,
        people=counts.people,
        doors=counts.doors,
        buildings=counts.buildings,
        doors_without_place=counts.doors_without_place,
        suppressed=counts.left_out,
        sentence=why.sentence,
        notes=why.notes,
        warnings=why.warnings,
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
