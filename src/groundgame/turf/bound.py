"""Say how short any cut could be at best, so that a total can be judged.

In:  doors, how large a turf may be, and perhaps streets. Out: metres that no cut of
these doors can do without, whoever cuts it; the shortest cut is somewhere between them
and one that is known. How it is found, and why it holds: kernels/bound.py.

It knows nothing of precincts and of walks from given places: these make walks longer,
so the bound holds for them too, and says less.
"""

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from groundgame.turf.ascent import Dear, Legs, highest
from groundgame.turf.footing import footing, part
from groundgame.turf.loops import kernels
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.stops import Counts, Floats, grouped, stops
from groundgame.turf.streets.network import Network
from groundgame.turf.tour import WELL, neighbours

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground, Raised, Tree

STEPS = 240  # how often tolls change
NEAR = 20  # legs of each stop that tolls are looked for with at first
LEAF = 8  # stops of a box that is not divided
SHORT = 1e-3  # metres that a leg by the table of streets may be rounded off by


def bound(
    placed: pa.Table,
    plan: CutPlan | None = None,
    *,
    network: Network | None = None,
    steps: int = STEPS,
) -> float:
    """Return metres that every cut of these doors has at least.

    Args:
        placed: Where the doors are (groundgame.tables.PLACED); with a network also at
            which street each stands.
        plan: How large a turf may be.
        network: What is walked on; left out, straight lines.
        steps: How long to look for a higher bound; at 0, no tolls are taken.

    Raises:
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    town = stops(placed)
    if not town.x.size:
        return 0.0
    limits = (plan or CutPlan()).limits(len(town.door_ids))
    ground = footing(placed.take(town.rows), network)._replace(x=town.x, y=town.y)
    return on_ground(ground, town.doors, limits, steps)


def on_ground(
    ground: "Ground", doors: Counts, limits: Limits, steps: int = STEPS
) -> float:
    """Return the least metres on a ground.

    Tolls are looked for with a few legs of each stop (ascent.py), and each tree that
    counts is taken from all legs there are, so that the bound holds.

    Args:
        ground: How far it is from stop to stop, no two of them at one place.
        doors: How many doors each has, shape (n,).
        limits: How many doors a turf has.
        steps: How often to change the tolls.
    """
    order, boxes = _boxes(*_places(ground))
    ground = part(ground, order)
    near = neighbours(ground, WELL._replace(around=NEAR)).near

    def metres(a: Counts, b: Counts) -> Floats:
        gaps: Floats = kernels().gaps(ground, a.copy(), b.copy())
        return gaps

    def grow(toll: Floats, dear: Dear) -> "Tree":
        tree: Tree = kernels().boruvka(boxes, ground, toll, _by_stop(dear, toll.size))
        return tree

    return highest(Legs(near, metres, grow), doors[order], limits, steps)


def by_table(table: Floats, doors: Counts, limits: Limits, steps: int = STEPS) -> float:
    """Return the least metres by a table of distances.

    Args:
        table: Metres from each stop to each, the same both ways, shape (n, n).
        doors: How many doors each stop has, shape (n,).
        limits: How many doors a turf has.
        steps: How often to change the tolls.
    """
    return highest(in_table(table), doors, limits, steps)


def in_table(table: Floats) -> Legs:
    """Return how to find legs in a table of distances, shape (n, n)."""
    near = np.argsort(table, axis=1, kind="stable")[:, : NEAR + 1]

    def metres(a: Counts, b: Counts) -> Floats:
        gaps: Floats = table[a, b]
        return gaps

    def grow(toll: Floats, dear: Dear) -> "Tree":
        raised = table.copy()
        raised[dear.a, dear.b] += dear.more
        raised[dear.b, dear.a] += dear.more
        tree: Tree = kernels().prim(raised, toll)
        return tree

    return Legs(near, metres, grow)


def _by_stop(dear: Dear, count: int) -> "Raised":
    """Return dear legs by their first stop, each from both its ends."""
    a, b = np.concatenate((dear.a, dear.b)), np.concatenate((dear.b, dear.a))
    begins, order = grouped(a, count)
    more = np.tile(dear.more, 2)[order]
    raised: Raised = kernels().Raised(begins, b[order], more)
    return raised


def _places(ground: "Ground") -> tuple[Floats, Floats, Floats]:
    """Return places between which no leg is shorter than a straight line, but for less.

    A stop at a street is taken to be on the line from corner to corner, as far along.
    Where the street bends it is somewhere else, but not farther off than its length
    allows; so its legs may be shorter by that much. Legs to a stop at no street begin
    where stops stand, not at their streets.

    Returns:
        x, y and how much shorter, shape (n,) each.
    """
    x, y, less = ground.x.copy(), ground.y.copy(), np.zeros(ground.x.size)
    there = np.flatnonzero(ground.edge >= 0)
    if not there.size:
        return x, y, less
    edge = ground.edge[there]
    a, b, length = ground.a[edge], ground.b[edge], ground.metres[edge]
    share = ground.along[there] / np.maximum(length, SHORT)
    east = ground.corner_x[b] - ground.corner_x[a]
    north = ground.corner_y[b] - ground.corner_y[a]
    chord = np.minimum(np.hypot(east, north), length)
    x[there] = ground.corner_x[a] + share * east
    y[there] = ground.corner_y[a] + share * north
    less[there] = SHORT + length - chord + 0.5 * np.sqrt(length**2 - chord**2)
    off = np.hypot(x - ground.x, y - ground.y)
    return x, y, np.where(ground.edge >= 0, less, SHORT + off.max())


def _boxes(x: Floats, y: Floats, less: Floats) -> tuple[Counts, Any]:
    """Divide stops into boxes, by halves, east-west and north-south in turn.

    Args:
        x: Metres east of each, shape (n,).
        y: Metres north, same shape.
        less: Metres by which its legs may be shorter than a straight line, same shape.

    Returns:
        The stops in the order of the boxes, shape (n,), and the boxes.
    """
    n = x.size
    depth = max(0, int(np.ceil(np.log2(max(1, n / LEAF)))))
    order, begins = np.arange(n), np.array([0, n])
    for level in range(depth):
        box = np.repeat(np.arange(2**level), np.diff(begins))
        axis = (x, y)[level % 2]
        order = order[np.lexsort((axis[order], box))]
        begins = np.arange(2 ** (level + 1) + 1) * n // 2 ** (level + 1)
    x, y = x[order], y[order]
    edges = np.empty((2 ** (depth + 1) - 1, 4))
    for level in range(depth + 1):
        starts = np.arange(2**level) * n // 2**level
        rows = slice(2**level - 1, 2 ** (level + 1) - 1)
        for column, (axis, end) in enumerate(product((x, y), (np.minimum, np.maximum))):
            edges[rows, column] = end.reduceat(axis, starts)
    count = edges.shape[0]
    boxes = kernels().Boxes(
        *(x, y, less[order], begins, edges),
        *(np.empty(count), np.empty(count, np.int64)),
    )
    return order, boxes
