"""Divide doors into cells, each of them large enough to be cut by itself.

In:  where doors are, the partition that each is of, and how small a turf may be.
Out: the rows of each cell; and the seams, which are borders between cells that nobody
     asked for. No seam lies between two partitions, nor between two regions.

A partition of many doors is divided across the wider of its sides, and so is each half
again, as long as halves have CELL doors or more. A partition with fewer doors than a
turf goes with its nearest neighbour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.turf.stops import Counts, Floats
from groundgame.turf.within.region import REGION

CELL = 50_000
"""Doors of the smallest cell that a partition is divided into."""

Texts: TypeAlias = Any
"""A column of text, in one piece or several."""


class Seam(NamedTuple):
    """A line between cells, from end to end of what it divides."""

    side: int
    """0: those west of it and those east of it are apart; 1: south and north."""
    at: float
    """Metres east of it, or north; no door is on it, whatever else is there."""
    first: int
    """The first of the cells that it goes between; they follow one another."""
    end: int
    """The first that comes after them."""


class Cells(NamedTuple):
    """Doors that are cut cell by cell."""

    rows: list[Counts]
    """Which doors each cell has."""
    seams: list[Seam]
    """Where cells meet; the longer before those that end at it."""

    def also(self, other: "Cells") -> "Cells":
        """Return these cells and then others, with no seam between."""
        on = len(self.rows)
        seams = [
            one._replace(first=one.first + on, end=one.end + on) for one in other.seams
        ]
        return Cells(self.rows + other.rows, self.seams + seams)


def regions(placed: pa.Table, usable: Counts) -> list[Counts]:
    """Return the rows of each region, in order; all of them where there is none."""
    if REGION not in placed.column_names:
        return [usable]
    region = placed[REGION].to_numpy()[usable]
    order = np.argsort(region, kind="stable")
    steps = np.flatnonzero(np.diff(region[order])) + 1
    return np.split(usable[order], steps)


def numbered(names: Texts) -> Counts:
    """Return the place of each row's name in the alphabet; those without come last."""
    text = names.cast(pa.string())
    known = text.unique().drop_null().sort()
    found = pc.index_in(text, value_set=known).fill_null(len(known))
    numbers: Counts = found.to_numpy().astype(np.int64)
    return numbers


def divided(x: Floats, y: Floats, names: Counts, usable: Counts, least: int) -> Cells:
    """Return the cells of all partitions, in order.

    Args:
        x: Metres east of each door.
        y: Metres north of it.
        names: The number of the partition that it is of.
        usable: The rows to divide.
        least: Doors of the smallest turf.
    """
    order = usable[np.argsort(names[usable], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(names[order])) + 1)
    if len(groups) == 1:
        return halved(x, y, order)
    found = Cells([], [])
    for one in _joined(x, y, [_partition(x, y, rows) for rows in groups], least):
        found = found.also(halved(x, y, one.rows))
    return found


@dataclass(slots=True)
class _Partition:
    """Doors that are cut together: their rows, and the middle of them."""

    rows: Counts
    x: float
    y: float


def _partition(x: Floats, y: Floats, rows: Counts) -> _Partition:
    """Return doors as a partition."""
    return _Partition(rows, float(np.median(x[rows])), float(np.median(y[rows])))


def _joined(
    x: Floats, y: Floats, known: Sequence[_Partition], least: int
) -> list[_Partition]:
    """Join each partition that has not the doors of one turf to its nearest."""
    left = list(known)
    while len(left) > 1:
        sizes = [len(one.rows) for one in left]
        small = int(np.argmin(sizes))
        if sizes[small] >= least:
            break
        lone = left.pop(small)
        far = [np.hypot(one.x - lone.x, one.y - lone.y) for one in left]
        near = int(np.argmin(far))
        rows = np.concatenate([left[near].rows, lone.rows])
        left[near] = _partition(x, y, rows)
    return left


def halved(x: Floats, y: Floats, rows: Counts) -> Cells:
    """Return doors in cells of CELL of them or more, those near the origin first."""
    if len(rows) >= 2 * CELL:
        for side, near in _halves(x[rows], y[rows]):
            halves = rows[near], rows[~near]
            both = halved(x, y, halves[0]).also(halved(x, y, halves[1]))
            along = (x, y)[side]
            at = float(along[halves[0]].max() + along[halves[1]].min()) / 2.0
            return Cells(both.rows, [Seam(side, at, 0, len(both.rows)), *both.seams])
    return Cells([rows], [])


def _halves(x: Floats, y: Floats) -> Iterator[tuple[int, npt.NDArray[np.bool_]]]:
    """Yield across which side doors can be halved, and which are in the near half.

    The wider side comes first. No place is in both halves.
    """
    for side in np.argsort([-np.ptp(x), -np.ptp(y)], kind="stable"):
        near = _near_half((x, y)[side])
        if near is not None:
            yield int(side), near


def _near_half(side: Floats) -> npt.NDArray[np.bool_] | None:
    """Say which doors are in the near half; None where no half has CELL doors.

    The middle door's place is the border, before it or behind it.
    """
    half = side.size // 2
    middle = np.partition(side, half)[half]
    halves = [side < middle, side <= middle]
    off = [abs(2 * int(np.count_nonzero(near)) - side.size) for near in halves]
    at = int(np.argmin(off))
    return halves[at] if off[at] <= side.size - 2 * CELL else None
