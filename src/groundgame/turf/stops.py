"""Doors as stops: the doors of one building are one stop, wherever the rows stood.

In:  a table of placed doors, in any order.
Out: the places that have doors, in an order that depends on nothing but the places, and
the doors of each. A town and its mirror image have the same stops.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.tables import PLACED
from groundgame.turf.floors import floors
from groundgame.turf.loops import kernels

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

FARTHEST = 1e8  # metres; farther from the origin than that is no place on Earth
BITS = 16  # of each coordinate on the space-filling curve


@dataclass(frozen=True, slots=True)
class Stops:
    """Places with doors. Stops that follow one another are near one another."""

    x: Floats
    """Metres east, shape (stops,)."""
    y: Floats
    """Metres north, shape (stops,)."""
    doors: Counts
    """How many doors each has, shape (stops,)."""
    rows: Counts
    """In which row of the table the first door of each stop is, shape (stops,)."""
    door_ids: pa.StringArray
    """The doors of the first stop, then of the second, and so on."""
    left_out: pa.StringArray
    """The doors that have no usable place, in order."""
    floor: Counts | None = None
    """On which floor each of `door_ids` is; 0, or left out: its unit does not say."""


def stops(placed: pa.Table) -> Stops:
    """Gather doors into stops; leave out, and list, the doors with no usable place.

    The doors of a stop are in the order of their floor and `unit`, where the table has
    such a column (2B before 10A, a penthouse last), and of their ids.

    Raises:
        WrongTable: The table is not shaped like groundgame.tables.PLACED.
    """
    table = PLACED.conform(placed)
    if "unit" in placed.column_names:
        table = table.append_column("unit", placed["unit"].cast(pa.string()))
    table = table.combine_chunks()
    x, y = table["x"].to_numpy(), table["y"].to_numpy()
    usable = (np.abs(x) <= FARTHEST) & (np.abs(y) <= FARTHEST)
    ids: Any = table["door_id"].combine_chunks()
    lost = ids.filter(pa.array(~usable))
    x, y = _upright(x[usable], y[usable])
    rows = np.lexsort((y, x))
    x, y = x[rows], y[rows]
    new = np.ones(x.size, np.bool_)
    new[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1])
    starts = np.flatnonzero(new)
    doors = np.diff(np.append(starts, x.size))
    x, y = x[starts], y[starts]
    curve = np.argsort(along_curve(x, y), kind="stable")
    rows = np.flatnonzero(usable)[rows[spread(starts[curve], doors[curve])]]
    doors = doors[curve]
    rows, floor = _as_named(table, rows, doors)
    return Stops(
        x[curve],
        y[curve],
        doors,
        rows[np.cumsum(doors) - doors],
        ids.take(rows),
        lost.take(pc.sort_indices(lost)),
        floor,
    )


def spread(starts: Counts, lengths: Counts) -> Counts:
    """Return start, start + 1 and so on for each start, as many as its length."""
    ends = np.cumsum(lengths)
    within = np.arange(ends[-1] if ends.size else 0) - np.repeat(
        ends - lengths, lengths
    )
    whole: Counts = np.repeat(starts, lengths) + within
    return whole


def grouped(number: npt.NDArray[np.integer], count: int) -> tuple[Counts, Counts]:
    """Return where each number begins, of so many, and what has it; -1 is none."""
    order = np.argsort(number, kind="stable")
    begins = np.searchsorted(number[order], np.arange(count + 1))
    return begins - begins[0], order[begins[0] :]


def _as_named(table: pa.Table, rows: Counts, doors: Counts) -> tuple[Counts, Counts]:
    """Return rows with the doors of each stop in order, and the floor of each.

    They are in the order of floors, of what units are called, and of ids. A unit whose
    floor nobody knows stands where its number would be a floor's.

    Args:
        table: Doors, perhaps with a `unit`.
        rows: Which of them are at the first stop, the second, and so on.
        doors: How many doors each stop has.
    """
    shared = np.flatnonzero(np.repeat(doors, doors) > 1)
    some, stop = rows[shared], np.repeat(np.arange(doors.size), doors)[shared]
    named = _rank(table["door_id"].take(some))
    if "unit" not in table.column_names:
        rows[shared] = some[np.lexsort((named, stop))]
        return rows, np.zeros(rows.size, np.int64)
    floor, *keys = _called(table["unit"].combine_chunks())
    order = np.lexsort((named, *(key[some] for key in keys), stop))
    rows[shared] = some[order]
    return rows, floor[rows]


def _called(unit: Any) -> tuple[Counts, ...]:
    """Return the floor that each unit tells, and what to sort units by, the last first.

    That is the place in the alphabet, the number, and the floor or what stands for it.
    """
    named: Any = pc.fill_null(unit, "").dictionary_encode()
    names, which = named.dictionary, named.indices.to_numpy()
    found: Any = pc.extract_regex(names, r"(?P<number>[0-9]{1,9})")
    digits: Any = pc.fill_null(pc.struct_field(found, "number"), "0")
    number = digits.cast(pa.int64()).to_numpy()
    floor = floors(names)
    keys = _rank(names), number, np.where(floor > 0, floor, number)
    return floor[which], *(key[which] for key in keys)


def _rank(texts: Any) -> Counts:
    """Return the place of each text in the alphabet, from 1."""
    rank: Counts = pc.rank(texts, tiebreaker="dense").to_numpy().astype(np.int64)
    return rank


def _upright(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Turn a town so that it and its mirror images come out as the same town.

    Of the four ways to mirror it east-west and north-south, the one is taken whose
    sorted places come first. All are measured from the town's own edge.
    """
    if not x.size:
        return x, y
    ways = [
        (u, v) for u in (x - x.min(), x.max() - x) for v in (y - y.min(), y.max() - y)
    ]
    corner = [float(v[u == 0.0].min()) for u, v in ways]  # of the first of the places
    ways = [way for way, low in zip(ways, corner, strict=True) if low == min(corner)]
    if len(ways) == 1:
        return ways[0]
    best, key = ways[0], _in_order(*ways[0])
    for way in ways[1:]:
        other = _in_order(*way)
        differ = np.flatnonzero((other != key).any(axis=1))[:1]
        if differ.size and tuple(other[differ[0]]) < tuple(key[differ[0]]):
            best, key = way, other
    return best


def _in_order(x: Floats, y: Floats) -> Floats:
    """Return the places sorted, shape (n, 2)."""
    order = np.lexsort((y, x))
    return np.column_stack((x[order], y[order]))


def along_curve(x: Floats, y: Floats) -> Counts:
    """Return how far along Hilbert's curve each place is: near in it, near on land."""
    if not x.size:
        return np.empty(0, np.int64)
    width = max(float(np.ptp(x)), float(np.ptp(y)), 1e-9)
    a = ((x - x.min()) / width * (2**BITS - 1)).astype(np.int64)
    b = ((y - y.min()) / width * (2**BITS - 1)).astype(np.int64)
    along: Counts = kernels().curve(a, b, BITS)
    return along
