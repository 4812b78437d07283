"""Mend the seams: turfs on both sides of a border that nobody asked for.

In:  cells that are cut, each by itself, and the seams between them.
Out: strips, each the turfs along one seam; and of each strip the same doors in turfs
     whose walks are together never longer.

No turf is in two strips, so they are worked on side by side, as cells are: where a seam
ends at a longer one, the turfs there go with the longer. All other turfs stay.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.turf.borders import mended
from groundgame.turf.cells import Cells, Seam
from groundgame.turf.cut import Cut, cut_whole, ground_of, ordered, written
from groundgame.turf.footing import part
from groundgame.turf.loads import taken
from groundgame.turf.pieces import Pieces
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.stops import Counts, Floats, Stops, spread, stops
from groundgame.turf.streets.network import Network
from groundgame.turf.tour import look, neighbours
from groundgame.turf.walk import lengths
from groundgame.values import Seed

REACH = 0.5
"""Of the longer side of a turf, how far from a seam it may be to be in its strip."""
TURF = "turf"
"""The column of a strip that says which of its turfs each door is in, from 0."""

Mask = npt.NDArray[np.bool_]


class Cell(NamedTuple):
    """A cell that is cut."""

    cut: Cut
    rows: npt.NDArray[np.int32]
    """In which row of the cell's doors each row of the turfs is."""


def cut_cell(
    placed: pa.Table, plan: CutPlan, seed: Seed, network: Network | None
) -> Cell:
    """Cut one cell as if there were no other."""
    cut = cut_whole(placed, plan, seed, network=network)
    return Cell(cut, _found(cut.turfs, placed["door_id"]))


def _found(doors: pa.Table, ids: Any) -> npt.NDArray[np.int32]:
    """Return where among ids each door is; it is there once."""
    wanted: Any = doors["door_id"].cast(pa.string())
    rows: npt.NDArray[np.int32] = pc.index_in(
        wanted, value_set=ids.cast(pa.string())
    ).to_numpy()
    return rows


class Strips(Sequence[pa.Table]):
    """The doors of each strip, taken out of all doors when they are asked for."""

    def __init__(self, placed: pa.Table, cells: Cells, done: Sequence[Cell]) -> None:
        """Find the turfs that are near each seam.

        Args:
            placed: All doors.
            cells: Which of them each cell has, and where cells meet.
            done: The cells as they are cut.
        """
        self._placed = placed
        pairs = zip(cells.rows, done, strict=True)
        self._rows = np.concatenate([rows[cell.rows] for rows, cell in pairs])
        turfs = [cell.cut.summary["doors"].to_numpy() for cell in done]
        self._size = np.concatenate(turfs)
        self._begin = np.cumsum(self._size) - self._size
        ends = np.cumsum([one.size for one in turfs])
        seam = self._seams(cells.seams, np.append(0, ends))
        cell = np.searchsorted(ends, np.arange(seam.size), side="right")
        strips = (np.flatnonzero(seam == at) for at in range(len(cells.seams)))
        self._strips = [one for one in strips if np.unique(cell[one]).size > 1]
        stays = np.ones(seam.size, np.bool_)
        for one in self._strips:
            stays[one] = False
        self.stays: list[Mask] = np.split(stays, ends[:-1])
        """Of each cell, which of its turfs are in no strip."""

    def __len__(self) -> int:
        """Return how many strips there are."""
        return len(self._strips)

    def __getitem__(self, at: Any) -> Any:
        """Return a strip: its doors turf by turf, in walking order, with TURF."""
        turfs = self._strips[at]
        size = self._size[turfs]
        doors = self._placed.take(self._rows[spread(self._begin[turfs], size)])
        number = np.repeat(np.arange(turfs.size), size)
        return doors.append_column(TURF, pa.array(number))

    def _seams(self, seams: Sequence[Seam], turfs: Counts) -> Counts:
        """Return the seam that each turf is near, the longest of several; -1: none.

        Args:
            seams: The longer before those that end at it.
            turfs: The first turf of each cell, and the one after the last.
        """
        sides = [self._sides(name) for name in ("x", "y")]
        reach = REACH * np.maximum(*(high - low for low, high in sides))
        seam = np.full(self._size.size, -1)
        for number, one in enumerate(seams):
            here = np.arange(turfs[one.first], turfs[one.end])
            low, high = (end[here] for end in sides[one.side])
            near = (low - reach[here] <= one.at) & (one.at <= high + reach[here])
            seam[here[near & (seam[here] < 0)]] = number
        return seam

    def _sides(self, name: str) -> tuple[Floats, Floats]:
        """Return the least and the largest x or y of each turf."""
        along = self._placed[name].to_numpy()[self._rows]
        low: Floats = np.minimum.reduceat(along, self._begin)
        high: Floats = np.maximum.reduceat(along, self._begin)
        return low, high


def mended_strip(
    strip: pa.Table, plan: CutPlan, seed: Seed, network: Network | None
) -> Cut:
    """Return the turfs of a strip after moving doors between them.

    Where walks would be longer together, they are as they were.
    """
    town = stops(strip)
    ground, takes = ground_of(strip, town, network), taken(strip, town.door_ids, plan)
    there = standing(strip, town, takes)
    limits = Limits(plan.least, plan.most, as_asked=True, metre=plan.metre)
    chance = [int(n) for n in seed.stream("turf.seams").integers(2**62, size=2)]
    near = neighbours(ground, look(plan.effort))
    new = mended(there, ground, near, limits, plan.effort, chance[0], lambda _: None)
    new = ordered(new, ground, plan.effort, chance[1])
    now, before = (
        lengths(part(ground, some.stop), some.turf).sum() for some in (new, there)
    )
    return written(new if now < before else there, town, ground, limits)


def standing(strip: pa.Table, town: Stops, takes: Floats | None) -> Pieces:
    """Return the turfs that there are, those side by side after one another.

    Args:
        strip: Doors in walking order, turf by turf, with TURF.
        town: The stops that they are at.
        takes: What each door takes of a turf, the doors of the first stop first; None
            where turfs are measured in doors.
    """
    door = _found(strip, town.door_ids).astype(np.int64)
    stop = np.repeat(np.arange(town.doors.size), town.doors)[door]
    turf = strip[TURF].to_numpy()
    new = (np.diff(turf, prepend=-1) != 0) | (np.diff(stop, prepend=-1) != 0)
    first = np.flatnonzero(new | (np.diff(door, prepend=-1) != 1))
    doors = np.diff(np.append(first, door.size))
    load = None if takes is None else np.add.reduceat(takes[door], first)
    earliest = np.minimum.reduceat(stop, np.searchsorted(turf, np.arange(turf[-1] + 1)))
    place = np.argsort(np.argsort(earliest, kind="stable"))  # stops come along a curve
    there = Pieces(stop[first], doors, place[turf[first]], load, door[first])
    return there.take(np.argsort(there.turf, kind="stable"))
