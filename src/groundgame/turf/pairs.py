"""Two canvassers walk one turf, each on one side of the street.

In:  turfs, and doors that say on which side of which street they stand.
Out: the same turfs, each door with one of the two; both keep abreast.

The two go through the same streets in the same order and direction. One has the doors
on the left and the other those on the right, until one would get ahead: then they
change sides, or whoever is done takes the last doors of the other.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from groundgame.tables import TURFS
from groundgame.turf.faces import Faces, faces
from groundgame.turf.footing import footing, part
from groundgame.turf.loads import WEIGHT
from groundgame.turf.loops import kernels
from groundgame.turf.stops import Counts, Floats
from groundgame.turf.streets.network import Network
from groundgame.turf.walk import (
    WalkPlan,
    buildings,
    by_face,
    in_order,
    lengths,
    usable,
)
from groundgame.values import Seed

CANVASSER = "canvasser"
"""The column that says whose a door is: A or B."""
LEAD, LAST = 3.0, 1.0
"""Doors that one may be ahead of the other: on the way, and at the end of a turf."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Turfs for two."""

    turfs: pa.Table
    """As groundgame.tables.TURFS, first the walk of A and then that of B; and
    `canvasser`."""
    walks: pa.Table
    """One row a walk: turf, canvasser, doors, metres."""


def pair(
    turfs: pa.Table,
    placed: pa.Table,
    seed: Seed | None = None,
    *,
    plan: WalkPlan | None = None,
    network: Network | None = None,
) -> Pair:
    """Share each turf between two canvassers, A and B, on opposite sides.

    Each door is with exactly one of them. Doors without a usable place come last in
    their turf, with B. Where doors have a `weight`, that is shared evenly.

    Args:
        turfs: Which door is in which turf (groundgame.tables.TURFS).
        placed: Where the doors are, with edge, along and side: from `stand`, or
            `by_address`.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.
        plan: Where the walks start and end.
        network: The streets to walk on; left out, walks go in straight lines.

    Raises:
        UnknownDoors: A door of a turf is not in `placed`.
        WrongTable: The doors do not say on which side they stand.
    """
    table, places = in_order(turfs, placed)
    on = faces(places)
    turf = table["turf"].to_numpy().astype(np.int64)
    known = np.flatnonzero(usable(places))
    whose = np.ones(turf.size, np.int64)
    rank = np.arange(turf.size) + turf.size
    metres: dict[tuple[int, int], float] = {}
    if known.size:
        ground = footing(places.take(known), network)
        chance = int((seed or Seed(1)).stream("turf.pair").integers(2**62))
        along, left = _abreast(ground, turf[known], _of(on, known), chance, plan)
        rows = known[along]
        whose[rows] = kernels().shared(
            turf[rows], on.street[rows], left, _takes(places, rows), LEAD, LAST
        )
        rank[rows] = np.arange(rows.size)
        by = along[np.lexsort((rank[rows], whose[rows], turf[rows]))]
        walk = 2 * turf[known][by] + whose[known][by]
        far = lengths(part(ground, by), walk, plan)
        metres = dict(zip(map(_key, np.unique(walk)), far.tolist(), strict=True))
    order = np.lexsort((rank, whose, turf))
    return _written(table, turf, whose, order, metres)


def _key(walk: Any) -> tuple[int, int]:
    """Return turf and canvasser of a walk's number."""
    return divmod(int(walk), 2)


def _of(on: Faces, rows: Counts) -> Faces:
    """Return the faces of some doors."""
    return Faces(on.face[rows], on.street[rows], on.along[rows], on.side[rows])


def _abreast(
    ground: Any, turf: Counts, on: Faces, chance: int, plan: WalkPlan | None
) -> tuple[Counts, Counts]:
    """Return the doors as two walk past them, and which are on their left."""
    stop, first = buildings(turf, ground.x, ground.y)
    both = Faces(on.street, on.street, on.along, on.side)
    order = by_face(ground, turf, first, both, chance, plan or WalkPlan())
    rank = np.empty(first.size, np.int64)
    rank[order] = np.arange(first.size)
    along = np.lexsort((np.arange(turf.size), rank[stop], turf))
    street, far = on.street[along], on.along[along]
    # Of each street of a turf, whether it is walked from its own end on.
    new = np.flatnonzero(
        (np.diff(street, prepend=-1) != 0) | (np.diff(turf[along], prepend=-1) != 0)
    )
    last = np.append(new[1:], street.size) - 1
    ahead = np.repeat(far[last] >= far[new], np.diff(np.append(new, street.size)))
    side = on.side[along]
    left = np.where(side == 0, np.arange(side.size) % 2 == 0, (side < 0) == ahead)
    return along, left.astype(np.int64)


def _takes(places: pa.Table, rows: Counts) -> Floats:
    """Return what each door takes, in mean doors."""
    if WEIGHT not in places.column_names:
        return np.ones(rows.size)
    takes: Floats = places[WEIGHT].to_numpy()[rows]
    even: Floats = takes / takes.mean()
    return even


def _written(
    table: pa.Table,
    turf: Counts,
    whose: Counts,
    order: Counts,
    metres: dict[tuple[int, int], float],
) -> Pair:
    """Write down whose each door is."""
    position = np.arange(turf.size) - np.searchsorted(turf, turf) + 1
    done = table.take(order).set_column(2, "position", pa.array(position, pa.int32()))
    names = pa.array(np.array(["A", "B"])[whose[order]], pa.string())
    walks, doors = np.unique(2 * turf + whose, return_counts=True)
    keys = list(map(_key, walks))
    summary = {
        "turf": pa.array([number for number, _ in keys], pa.int32()),
        CANVASSER: ["AB"[who] for _, who in keys],
        "doors": pa.array(doors, pa.int64()),
        "metres": [metres.get(key, 0.0) for key in keys],
    }
    return Pair(TURFS.conform(done).append_column(CANVASSER, names), pa.table(summary))
