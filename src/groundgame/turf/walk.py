"""Walk lists: put the doors of each turf in order, and say how long the walks are.

In:  turfs and where their doors are. Out: the same turfs, their walks never longer.

A walk is open: it begins at one door and ends at another, whichever are best.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import UnknownDoors, WrongTable
from groundgame.tables import PLACED, TURFS
from groundgame.turf.footing import STANDING, footing, part
from groundgame.turf.loops import kernels
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.turf.tour import around, long_walk
from groundgame.values import Seed

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

KICKS = 8.0  # tries a stop of a walk that comes from elsewhere
LARGE = 1000  # stops; above that a table of all distances costs more than it saves


def walked(ground: "Ground", turf: Counts, tries: float, seed: int) -> Counts:
    """Return the rows in walking order, each turf as an open walk.

    Args:
        ground: How far it is from row to row; the rows of a turf are side by side.
        turf: The turf of each row, never falling, shape (n,).
        tries: How many times a stop to try to shorten a walk; see kernels.search.
        seed: Where the tries fall.
    """
    begins = np.append(np.flatnonzero(np.diff(turf, prepend=-1)), turf.size)
    large = np.flatnonzero(np.diff(begins) > LARGE)
    if not large.size:
        order: Counts = kernels().walks(ground, begins, tries, seed)
        return order
    order = np.arange(turf.size)
    small = np.ones(turf.size, np.bool_)
    for number in large:
        rows = np.arange(begins[number], begins[number + 1])
        small[rows] = False
        order[rows] = begins[number] + _alone(part(ground, rows), tries, seed)
    rest = np.flatnonzero(small)
    order[rest] = rest[walked(part(ground, rest), turf[rest], tries, seed)]
    return order


def _alone(ground: "Ground", tries: float, seed: int) -> Counts:
    """Order one large turf."""
    return long_walk(ground, around(ground), tries, seed)


def summarize(ground: "Ground", turf: Counts, doors: Counts) -> pa.Table:
    """Return one row a turf: turf (from 1), doors, metres of its walk.

    Args:
        ground: How far it is from row to row; rows in walking order, turf by turf.
        turf: The turf of each row, from 0 and never falling, shape (n,).
        doors: How many doors each row stands for, same shape.
    """
    numbers, first = np.unique(turf, return_index=True)
    legs = kernels().legs(ground, np.arange(turf.size))
    legs[first] = 0.0
    return pa.table(
        {
            "turf": pa.array(numbers + 1, pa.int32()),
            "doors": pa.array(np.add.reduceat(doors, first), pa.int64()),
            "metres": pa.array(np.add.reduceat(legs, first), pa.float64()),
        }
    )


def measure(
    turfs: pa.Table, placed: pa.Table, network: Network | None = None
) -> pa.Table:
    """Say how long the walks are: one row a turf with turf, doors, metres.

    A door without a usable place counts as a door, and is passed over in the metres.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    table, places = _in_order(turfs, placed)
    turf = table["turf"].to_numpy().astype(np.int64) - 1
    known = np.flatnonzero(_usable(places))
    numbers, doors = np.unique(turf, return_counts=True)
    metres = np.zeros(numbers.size)
    if known.size:
        ground = footing(places.take(known), network)
        walks = summarize(ground, turf[known], np.ones(known.size, np.int64))
        at = np.searchsorted(numbers, walks["turf"].to_numpy() - 1)
        metres[at] = walks["metres"].to_numpy()
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
    network: Network | None = None,
) -> pa.Table:
    """Put the doors of each turf in a better order; no walk gets longer.

    No door changes its turf. The doors of one building follow one another in the order
    they had. Doors without a usable place come last in their turf.

    Args:
        turfs: Which door is in which turf (groundgame.tables.TURFS).
        placed: Where the doors are (groundgame.tables.PLACED); more of them is fine.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.
        network: The streets to walk on; left out, walks go in straight lines.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    table, places = _in_order(turfs, placed)
    turf = table["turf"].to_numpy().astype(np.int64)
    known = np.flatnonzero(_usable(places))
    new = np.arange(turf.size)
    if known.size:
        ground = footing(places.take(known), network)
        chance = int((seed or Seed(1)).stream("turf.order").integers(2**62))
        new[known] = known[_shorter(ground, turf[known], chance)]
        new = new[np.lexsort((~_usable(places)[new], turf[new]))]
    starts = np.searchsorted(turf, turf)
    positions = pa.array(np.arange(turf.size) - starts + 1, pa.int32())
    table = table.take(new).set_column(2, "position", positions)
    return TURFS.conform(table)


def _shorter(ground: "Ground", turf: Counts, chance: int) -> Counts:
    """Return the rows in a better order; no turf's walk is longer than it was."""
    stop, rows = _buildings(turf, ground.x, ground.y)
    along = walked(part(ground, rows), turf[rows], KICKS, chance)
    rank = np.empty(rows.size, np.int64)
    rank[along] = np.arange(rows.size)
    new = np.lexsort((np.arange(turf.size), rank[stop], turf))
    return _never_longer(new, ground, turf)


def _never_longer(new: Counts, ground: "Ground", turf: Counts) -> Counts:
    """Keep the old order of each turf whose new one is not shorter."""
    begins = np.diff(turf, prepend=-1) != 0
    group = np.cumsum(begins) - 1
    legs = [kernels().legs(ground, way) for way in (np.arange(turf.size), new)]
    before, after = (
        np.bincount(group, weights=np.where(begins, 0.0, metres)) for metres in legs
    )
    return np.where((after < before)[group], new, np.arange(turf.size))


def _in_order(turfs: pa.Table, placed: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the turfs' rows in walking order, and the same doors as placed.

    In each turf the doors without a usable place come last.
    """
    table, places = TURFS.conform(turfs), _places(placed)
    if table.num_rows and pc.min(table["turf"]).as_py() < 1:
        raise WrongTable("turfs", "numbers a turf below 1")
    at = pc.index_in(table["door_id"], value_set=places["door_id"].combine_chunks())
    if at.null_count:
        raise UnknownDoors(doors=at.null_count)
    places = places.take(at)
    by_id = pc.sort_indices(table["door_id"]).to_numpy()
    turf, position = (table[name].to_numpy()[by_id] for name in ("turf", "position"))
    rows = by_id[np.lexsort((position, ~_usable(places)[by_id], turf))]
    return table.take(rows), places.take(rows)


def _places(placed: pa.Table) -> pa.Table:
    """Return where doors are, and how they stand at streets if the table says it."""
    table = PLACED.conform(placed)
    for name in STANDING:
        if name in placed.column_names:
            table = table.append_column(name, placed[name])
    return table


def _usable(places: pa.Table) -> npt.NDArray[np.bool_]:
    """Say of each door whether it has a place on Earth."""
    x, y = places["x"].to_numpy(), places["y"].to_numpy()
    on_earth: npt.NDArray[np.bool_] = (np.abs(x) <= FARTHEST) & (np.abs(y) <= FARTHEST)
    return on_earth


def _buildings(
    turf: Counts, x: Floats, y: Floats
) -> tuple[npt.NDArray[np.int64], Counts]:
    """Return the building of each row, and the first row of each, both in row order."""
    places = np.column_stack((turf, x, y))
    _, first, which = np.unique(places, axis=0, return_index=True, return_inverse=True)
    in_order = np.argsort(first)
    number = np.empty(first.size, np.int64)
    number[in_order] = np.arange(first.size)
    return number[which.reshape(-1)], first[in_order]
