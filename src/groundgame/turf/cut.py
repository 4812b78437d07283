"""Cut a universe into turfs that one canvasser can walk.

In:  doors with a place on a plane, and a plan that says how large a turf may be.
Out: turfs with their walks. Every placed door is in exactly one of them.

A good walk goes through all doors, whatever street they are on. It is divided into
turfs as well as that walk allows, doors of one building together where they fit. Then
doors move between neighbouring turfs while walks get shorter, and at last each turf is
ordered as an open walk. Distances are straight lines, or those of a network of streets.
Why one walk and not boxes or k-means: it is shorter (bench/turf.py measures it).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from groundgame.errors import NothingToCut
from groundgame.tables import TURFS
from groundgame.turf.borders import mended
from groundgame.turf.footing import footing, part
from groundgame.turf.loads import taken, told
from groundgame.turf.pieces import Pieces, by_unit, divide
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.stops import Stops, spread, stops
from groundgame.turf.streets.network import Network
from groundgame.turf.tour import long_walk, look, neighbours
from groundgame.turf.walk import summarize, walked
from groundgame.values import Seed

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

LONG = 2.0  # effort from which on only what comes after the long walk gets more
KICKS = (0.0, 0.1, 0.2, LONG), (0.0, 0.4, 0.7, 1.2)
"""Efforts, and tries a stop at the long walk: with little time they are worth more than
what comes after it, with much less."""
LAST = 0.1, 0.5  # tries a stop at each walk in the end, at efforts 0.1 and 1

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Cut:
    """Turfs, and what is to be known about them."""

    turfs: pa.Table
    """Each placed door once: door_id, turf, position (groundgame.tables.TURFS)."""
    summary: pa.Table
    """Each turf once: turf, doors, metres of its walk; and its `load`, where turfs are
    measured in something else than doors."""
    metres: float
    """All walks together, in straight lines from door to door."""
    left_out: pa.StringArray
    """The door_ids that have no usable place, so that no door is lost."""
    limits: Limits
    """The sizes that were kept; not as asked where no division could keep those."""


def cut_whole(
    placed: pa.Table,
    plan: CutPlan | None = None,
    seed: Seed | None = None,
    *,
    network: Network | None = None,
    tell: Tell | None = None,
) -> Cut:
    """Cut doors into turfs as one; see `apart.cut`, which says what is what."""
    plan, seed = plan or CutPlan(), seed or Seed(1)
    town = stops(placed)
    count = len(town.door_ids)
    if not count:
        raise NothingToCut(doors=len(town.left_out))
    takes = taken(placed, town.door_ids, plan)
    limits = (
        plan.limits(count)
        if takes is None
        else Limits(plan.least, plan.most, as_asked=True, metre=plan.metre)
    )
    chance = [int(n) for n in seed.stream("turf.cut").integers(2**62, size=3)]
    tell = tell or (lambda _: None)
    ground = ground_of(placed, town, network)
    near = neighbours(ground, look(plan.effort))
    walk = long_walk(ground, near, float(np.interp(plan.effort, *KICKS)), chance[0])
    tell(0.2)
    pieces = divide(town.doors, ground, walk, limits, takes, town.floor)
    pieces = mended(pieces, ground, near, limits, plan.effort, chance[1], tell)
    pieces = ordered(pieces, ground, plan.effort, chance[2])
    tell(1.0)
    return written(pieces, town, ground, limits)


def ground_of(placed: pa.Table, town: Stops, network: Network | None) -> "Ground":
    """Return what lies between the stops of some doors."""
    ground = footing(placed.take(town.rows), network)
    return ground._replace(x=town.x, y=town.y)


def ordered(pieces: Pieces, ground: "Ground", effort: float, seed: int) -> Pieces:
    """Return the same turfs, each in a good walking order."""
    last = float(np.interp(effort, (0.1, 1.0), LAST))
    order = walked(part(ground, pieces.stop), pieces.turf, last, seed)
    return by_unit(pieces.take(order))


def written(pieces: Pieces, town: Stops, ground: "Ground", limits: Limits) -> Cut:
    """Write turfs down, and what is to be known about them."""
    summary = summarize(part(ground, pieces.stop), pieces.turf, pieces.doors)
    if pieces.takes is not None:
        load = np.bincount(pieces.turf, pieces.takes).astype(np.float64)
        summary, limits = told(summary, limits, load)
    metres = float(np.sum(summary["metres"].to_numpy()))
    return Cut(_turfs(town, pieces), summary, metres, town.left_out, limits)


def _turfs(town: Stops, pieces: Pieces) -> pa.Table:
    """Write down which door is where. A building's doors go to its pieces in order."""
    by_stop = np.lexsort((np.arange(pieces.stop.size), pieces.stop))
    starts = np.empty(pieces.stop.size, np.int64)
    starts[by_stop] = np.cumsum(pieces.doors[by_stop]) - pieces.doors[by_stop]
    starts = starts if pieces.first is None else pieces.first
    turf = np.repeat(pieces.turf, pieces.doors)
    columns = [
        town.door_ids.take(spread(starts, pieces.doors)),
        pa.array(turf + 1, pa.int32()),
        pa.array(1 + np.arange(turf.size) - np.searchsorted(turf, turf), pa.int32()),
    ]
    return TURFS.conform(pa.table(columns, names=list(TURFS.names)))
