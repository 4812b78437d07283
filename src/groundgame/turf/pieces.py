"""Divide a walk into turfs: which doors of which building go to which turf."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundgame.turf.loops import kernels
from groundgame.turf.plan import Limits
from groundgame.turf.stops import Counts

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground


@dataclass(frozen=True, slots=True)
class Pieces:
    """The doors of one building that are in one turf, turf by turf in walking order."""

    stop: Counts
    """Which stop each is of, shape (pieces,)."""
    doors: Counts
    """How many doors each has, same shape."""
    turf: Counts
    """Which turf each is in, from 0 and never falling, same shape."""

    def take(self, rows: Counts, turf: Counts | None = None) -> "Pieces":
        """Return these pieces in another order, in other turfs if those are given."""
        turf = self.turf[rows] if turf is None else turf
        return Pieces(self.stop[rows], self.doors[rows], turf)


def divide(doors: Counts, ground: "Ground", walk: Counts, limits: Limits) -> Pieces:
    """Divide one walk through all stops into turfs, as well as that walk allows.

    First as few buildings as possible are divided between turfs; then the legs that are
    walked by nobody, because they lie between turfs, are as long as possible together.

    Args:
        doors: How many doors each stop has, shape (stops,).
        ground: How far it is from stop to stop.
        walk: The stops in walking order, shape (stops,).
        limits: How many doors a turf has.
    """
    stop = np.repeat(walk, doors[walk])
    worth = np.zeros(stop.size)
    begins = np.append(True, stop[1:] != stop[:-1])
    legs = kernels().legs(ground, walk)
    dear = 1.0 + legs.sum()
    worth[begins] = legs
    worth[~begins] = -dear
    if not limits.as_asked:  # sizes alone would allow more turfs than the fewest
        worth[1:] -= dear * stop.size
    first = np.zeros(stop.size, np.int64)
    first[kernels().split(worth, limits.least, limits.most)[1:]] = 1
    turf = np.cumsum(first)
    starts = np.flatnonzero(begins | (first == 1))
    size = np.diff(np.append(starts, stop.size))
    return Pieces(stop[starts], size, turf[starts])
