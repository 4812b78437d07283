"""Walk lists: put the doors of each turf in order, and say how long the walks are.

In:  turfs and where their doors are. Out: the same turfs, their walks never longer.

A walk begins at one door and ends at another, whichever are best, unless a plan says
where it starts or ends: the car, the bus stop, home.
"""

from dataclasses import dataclass
from math import inf, isfinite, nan

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import UnknownDoors, WrongTable
from groundgame.tables import PLACED, TURFS
from groundgame.turf.around import around
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.tour import kernels, long_walk
from groundgame.values import Seed

KICKS = 8.0  # tries a stop of a walk that comes from elsewhere
LARGE = 1000  # stops; above that a table of all distances costs more than it saves


Place = tuple[float, float]
"""Metres east and north, on the plane that the doors are on."""


@dataclass(frozen=True, slots=True)
class WalkPlan:
    """Where walks start and end. The default is at whichever doors are best.

    With `back` a walk goes back to where it began: to `start`, or to its first door.
    """

    start: Place | None = None
    finish: Place | None = None
    back: bool = False

    def __post_init__(self) -> None:
        """Refuse what no walk can be."""
        if self.back and self.finish is not None:
            raise ValueError(
                "a walk goes back to its start or to a finish, not to both"
            )
        for place in (self.start, self.finish):
            if place and not all(isfinite(at) and abs(at) <= FARTHEST for at in place):
                raise ValueError(
                    "a walk starts and ends at a place on Earth, in metres"
                )

    @property
    def ends(self) -> Floats:
        """Where walks start and end, as kernels.led wants it, shape (2, 2)."""
        finish = (inf, inf) if self.back else self.finish
        return np.array([self.start or (nan, nan), finish or (nan, nan)])


def walked(  # noqa: PLR0913, PLR0917  # what kernels.led takes, and a plan
    x: Floats,
    y: Floats,
    turf: Counts,
    tries: float,
    seed: int,
    plan: WalkPlan | None = None,
) -> Counts:
    """Return the rows in walking order, each turf as one walk.

    Args:
        x: Metres east of each row, turf by turf, shape (n,).
        y: Metres north, same shape.
        turf: The turf of each row, never falling, same shape.
        tries: How many times a stop to try to shorten a walk; see kernels.search.
        seed: Where the tries fall.
        plan: Where the walks start and end. The walk of a turf of more than LARGE stops
            is a round one that is opened at its start, if it has a start.
    """
    begins = np.append(np.flatnonzero(np.diff(turf, prepend=-1)), turf.size)
    large = np.flatnonzero(np.diff(begins) > LARGE)
    if not large.size:
        ends = (plan or WalkPlan()).ends
        order: Counts = kernels().led(x, y, begins, ends, tries, seed)
        return order
    order = np.arange(turf.size)
    small = np.ones(turf.size, np.bool_)
    for number in large:
        rows = slice(begins[number], begins[number + 1])
        small[rows] = False
        order[rows] = begins[number] + _long(x[rows], y[rows], tries, seed, plan)
    rest = np.flatnonzero(small)
    order[rest] = rest[walked(x[rest], y[rest], turf[rest], tries, seed, plan)]
    return order


def _long(
    x: Floats, y: Floats, tries: float, seed: int, plan: WalkPlan | None
) -> Counts:
    """Order one large turf."""
    if plan is None or plan == WalkPlan():
        return long_walk(x, y, tries, seed)
    n, end = x.size, plan.start or plan.finish
    if end:
        x, y = np.append(x, end[0]), np.append(y, end[1])
    tour, near = np.arange(x.size, dtype=np.int32), around(x, y)
    kernels().search(tour, near, x, y, np.empty((0, 0)), int(tries * n), seed)
    tour = np.roll(tour, -int(np.flatnonzero(tour == x.size - 1)[0]))
    first, last = (
        np.hypot(x[tour[at]] - x[tour[0]], y[tour[at]] - y[tour[0]]) for at in (1, -1)
    )
    walk = tour[tour < n].astype(np.int64)
    if first > last:  # the longer of the two legs at the end is not walked
        walk = walk[::-1]
    return walk if plan.start or plan.back else walk[::-1]


def lengths(x: Floats, y: Floats, turf: Counts, plan: WalkPlan | None = None) -> Floats:
    """Return the metres of each walk, those to its start and to its finish too.

    Args:
        x: Metres east of each row in walking order, turf by turf, shape (n,), n > 0.
        y: Metres north, same shape.
        turf: The turf of each row, never falling, same shape.
        plan: Where the walks start and end.
    """
    plan = plan or WalkPlan()
    first = np.flatnonzero(np.diff(turf, prepend=turf[0] - 1))
    last = np.append(first[1:], turf.size) - 1
    legs = np.hypot(np.diff(x, prepend=0.0), np.diff(y, prepend=0.0))
    legs[first] = 0.0
    metres: Floats = np.add.reduceat(legs, first)
    if plan.start:
        metres += np.hypot(x[first] - plan.start[0], y[first] - plan.start[1])
    if plan.finish or (plan.back and plan.start):
        to = plan.finish or plan.start or (nan, nan)
        metres += np.hypot(x[last] - to[0], y[last] - to[1])
    elif plan.back:
        metres += np.hypot(x[last] - x[first], y[last] - y[first])
    return metres


