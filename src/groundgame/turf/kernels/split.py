"""Divide one long walk into turfs, as well as that walk allows.

In:  what it is worth to break the walk before each door, and the size of a turf.
Out: where turfs begin. Dynamic programming: no other division of the same walk into
turfs of that size is worth more.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled


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
    begins = np.empty(n, np.int64)
    count, upto = 0, n
    while upto > 0:
        upto -= last[upto]
        begins[count] = upto
        count += 1
    return begins[:count][::-1].copy()
