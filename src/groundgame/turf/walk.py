"""Walk lists: put the doors of each turf in order, and say how long the walks are.

In:  turfs and where their doors are. Out: the same turfs, their walks never longer.

A walk begins at one door and ends at another, whichever are best, unless a plan says
where it starts or ends: the car, the bus stop, home.
"""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import UnknownDoors, WrongTable
from groundgame.tables import PLACED, TURFS
from groundgame.turf.faces import Faces, faces
from groundgame.turf.footing import STANDING, also, footing, part
from groundgame.turf.loads import WEIGHT
from groundgame.turf.loops import kernels
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.turf.tour import long_walk, neighbours
from groundgame.values import Seed

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

KICKS = 8.0  # tries a stop of a walk that comes from elsewhere
LARGE = 1000  # stops; above that a table of all distances costs more than it saves


Place = tuple[float, float]
"""Metres east and north, on the plane that the doors are on."""


@dataclass(frozen=True, slots=True)
class WalkPlan:
    """Where walks start and end. The default is at whichever doors are best.

    With `back` a walk goes back to where it began: to `start`, or to its first door.
    With `one_side` it crosses a street only at the ends of a blockface.
    """

    start: Place | None = None
    finish: Place | None = None
    back: bool = False
    one_side: bool = False

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

    def footed(self, ground: "Ground") -> tuple["Ground", Counts]:
        """Return the ground with the start and the finish on it, and which they are.

        The two are as kernels.led wants them. From a place at no street one walks a
        little more than the straight line.
        """
        loops, n = kernels(), ground.x.size
        places = [place for place in (self.start, self.finish) if place]
        first = n if self.start else loops.ANY
        last = n + len(places) - 1 if self.finish else loops.ANY
        ends = np.array([first, loops.BACK if self.back else last])
        return also(ground, places), ends


def walked(
    ground: "Ground",
    turf: Counts,
    tries: float,
    seed: int,
    plan: WalkPlan | None = None,
) -> Counts:
    """Return the rows in walking order, each turf as one walk.

    Args:
        ground: How far it is from row to row; the rows of a turf are side by side.
        turf: The turf of each row, never falling, shape (n,).
        tries: How many times a stop to try to shorten a walk; see kernels.search.
        seed: Where the tries fall.
        plan: Where the walks start and end. The walk of a turf of more than LARGE stops
            is a round one that is opened at its start, if it has a start.
    """
    begins = np.append(np.flatnonzero(np.diff(turf, prepend=-1)), turf.size)
    large = np.flatnonzero(np.diff(begins) > LARGE)
    if not large.size:
        on, ends = (plan or WalkPlan()).footed(ground)
        order: Counts = kernels().led(on, begins, ends, tries, seed)
        return order
    order = np.arange(turf.size)
    small = np.ones(turf.size, np.bool_)
    for number in large:
        rows = np.arange(begins[number], begins[number + 1])
        small[rows] = False
        order[rows] = begins[number] + _long(part(ground, rows), tries, seed, plan)
    rest = np.flatnonzero(small)
    order[rest] = rest[walked(part(ground, rest), turf[rest], tries, seed, plan)]
    return order


def _long(ground: "Ground", tries: float, seed: int, plan: WalkPlan | None) -> Counts:
    """Order one large turf."""
    if plan is None or plan == WalkPlan():
        return long_walk(ground, neighbours(ground), tries, seed)
    n, end = ground.x.size, plan.start or plan.finish
    on = also(ground, [end] if end else [])
    tour, beside = np.arange(on.x.size, dtype=np.int32), neighbours(on)
    none = np.empty((0, 0))
    kernels().search(tour, beside.near, beside.gap, on, none, int(tries * n), seed)
    tour = np.roll(tour, -int(np.flatnonzero(tour == tour.size - 1)[0]))
    first, last = kernels().gaps(on, tour[[1, -1]].astype(np.int64), tour[[0, 0]])
    walk = tour[tour < n].astype(np.int64)
    if first > last:  # the longer of the two legs at the end is not walked
        walk = walk[::-1]
    return walk if plan.start or plan.back else walk[::-1]


