"""Borders of a cut: drawn lines, roads, precincts; no turf should lie across one.

A border binds what is cut again and what is changed by hand from then on. Turfs that
lay across it before stay as they are until then. One taken away can be put back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from groundgame import turf as engine
from groundgame.errors import BadBorder, NotYours, OtherBorder
from groundgame.server.actions import apart, audit, cuts, geojson, ground
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Border, BorderRemoval, Cut, SnapshotRow, User

MOST_PLACES, MOST_BORDERS = 1000, 200
"""Of one line, and of one cut; more is a file for the command line."""


@dataclass(frozen=True, slots=True)
class BorderRow:
    """One border in a list."""

    id: int
    road: str
    """Its name; '': it is none."""
    column: str
    """What is kept apart, in words: 'precincts'; '': it is a road or a drawn line."""
    places: int
    by: str
    at: datetime
    removed: bool


def borders(*, cut: int, seen_by: Anyone) -> list[BorderRow]:
    """Return the borders of a cut, the newest first; those taken away too.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    rows = row.borders.select_related("by", "removal").order_by("-pk")
    return [
        BorderRow(
            id=each.pk,
            road=each.road,
            column=str(each.get_column_display()),
            places=len(each.line),
            by=str(each.by),
            at=each.at,
            removed=hasattr(each, "removal"),
        )
        for each in rows
    ]


def roads(*, cut: int, seen_by: Anyone) -> list[str]:
    """Return the names of the roads under a cut, in order; none without streets.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    return ground.roads(row)


def border_map(*, cut: int, seen_by: Anyone) -> bytes:
    """Return GeoJSON: the borders that hold, as lines {"border": id}.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    lines = [
        geojson.line(places, {"border": each.pk})
        for each in row.borders.filter(removal=None, column="")
        for places in (ground.road(row, each.road) if each.road else [each.line])
    ]
    return geojson.collection(lines)


def draw(*, cut: int, line: Sequence[Sequence[float]], by: User) -> Border:
    """Draw a border through some places. The same line again changes nothing.

    Args:
        cut: Of which cut.
        line: Longitude and latitude of each place, in degrees.
        by: Who asks.

    Raises:
        NotYours: There is no such cut, or not for them.
        BadBorder: It is no line near the doors; the message says why.
    """
    row = cuts.found(id=cut, seen_by=by)
    try:
        drawn = engine.Borders.of([line], [])
    except (TypeError, ValueError) as problem:
        raise BadBorder("it has fewer than two places on the map") from problem
    if len(drawn.lines[0]) > MOST_PLACES:
        raise BadBorder(f"it has more than {MOST_PLACES} places")
    try:
        _regions(row, Held(drawn, ()), pq.read_table(row.turfs_file)["door_id"])
    except OtherBorder as problem:
        raise BadBorder("it is far from every door") from problem
    return _add(row, by, line=[list(place) for place in drawn.lines[0]])


def follow(*, cut: int, road: str, by: User) -> Border:
    """Make a road a border. The same road again changes nothing.

    Raises:
        NotYours: There is no such cut, or not for them.
        UnknownRoad, RoadsWithoutStreets: It is none here; the message says which are.
        OtherBorder: It is far from every door.
    """
    row = cuts.found(id=cut, seen_by=by)
    drawn = engine.Borders(roads=(road.strip(),))
    _regions(row, Held(drawn, ()), pq.read_table(row.turfs_file)["door_id"])
    return _add(row, by, road=road.strip()[:200])


def keep_apart(*, cut: int, column: str, by: User) -> Border:
    """Keep precincts, wards or towns apart. The same again changes nothing.

    Raises:
        NotYours: There is no such cut, or not for them.
        BadBorder: There is no such column, or the file says nothing in it here.
    """
    row = cuts.found(id=cut, seen_by=by)
    ids = pq.read_table(row.turfs_file, columns=["door_id"])["door_id"]
    apart.known(row.universe.snapshot, column, ids)
    return _add(row, by, column=column)


