"""Walk lists: put the doors of each turf in order, and say how long the walks are.

In:  turfs and where their doors are. Out: the same turfs, their walks never longer.

A walk is open: it begins at one door and ends at another, whichever are best.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import UnknownDoors, WrongTable
from groundgame.tables import PLACED, TURFS
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.tour import kernels, long_walk
from groundgame.values import Seed

KICKS = 8.0  # tries a stop of a walk that comes from elsewhere
LARGE = 1000  # stops; above that a table of all distances costs more than it saves


def walked(x: Floats, y: Floats, turf: Counts, tries: float, seed: int) -> Counts:
    """Return the rows in walking order, each turf as an open walk.

    Args:
        x: Metres east of each row, turf by turf, shape (n,).
        y: Metres north, same shape.
        turf: The turf of each row, never falling, same shape.
        tries: How many times a stop to try to shorten a walk; see kernels.search.
        seed: Where the tries fall.
    """
    begins = np.append(np.flatnonzero(np.diff(turf, prepend=-1)), turf.size)
    large = np.flatnonzero(np.diff(begins) > LARGE)
    if not large.size:
        order: Counts = kernels().walks(x, y, begins, tries, seed)
        return order
    order = np.arange(turf.size)
    small = np.ones(turf.size, np.bool_)
    for number in large:
        rows = slice(begins[number], begins[number + 1])
        small[rows] = False
        order[rows] = begins[number] + long_walk(x[rows], y[rows], tries, seed)
    rest = np.flatnonzero(small)
    order[rest] = rest[walked(x[rest], y[rest], turf[rest], tries, seed)]
    return order


def summarize(x: Floats, y: Floats, turf: Counts, doors: Counts) -> pa.Table:
    """Return one row a turf: turf (from 1), doors, metres of its walk.

    Args:
        x: Metres east of each row in walking order, turf by turf, shape (n,).
        y: Metres north, same shape.
        turf: The turf of each row, from 0 and never falling, same shape.
        doors: How many doors each row stands for, same shape.
    """
    numbers, first = np.unique(turf, return_index=True)
    legs = np.hypot(np.diff(x, prepend=0.0), np.diff(y, prepend=0.0))
    legs[first] = 0.0
    return pa.table(
        {
            "turf": pa.array(numbers + 1, pa.int32()),
            "doors": pa.array(np.add.reduceat(doors, first), pa.int64()),
            "metres": pa.array(np.add.reduceat(legs, first), pa.float64()),
        }
    )


def measure(turfs: pa.Table, placed: pa.Table) -> pa.Table:
    """Say how long the walks are: one row a turf with turf, doors, metres.

    A door without a usable place counts as a door, and is passed over in the metres.

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
        walks = summarize(
            x[known], y[known], turf[known], np.ones(known.size, np.int64)
        )
        at = np.searchsorted(numbers, walks["turf"].to_numpy() - 1)
        metres[at] = walks["metres"].to_numpy()
    return pa.table(
        {
            "turf": pa.array(numbers + 1, pa.int32()),
            "doors": pa.array(doors, pa.int64()),
            "metres": pa.array(metres, pa.float64()),
        }
    )


def order(turfs: pa.Table, placed: pa.Table, seed: Seed | None = None) -> pa.Table:
    """Put the doors of each turf in a better order; no walk gets longer.

    No door changes its turf. The doors of one building follow one another in the order
    they had. Doors without a usable place come last in their turf.

    Args:
        turfs: Which door is in which turf (groundgame.tables.TURFS).
        placed: Where the doors are (groundgame.tables.PLACED); more of them is fine.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.

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
        along[known] = known[walked(x[at], y[at], turf[at], KICKS, chance)]
    rank = np.empty(rows.size, np.int64)
    rank[along] = np.arange(rows.size)
    new = np.lexsort((np.arange(turf.size), rank[stop], turf))
    new = _never_longer(new, x, y, turf)
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


def _never_longer(new: Counts, x: Floats, y: Floats, turf: Counts) -> Counts:
    """Keep the old order of each turf whose new one is not shorter."""
    legs = []
    begins = np.diff(turf, prepend=-1) != 0
    group = np.cumsum(begins) - 1
    for rows in (np.arange(turf.size), new):
        metres = np.hypot(np.diff(x[rows], prepend=np.nan), np.diff(y[rows], prepend=0))
        metres[begins] = 0.0
        legs.append(np.bincount(group, weights=np.nan_to_num(metres)))
    worse = ~(legs[1] < legs[0])
    return np.where(worse[group], np.arange(turf.size), new)
