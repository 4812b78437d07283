"""A turf for a volunteer: which of a cut's free turfs suit what they wish."""

from dataclasses import dataclass
from math import isnan
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from groundgame import turf as engine
from groundgame.errors import UnknownPlace
from groundgame.server.actions import cuts, ground, shifts, standing
from groundgame.server.actions.cuts import CutLine, TurfRow
from groundgame.server.actions.pace import Known
from groundgame.server.actions.people import Anyone

BLOCK = 100.0
"""Metres of detour that nobody minds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wishes; places as 'latitude, longitude' or as an address."""

    near: str = ""
    home: str = ""
    short: bool = False
    no_stairs: bool = False
    bicycle: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A turf that would do, and what speaks for it."""

    turf: TurfRow
    minutes: float
    """Of all its work, with the walk."""
    saved: float
    """Minutes that a bicycle saves between its doors."""
    away: float | None
    """Metres from where they set out; None: nobody said where."""
    detour: float | None
    """Metres more than going straight home."""
    floors: int
    unknown: int
    """Doors in buildings whose floor is not known."""

    @property
    def on_the_way(self) -> bool:
        """Whether it is on the way home."""
        return self.detour is not None and self.detour < BLOCK


@dataclass(frozen=True, slots=True)
class Offers:
    """The free turfs of a cut that would do, best first."""

    line: CutLine
    free: int
    offers: list[Offer]
    pace: Known
    """What the minutes are from."""


def offers(*, cut: int, wishes: Asked, seen_by: Anyone) -> Offers:
    """Return the free turfs of a cut that would do, best first.

    Raises:
        NotYours: There is no such cut, or not for them.
        UnknownPlace: A place is neither in degrees nor an address of this cut.
        FarPlace: It is far from all doors.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    page = cuts.cut_page(id=cut, seen_by=seen_by)
    free = {turf.number: turf for turf in page.turfs if turf.state != "out"}
    walks = standing.walks(row).filter(~pl.col("quiet")).drop("quiet").to_arrow()
    doors = ground.doors_of(row.universe.snapshot, walks["door_id"])
    on = ground.again(row, walks["door_id"])
    wanted = engine.Wishes(
        near=_place(wishes.near, doors, on.placed, on.plane),
        home=_place(wishes.home, doors, on.placed, on.plane),
        short=wishes.short,
        no_stairs=wishes.no_stairs,
        bicycle=wishes.bicycle,
    )
    numbers = pa.array(sorted(free), pa.int32())
    found = engine.pick(
        walks.filter(pc.is_in(walks["turf"], value_set=numbers)),
        on.placed,
        wanted,
        page.pace.pace,
        questions=shifts.questions(),
        network=on.network,
    )
    listed = [
        _offer(free[each["turf"]], each, ridden=wishes.bicycle)
        for each in found.to_pylist()
    ]
    return Offers(page.line, len(free), listed, page.pace)


def _offer(turf: TurfRow, found: dict[str, float], *, ridden: bool) -> Offer:
    """Return what a list shows of a turf that would do."""
    away, detour = (
        None if isnan(found[name]) else found[name] for name in ("away", "detour")
    )
    return Offer(
        turf=turf,
        minutes=turf.minutes - (found["saved"] if ridden else 0.0),
        saved=found["saved"],
        away=away,
        detour=detour,
        floors=int(found["floors"]),
        unknown=int(found["unknown"]),
    )


def _place(
    said: str, doors: pa.Table, placed: pa.Table, plane: engine.Plane
) -> tuple[float, float] | None:
    """Return a place on the plane: of degrees, or of an address of the cut.

    Raises:
        UnknownPlace: It is neither.
        FarPlace: It is far from all doors.
    """
    if not said.strip():
        return None
    try:
        lat, lon = (float(part) for part in said.split(","))
    except ValueError:
        lat, lon = _addressed(said, doors)
    return engine.place_near(placed, plane, lat, lon)


def _addressed(said: str, doors: pa.Table) -> tuple[float, float]:
    """Return where the first door of this number and street is."""
    columns: list[Any] = [doors[name] for name in ("number", "street")]
    parts: list[Any] = [pc.fill_null(column, "") for column in columns]
    whole: Any = pc.utf8_lower(pc.binary_join_element_wise(*parts, " "))
    here = pc.equal(whole, pa.scalar(" ".join(said.lower().split())))
    there = doors.filter(pc.and_(here, pc.is_valid(doors["lat"])))
    if not there.num_rows:
        raise UnknownPlace
    return there["lat"][0].as_py(), there["lon"][0].as_py()
