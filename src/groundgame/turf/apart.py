"""Cut partition by partition, each wherever a worker is.

In:  doors with a place on a plane, who cuts, and perhaps a name for each door's
     partition (a county).
Out: turfs of all partitions, numbered through. No turf lies in two of them.

Doors with a column REGION are cut region by region: that is a border which somebody
gave, and it holds whatever it costs, also where a region has fewer doors than a turf.

A partition of many doors is divided into cells (cells.py), which are cut side by side.
Nobody asked for the borders between those: in a second round the turfs along them are
mended (seams.py). The turfs are the same whoever cuts.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.errors import NothingToCut
from groundgame.tables import PLACED
from groundgame.turf.cells import Cells, Texts, divided, numbered, regions
from groundgame.turf.cut import Cut, Tell, cut_whole
from groundgame.turf.loads import LOAD, kept
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.seams import Strips, cut_cell, mended_strip
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.turf.within.region import REGION
from groundgame.values import Here, Seed, Workers

MANY = 200_000
"""Doors from which on they are cut in cells also where nobody asked for it: one piece
would take the time of one processor."""


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
    names = numbered(pa.nulls(placed.num_rows, pa.string()) if by is None else by)
    cells = Cells([], [])
    for region in regions(placed, usable):
        alone = Cells([region], [])
        cells = cells.also(alone if small else divided(x, y, names, region, plan.least))
    placed = placed.combine_chunks()
    del x, y, on_earth, usable, lost, names
    cuts = list(_cuts(placed, cells, workers, (plan, seed, network), tell))
    return _together(cuts, pa.concat_arrays([*ids.sort().chunks, _NONE]))


def _cuts(
    placed: pa.Table,
    cells: Cells,
    workers: Workers,
    asked: tuple[CutPlan, Seed, Network | None],
    tell: Tell | None,
) -> Iterator[Cut]:
    """Yield what is cut of each cell and not along a seam, then each strip along one.

    At no effort doors stay where the cells put them.
    """
    plan, seed, network = asked
    tell = tell or (lambda _: None)
    count = len(cells.rows) + (len(cells.seams) if plan.effort else 0)
    work = partial(cut_cell, plan=plan, seed=seed, network=network)
    done = []
    for cell in workers.map(work, _Pieces(placed, cells.rows)):
        done.append(cell)
        tell(len(done) / count)
    if count == len(done):
        yield from (cell.cut for cell in done)
        return
    strips = Strips(placed, cells, done)
    for cell, stays in zip(done, strips.stays, strict=True):
        yield _some(cell.cut, stays)
    mend = partial(mended_strip, plan=plan, seed=seed, network=network)
    for at, cut in enumerate(workers.map(mend, strips), start=1):
        yield cut
        tell((len(done) + at) / count)
    tell(1.0)


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


def _together(done: Sequence[Cut], left_out: pa.StringArray) -> Cut:
    """Return the cuts of all partitions as one, their turfs numbered through."""
    counts = np.cumsum([0, *(one.summary.num_rows for one in done)])
    turfs, summaries = (
        pa.concat_tables(
            _numbered(table, table["turf"].to_numpy() + np.int32(first))
            for table, first in zip(tables, counts[:-1], strict=True)
        )
        for tables in ([one.turfs for one in done], [one.summary for one in done])
    )
    limits = Limits(
        min(one.limits.least for one in done),
        max(one.limits.most for one in done),
        as_asked=all(one.limits.as_asked for one in done),
        metre=done[0].limits.metre,
    )
    return Cut(turfs, summaries, _metres(summaries), left_out, limits)


def _metres(summary: pa.Table) -> float:
    """Return how long the walks are together."""
    return float(np.sum(summary["metres"].to_numpy()))


def _some(cut: Cut, wanted: npt.NDArray[np.bool_]) -> Cut:
    """Return some of the turfs of a cut, numbered anew."""
    number = np.cumsum(wanted, dtype=np.int32)
    turf = cut.turfs["turf"].to_numpy() - 1
    turfs = _numbered(cut.turfs, number[turf]).filter(pa.array(wanted[turf]))
    summary = _numbered(cut.summary, number).filter(pa.array(wanted))
    limits = cut.limits
    if LOAD in summary.column_names:
        limits = kept(limits, summary[LOAD].to_numpy())
    return Cut(turfs, summary, _metres(summary), cut.left_out, limits)


def _numbered(table: pa.Table, turf: npt.NDArray[np.int32]) -> pa.Table:
    """Return a table with other numbers of turfs."""
    at = table.schema.get_field_index("turf")
    return table.set_column(at, table.schema.field(at), pa.array(turf))
