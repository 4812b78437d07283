"""Say how short any cut could be at best, so that a total can be judged.

In:  doors, and how large a turf may be. Out: metres that no cut of these doors can do
without, whoever cuts it; the shortest cut is somewhere between them and one that is
known. How it is found, and why it holds: kernels/bound.py.

It knows nothing of precincts and of walks from given places: these make walks longer,
so the bound holds for them too, and says less.
"""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.turf.loops import kernels
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.stops import Counts, Floats, stops
from groundgame.turf.tour import nearest

STEPS = 120  # how often tolls change
NEAR = 8  # legs of each stop that tolls are looked for with
FIRST = 0.5  # toll of a leg too many at the first step, in mean legs
AGAIN, SHARE = 0.05, 0.3  # the same, and of STEPS, once legs were added
LEAF = 8  # stops of a box that is not divided
SLACK = 1e-9  # of the bound, for rounding


def bound(
    placed: pa.Table, plan: CutPlan | None = None, *, steps: int = STEPS
) -> float:
    """Return metres that every cut of these doors has at least, in straight lines.

    Args:
        placed: Where the doors are (groundgame.tables.PLACED).
        plan: How large a turf may be.
        steps: How long to look for a higher bound; at 0, a spanning forest is taken.

    Raises:
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    town = stops(placed)
    if not town.x.size:
        return 0.0
    limits = (plan or CutPlan()).limits(len(town.door_ids))
    return in_lines(town.x, town.y, town.doors, limits, steps)


def in_lines(
    x: Floats, y: Floats, doors: Counts, limits: Limits, steps: int = STEPS
) -> float:
    """Return the least metres in straight lines between stops, no two at one place.

    Tolls are looked for with a few legs of each stop; then the tree at those tolls is
    taken from all legs there are, so that the bound holds. Its legs are added to the
    few, and tolls are looked for once more.

    Args:
        x: Metres east of each stop, shape (n,).
        y: Metres north, same shape.
        doors: How many doors each has, same shape.
        limits: How many doors a turf has.
        steps: How often to change the tolls.
    """
    order, boxes = _boxes(x, y)
    x, y = boxes.x, boxes.y

    def metres(legs: Counts) -> Floats:
        gaps: Floats = np.hypot(
            *(axis[legs[:, 0]] - axis[legs[:, 1]] for axis in (x, y))
        )
        return gaps

    near = nearest(x, y, NEAR + 1)
    grow = partial(kernels().boruvka, boxes)
    return _raised(near, metres, grow, doors[order], limits, steps)


def by_table(table: Floats, doors: Counts, limits: Limits, steps: int = STEPS) -> float:
    """Return the least metres by a table of distances, as of streets.

    Args:
        table: Metres from each stop to each, the same both ways, shape (n, n).
        doors: How many doors each stop has, shape (n,).
        limits: How many doors a turf has.
        steps: How often to change the tolls.
    """
    near = np.argsort(table, axis=1, kind="stable")[:, : NEAR + 1]

    def metres(legs: Counts) -> Floats:
        gaps: Floats = table[legs[:, 0], legs[:, 1]]
        return gaps

    grow = partial(kernels().prim, np.ascontiguousarray(table))
    return _raised(near, metres, grow, doors, limits, steps)


def by_legs(  # noqa: PLR0913  # a list of legs has three columns
    legs: Counts,
    metres: Floats,
    reach: Floats,
    doors: Counts,
    limits: Limits,
    *,
    steps: int = STEPS,
) -> float:
    """Return the least metres when only some distances between stops are known.

    Args:
        legs: The two stops of each leg that is listed, shape (legs, 2).
        metres: How long each is, shape (legs,).
        reach: For each stop, metres that all its legs that are not listed have at
            least; inf where all are listed, or the others cannot be walked. Shape (n,).
        doors: How many doors each stop has, same shape.
        limits: How many doors a turf has.
        steps: How often to change the tolls.

    Returns:
        Metres; inf where the legs join too little for any cut.
    """
    a, b = (np.ascontiguousarray(end, np.int64) for end in legs.T)
    toll, sizes = np.zeros(doors.size), (limits.least, limits.most)
    found = kernels().ascend(a, b, metres, reach, doors, *sizes, toll, FIRST, steps)[0]
    return _safe(found)


def _raised(  # noqa: PLR0913, PLR0917  # what the two ways above differ in
    near: npt.NDArray[np.integer],
    metres: Callable[[Counts], Floats],
    grow: Callable[[Floats], Any],
    doors: Counts,
    limits: Limits,
    steps: int,
) -> float:
    """Return the best bound of all tolls that were tried.

    Args:
        near: Some near stops of each stop, shape (n, k).
        metres: Says how long legs are, shape (legs, 2).
        grow: Gives the lightest tree of all legs there are, at given tolls.
        doors: How many doors each stop has, shape (n,).
        limits: How many doors a turf has.
        steps: How often to change the tolls.
    """
    n, sizes = doors.size, (limits.least, limits.most)
    legs = np.column_stack((np.repeat(np.arange(n), near.shape[1]), near.ravel()))
    toll, none, best = np.zeros(n), np.full(n, np.inf), 0.0
    for first, share in (FIRST, 0), (FIRST, 1), (AGAIN, SHARE):
        if share:
            legs = np.unique(np.sort(legs, axis=1), axis=0)
            legs = legs[legs[:, 0] < legs[:, 1]]
            a, b = (np.ascontiguousarray(end) for end in legs.T)
            toll = kernels().ascend(
                a, b, metres(legs), none, doors, *sizes, toll, first, int(steps * share)
            )[1]
        tree = grow(toll)
        best = max(best, kernels().weighed(tree, toll, none, doors, *sizes)[0])
        legs = np.vstack((legs, np.column_stack((tree.a, tree.b))))
    return _safe(best)


def _safe(bound: float) -> float:
    """Take off what rounding may have added."""
    return max(0.0, bound * (1.0 - SLACK))


def _boxes(x: Floats, y: Floats) -> tuple[Counts, Any]:
    """Divide stops into boxes, by halves, east-west and north-south in turn.

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
        x, y, begins, edges, np.empty(count), np.empty(count, np.int64)
    )
    return order, boxes
