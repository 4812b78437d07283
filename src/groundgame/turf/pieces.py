"""Divide a walk into turfs: which doors of which building go to which turf."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from groundgame.turf.loops import kernels
from groundgame.turf.plan import Limits
from groundgame.turf.stops import Counts, Floats, spread

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

SHORT = 8.0  # divided buildings that a turf below its least is worse than
WHOLE = 32.0  # divided buildings that one which would have fitted is worse than


@dataclass(frozen=True, slots=True)
class Pieces:
    """The doors of one building that are in one turf, turf by turf in walking order."""

    stop: Counts
    """Which stop each is of, shape (pieces,)."""
    doors: Counts
    """How many doors each has, same shape."""
    turf: Counts
    """Which turf each is in, from 0 and never falling, same shape."""
    takes: Floats | None = None
    """What each takes of a turf's limits, same shape; left out, its doors."""
    first: Counts | None = None
    """Where its doors begin among those of all; left out, as turfs are numbered."""

    def take(self, rows: Counts, turf: Counts | None = None) -> "Pieces":
        """Return these pieces in another order, in other turfs if those are given."""
        turf = self.turf[rows] if turf is None else turf
        takes = None if self.takes is None else self.takes[rows]
        first = None if self.first is None else self.first[rows]
        return Pieces(self.stop[rows], self.doors[rows], turf, takes, first)


def divide(  # noqa: PLR0913, PLR0917  # a walk, what it is of, and within what
    doors: Counts,
    ground: "Ground",
    walk: Counts,
    limits: Limits,
    takes: Floats | None = None,
    floor: Counts | None = None,
) -> Pieces:
    """Divide one walk through all stops into turfs, as well as that walk allows.

    First as few floors, then as few buildings as possible are divided between turfs;
    then the legs that are walked by nobody, because they lie between turfs, are as long
    as possible together.

    Args:
        doors: How many doors each stop has, shape (stops,).
        ground: How far it is from stop to stop.
        walk: The stops in walking order, shape (stops,).
        limits: How many doors a turf has, or what turfs have room for.
        takes: What each door takes of that, the doors of the first stop first; left
            out, turfs are measured in doors.
        floor: On which floor each of those doors is; 0: nobody knows.
    """
    stop, door = np.repeat(walk, doors[walk]), _along(doors, walk)
    worth = np.zeros(stop.size)
    begins = np.append(True, stop[1:] != stop[:-1])
    legs = kernels().legs(ground, walk)
    dear = 1.0 + legs.sum()
    worth[begins] = legs
    load = np.ones(stop.size) if takes is None else takes[door]
    levels = np.zeros(stop.size, np.int64) if floor is None else floor[door]
    worth[~begins] = -dear * _torn(begins, levels, load, limits.most)[~begins]
    if takes is not None:
        return _portioned(stop, worth, begins, limits, door, takes)
    if not limits.as_asked:  # sizes alone would allow more turfs than the fewest
        worth[1:] -= dear * WHOLE * WHOLE * stop.size
    first = np.zeros(stop.size, np.int64)
    first[kernels().split(worth, limits.least, limits.most)[1:]] = 1
    turf = np.cumsum(first)
    starts = np.flatnonzero(begins | (first == 1))
    size = np.diff(np.append(starts, stop.size))
    return Pieces(stop[starts], size, turf[starts], first=door[starts])


def _torn(
    begins: npt.NDArray[np.bool_], floor: Counts, load: Floats, most: float
) -> Floats:
    """Return what it costs to begin a turf at each door, if not at a building's first.

    It is 1 between two floors of a building that does not fit into one turf, and within
    a floor that does not fit; WHOLE times that in a building that does; and as much
    again within a floor that does. A door whose floor nobody knows is one by itself.
    """
    new = begins | (floor == 0) | (np.diff(floor, prepend=-1) != 0)
    building, level = np.cumsum(begins) - 1, np.cumsum(new) - 1
    fits = (np.bincount(building, load) <= most)[building]
    torn = ~new & (np.bincount(level, load) <= most)[level]
    cost: Floats = np.where(torn, WHOLE * WHOLE, np.where(fits, WHOLE, 1.0))
    return cost


def _along(doors: Counts, walk: Counts) -> Counts:
    """Return the doors in walking order: their places among those of all stops."""
    return spread((np.cumsum(doors) - doors)[walk], doors[walk])


def _portioned(  # noqa: PLR0913, PLR0917  # a walk, door by door
    stop: Counts,
    worth: Floats,
    begins: npt.NDArray[np.bool_],
    limits: Limits,
    door: Counts,
    takes: Floats,
) -> Pieces:
    """Divide a walk by what doors and legs take of a turf; above `most` is nothing."""
    legs = np.where(begins, worth, 0.0)
    least, most = float(limits.least), float(limits.most)
    short = SHORT * (1.0 + legs.sum())
    broken = kernels().portions(
        worth, takes[door], limits.metre * legs, least, most, short
    )
    first = np.zeros(stop.size, np.int64)
    first[broken[1:]] = 1
    starts = np.flatnonzero(begins | (first == 1))
    return Pieces(
        stop[starts],
        np.diff(np.append(starts, stop.size)),
        np.cumsum(first)[starts],
        np.add.reduceat(takes[door], starts),
        door[starts],
    )


def by_unit(pieces: Pieces) -> Pieces:
    """Return the same walks; who has several pieces of a building has them in order."""
    if pieces.first is None:
        return pieces
    there = np.lexsort((np.arange(pieces.stop.size), pieces.stop, pieces.turf))
    sorted_ = np.lexsort((pieces.first, pieces.stop, pieces.turf))
    rows = np.empty(there.size, np.int64)
    rows[there] = sorted_
    return pieces.take(rows)
