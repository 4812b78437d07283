"""Divide a walk into turfs: which doors of which building go to which turf."""

from dataclasses import dataclass

import numpy as np

from groundgame.turf.plan import Limits
from groundgame.turf.stops import Counts, Floats, Stops
from groundgame.turf.tour import kernels


@dataclass(frozen=True, slots=True)
class Pieces:
    """The doors of one building that are in one turf, turf by turf in walking order."""

    stop: Counts
    """Which stop each is of, shape (pieces,)."""
    x: Floats
    """Metres east, same shape."""
    y: Floats
    """Metres north, same shape."""
    doors: Counts
    """How many doors each has, same shape."""
    turf: Counts
    """Which turf each is in, from 0 and never falling, same shape."""

    def take(self, rows: Counts, turf: Counts | None = None) -> "Pieces":
        """Return these pieces in another order, in other turfs if those are given."""
        turf = self.turf[rows] if turf is None else turf
        return Pieces(
            self.stop[rows], self.x[rows], self.y[rows], self.doors[rows], turf
        )


def divide(town: Stops, walk: Counts, limits: Limits) -> Pieces:
    """Divide one walk through all stops into turfs, as well as that walk allows.

    First as few buildings as possible are divided between turfs; then the legs that are
    walked by nobody, because they lie between turfs, are as long as possible together.
    """
    stop = np.repeat(walk, town.doors[walk])
    legs = np.hypot(np.diff(town.x[stop]), np.diff(town.y[stop]))
    worth = np.append(0.0, legs)
    dear = 1.0 + legs.sum()
    worth[1:][stop[1:] == stop[:-1]] = -dear
    if not limits.as_asked:  # sizes alone would allow more turfs than the fewest
        worth[1:] -= dear * stop.size
    begins = kernels().split(worth, limits.least, limits.most)
    first = np.zeros(stop.size, np.int64)
    first[begins[1:]] = 1
    turf = np.cumsum(first)
    new = np.append(True, (stop[1:] != stop[:-1]) | (first[1:] == 1))
    starts = np.flatnonzero(new)
    doors = np.diff(np.append(starts, stop.size))
    stop = stop[starts]
    return Pieces(stop, town.x[stop], town.y[stop], doors, turf[starts])
