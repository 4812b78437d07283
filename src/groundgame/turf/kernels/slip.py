"""Slip a few more stops into walks that stay as they are.

In:  walks, and stops that are in none. Out: each of those in the walk that it lengthens
least, of those that have room; the order of all others is what it was.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled
from groundgame.turf.kernels.ground import Ground, apart


class Walks(NamedTuple):
    """Walks as chains of stops."""

    turf: Counts  # the turf of each stop, from 0; -1: in none
    ahead: Counts  # the next stop of its walk; -1: it is the last, or in none
    behind: Counts  # the one before
    load: Floats  # what is taken of each turf


@compiled
def slip(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    ground: Ground,
    walks: Walks,
    stops: Counts,
    takes: Floats,
    metre: float,
    most: float,
) -> float:
    """Put stops into walks, in place; return the metres that these are longer.

    Args:
        ground: How far it is from stop to stop.
        walks: The walks so far.
        stops: Which to put in, in this order.
        takes: What each of those takes of a turf, same shape.
        metre: What a metre walked takes.
        most: What a turf has room for. Where none has any, a stop stays in none.
    """
    longer = 0.0
    for at in range(stops.size):
        c = stops[at]
        more, after, before = spot(ground, walks, c, takes[at], metre, most)
        if more == np.inf:
            continue
        walks.turf[c] = walks.turf[max(after, before)]
        walks.behind[c], walks.ahead[c] = after, before
        if after >= 0:
            walks.ahead[after] = c
        if before >= 0:
            walks.behind[before] = c
        walks.load[walks.turf[c]] += takes[at] + metre * more
        longer += more
    return longer


@compiled
def spot(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    ground: Ground, walks: Walks, c: int, takes: float, metre: float, most: float
) -> tuple[float, int, int]:
    """Return the metres that a stop adds at its best place, and what it lies between.

    They are inf where no turf has room; -1 stands before the first stop of a walk and
    after the last.
    """
    best, after, before = np.inf, -1, -1
    for i in range(walks.turf.size):
        room = most - walks.load[walks.turf[i]] - takes if walks.turf[i] >= 0 else -1.0
        if room < 0.0:
            continue
        gap, then = apart(ground, i, c), walks.ahead[i]
        more = gap
        if then >= 0:
            more += apart(ground, c, then) - apart(ground, i, then)
        if more < best and metre * more <= room:
            best, after, before = more, i, then
        if walks.behind[i] < 0 and gap < best and metre * gap <= room:
            best, after, before = gap, -1, i
    return best, after, before


@compiled
def followed(walks: Walks) -> Counts:
    """Return the stops of all walks, turf after turf, each in walking order."""
    first = np.full(walks.load.size, -1, np.int64)
    for i in range(walks.turf.size):
        if walks.turf[i] >= 0 and walks.behind[i] < 0:
            first[walks.turf[i]] = i
    order = np.empty(walks.turf.size, np.int64)
    count = 0
    for t in range(first.size):
        i = first[t]
        while i >= 0:
            order[count] = i
            count += 1
            i = walks.ahead[i]
    return order[:count]
