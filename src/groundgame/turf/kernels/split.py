"""Divide one long walk into turfs, as well as that walk allows.

In:  what it is worth to break the walk before each door, and the size of a turf: in
     doors, or in what doors and legs take of it (people, minutes).
Out: where turfs begin. Dynamic programming: no other division of the same walk into
turfs of that size is worth more.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled


@compiled
def portions(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    worth: Floats,
    takes: Floats,
    legs: Floats,
    least: float,
    most: float,
    short: float,
) -> Counts:
    """Break a walk into turfs by what its doors and its legs take of them.

    Args:
        worth: What it is worth to break the leg that ends at each door, shape (n,).
        takes: What each door takes of a turf, above 0 and at most `most`, same shape.
        legs: What the leg that ends at each door takes, where it is walked, same shape.
        least: A turf of less costs `short`, and as much again the nearer it is to none.
        most: What the largest turf has room for; no turf is above it.
        short: See `least`.

    Returns:
        The doors at which turfs begin, in order.
    """
    n = worth.size
    best = np.empty(n + 1, np.float64)
    last = np.zeros(n + 1, np.int64)
    best[0] = 0.0
    for upto in range(1, n + 1):
        top, load = -np.inf, 0.0
        for first in range(upto - 1, -1, -1):
            load += takes[first]
            if first + 1 < upto:
                load += legs[first + 1]
            if load > most:
                break
            value = best[first]
            if load < least:
                value -= short * (2.0 - load / least)
            if value > top:
                top, last[upto] = value, upto - first
        best[upto] = top + worth[upto % n]
    return begun(last)


@compiled
def begun(last: Counts) -> Counts:
    """Return where turfs begin, given the size of the last one of the first n doors."""
    upto, count = last.size - 1, 0
    begins = np.empty(upto, np.int64)
    while upto > 0:
        upto -= last[upto]
        begins[count] = upto
        count += 1
    return begins[:count][::-1].copy()


@compiled
def split(worth: Floats, least: int, most: int) -> Counts:
    """Break a walk into turfs of `least` to `most` doors, as well as can be.

    Args:
        worth: What it is worth to break the leg that ends at each door, shape (n,). The
            first door begins a turf in any case.
        least: Doors of the smallest turf.
        most: Doors of the largest turf; some number of turfs must add up to n.

    Returns:
        The doors at which turfs begin, in order.
    """
    n = worth.size
    best = np.empty(n + 1, np.float64)
    last = np.zeros(n + 1, np.int64)  # doors of the last turf, in the best division
    best[0] = 0.0
    for upto in range(1, n + 1):
        top = -np.inf
        for size in range(least, min(most, upto) + 1):
            if best[upto - size] > top:
                top, last[upto] = best[upto - size], size
        best[upto] = top + worth[upto % n]
    return begun(last)
