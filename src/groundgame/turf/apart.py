"""Cut partition by partition, each wherever a worker is.

In:  doors with a place on a plane, who cuts, and perhaps a name for each door's
     partition (a county).
Out: turfs of all partitions, numbered through. No turf lies in two of them.

Doors with a column REGION are cut region by region: that is a border which somebody
gave, and it holds whatever it costs, also where a region has fewer doors than a turf.

A partition of many doors is divided into cells along the wider of its sides, so that
each has CELL doors or more; one with fewer doors than a turf goes with its nearest
neighbour. The borders of so large cells lengthen walks hardly (bench/cluster.py
measures by how much), and the turfs are the same whoever cuts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import NothingToCut
from groundgame.tables import PLACED
from groundgame.turf.cut import Cut, Tell, cut_whole
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.turf.within.region import REGION
from groundgame.values import Here, Seed, Workers

CELL = 25_000
"""Doors of the smallest cell that a partition is divided into."""
MANY = 200_000
"""Doors from which on they are cut in cells also where nobody asked for it: by then the
borders cost a few thousandths, and one piece would take the time of one processor."""

Texts: TypeAlias = Any
"""A column of text, in one piece or several."""


def cut(  # noqa: PLR0913  # where it is cut, besides what is
    placed: pa.Table,
    plan: CutPlan | None = None,
    seed: Seed | None = None,
    *,
    network: Network | None = None,
    tell: Tell | None = None,
    workers: Workers | None = None,
    by: Texts = None,
) -> Cut:
    """Cut doors into turfs.

    The turfs depend on the set of doors, the plan, the seed and the partitions; never
    on the order of the rows, nor on who cuts.

    Args:
        placed: Doors with x and y in metres (groundgame.tables.PLACED). A door whose x
            or y is NaN, infinite or off the Earth is left out and listed. A column
            `unit` puts the doors of a building in order; no turf has doors of two
            regions of a column `region` (turf.fenced).
        plan: How large a turf may be; 40 to 50 doors unless said otherwise.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.
        network: The streets to walk on, at which `placed` says how each door stands;
            left out, walks go in straight lines.
        tell: Is told from time to time how much is done, from 0.0 to 1.0.
        workers: Who cuts, partition by partition; left out, fewer than MANY doors are
            cut as one, and more in cells by threads of this process.
        by: With workers: the name of each row's partition; null, or left out, it has
            none, and the doors that have none are divided into cells.

    Raises:
        NothingToCut: No door has a usable place.
        WrongTable: The table is not shaped like groundgame.tables.PLACED.
    """
    small = workers is None and placed.num_rows < MANY
    if small and REGION not in placed.column_names:
        return cut_whole(placed, plan, seed, network=network, tell=tell)
    workers = workers or Here()
    plan, seed = plan or CutPlan(), seed or Seed(1)
    x, y = _places(placed)
    on_earth = np.maximum(np.abs(x), np.abs(y)) <= FARTHEST
    usable, lost = np.flatnonzero(on_earth), np.flatnonzero(~on_earth)
    if not len(usable):
        raise NothingToCut(doors=placed.num_rows)
    ids: Texts = placed["door_id"].cast(pa.string()).take(lost)
    names = _numbered(pa.nulls(placed.num_rows, pa.string()) if by is None else by)
    cells = [
        rows
        for region in _regions(placed, usable)
        for rows in ([region] if small else _partitions(x, y, names, region, plan))
    ]
    pieces = _Pieces(placed.combine_chunks(), cells)
    del placed, x, y, on_earth, usable, lost, cells, names
    done = []
    work = partial(cut_whole, plan=plan, seed=seed, network=network)
    for one in workers.map(work, pieces):
        done.append(one)
        if tell is not None:
            tell(len(done) / len(pieces))
    return _together(done, pa.concat_arrays([*ids.sort().chunks, _NONE]))


_NONE = pa.array([], pa.string())


class _Pieces(Sequence[pa.Table]):
    """The doors of each cell, taken out of all doors when they are asked for."""

    def __init__(self, placed: pa.Table, cells: Sequence[Counts]) -> None:
        """Say which rows each cell has."""
        self._placed, self._cells = placed, cells

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self._cells)

    def __getitem__(self, at: Any) -> Any:
        """Return the doors of one cell."""
        return self._placed.take(self._cells[at])


def _places(placed: pa.Table) -> tuple[Floats, Floats]:
    """Return where the doors are."""
    table = PLACED.conform(placed)
    return table["x"].to_numpy(), table["y"].to_numpy()


def _numbered(names: Texts) -> Counts:
    """Return the place of each row's name in the alphabet; those without come last."""
    text = names.cast(pa.string())
    known = text.unique().drop_null().sort()
    found = pc.index_in(text, value_set=known).fill_null(len(known))
    numbers: Counts = found.to_numpy().astype(np.int64)
    return numbers


def _regions(placed: pa.Table, usable: Counts) -> list[Counts]:
    """Return the rows of each region, in order; all of them where there is none."""
    if REGION not in placed.column_names:
        return [usable]
    region = placed[REGION].to_numpy()[usable]
    order = np.argsort(region, kind="stable")
    steps = np.flatnonzero(np.diff(region[order])) + 1
    return np.split(usable[order], steps)


@dataclass(slots=True)
class _Partition:
    """Doors that are cut together: their rows, and the middle of them."""

    rows: Counts
    x: float
    y: float


def _partitions(
    x: Floats, y: Floats, names: Counts, usable: Counts, plan: CutPlan
) -> Iterator[Counts]:
    """Yield the rows of each partition, in order."""
    order = usable[np.argsort(names[usable], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(names[order])) + 1)
    known = [_partition(x, y, rows) for rows in groups]
    for one in _joined(x, y, known, plan.least):
        yield from _cells(x, y, one.rows)


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


def _cells(x: Floats, y: Floats, rows: Counts) -> Iterator[Counts]:
    """Yield a partition in cells of CELL doors or more, those near the origin first."""
    waiting = [rows]
    while waiting:
        cell = waiting.pop()
        halves = _halves(x, y, cell) if len(cell) >= 2 * CELL else None
        if halves is None:
            yield cell
        else:
            waiting += reversed(halves)


def _halves(x: Floats, y: Floats, rows: Counts) -> tuple[Counts, Counts] | None:
    """Divide a cell across its wider side, or else the other; no place is in both."""
    sides = sorted((x[rows], y[rows]), key=lambda side: -float(np.ptp(side)))
    for side in sides:
        near = _near_half(side)
        if near is not None:
            return rows[near], rows[~near]
    return None


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


def _together(done: Sequence[Cut], left_out: pa.StringArray) -> Cut:
    """Return the cuts of all partitions as one, their turfs numbered through."""
    counts = np.cumsum([0, *(one.summary.num_rows for one in done)])
    turfs, summaries = (
        pa.concat_tables(
            _renumbered(table, int(first))
            for table, first in zip(tables, counts[:-1], strict=True)
        )
        for tables in ([one.turfs for one in done], [one.summary for one in done])
    )
    limits = Limits(
        min(one.limits.least for one in done),
        max(one.limits.most for one in done),
        as_asked=all(one.limits.as_asked for one in done),
    )
    metres = float(np.sum(summaries["metres"].to_numpy()))
    return Cut(turfs, summaries, metres, left_out, limits)


def _renumbered(table: pa.Table, after: int) -> pa.Table:
    """Return a table with its turfs numbered on."""
    numbers: npt.NDArray[np.int32] = table["turf"].to_numpy() + np.int32(after)
    at = table.schema.get_field_index("turf")
    return table.set_column(at, table.schema.field(at), pa.array(numbers))
