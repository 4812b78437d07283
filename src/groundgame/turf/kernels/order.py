"""Put stops in order as a walk: open, round, or between given ends.

In:  stops on a plane, turf by turf, or a table of distances. Out: their walking order.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, Ints, compiled, inner
from groundgame.turf.kernels.ring import search

NEAR = 10  # stops that a move looks at
FIRM = 100.0  # how many legs a bond is worth that must hold
ANY, BACK = -1, -2  # ends of a walk: whichever stop, and where it began


@compiled
def nearest(table: Floats, keep: int) -> Ints:
    """Return the `keep` nearest stops of each stop, the open end before others as near.

    Another stop counts as near as its distance, so one that it is bound to comes first.
    """
    n = table.shape[0]
    near = np.empty((n, keep), np.int32)
    for a in range(n):
        count = 0
        for b in range(n - 1, -1, -1):
            if b == a or (count == keep and table[a, b] >= table[a, near[a, -1]]):
                continue
            at = min(count, keep - 1)
            while at > 0 and table[a, b] < table[a, near[a, at - 1]]:
                near[a, at] = near[a, at - 1]
                at -= 1
            near[a, at] = b
            count = min(count + 1, keep)
    return near


@compiled
def ordered(table: Floats, first: int, last: int, tries: int, seed: int) -> Counts:
    """Order stops by a table of distances.

    An open walk is a round tour through one more stop that is near everything. Where a
    walk must begin or end, that stop is bound to it by a leg far below zero.

    Args:
        table: Metres from each stop to each, the same both ways, shape (n, n).
        first: The stop to begin at; ANY for whichever.
        last: The stop to end at; ANY for whichever, BACK to go back to the first.
        tries: How many kicks.
        seed: Where the kicks fall.

    Returns:
        The stops in walking order, shape (n,).
    """
    n = table.shape[0]
    closed = last == BACK
    count = n if closed else n + 1
    full = np.zeros((count, count), np.float64)
    bond = 0.0
    for a in range(n):
        for b in range(n):
            full[a, b] = table[a, b]
            bond = min(bond, -FIRM * table[a, b] - 1.0)
    if not closed:
        for stop in (first, last):
            if stop >= 0:
                full[n, stop] = full[stop, n] = bond
    tour = np.arange(count).astype(np.int32)
    if not closed and first >= 0:  # keep the bonds from the start
        exchange(tour, 0, first)
    if not closed and last >= 0:
        exchange(tour, n - 1, first if last == 0 and first >= 0 else last)
    none = np.empty(0, np.float64)
    near = nearest(full, min(NEAR, count - 1))
    search(tour, near, none, none, full, tries, seed)
    return read(tour, n, first, last)


@inner
def exchange(tour: Ints, a: int, b: int) -> None:
    """Exchange the stops at two places."""
    tour[a], tour[b] = tour[b], tour[a]


@compiled
def read(tour: Ints, n: int, first: int, last: int) -> Counts:
    """Return the walk that a round tour stands for, in the direction asked for."""
    count = tour.size
    closed = count == n
    begin, by = 0, 1
    start = max(first, 0) if closed else n
    while tour[begin] != start:
        begin += 1
    if not closed:
        ahead, behind = tour[(begin + 1) % count], tour[begin - 1]
        if (first >= 0 and ahead != first) or (last >= 0 and behind != last):
            by = -1
        begin += by
    order = np.empty(n, np.int64)
    for at in range(n):
        order[at] = tour[(begin + by * at) % count]
    return order


@compiled
def led(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    x: Floats,
    y: Floats,
    begins: Counts,
    ends: Floats,
    tries: float,
    seed: int,
) -> Counts:
    """Order each turf as a walk with given ends.

    Args:
        x: Metres east of each stop, the stops of a turf side by side, shape (n,).
        y: Metres north, same shape.
        begins: Where each turf begins, and n at the end, shape (turfs + 1,).
        ends: Where all walks start and where they end, shape (2, 2): x and y of each.
            NaN for whichever door; an end at infinity goes back to the start.
        tries: How many kicks a stop.
        seed: Where the kicks fall.

    Returns:
        The stops in walking order, turf after turf, shape (n,).
    """
    order = np.arange(x.size)
    starts, finishes = np.isfinite(ends[0, 0]), np.isfinite(ends[1, 0])
    extra = int(starts) + int(finishes)
    for turf in range(begins.size - 1):
        begin, n = begins[turf], begins[turf + 1] - begins[turf]
        if n + extra < 3:  # noqa: PLR2004  # there is only one way
            continue
        u, v = np.empty(n + extra), np.empty(n + extra)
        gather(x, begin, ends, 0, u)
        gather(y, begin, ends, 1, v)
        first = n if starts else ANY
        last = BACK if np.isinf(ends[1, 0]) else ANY
        if finishes:
            last = u.size - 1
        found = ordered(lines(u, v), first, last, int(tries * n), seed + turf)
        at = begin
        for stop in found:
            if stop < n:
                order[at] = begin + stop
                at += 1
    return order


@inner
def gather(axis: Floats, begin: int, ends: Floats, column: int, into: Floats) -> None:
    """Write down one coordinate of the stops of a turf, and after them of its ends."""
    at = into.size
    for end in (1, 0):
        if np.isfinite(ends[end, column]):
            at -= 1
            into[at] = ends[end, column]
    for stop in range(at):
        into[stop] = axis[begin + stop]


@inner
def fill(x: Floats, y: Floats, table: Floats) -> None:
    """Write the straight lines between all places into a table."""
    for a in range(x.size):
        for b in range(x.size):
            dx, dy = x[a] - x[b], y[a] - y[b]
            table[a, b] = np.sqrt(dx * dx + dy * dy)


@compiled
def lines(x: Floats, y: Floats) -> Floats:
    """Return the straight lines between all places, shape (n, n)."""
    table = np.empty((x.size, x.size), np.float64)
    fill(x, y, table)
    return table


@compiled
def walks(x: Floats, y: Floats, begins: Counts, tries: float, seed: int) -> Counts:
    """Order each turf as an open walk, from whichever door to whichever.

    Args:
        x: Metres east of each stop, the stops of a turf side by side, shape (n,).
        y: Metres north, same shape.
        begins: Where each turf begins, and n at the end, shape (turfs + 1,).
        tries: How many kicks a stop.
        seed: Where the kicks fall.

    Returns:
        The stops in walking order, turf after turf, shape (n,).
    """
    return led(x, y, begins, np.full((2, 2), np.nan), tries, seed)
