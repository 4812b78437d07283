"""Cut again beside turfs that stay: those in hand, or those that doors are added to.

In:  turfs as a cut wrote them, and doors with a place.
Out: the same turfs with a few doors more; or the same turfs, and new ones for the rest.
No door that was in a turf leaves it, and those of a turf stay in their order.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import UnknownDoors
from groundgame.tables import PLACED, TURFS
from groundgame.turf.apart import cut
from groundgame.turf.footing import footing
from groundgame.turf.loads import taken
from groundgame.turf.loops import kernels
from groundgame.turf.plan import CutPlan
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.values import Seed


@dataclass(frozen=True, slots=True)
class Added:
    """Turfs with a few doors more."""

    turfs: pa.Table
    """All doors: groundgame.tables.TURFS."""
    fitted: int
    """How many new doors are in turfs that were there."""
    metres: float
    """By how much those are longer."""
    fresh: int
    """How many turfs are new, for doors that no other had room for."""
    left_out: pa.StringArray
    """The new doors that have no usable place."""


def add(
    turfs: pa.Table,
    placed: pa.Table,
    plan: CutPlan | None = None,
    seed: Seed | None = None,
    *,
    network: Network | None = None,
) -> Added:
    """Put doors that are in no turf where they lengthen a walk least.

    They come in the order of their ids. A turf that has no room within `plan.most` gets
    none; doors that fit nowhere become new turfs, as few as can be.

    Args:
        turfs: Turfs as they are (groundgame.tables.TURFS).
        placed: Their doors and the new ones (groundgame.tables.PLACED).
        plan: How large a turf may be.
        seed: Fixes what chance does in new turfs.
        network: The streets to walk on; left out, walks go in straight lines.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable, DoorTooLarge: As `cut` does.
    """
    plan = plan or CutPlan()
    table = TURFS.conform(turfs).sort_by(
        [("turf", "ascending"), ("position", "ascending")]
    )
    rows = _rows(table, placed)
    usable = _usable(placed)
    new = np.setdiff1d(np.arange(placed.num_rows), rows)
    ids: Any = PLACED.conform(placed)["door_id"].combine_chunks()
    new = new[np.argsort(ids.take(new).to_numpy(zero_copy_only=False), kind="stable")]
    lost, new = ids.take(new[~usable[new]]), new[usable[new]]
    spots, longer = _slipped(table, placed, rows, new, plan, network)
    rest = placed.take(new[~np.isin(new, spots.rows)])
    whole = _written(ids, spots)
    fresh = 0
    if rest.num_rows:
        done = cut(rest, plan, seed, network=network)
        whole, fresh = beside(whole, done.turfs), done.summary.num_rows
    fitted = new.size - rest.num_rows
    return Added(whole, fitted, longer, fresh, lost)


def beside(kept: pa.Table, turfs: pa.Table) -> pa.Table:
    """Return turfs that stay as they are, and others numbered on after them."""
    after = pc.max(kept["turf"]).as_py() or 0
    number = pa.array(turfs["turf"].to_numpy() + after, pa.int32())
    more = turfs.set_column(1, "turf", number)
    return pa.concat_tables([TURFS.conform(kept), TURFS.conform(more)])


def without(placed: pa.Table, doors: pa.Table) -> npt.NDArray[np.bool_]:
    """Say of each placed door whether it is none of those in a table of doors."""
    gone = pc.is_in(
        placed["door_id"].cast(pa.string()),
        value_set=doors["door_id"].cast(pa.string()).combine_chunks(),
    )
    left: npt.NDArray[np.bool_] = ~gone.to_numpy()
    return left


@dataclass(frozen=True, slots=True)
class _Spots:
    """Rows of the placed doors, turf by turf in walking order."""

    rows: Counts
    turf: Counts


def _slipped(  # noqa: PLR0913, PLR0917  # turfs, doors, and what binds them
    table: pa.Table,
    placed: pa.Table,
    rows: Counts,
    new: Counts,
    plan: CutPlan,
    network: Network | None,
) -> tuple[_Spots, float]:
    """Slip new rows into walks; return all walks, and by how much they are longer."""
    numbers, turf = np.unique(table["turf"].to_numpy(), return_inverse=True)
    there = _usable(placed)[rows]
    walked, turfs = rows[there], turf[there]
    both = np.concatenate((walked, new))
    takes = _takes(placed.take(both), plan)
    starts = np.diff(turfs, prepend=-1) != 0
    ends = np.diff(turfs, append=-1) != 0
    at, none = np.arange(walked.size), np.full(new.size, -1)
    ground = footing(placed.take(both), network)
    legs = np.where(starts, 0.0, kernels().legs(ground, at))
    load = np.bincount(turfs, takes[at] + plan.metre * legs, numbers.size)
    load += np.bincount(turf[~there], minlength=numbers.size)
    walks = kernels().Walks(
        np.concatenate((turfs, none)),
        np.concatenate((np.where(ends, -1, at + 1), none)),
        np.concatenate((np.where(starts, -1, at - 1), none)),
        load,
    )
    fresh = walked.size + np.arange(new.size)
    longer = kernels().slip(
        *(ground, walks, fresh, takes[fresh], plan.metre, float(plan.most))
    )
    order = kernels().followed(walks)
    rows = np.concatenate((both[order], rows[~there]))
    turf = np.concatenate((walks.turf[order], turf[~there]))
    by_turf = np.argsort(turf, kind="stable")
    return _Spots(rows[by_turf], numbers[turf[by_turf]].astype(np.int64)), longer


def _takes(placed: pa.Table, plan: CutPlan) -> Floats:
    """Return what doors take of a turf: one, where nothing else is said."""
    ids: Any = PLACED.conform(placed)["door_id"].combine_chunks()
    takes = taken(placed, ids, plan)
    return np.ones(placed.num_rows) if takes is None else takes


def _written(ids: Any, spots: _Spots) -> pa.Table:
    """Write down which door is where."""
    at = np.arange(spots.turf.size) - np.searchsorted(spots.turf, spots.turf)
    columns = [
        ids.take(spots.rows),
        pa.array(spots.turf, pa.int32()),
        pa.array(1 + at, pa.int32()),
    ]
    return TURFS.conform(pa.table(columns, names=list(TURFS.names)))


def _rows(table: pa.Table, placed: pa.Table) -> Counts:
    """Return the placed row of each door of turfs."""
    known = PLACED.conform(placed)["door_id"].combine_chunks()
    at = pc.index_in(table["door_id"], value_set=known)
    if at.null_count:
        raise UnknownDoors(doors=at.null_count)
    rows: Counts = at.to_numpy().astype(np.int64)
    return rows


def _usable(placed: pa.Table) -> npt.NDArray[np.bool_]:
    """Say of each door whether it has a place on Earth."""
    table = PLACED.conform(placed)
    x, y = table["x"].to_numpy(), table["y"].to_numpy()
    on_earth: npt.NDArray[np.bool_] = (np.abs(x) <= FARTHEST) & (np.abs(y) <= FARTHEST)
    return on_earth