def lengths(ground: "Ground", turf: Counts, plan: WalkPlan | None = None) -> Floats:
    """Return the metres of each walk, those to its start and to its finish too.

    Args:
        ground: How far it is from row to row; rows in walking order, turf by turf.
        turf: The turf of each row, never falling, shape (n,), n > 0.
        plan: Where the walks start and end.
    """
    plan = plan or WalkPlan()
    on, ends = plan.footed(ground)
    first = np.flatnonzero(np.diff(turf, prepend=turf[0] - 1))
    last = np.append(first[1:], turf.size) - 1
    legs = kernels().legs(ground, np.arange(turf.size))
    legs[first] = 0.0
    metres: Floats = np.add.reduceat(legs, first)
    start = np.full(first.size, ends[0]) if plan.start else first
    if plan.start:
        metres += kernels().gaps(on, start, first)
    if plan.finish:
        metres += kernels().gaps(on, last, np.full(first.size, ends[1]))
    elif plan.back:
        metres += kernels().gaps(on, last, start)
    return metres


def summarize(
    ground: "Ground", turf: Counts, doors: Counts, plan: WalkPlan | None = None
) -> pa.Table:
    """Return one row a turf: turf (from 1), doors, metres of its walk.

    Args:
        ground: How far it is from row to row; rows in walking order, turf by turf.
        turf: The turf of each row, from 0 and never falling, shape (n,).
        doors: How many doors each row stands for, same shape.
        plan: Where the walks start and end.
    """
    numbers, first = np.unique(turf, return_index=True)
    return pa.table(
        {
            "turf": pa.array(numbers + 1, pa.int32()),
            "doors": pa.array(np.add.reduceat(doors, first), pa.int64()),
            "metres": pa.array(lengths(ground, turf, plan), pa.float64()),
        }
    )


