"""A walk to start from: shortest legs first.

In:  the nearest stops of each stop, and which of the legs to them are short.
Out: all stops in an order, a fifth or so longer than need be.

The shortest legs are taken one after another, as long as no stop gets three of them and
none closes a ring. The paths that come of it are then walked, each from an end of it:
next the one that begins near where the last one ended, else the next on the list.

Source:
    Bentley (1992), Fast algorithms for geometric traveling salesman problems, ORSA
    Journal on Computing 4(4): "greedy" starts.
"""

import numpy as np
import numpy.typing as npt

from groundgame.turf.kernels.compiled import Counts, Ints, compiled, within


@compiled
def begin(near: Ints, shortest: Counts, listed: Ints) -> Ints:
    """Return the stops in an order to start from.

    Args:
        near: The nearest stops of each stop, itself first, shape (n, k).
        shortest: The legs to those but itself, numbered row by row, the shortest first.
        listed: All stops, in the order to go on with where no path begins near.
    """
    n = near.shape[0]
    after = np.full((n, 2), -1, np.int32)
    linked(near, shortest, after)
    walk = np.empty(n, np.int32)
    seen = np.zeros(n, np.bool_)
    count, at = 0, 0
    while count < n:
        while seen[listed[at]] or after[listed[at], 1] >= 0:
            at += 1
        stop = listed[at]
        while stop >= 0:
            count = followed(stop, after, walk, seen, count)
            stop = -1
            for other in near[walk[count - 1]]:
                if not seen[other] and after[other, 1] < 0:
                    stop = other
                    break
    return walk


@compiled
def linked(near: Ints, shortest: Counts, after: Ints) -> None:
    """Take the shortest legs; write down the neighbours of each stop, two at most."""
    n, many = near.shape
    other = np.arange(n).astype(np.int32)  # the far end of the path that ends here
    for place in shortest:
        a = place // (many - 1)
        b = near[a, 1 + place % (many - 1)]
        if after[a, 1] >= 0 or after[b, 1] >= 0 or other[a] == b:
            continue
        after[a, 0 if after[a, 0] < 0 else 1] = b
        after[b, 0 if after[b, 0] < 0 else 1] = a
        one, two = other[a], other[b]
        other[one], other[two] = two, one


@within
def followed(
    stop: int, after: Ints, walk: Ints, seen: npt.NDArray[np.bool_], count: int
) -> int:
    """Walk a path from one of its ends; return how many stops have been walked to."""
    while stop >= 0:
        walk[count] = stop
        seen[stop] = True
        count += 1
        one, two = after[stop]
        stop = -1
        if one >= 0 and not seen[one]:
            stop = one
        elif two >= 0 and not seen[two]:
            stop = two
    return count
