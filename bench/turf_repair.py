"""Turfs that somebody made without our limits, within them.

In:  turfs of any sizes, none above MOST. Out: the same turfs with LEAST to MOST doors.

A peer that knows no least has fewer legs to walk: its small turfs are no answer to what
was asked. So it is given our own loops (kernels.mend) for as long as it takes: doors
that a turf lacks are dear and get dearer, and hardly any walk may get longer otherwise.
That is generous: walks that can be shortened on the way are, and the best of four tries
is taken. Where they come out shorter than the peer made them, that is our loops' doing,
and the peer's own length counts.
"""

import numpy as np
import pyarrow as pa

from bench.turf_world import LEAST, MOST, Counts, World
from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.turf.borders import town_of
from groundgame.turf.footing import footing
from groundgame.turf.kernels import Town, Walks, followed, legs, mend
from groundgame.turf.pieces import Pieces
from groundgame.turf.tour import neighbours
from groundgame.turf.walk import buildings

TRIES = 20.0  # a stop, at each step
STEPS = 20  # of the price of a door that a turf lacks
DEAR = 1.0, 300.0  # that price, first and last, in mean legs
HEAT = 0.1, 0.3, 1.0, 3.0  # what a try may lose at first, the same: all are tried
COLD = 0.05  # and at last
ANYWHERE = np.empty(0, np.int32)


def repaired(made: pa.Table, world: World) -> pa.Table:
    """Return turfs of LEAST to MOST doors, as near to those made as can be found.

    Raises:
        SystemExit: A turf is still outside.
    """
    made = made.sort_by([("turf", "ascending"), ("position", "ascending")])
    at = {door: n for n, door in enumerate(world.placed["door_id"].to_pylist())}
    rows = np.array([at[door] for door in made["door_id"].to_pylist()])
    turfs = np.unique(made["turf"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    stop, first = buildings(turfs, world.x[rows], world.y[rows])
    given = world.take(rows[first]), np.bincount(stop), turfs[first]
    towns = [_mended(*given, heat) for heat in HEAT]
    towns = [t for t in towns if t.load.min() >= LEAST and t.load.max() <= MOST]
    if not towns:
        raise SystemExit("turfs of a peer cannot be brought within the limits")
    town = min(towns, key=lambda each: float(each.leg.sum()))
    label = np.empty(rows.size, np.int64)
    label[rows] = town.turf[stop].astype(np.int64)
    chains = (np.asarray(c, np.int64) for c in (town.turf, town.ahead, town.behind))
    place = np.empty(first.size, np.int64)
    place[followed(Walks(*chains, town.load))] = np.arange(first.size)
    rank = np.empty(rows.size, np.int64)
    rank[rows] = place[stop]
    fixed = world.as_turfs(label, rank)
    return turf.order(fixed, world.placed, network=world.network)


def _mended(world: World, doors: Counts, turfs: Counts, hot: float) -> Town:
    """Move stops until no turf lacks doors.

    Args:
        world: A door of each stop, turf by turf in walking order.
        doors: How many doors each stop has, shape (n,).
        turfs: The turf of each stop, from 0 and never falling, shape (n,).
        hot: What a try may lose at first, in mean legs.
    """
    ground = footing(world.placed, world.network)
    pieces = Pieces(np.arange(turfs.size), doors.astype(np.int64), turfs)
    far = legs(ground, pieces.stop)
    limits = CutPlan(LEAST, MOST).limits(int(doors.sum()))
    town = town_of(pieces, ground, neighbours(ground), limits, far)
    state, tries = np.array([1], np.uint64), int(TRIES * turfs.size)
    leg = float(far[1:].mean())
    least = np.full_like(town.load, LEAST)
    heat = leg * np.geomspace(hot, COLD, STEPS + 1)
    for step, price in enumerate(leg * np.geomspace(*DEAR, STEPS)):
        ends = float(heat[step]), float(heat[step + 1])
        mend(town, least, float(MOST), price, tries, *ends, ANYWHERE, state)
    return town
