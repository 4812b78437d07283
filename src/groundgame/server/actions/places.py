"""Doors without a place: the list, putting one on the map by hand, and taking it back.

What is placed here is written into the book at once, and into the snapshot's layer of
places when somebody asks for it, as a job: see work.ask_locate.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import polars as pl
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from groundgame.errors import NotYours, OffTheMap
from groundgame.server.actions import audit, people, snapshots
from groundgame.server.actions.file import opened
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Chapter, HandPlace, SnapshotRow, User

PAGE = 25
NEAR = 8
NORTHMOST = 85.0
FURTHEST = 180.0
LOST = "where door_id = $door and (lon is null or placed_by = 'by hand')"

_DOORS = """
  with chosen as (
    select d.*, p.lon, p.lat, p.placed_by
    from (select *, filename[-12:] as part from read_parquet(
        $doors, filename = true, file_row_number = true)) d
    join (select *, filename[-12:] as part from read_parquet(
        $places, filename = true, file_row_number = true)) p
    using (part, file_row_number)
"""
_OURS = """
  ), door as (
    select * from chosen semi join (
      select door_id from read_parquet($people) where not protected
    ) using (door_id)
  )
"""
"""Some doors first, and of those the ones of people who are not all protected."""


@dataclass(frozen=True, slots=True)
class LostDoor:
    """A door without a place: its address, and why it was not found, if known."""

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


def worklist(*, snapshot: int, seen_by: Anyone, page: int = 1) -> Worklist:
    """Return a page of the doors without a place, by town, street and number.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    row = snapshots.found(id=snapshot, seen_by=seen_by)
    held = {each.door: each for each in holding(row.chapter)}
    page = max(page, 1)
    found = _ask(
        row,
        "where lon is null",
        "select count(*) over () as n, door_id, address, city, zip from door"
        " order by city, street, number, unit, door_id"
        " limit $limit offset $offset",
        limit=PAGE,
        offset=(page - 1) * PAGE,
    )
    doors = int(found[0][0]) if found else 0
    reasons = _reasons(row, [each[1] for each in found])
    return Worklist(
        snapshot=row.pk,
        label=row.label,
        page=page,
        pages=max(1, -(-doors // PAGE)),
        doors=doors,
        lines=[_lost(each[1:], reasons, held) for each in found],
        waiting=_waiting(row, list(held)),
    )


def door(*, snapshot: int, id: str, seen_by: Anyone) -> DoorPage:  # noqa: A002  # the word that all reads use
    """Return a door without a place, and the nearest known houses of its street.

    Raises:
        NotYours: There is none in this snapshot, or not for them.
    """
    row = snapshots.found(id=snapshot, seen_by=seen_by)
    found = _ask(
        row,
        LOST,
        "select door_id, address, city, zip, street, number from door",
        door=id,
    )
    if not found:
        raise NotYours
    *shown, street, number = found[0]
    near = _ask(
        row,
        "where lon is not null and door_id <> $door and coalesce(zip, '') = $zip",
        "select door_id, address, lon, lat from door"
        " order by street = $street desc, abs("
        " coalesce(try_cast(regexp_extract(number, '[0-9]+') as bigint), 0)"
        " - coalesce(try_cast(regexp_extract($number, '[0-9]+') as bigint), 0)),"
        " address limit $near",
        door=id,
        street=street or "",
        number=number or "",
        zip=shown[3] or "",
        near=NEAR,
    )
    held = {each.door: each for each in holding(row.chapter).filter(door=id)}
    return DoorPage(
        door=_lost(tuple(shown), _reasons(row, [id]), held),
        snapshot=row.pk,
        near=[KnownDoor(*each) for each in near],
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
    _lost_here(row, door)
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


def _lost_here(row: SnapshotRow, door: str) -> None:
    """Refuse a door that is not in this snapshot, or was placed by its sources."""
    if not _ask(
        row,
        LOST,
        "select 1 from door",
        door=door,
    ):
        raise NotYours


def _waiting(row: SnapshotRow, doors: list[str]) -> int:
    """Count the doors placed by hand that have no place in the snapshot as yet."""
    if not doors:
        return 0
    found = _ask(
        row,
        "where lon is null and list_contains($held, door_id)",
        "select count(*) from door",
        held=doors,
    )
    return int(found[0][0])


def _ask(
    row: SnapshotRow, where: str, question: str, **given: Any
) -> list[tuple[Any, ...]]:
    """Ask the doors of a snapshot where they lie; those of protected people not."""
    whole = opened(row)
    parts = {
        name: [str(path) for path in whole.paths(name)]
        for name in ("people", "doors", "places")
    }
    with duckdb.connect() as connection:
        return connection.execute(
            _DOORS + where + _OURS + question, parts | given
        ).fetchall()


def _reasons(row: SnapshotRow, doors: list[str]) -> dict[str, str]:
    """Return why doors were not found, where a search has said so."""
    found = sorted((opened(row).folder / "places").glob("why-*.parquet"))
    if not found or not doors:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select door_id, reason from read_parquet($why)"
            " where list_contains($doors, door_id)",
            {"why": [str(path) for path in found], "doors": doors},
        ).fetchall()
    return {door: reason for door, reason in rows if reason}


def _lost(
    shown: tuple[Any, ...], reasons: dict[str, str], held: dict[str, HandPlace]
) -> LostDoor:
    """Return what is shown of a door without a place."""
    door, address, city, zip_code = shown
    place = held.get(door)
    return LostDoor(
        id=door,
        address=address,
        city=city or "",
        zip=zip_code or "",
        reason=reasons.get(door, ""),
        place=place.pk if place else None,
        by=str(place.by) if place else "",
        at=place.at if place else None,
    )
