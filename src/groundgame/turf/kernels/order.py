"""Put stops in order as a walk: open, round, or between given ends.

In:  stops, turf by turf, and how far it is between them. Out: their walking order.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, Ints, compiled, inner
from groundgame.turf.kernels.ground import Ground, apart, nowhere
from groundgame.turf.kernels.search import search

NEAR = 10  # stops that a move looks at
FIRM = 100.0  # how many legs a bond is worth that must hold
ANY, BACK = -1, -2  # ends of a walk: whichever stop, and where it began


@compiled
def nearest(table: Floats, keep: int) -> tuple[Ints, Floats]:
    """Return the `keep` nearest stops of each stop, and how far they are.

    The open end comes before others as near.

    Another stop counts as near as its distance, so one that it is bound to comes first.
    """
    n = table.shape[0]
    near = np.empty((n, keep), np.int32)
    gap = np.empty((n, keep), np.float64)
    for a in range(n):
        count = 0
        for b in range(n - 1, -1, -1):
            if b == a or (count == keep and table[a, b] >= table[a, near[a, -1]]):
                continue
            at = min(count, keep - 1)
            while at > 0 and table[a, b] < table[a, near[a, at - 1]]:
                near[a, at], gap[a, at] = near[a, at - 1], gap[a, at - 1]
                at -= 1
            near[a, at], gap[a, at] = b, table[a, b]
            count = min(count + 1, keep)
    return near, gap


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
    full[:n, :n] = table
    if not closed:
        bond = -FIRM * table.max() - 1.0
        for stop in (first, last):
            if stop >= 0:
                full[n, stop] = full[stop, n] = bond
    tour = np.arange(count).astype(np.int32)
    if not closed and first >= 0:  # keep the bonds from the start
        exchange(tour, 0, first)
    if not closed and last >= 0:
        exchange(tour, n - 1, first if last == 0 and first >= 0 else last)
    near, gap = nearest(full, min(NEAR, count - 1))
    search(tour, near, gap, nowhere(), full, tries, seed)
    return read(tour, n, first, last)


@compiled
def tabled(ground: Ground, stops: Counts) -> Floats:
    """Return the metres between all of some stops, shape (n, n)."""
    n = stops.size
    table = np.zeros((n, n), np.float64)
    for a in range(n):
        for b in range(a):
            table[a, b] = table[b, a] = apart(ground, stops[a], stops[b])
    return table


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
def led(
    ground: Ground, begins: Counts, ends: Counts, tries: float, seed: int
) -> Counts:
    """Order each turf as a walk with given ends.

    Args:
        ground: How far it is from stop to stop. The stops of a turf are side by side;
            after those of the last turf come the ends that are no turf's stops.
        begins: Where each turf begins, and n at the end, shape (turfs + 1,).
        ends: The stop at which all walks start, and that at which they end, shape (2,).
            ANY for whichever door; BACK for an end where the walk began.
        tries: How many kicks a stop.
        seed: Where the kicks fall.

    Returns:
        The stops of the turfs in walking order, turf after turf, shape (n,).
    """
    order = np.arange(begins[-1])
    extra = int(ends[0] >= 0) + int(ends[1] >= 0)
    for turf in range(begins.size - 1):
        begin, n = begins[turf], begins[turf + 1] - begins[turf]
        if n + extra < 3:  # noqa: PLR2004  # there is only one way
            continue
        stops = np.arange(begin, begin + n + extra)
        first, last = ANY, ends[1]
        if ends[0] >= 0:
            first, stops[n] = n, ends[0]
        if ends[1] >= 0:
            last, stops[n + extra - 1] = n + extra - 1, ends[1]
        at = begin
        table = tabled(ground, stops)
        for stop in ordered(table, first, last, int(tries * n), seed + turf):
            if stop < n:
                order[at] = begin + stop
                at += 1
    return order
