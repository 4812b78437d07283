"""Divide a round tour into turfs, as well as that tour allows.

In:  what it is worth to break the tour before each door, and the size of a turf.
Out: where turfs begin. Dynamic programming: no other division of the same tour into
turfs of that size is worth more.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Floats, Ints, compiled


@compiled
def best_sums(
    worth: Floats, first: int, least: int, most: int, best: Floats, came: Ints
) -> float:
    """Fill `best`: the most that breaks can be worth up to each door; say the whole.

    The tour is opened before its door number `first`; `worth` is of the leg that ends
    at each door. `came` gets the size of the last turf, where it has room for it.
    """
    n = worth.size
    best[0] = 0.0
    for upto in range(1, n + 1):
        top, size = -np.inf, 0
        for last in range(least, min(most, upto) + 1):
            if best[upto - last] > top:
                top, size = best[upto - last], last
        best[upto] = top + worth[(first + upto) % n]
        if came.size:
            came[upto] = size
    return best[n]


@compiled
def split(worth: Floats, least: int, most: int, openings: int) -> Ints:
    """Break a round tour into turfs of `least` to `most` doors, as well as can be.

    Args:
        worth: What it is worth to break the leg that ends at each door, shape (n,).
        least: Doors of the smallest turf.
        most: Doors of the largest turf; some number of turfs must add up to n.
        openings: How many doors to try as the first of a turf; with `most` of them
            the answer is the best there is, since one of them must begin a turf.

    Returns:
        Where turfs begin in the tour, the first of them first.
    """
    n = worth.size
    best = np.empty(n + 1, np.float64)
    came = np.empty(0, np.int32)
    top, first = -np.inf, 0
    for opening in range(min(openings, n)):
        total = best_sums(worth, opening, least, most, best, came)
        if total > top:
            top, first = total, opening
    came = np.zeros(n + 1, np.int32)
    best_sums(worth, first, least, most, best, came)
    begins = np.empty(n, np.int32)
    count, upto = 0, n
    while upto > 0:
        upto -= came[upto]
        begins[count] = (first + upto) % n
        count += 1
    return begins[:count][::-1].copy()
