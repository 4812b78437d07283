"""A turf for a volunteer: short, no stairs, by bicycle, near here, on the way home.

In:  turfs with their doors on a plane, and what somebody wishes.
Out: the turfs that would do, best first, each with what speaks for it in numbers.

All is counted in minutes: the way to the turf, the way on from it (home, or back to
where one came from), and, for whom it should be short, the work itself. Stairs are no
matter of taste: who wishes none is offered no turf with a door that is known to be
above the ground; doors whose floor nobody knows are counted beside it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.tables import TURFS
from groundgame.turf.floors import floors, stairs
from groundgame.turf.footing import footing
from groundgame.turf.loops import kernels
from groundgame.turf.pace import Pace
from groundgame.turf.stops import Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.turf.walk import Place, in_order, lengths, usable

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

DETOUR = 1.3
"""Metres walked a metre of straight line, on the way to a turf."""
BICYCLE = 4.2
"""Metres a second that somebody rides in town, with starting and stopping."""
RIDE = 150.0
"""Metres between two doors from which on it is worth getting on a bicycle."""
LOCK = 40.0
"""Seconds to get on a bicycle, get off it and lock it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wishes. Places are on the plane that the doors are on."""

    near: Place | None = None
    """Where they set out: the meeting place, or where they are."""
    home: Place | None = None
    """Where they want to be in the end."""
    short: bool = False
    no_stairs: bool = False
    bicycle: bool = False


_COLUMNS: dict[str, Any] = {
    "turf": pa.int32(),
    "doors": pa.int64(),
    "metres": pa.float64(),  # of its walk
    "minutes": pa.float64(),  # of all its work, with the walk
    "saved": pa.float64(),  # minutes that a bicycle saves between its doors
    "away": pa.float64(),  # metres to its nearest door; NaN: nobody said where
    "detour": pa.float64(),  # metres more than going straight home
    "floors": pa.int64(),  # climbed, a door and floor
    "unknown": pa.int64(),  # doors of a building whose floor is not known
    "cost": pa.float64(),  # minutes by which they are in order
}
OFFERS = pa.schema(_COLUMNS)
"""What is said of a turf that would do."""


def pick(  # noqa: PLR0913  # turfs and doors, and all that a wish depends on
    turfs: pa.Table,
    placed: pa.Table,
    wishes: Wishes,
    pace: Pace | None = None,
    *,
    questions: int = 3,
    network: Network | None = None,
) -> pa.Table:
    """Return the turfs that would do, best first.

    Args:
        turfs: Those that are free (groundgame.tables.TURFS), in walking order.
        placed: Where their doors are; a column `unit` says how far up they are.
        wishes: What is wished.
        pace: How fast they are; the usual pace unless said otherwise.
        questions: Questions of the script.
        network: The streets to walk on; left out, walks go in straight lines.

    Returns:
        One row a turf: OFFERS. A turf none of whose doors has a place is not among
        them.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
    """
    pace = pace or Pace()
    table, places = in_order(turfs, placed)
    there = usable(places)
    turf = table["turf"].to_numpy()[there].astype(np.int64)
    if not turf.size:
        return OFFERS.empty_table()
    numbers, first, doors = np.unique(turf, return_index=True, return_counts=True)
    up, unknown = _climbed(TURFS.conform(table).filter(pa.array(there)), placed)
    places = places.filter(pa.array(there))
    ground = footing(places, network)
    metres = lengths(ground, turf)
    saved = _ridden(ground, first, pace)
    climb = np.add.reduceat(up, first)
    minutes = pace.minutes(doors.astype(float), metres, climb.astype(float), questions)
    minutes -= saved if wishes.bicycle else 0.0
    away, on = _ways(places, first, wishes)
    detour = _more(wishes, away, on)
    speed = (BICYCLE if wishes.bicycle else pace.speed) * 60.0 / DETOUR
    cost = (np.nan_to_num(away) + np.nan_to_num(on)) / speed
    cost += minutes if wishes.short else 0.0
    cost -= 2.0 * saved if wishes.bicycle else 0.0
    told = (
        *(numbers, doors, metres, minutes, saved, away, detour, climb),
        *(np.add.reduceat(unknown, first), cost),
    )
    offers = pa.table([pa.array(each) for each in told], names=OFFERS.names).cast(
        OFFERS
    )
    if wishes.no_stairs:
        offers = offers.filter(pa.array(climb == 0))
    return offers.sort_by([("cost", "ascending"), ("turf", "ascending")])


def _ridden(ground: "Ground", first: Counts, pace: Pace) -> Floats:
    """Return the minutes that a bicycle saves between the doors of each turf."""
    legs = kernels().legs(ground, np.arange(ground.x.size))
    legs[first] = 0.0
    ridden = np.where(legs >= RIDE, legs / pace.speed - legs / BICYCLE - LOCK, 0.0)
    saved: Floats = np.add.reduceat(np.maximum(ridden, 0.0), first) / 60.0
    return saved


def _climbed(table: pa.Table, placed: pa.Table) -> tuple[Counts, Counts]:
    """Return the floors climbed to each door, and whether its floor is not known."""
    none = np.zeros(table.num_rows, np.int64)
    if "unit" not in placed.column_names:
        return none, none
    units = placed.select(["door_id", "unit"]).cast(
        pa.schema([("door_id", pa.string()), ("unit", pa.string())])
    )
    ids, unit = units["door_id"], units["unit"]
    at = pc.index_in(table["door_id"], value_set=ids.combine_chunks())
    unit = unit.take(at)
    inside = unit.is_valid().to_numpy() & (
        pc.utf8_length(unit).fill_null(0).to_numpy() > 0
    )
    return stairs(unit), (inside & (floors(unit) == 0)).astype(np.int64)


def _ways(places: pa.Table, first: Counts, wishes: Wishes) -> tuple[Floats, Floats]:
    """Return metres to each turf's nearest door, and from it on to the end."""
    x, y = places["x"].to_numpy(), places["y"].to_numpy()
    found = []
    for place in (wishes.near, wishes.home or wishes.near):
        far = (
            np.full(x.size, np.nan)
            if place is None
            else np.hypot(x - place[0], y - place[1])
        )
        found.append(np.minimum.reduceat(far, first))
    return found[0], found[1]


def _more(wishes: Wishes, away: Floats, on: Floats) -> Floats:
    """Return how much farther it is to go home by way of each turf."""
    if wishes.near is None or wishes.home is None:
        return np.full(away.size, np.nan)
    straight = np.hypot(
        wishes.near[0] - wishes.home[0], wishes.near[1] - wishes.home[1]
    )
    more: Floats = np.maximum(away + on - straight, 0.0)
    return more