def measure(
    turfs: pa.Table,
    placed: pa.Table,
    plan: WalkPlan | None = None,
    *,
    network: Network | None = None,
) -> pa.Table:
    """Say how long the walks are: one row a turf with turf, doors, metres.

    A door without a usable place counts as a door, and is passed over in the metres.
    Metres from the start and to the finish of a plan count.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    table, places = in_order(turfs, placed)
    turf = table["turf"].to_numpy().astype(np.int64) - 1
    known = np.flatnonzero(usable(places))
    numbers, doors = np.unique(turf, return_counts=True)
    metres = np.zeros(numbers.size)
    if known.size:
        ground = footing(places.take(known), network)
        at = np.searchsorted(numbers, np.unique(turf[known]))
        metres[at] = lengths(ground, turf[known], plan)
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
    network: Network | None = None,
) -> pa.Table:
    """Put the doors of each turf in a better order; no walk gets longer.

    No door changes its turf. The doors of one building follow one another in the order
    they had. Doors without a usable place come last in their turf. A walk on one side
    of the street may be longer than it was.

    Args:
        turfs: Which door is in which turf (groundgame.tables.TURFS).
        placed: Where the doors are (groundgame.tables.PLACED); more of them is fine.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.
        plan: Where the walks start and end; at whichever doors unless said otherwise.
        network: The streets to walk on; left out, walks go in straight lines.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: A table is not shaped as groundgame.tables says.
    """
    table, places = in_order(turfs, placed)
    turf = table["turf"].to_numpy().astype(np.int64)
    known = np.flatnonzero(usable(places))
    new = np.arange(turf.size)
    if known.size:
        ground = footing(places.take(known), network)
        chance = int((seed or Seed(1)).stream("turf.order").integers(2**62))
        sides = faces(places.take(known)) if plan and plan.one_side else None
        new[known] = known[_shorter(ground, turf[known], chance, plan, sides)]
        new = new[np.lexsort((~usable(places)[new], turf[new]))]
    starts = np.searchsorted(turf, turf)
    positions = pa.array(np.arange(turf.size) - starts + 1, pa.int32())
    table = table.take(new).set_column(2, "position", positions)
    return TURFS.conform(table)


def _shorter(
    ground: "Ground",
    turf: Counts,
    chance: int,
    plan: WalkPlan | None,
    sides: Faces | None,
) -> Counts:
    """Return the rows in a better order; no turf's walk is longer than it was.

    On one side of the street the old order does not count: it may have crossed.
    """
    stop, rows = buildings(turf, ground.x, ground.y)
    if plan is not None and sides is not None:
        along = by_face(ground, turf, rows, sides, chance, plan)
    else:
        along = walked(part(ground, rows), turf[rows], KICKS, chance, plan)
    rank = np.empty(rows.size, np.int64)
    rank[along] = np.arange(rows.size)
    new = np.lexsort((np.arange(turf.size), rank[stop], turf))
    if sides is not None:
        return new
    return _never_longer(new, ground, turf, plan)


def by_face(  # noqa: PLR0913, PLR0917  # whose walks, on what, and how
    ground: "Ground",
    turf: Counts,
    rows: Counts,
    sides: Faces,
    chance: int,
    plan: WalkPlan,
) -> Counts:
    """Return in which order some rows are walked, face by face.

    Args:
        ground: How far it is from row to row.
        turf: The turf of each row.
        rows: Those that stand for a building each, turf by turf.
        sides: The face of each row.
        chance: Where the tries fall.
        plan: Where the walks start and end.

    Returns:
        Places in `rows`, in walking order.
    """
    of = turf[rows]
    by = np.lexsort((sides.along[rows], sides.face[rows], of))
    on, ends = plan.footed(part(ground, rows[by]))
    begins = np.append(np.flatnonzero(np.diff(of[by], prepend=-1)), of.size)
    order: Counts = kernels().faced(
        on, begins, sides.face[rows[by]], ends, KICKS, chance
    )
    return by[order]


def _never_longer(
    new: Counts, ground: "Ground", turf: Counts, plan: WalkPlan | None
) -> Counts:
    """Keep the old order of each turf whose new one is not shorter."""
    before = lengths(ground, turf, plan)
    after = lengths(part(ground, new), turf, plan)
    better = np.isin(turf, np.unique(turf)[after < before])
    return np.where(better, new, np.arange(turf.size))


def in_order(turfs: pa.Table, placed: pa.Table) -> tuple[pa.Table, pa.Table]:
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
    rows = by_id[np.lexsort((position, ~usable(places)[by_id], turf))]
    return table.take(rows), places.take(rows)


def _places(placed: pa.Table) -> pa.Table:
    """Return where doors are, how they stand at streets and what they take, if told."""
    table = PLACED.conform(placed)
    for name in (*STANDING, WEIGHT):
        if name in placed.column_names:
            table = table.append_column(name, placed[name])
    return table


def usable(places: pa.Table) -> npt.NDArray[np.bool_]:
    """Say of each door whether it has a place on Earth."""
    x, y = places["x"].to_numpy(), places["y"].to_numpy()
    on_earth: npt.NDArray[np.bool_] = (np.abs(x) <= FARTHEST) & (np.abs(y) <= FARTHEST)
    return on_earth


def buildings(
    turf: Counts, x: Floats, y: Floats
) -> tuple[npt.NDArray[np.int64], Counts]:
    """Return the building of each row, and the first row of each, both in row order."""
    places = np.column_stack((turf, x, y))
    _, first, which = np.unique(places, axis=0, return_index=True, return_inverse=True)
    in_order = np.argsort(first)
    number = np.empty(first.size, np.int64)
    number[in_order] = np.arange(first.size)
    return number[which.reshape(-1)], first[in_order]
