"""Doors without a place: the list, putting one on the map by hand, and taking it back.

What is placed here is written into the book at once, and into the snapshot's layer of
places when somebody asks for it, as a job: see work.ask_locate.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from groundgame.errors import NotYours, OffTheMap
from groundgame.server.actions import audit, density, drawn, lost, people, snapshots
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Chapter, HandPlace, SnapshotRow, User

PAGE = 25
NEAR = 8
NORTHMOST = 85.0
FURTHEST = 180.0


@dataclass(frozen=True, slots=True)
class LostDoor:
    """A door that no walk can lead to: its address, and why it was not found."""

    id: str
    address: str
    city: str
    zip: str
    reason: str
    place: int | None
    """The row in the book, where somebody has placed it by now."""
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of the doors without a place."""

    snapshot: int
    label: str
    page: int
    pages: int
    doors: int
    lines: list[LostDoor]
    waiting: int
    """Doors placed by hand that the snapshot does not know of yet."""


@dataclass(frozen=True, slots=True)
class KnownDoor:
    """A door that has a place: somewhere to begin looking from."""

    id: str
    address: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class DoorPage:
    """A door without a place, and known ones that are likely near it."""

    door: LostDoor
    snapshot: int
    near: list[KnownDoor]
    page: int
    """The page of the list on which it stands."""
    following: str | None
    """The next door of the list that nobody has placed yet."""


def worklist(*, snapshot: int, seen_by: Anyone, page: int = 1) -> Worklist:
    """Return a page of the doors without a place, by town, street and number.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    row = snapshots.found(id=snapshot, seen_by=seen_by)
    held = {each.door: each for each in holding(row.chapter)}
    folder = drawn.of_snapshot(row)
    doors = density.about(folder)["lost"]
    pages = max(1, -(-doors // PAGE))
    page = min(max(page, 1), pages)
    found = lost.page(folder, (page - 1) * PAGE, PAGE)
    return Worklist(
        snapshot=row.pk,
        label=row.label,
        page=page,
        pages=pages,
        doors=doors,
        lines=[_lost(each, held) for each in found.iter_rows(named=True)],
        waiting=lost.count(folder, list(held)) if held else 0,
    )


def door(*, snapshot: int, id: str, seen_by: Anyone) -> DoorPage:  # noqa: A002  # the word that all reads use
    """Return a door without a place, and the nearest known houses of its street.

    Raises:
        NotYours: There is none in this snapshot, or not for them.
    """
    row = snapshots.found(id=snapshot, seen_by=seen_by)
    folder = drawn.of_snapshot(row)
    found = lost.door(folder, id)
    if found is None:
        raise NotYours
    near = lost.near(folder, found, NEAR).select("door_id", "address", "lon", "lat")
    held = {each.door: each for each in holding(row.chapter)}
    at, following = lost.around(folder, id, list(held))
    return DoorPage(
        door=_lost(found, held),
        snapshot=row.pk,
        near=[KnownDoor(*each) for each in near.iter_rows()],
        page=at // PAGE + 1,
        following=following,
    )


@transaction.atomic
def place(
    *,
    snapshot: int,
    door: str,
    lon: float,
    lat: float,
    by: User,
) -> HandPlace:
    """Say where a door is. The same place again changes nothing.

    Raises:
        NotYours: There is no such door without a place, or not for them.
        OffTheMap: No door can be there.
    """
    there = abs(lon) <= FURTHEST and abs(lat) <= NORTHMOST
    if not there or (lon, lat) == (0.0, 0.0):
        raise OffTheMap
    row = snapshots.found(id=snapshot, seen_by=by)
    if lost.door(drawn.of_snapshot(row), door) is None:
        raise NotYours
    last = holding(row.chapter).filter(door=door).first()
    if last is not None and (last.lon, last.lat) == (lon, lat):
        return last
    now = timezone.now()
    HandPlace.objects.filter(
        chapter=row.chapter, door=door, undone__isnull=True
    ).update(undone=now, undone_by=by)
    made = HandPlace.objects.create(
        chapter=row.chapter, door=door, lon=lon, lat=lat, by=by, at=now
    )
    audit.add(by=by, verb="place door", subject=f"place:{made.pk}")
    return made


@transaction.atomic
def undo(*, id: int, by: User) -> HandPlace:  # noqa: A002  # the word that all reads use
    """Take a place back. Once taken back it stays so.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = HandPlace.objects.select_related("chapter").filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(by, row.chapter)
    if HandPlace.objects.filter(pk=id, undone__isnull=True).update(
        undone=timezone.now(), undone_by=by
    ):
        audit.add(by=by, verb="undo place", subject=f"place:{id}")
    return row


def holding(chapter: Chapter) -> QuerySet[HandPlace]:
    """Return the places by hand that hold, as rows of the book, by door."""
    return (
        HandPlace.objects.filter(chapter=chapter, undone__isnull=True)
        .select_related("by")
        .order_by("door")
    )


def table(over: SnapshotRow) -> pl.DataFrame:
    """Return door_id, lon, lat of what was placed by hand by whoever has this snapshot.

    Chapters that brought in the same file share it; of two, the later place holds.
    """
    having = SnapshotRow.objects.filter(snapshot=over.snapshot).values("chapter")
    held = HandPlace.objects.filter(chapter__in=having, undone__isnull=True)
    rows = list(held.order_by("at", "pk").values_list("door", "lon", "lat"))
    kinds = {"door_id": pl.String, "lon": pl.Float64, "lat": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row").unique(
        "door_id", keep="last", maintain_order=True
    )


def _lost(shown: dict[str, Any], held: dict[str, HandPlace]) -> LostDoor:
    """Return what is shown of a door without a place."""
    place = held.get(shown["door_id"])
    return LostDoor(
        id=shown["door_id"],
        address=shown["address"],
        city=shown["city"] or "",
        zip=shown["zip"] or "",
        reason=shown["reason"] or "",
        place=place.pk if place else None,
        by=str(place.by) if place else "",
        at=place.at if place else None,
    )