@transaction.atomic
def remove(*, border: int, by: User) -> Border:
    """Take a border away. Once more changes nothing.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = _found(border, by)
    audit.hold()
    _removal, new = BorderRemoval.objects.get_or_create(border=row, defaults={"by": by})
    if new:
        _audit("remove border", row, by)
    return row


@transaction.atomic
def put_back(*, border: int, by: User) -> Border:
    """Put a border back that was taken away. Once more changes nothing.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = _found(border, by)
    audit.hold()
    gone, _each = BorderRemoval.objects.filter(border=row).delete()
    if gone:
        _audit("put border back", row, by)
    return row


@dataclass(frozen=True, slots=True)
class Held:
    """The borders of a cut that hold."""

    drawn: engine.Borders
    columns: tuple[Border.Column, ...]

    @classmethod
    def of(cls, row: Cut) -> Self:
        """Return them."""
        rows = list(row.borders.filter(removal=None).order_by("pk"))
        drawn = engine.Borders.of(
            [each.line for each in rows if each.line],
            [each.road for each in rows if each.road],
        )
        columns = (Border.Column(each.column) for each in rows if each.column)
        return cls(drawn, tuple(columns))

    def around(self, over: SnapshotRow, on: ground.Ground) -> pa.Table:
        """Return the doors of a snapshot with the regions that the borders make."""
        doors = on.placed
        for column in self.columns:
            doors = engine.parted(doors, apart.names(over, column, doors["door_id"]))
        return engine.fenced(doors, self.drawn, on.plane, on.laid)


def fenced(row: Cut, ids: ground.Texts) -> tuple[ground.Ground, pa.Table | None]:
    """Return the ground under some doors of a cut, and the doors with their regions.

    The second is None where there are no borders.
    """
    held = Held.of(row)
    if not held.drawn and not held.columns:
        return ground.again(row, ids), None
    return _regions(row, held, ids)


def crossed(row: Cut, before: pa.Table, after: pa.Table, turfs: set[int]) -> list[int]:
    """Return which of some turfs would come to lie across a border by a change.

    One that lay across it already may, as long as it reaches no further.
    """
    here = pl.col("turf").is_in(list(turfs))
    old, new = (
        pl.DataFrame(each).select("door_id", "turf").filter(here)
        for each in (before, after)
    )
    ids = pl.concat([old, new])["door_id"].unique().sort().to_arrow()
    _on, doors = fenced(row, ids)
    if doors is None:
        return []
    region = pl.DataFrame(doors.select(["door_id", engine.REGION]))
    was, becomes = (
        {
            turf: set(regions)
            for turf, regions in each.join(region, on="door_id", how="left")
            .group_by("turf")
            .agg(engine.REGION)
            .iter_rows()
        }
        for each in (old, new)
    )
    return sorted(
        turf
        for turf, regions in becomes.items()
        if len(regions) > 1 and not regions <= was.get(turf, set())
    )


def _regions(row: Cut, held: Held, ids: ground.Texts) -> tuple[ground.Ground, pa.Table]:
    """Return the ground under some doors, and the doors with their regions.

    All doors of a cut are on one plane, so that a door is always in the same region.
    """
    whole = pq.read_table(row.turfs_file, columns=["door_id"])["door_id"]
    on = ground.again(row, ids, plane_of=whole)
    return on, held.around(row.universe.snapshot, on)


@transaction.atomic
def _add(row: Cut, by: User, **said: Any) -> Border:
    """Write a border down, unless it holds already."""
    audit.hold()
    held = row.borders.filter(removal=None)
    there = held.filter(**said).first()
    if there is not None:
        return there
    if held.count() >= MOST_BORDERS:
        raise BadBorder(f"this cut has {MOST_BORDERS} borders already")
    new = Border.objects.create(cut=row, by=by, **said)
    _audit("draw border", new, by)
    return new


def _found(id: int, by: User) -> Border:  # noqa: A002  # the word that all reads use
    """Return a border, to an organizer of its chapter."""
    row = Border.objects.select_related("cut").filter(pk=id).first()
    if row is None:
        raise NotYours
    cuts.found(id=row.cut_id, seen_by=by)
    return row


def _audit(verb: str, row: Border, by: User) -> None:
    """Write down who did what to a border."""
    subject, details = f"cut:{row.cut_id}", {"border": row.pk}
    audit.add(by=by, verb=verb, subject=subject, details=details)
