"""Move doors between neighbouring turfs while the walks get shorter."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from groundgame.turf.footing import part
from groundgame.turf.loops import kernels
from groundgame.turf.pieces import Pieces
from groundgame.turf.plan import Limits
from groundgame.turf.tour import Neighbours, neighbours

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

MENDS = 10.0  # tries a piece, at effort 1
TOUCHED = 16  # turfs that one try may change
FEW = 200  # pieces; fewer get as many tries, which takes no time
STEPS = 20  # how often progress is told
HOT, COLD = 1.0, 0.02  # what a try may lose, first and last, in mean legs


def mended(  # noqa: PLR0913, PLR0917  # what is mended, within what, for how long
    pieces: Pieces,
    ground: "Ground",
    near: Neighbours,
    limits: Limits,
    effort: float,
    seed: int,
    tell: Callable[[float], None],
) -> Pieces:
    """Return the same pieces in turfs that are shorter together, within `limits`."""
    turfs = int(pieces.turf[-1]) + 1
    tries = int(MENDS * effort * max(pieces.stop.size, FEW))
    whole = pieces.stop.size == ground.x.size  # no building is divided
    ground = part(ground, pieces.stop)
    beside = near.of(pieces.stop) if whole else neighbours(ground)
    loops = kernels()
    legs = loops.legs(ground, np.arange(pieces.stop.size))
    leg = float(legs[1:].mean()) if turfs > 1 else 0.0
    if not tries or not leg:
        return pieces
    size = np.bincount(pieces.turf, minlength=turfs).astype(np.int32)
    slot = np.arange(pieces.turf.size) - np.repeat(np.cumsum(size) - size, size)
    takes = np.asarray(pieces.doors if pieces.takes is None else pieces.takes, float)
    room = int(min(limits.most / takes.min(), pieces.stop.size))
    walk = np.full((turfs, room), -1, np.int32)
    walk[pieces.turf, slot] = np.arange(slot.size)
    ahead = np.where(np.diff(pieces.turf, append=-1) == 0, np.roll(legs, -1), 0.0)
    parts = takes + limits.metre * ahead
    load = np.bincount(pieces.turf, weights=parts, minlength=turfs)
    town = loops.Town(
        ground=ground,
        takes=takes,
        metre=limits.metre,
        near=beside.near,
        gap=beside.gap,
        walk=walk,
        size=size,
        load=load,
        turf=pieces.turf.astype(np.int32),
        slot=slot.astype(np.int32),
        ahead=ahead,
        saved=np.empty(TOUCHED, np.int32),
        old_walk=np.empty((TOUCHED, room), np.int32),
        old_ahead=np.empty((TOUCHED, room), np.float64),
        old_size=np.empty(TOUCHED, np.int32),
        old_load=np.empty(TOUCHED, np.float64),
        out=np.empty(slot.size, np.int32),
        tally=np.zeros(2, np.int64),
    )
    state = np.array([seed], np.uint64)
    least = min(float(limits.least), float(load.min()))
    heat = leg * np.geomspace(HOT, COLD, STEPS + 1)
    for at in range(STEPS):
        some = tries * (at + 1) // STEPS - tries * at // STEPS
        loops.mend(town, least, float(limits.most), some, heat[at], heat[at + 1], state)
        tell(0.2 + 0.7 * (at + 1) / STEPS)
    filled = np.arange(room) < size[:, None]
    return pieces.take(walk[filled].astype(np.int64), np.repeat(np.arange(turfs), size))
