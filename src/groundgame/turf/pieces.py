"""Divide a tour into turfs: which doors of which building go to which turf."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundgame.turf.plan import Limits
from groundgame.turf.stops import Counts, Floats, Stops
from groundgame.turf.tour import kernels

WORK = 2e9  # looks at a door that dividing the tour may cost


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


def divide(town: Stops, tour: npt.NDArray[np.int32], limits: Limits) -> Pieces:
    """Divide a round tour into turfs as well as it can be done.

    First as few buildings as possible are divided between turfs; then the legs that are
    walked by nobody, because they lie between turfs, are as long as possible together.
    Both are exact for this tour, unless a million doors and more make it too slow to
    try each opening.
    """
    stop = np.repeat(tour.astype(np.int64), town.doors[tour])
    before = np.roll(stop, 1)
    worth = np.hypot(town.x[stop] - town.x[before], town.y[stop] - town.y[before])
    worth[stop == before] = -1.0 - worth.sum()
    looks = stop.size * (limits.most - limits.least + 1)
    openings = int(max(1, min(limits.most, WORK // looks)))
    begins = kernels().split(worth, limits.least, limits.most, openings)
    stop = np.roll(stop, -int(begins[0]))
    turf = np.zeros(stop.size, np.int64)
    turf[(begins[1:] - begins[0]) % stop.size] = 1
    turf = np.cumsum(turf)
    new = np.ones(stop.size, np.bool_)
    new[1:] = (stop[1:] != stop[:-1]) | (turf[1:] != turf[:-1])
    starts = np.flatnonzero(new)
    doors = np.diff(np.append(starts, stop.size))
    stop = stop[starts]
    return Pieces(stop, town.x[stop], town.y[stop], doors, turf[starts])