def summarize(
    x: Floats, y: Floats, turf: Counts, doors: Counts, plan: WalkPlan | None = None
) -> pa.Table:
    """Return one row a turf: turf (from 1), doors, metres of its walk.

    Args:
        x: Metres east of each row in walking order, turf by turf, shape (n,).
        y: Metres north, same shape.
        turf: The turf of each row, from 0 and never falling, same shape.
        doors: How many doors each row stands for, same shape.
        plan: Where the walks start and end.
    """
    numbers, first = np.unique(turf, return_index=True)
    return pa.table(
        {
            "turf": pa.array(numbers + 1, pa.int32()),
            "doors": pa.array(np.add.reduceat(doors, first), pa.int64()),
            "metres": pa.array(lengths(x, y, turf, plan), pa.float64()),
        }
    )


def measure(
    turfs: pa.Table, placed: pa.Table, plan: WalkPlan | None = None
) -> pa.Table:
    """Say how long the walks are: one row a turf with turf, doors, metres.

    A door without a usable place counts as a door, and is passed over in the metres.
    Metres from the start and to the finish of a plan count.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    table, x, y = _on_foot(turfs, placed)
    turf = table["turf"].to_numpy().astype(np.int64) - 1
    known = np.flatnonzero(np.isfinite(x))
    numbers, doors = np.unique(turf, return_counts=True)
    metres = np.zeros(numbers.size)
    if known.size:
        at = np.searchsorted(numbers, np.unique(turf[known]))
        metres[at] = lengths(x[known], y[known], turf[known], plan)
    return pa.table(
        {
            "turf": pa.array(numbers + 1, pa.int32()),
            "doors": pa.array(doors, pa.int64()),
            "metres": pa.array(metres, pa.float64()),
        }
    )


def order(
    turfs: pa.Table,
    placed: pa.Table,
    seed: Seed | None = None,
    *,
    plan: WalkPlan | None = None,
) -> pa.Table:
    """Put the doors of each turf in a better order; no walk gets longer.

    No door changes its turf. The doors of one building follow one another in the order
    they had. Doors without a usable place come last in their turf.

    Args:
        turfs: Which door is in which turf (groundgame.tables.TURFS).
        placed: Where the doors are (groundgame.tables.PLACED); more of them is fine.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.
        plan: Where the walks start and end; at whichever doors unless said otherwise.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    table, x, y = _on_foot(turfs, placed)
    turf = table["turf"].to_numpy().astype(np.int64)
    stop, rows = _buildings(turf, x, y)
    chance = int((seed or Seed(1)).stream("turf.order").integers(2**62))
    known = np.flatnonzero(np.isfinite(x[rows]))
    along = np.arange(rows.size)
    if known.size:
        at = rows[known]
        along[known] = known[walked(x[at], y[at], turf[at], KICKS, chance, plan)]
    rank = np.empty(rows.size, np.int64)
    rank[along] = np.arange(rows.size)
    new = np.lexsort((np.arange(turf.size), rank[stop], turf))
    new = _never_longer(new, x, y, turf, plan)
    starts = np.searchsorted(turf, turf)
    positions = pa.array(np.arange(turf.size) - starts + 1, pa.int32())
    table = table.take(new).set_column(2, "position", positions)
    return TURFS.conform(table)


def _on_foot(turfs: pa.Table, placed: pa.Table) -> tuple[pa.Table, Floats, Floats]:
    """Return the turfs' rows in walking order, and where they are (NaN: unknown)."""
    table, places = TURFS.conform(turfs), PLACED.conform(placed)
    if table.num_rows and pc.min(table["turf"]).as_py() < 1:
        raise WrongTable("turfs", "numbers a turf below 1")
    at = pc.index_in(table["door_id"], value_set=places["door_id"].combine_chunks())
    if at.null_count:
        raise UnknownDoors(doors=at.null_count)
    x = places["x"].take(at).to_numpy().copy()
    y = places["y"].take(at).to_numpy().copy()
    lost = ~((np.abs(x) <= FARTHEST) & (np.abs(y) <= FARTHEST))
    x[lost] = y[lost] = np.nan
    by_id = pc.sort_indices(table["door_id"]).to_numpy()
    turf, position = (table[name].to_numpy()[by_id] for name in ("turf", "position"))
    rows = by_id[np.lexsort((position, lost[by_id], turf))]
    return table.take(rows), x[rows], y[rows]


def _buildings(
    turf: Counts, x: Floats, y: Floats
) -> tuple[npt.NDArray[np.int64], Counts]:
    """Return the building of each row, and the first row of each, both in row order."""
    places = np.column_stack((turf, np.nan_to_num(x, nan=np.inf), np.nan_to_num(y)))
    _, first, which = np.unique(places, axis=0, return_index=True, return_inverse=True)
    in_order = np.argsort(first)
    number = np.empty(first.size, np.int64)
    number[in_order] = np.arange(first.size)
    return number[which.reshape(-1)], first[in_order]


def _never_longer(
    new: Counts, x: Floats, y: Floats, turf: Counts, plan: WalkPlan | None
) -> Counts:
    """Keep the old order of each turf whose new one is not shorter."""
    old = np.arange(turf.size)
    better = np.zeros(turf.size, np.bool_)
    was, now = (rows[np.isfinite(x[rows])] for rows in (old, new))
    if was.size:
        before, after = (
            lengths(x[rows], y[rows], turf[rows], plan) for rows in (was, now)
        )
        better = np.isin(turf, np.unique(turf[was])[after < before])
    return np.where(better, new, old)
