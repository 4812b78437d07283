"""Better one round tour, or one open walk: 2-opt, Or-opt, and kicks.

In:  stops on a plane (or a table of distances), and an order to start from.
Out: a shorter order, in place. Each stop is in it once.

This is iterated local search on an array: a move looks only at near neighbours, a kick
exchanges two short blocks, and what a kick made worse is mostly taken back flip by flip
(simulated annealing: at first a little may be lost). It never proves that an order is
the shortest.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from groundgame.turf.kernels.compiled import (
    Bits,
    Counts,
    Floats,
    Ints,
    compiled,
    draw,
    inner,
    within,
)
from groundgame.turf.kernels.ground import Ground, apart

GAIN = 1e-7  # metres; less is rounding, not a gain
LOG = 4096  # flips that one try may need to take back
HOT = 0.1  # what a try may lose at first, in mean legs
SMALL = 1000  # stops of a tour that is copied each time it is better


class Ring(NamedTuple):
    """A round tour under search, with all its scratch space.

    An open walk is a round tour through one more stop that is near everything.
    """

    tour: Ints  # stop at each place
    place: Ints  # place of each stop
    near: Ints  # nearest stops of each stop, nearest first
    ground: Ground  # how far it is from stop to stop
    table: Floats  # the same as a table, where that is worth it; else of shape (0, 0)
    waiting: Ints  # stops to look at, a ring buffer
    listed: npt.NDArray[np.bool_]  # whether a stop is waiting
    log: Ints  # flips done, to take them back
    tally: Counts  # first waiting, number waiting, length of log


@within
def leg(ring: Ring, a: int, b: int) -> float:
    """Return the metres between two stops."""
    if ring.table.shape[0]:
        return float(ring.table[a, b])
    if max(a, b) >= ring.ground.x.size:  # the stop that is near everything
        return 0.0
    return apart(ring.ground, a, b)


@within
def step(ring: Ring, stop: int, by: int) -> int:
    """Return the stop one after (1) or one before (-1)."""
    at = ring.place[stop] + by
    if at == ring.tour.size:
        at = 0
    return int(ring.tour[at])  # -1 is the last place, as in any array


@within
def flip(ring: Ring, start: int, length: int) -> None:
    """Turn round `length` places from `start` on, and write it in the log."""
    n = ring.tour.size
    start %= n
    i, j = start, (start + length - 1) % n
    for _ in range(length // 2):
        a, b = ring.tour[i], ring.tour[j]
        ring.tour[i], ring.tour[j] = b, a
        ring.place[b], ring.place[a] = i, j
        i = i + 1 if i + 1 < n else 0
        j = j - 1 if j > 0 else n - 1
    if ring.tally[2] < LOG:
        ring.log[2 * ring.tally[2]] = start
        ring.log[2 * ring.tally[2] + 1] = length
        ring.tally[2] += 1


@within
def swap(ring: Ring, start: int, first: int, second: int, turn: int) -> None:
    """Exchange two blocks that stand side by side; turn the 1st or the 2nd round."""
    flip(ring, start, first + second)
    if turn != 2:  # noqa: PLR2004  # the second block
        flip(ring, start, second)
    if turn != 1:
        flip(ring, start + second, first)


@within
def wait(ring: Ring, stop: int) -> None:
    """Put a stop at the end of those to look at."""
    if not ring.listed[stop]:
        n = ring.tour.size
        ring.listed[stop] = True
        ring.waiting[(ring.tally[0] + ring.tally[1]) % n] = stop
        ring.tally[1] += 1


@within
def two_opt(ring: Ring, c: int, by: int) -> float:
    """Replace the leg on one side of `c` and one more by two shorter ones."""
    n = ring.tour.size
    d = step(ring, c, by)
    old = leg(ring, c, d)
    for e in ring.near[c]:
        gain = old - leg(ring, c, e)
        if gain <= GAIN:
            return 0.0
        if e == c:
            continue
        f = step(ring, e, by)
        gain += leg(ring, e, f) - leg(ring, d, f)
        if gain > GAIN:
            first, last = (d, e) if by == 1 else (c, f)
            start = ring.place[first]
            length = (ring.place[last] - start) % n + 1
            if 2 * length > n:
                start, length = start + length, n - length
            flip(ring, start, length)
            for stop in (c, d, e, f):
                wait(ring, stop)
            return gain
    return 0.0


@within
def or_opt(ring: Ring, c: int, by: int, size: int) -> float:
    """Move `c` and the size - 1 stops after it (before it: by = -1) elsewhere."""
    n = ring.tour.size
    far = ring.tour[(ring.place[c] + by * (size - 1)) % n]
    a, b = step(ring, c, -by), step(ring, far, by)
    cut = leg(ring, a, c) + leg(ring, far, b) - leg(ring, a, b)
    for e in ring.near[c]:
        left = cut - leg(ring, c, e)
        if left <= GAIN:
            return 0.0
        if (ring.place[e] - ring.place[c]) * by % n < size:
            continue  # it is one of those that move
        for side in (1, -1):
            f = step(ring, e, side)
            if f in (c, far):
                continue
            gain = left + leg(ring, e, f) - leg(ring, far, f)
            if gain > GAIN:
                shift(ring, c, far, e, f, by, side, size)
                for stop in (a, b, c, far, e, f):
                    wait(ring, stop)
                return gain
    return 0.0


@within
def shift(  # noqa: PLR0913, PLR0917  # six stops of one move
    ring: Ring, c: int, far: int, e: int, f: int, by: int, side: int, size: int
) -> None:
    """Carry the block from `c` to `far` between `e` and `f`, the shorter way round."""
    n = ring.tour.size
    start = ring.place[c] if by == 1 else ring.place[far]
    before = e if side == 1 else f
    ahead = (ring.place[before] - start - size) % n + 1
    behind = n - size - ahead
    turned = by != side
    if ahead <= behind:
        swap(ring, start, size, ahead, 1 if turned else 0)
    else:
        swap(ring, (start - behind) % n, behind, size, 2 if turned else 0)


@inner
def settle(ring: Ring, limit: int) -> float:
    """Look at the waiting stops until none gains; return the metres saved."""
    n = ring.tour.size
    saved = 0.0
    while ring.tally[1]:
        c = ring.waiting[ring.tally[0]]
        ring.tally[0] = (ring.tally[0] + 1) % n
        ring.tally[1] -= 1
        ring.listed[c] = False
        if ring.tally[2] > limit:
            continue  # no room to take back any more: leave it at that
        gain = 0.0
        for by in (1, -1):
            if gain == 0.0:
                gain = two_opt(ring, c, by)
            for size in range(1, min(3, n - 3) + 1):
                if gain == 0.0:
                    gain = or_opt(ring, c, by, size)
        if gain > 0.0:
            saved += gain
            wait(ring, c)
    return saved


@within
def kick(ring: Ring, state: Bits) -> float:
    """Exchange two short blocks somewhere; return the metres saved (mostly below 0)."""
    n = ring.tour.size
    most = min(50, (n - 2) // 2)
    start = draw(state, n)
    first, second = 1 + draw(state, most), 1 + draw(state, most)
    a, b = ring.tour[start - 1], ring.tour[start]
    c, d = ring.tour[(start + first - 1) % n], ring.tour[(start + first) % n]
    e = ring.tour[(start + first + second - 1) % n]
    f = ring.tour[(start + first + second) % n]
    swap(ring, start, first, second, 0)
    for stop in (a, b, c, d, e, f):
        wait(ring, stop)
    old = leg(ring, a, b) + leg(ring, c, d) + leg(ring, e, f)
    return old - leg(ring, a, d) - leg(ring, e, b) - leg(ring, c, f)


@inner
def mean_leg(ring: Ring) -> float:
    """Return the mean metres from one stop to the next."""
    total = 0.0
    for at in range(ring.tour.size):
        total += leg(ring, ring.tour[at - 1], ring.tour[at])
    return total / ring.tour.size


@inner
def copy(source: Ints, target: Ints) -> None:
    """Copy a tour; an assigned slice would take two seconds more to compile."""
    for at in range(source.size):
        target[at] = source[at]


@compiled
def anneal(ring: Ring, tries: int, state: Bits) -> float:
    """Kick and settle; return the metres saved.

    What a try may lose sinks to nothing. A small tour ends as the best it ever was, a
    large one as it is at last.
    """
    n = ring.tour.size
    saved, best = 0.0, 0.0
    kept = ring.tour.copy()
    heat = HOT * mean_leg(ring)
    for done in range(tries):
        ring.tally[2] = 0
        gain = kick(ring, state) + settle(ring, LOG - 8)
        luck = (draw(state, 1 << 30) + 1) / (1 << 30)
        if gain >= heat * (1.0 - done / tries) * np.log(luck):
            saved += gain
            if n <= SMALL and saved > best + GAIN:
                best = saved
                copy(ring.tour, kept)
        else:
            for back in range(ring.tally[2] - 1, -1, -1):
                flip(ring, ring.log[2 * back], ring.log[2 * back + 1])
    if n > SMALL:
        return saved
    copy(kept, ring.tour)
    return best


@compiled
def search(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    tour: Ints, near: Ints, ground: Ground, table: Floats, tries: int, seed: int
) -> float:
    """Better `tour` in place: 2-opt and Or-opt, then `tries` kicks.

    Args:
        tour: The stops in order, shape (n,). For an open walk it holds one stop more
            than `ground`: the one that is near everything.
        near: Nearest stops of each stop, nearest first, shape (n, k).
        ground: How far it is from stop to stop.
        table: The same as a table, shape (n, n); or (0, 0): ask `ground`.
        tries: How many kicks.
        seed: Where the kicks fall.

    Returns:
        The metres saved.
    """
    n = tour.size
    ints = np.empty(n, np.int32)
    state = np.array([seed], np.uint64)
    ring = Ring(
        tour,
        ints,
        near,
        ground,
        table,
        np.empty(n, np.int32),
        np.zeros(n, np.bool_),
        np.empty(2 * LOG, np.int32),
        np.zeros(3, np.int64),
    )
    for at in range(n):
        ring.place[tour[at]] = at
    if n < 5:  # noqa: PLR2004  # three doors and the open end: one flip tries it all
        tries = 0
    for at in range(n):
        wait(ring, tour[at])
    return settle(ring, LOG) + anneal(ring, tries, state)


@compiled
def nearest(table: Floats, keep: int) -> Ints:
    """Return the `keep` nearest stops of each stop, the open end before all others."""
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
def walks(ground: Ground, begins: Counts, tries: float, seed: int) -> Counts:
    """Order each turf as an open walk.

    Args:
        ground: How far it is from stop to stop; the stops of a turf are side by side.
        begins: Where each turf begins, and n at the end, shape (turfs + 1,).
        tries: How many kicks a stop.
        seed: Where the kicks fall.

    Returns:
        The stops in walking order, turf after turf, shape (n,).
    """
    order = np.arange(ground.x.size)
    for turf in range(begins.size - 1):
        first, n = begins[turf], begins[turf + 1] - begins[turf]
        if n < 3:  # noqa: PLR2004  # there is only one way
            continue
        table = np.zeros((n + 1, n + 1), np.float64)
        for a in range(n):
            for b in range(a):
                table[a, b] = table[b, a] = apart(ground, first + a, first + b)
        tour = np.arange(n + 1).astype(np.int32)
        near = nearest(table, min(10, n))
        search(tour, near, ground, table, int(tries * n), seed + turf)
        end = 0
        while tour[end] != n:
            end += 1
        for at in range(n):
            order[first + at] = first + tour[(end + 1 + at) % (n + 1)]
    return order
