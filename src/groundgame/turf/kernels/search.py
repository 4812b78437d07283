"""Better one round tour, or one open walk: exchange two or three legs, and kick.

In:  stops on a plane (or a table of distances), and an order to start from.
Out: a shorter order, in place. Each stop is in it once.

This is iterated local search on an array. A move takes out two or three legs and looks
only at near neighbours, and only while what is out is longer than what is in (3-opt;
2-opt, and Or-opt with blocks of any size, are in it). A kick exchanges two short
blocks, and what it made worse is mostly taken back flip by flip (simulated annealing:
at first a little may be lost). It never proves that an order is the shortest.

Sources:
    Lin and Kernighan (1973), An effective heuristic algorithm for the
    traveling-salesman problem, Operations Research 21(2): follow partial gains only.
    Johnson and McGeoch (1997), The traveling salesman problem: a case study in local
    optimization: neighbour lists, a queue of stops to look at, short double bridges.
"""

import numpy as np

from groundgame.turf.kernels.compiled import (
    Bits,
    Floats,
    Ints,
    around,
    compiled,
    draw,
    inner,
    often,
    within,
)
from groundgame.turf.kernels.ground import Ground
from groundgame.turf.kernels.ring import (
    LOG,
    Ring,
    along,
    flip,
    leg,
    onward,
    step,
    too_far,
    turn,
)

GAIN = 1e-7  # metres; less is rounding, not a gain
FINE = 1e-14  # of the longest leg, the same where coordinates are huge
HOT = 0.3  # what a try may lose at first, in mean legs
BLOCK = 25  # stops of a block that a kick moves, at most
ROUNDS = 10.0  # times that the place of kicks goes along the whole tour
SMALL = 1000  # stops of a tour that is copied each time it is better
OPEN, SWAPPED, TURNED = 1, 2, 3  # ways to put a tour together without three legs


@within
def wait(ring: Ring, stop: int) -> None:
    """Put a stop at the end of those to look at."""
    if not ring.listed[stop]:
        n = ring.tour.size
        ring.listed[stop] = True
        at = ring.tally[0] + ring.tally[1]
        if at >= n:
            at -= n
        ring.waiting[at] = stop
        ring.tally[1] += 1


@within
def closed(ring: Ring, gone: float, last: int) -> float:
    """Return what is gained once the last stop of a move is joined to its first.

    Args:
        ring: The tour.
        gone: Metres that are out, less those that are in so far.
        last: The last stop.
    """
    if too_far(ring, last, ring.move[0], gone):
        return 0.0
    return gone - leg(ring, last, ring.move[0])


@within
def third(ring: Ring, g: float, by: int) -> float:
    """Find a third leg from t5 to t6, once t1 to t4 are a tour; return the gain."""
    t1, t2, t3, t4 = ring.move[0], ring.move[1], ring.move[2], ring.move[3]
    r3 = along(ring, t2, t3, by)
    for k in range(ring.near.shape[1]):
        t5, left = ring.near[t4, k], g - float(ring.gap[t4, k])
        if left <= ring.gain:
            return 0.0
        if t5 in (t1, t3, t4):
            continue
        to = by if along(ring, t2, t5, by) < r3 else -by
        t6 = step(ring, t5, to)
        gain = closed(ring, left + onward(ring, t5, to), t6)
        if t6 != t4 and gain > ring.gain:
            ring.move[4], ring.move[5], ring.move[6] = t5, t6, OPEN
            return gain
    return 0.0


@within
def crossed(ring: Ring, g: float, by: int) -> float:
    """Find a third leg in the ring that t2 to t3 would be; return the gain."""
    t2, t3, t4 = ring.move[1], ring.move[2], ring.move[3]
    r3 = along(ring, t2, t3, by)
    for k in range(ring.near.shape[1]):
        t5, left = ring.near[t4, k], g - float(ring.gap[t4, k])
        if left <= ring.gain:
            return 0.0
        r5 = along(ring, t2, t5, by)
        for way in (SWAPPED, TURNED):
            if r5 > r3 or r5 == (r3 if way == SWAPPED else 0):
                continue
            to = by if way == SWAPPED else -by
            t6 = step(ring, t5, to)
            gain = closed(ring, left + onward(ring, t5, to), t6)
            if gain > ring.gain:
                ring.move[4], ring.move[5], ring.move[6] = t5, t6, way
                return gain
    return 0.0


@within
def improve(ring: Ring, t1: int, by: int) -> float:
    """Replace the leg on one side of `t1` and one or two more by shorter ones.

    Legs t1-t2, t3-t4 and t5-t6 go; t2-t3, t4-t5 and t6-t1 come (or t4-t1, with two).
    Only what has gained so far is looked at further, as Lin and Kernighan say.
    """
    t2 = step(ring, t1, by)
    old = onward(ring, t1, by)
    for k in range(ring.near.shape[1]):
        t3, left = ring.near[t2, k], old - float(ring.gap[t2, k])
        if left <= ring.gain:
            return 0.0
        if t3 in (t1, t2) or t3 == step(ring, t2, by):
            continue
        t4 = step(ring, t3, -by)
        ring.move[0], ring.move[1], ring.move[2], ring.move[3] = t1, t2, t3, t4
        ring.move[6] = 0
        gone = left + onward(ring, t3, -by)
        gain = closed(ring, gone, t4)
        if gain <= ring.gain:
            gain = third(ring, gone, by)
        if gain <= ring.gain:
            t4 = step(ring, t3, by)
            ring.move[3] = t4
            gain = crossed(ring, left + onward(ring, t3, by), by)
        if gain > ring.gain:
            carry(ring)
            return gain
    return 0.0


@within
def carry(ring: Ring) -> None:
    """Do a move: turn one path round after another."""
    t1, t2, t3, t4, t5, t6, way = ring.move
    if way == SWAPPED:
        turn(ring, t1, t2, t3)
        turn(ring, t1, t3, t6)
        turn(ring, t3, t5, t2)
    elif way == TURNED:
        turn(ring, t1, t2, t6)
        turn(ring, t2, t5, t3)
    else:
        turn(ring, t1, t2, t4)
        if way == OPEN:
            turn(ring, t1, t4, t6)
    for at in range(6 if way else 4):
        wait(ring, ring.move[at])


@inner
def settle(ring: Ring, limit: int) -> float:
    """Look at the waiting stops until none gains; return the metres saved."""
    n = ring.tour.size
    saved = 0.0
    while ring.tally[1]:
        c = ring.waiting[ring.tally[0]]
        ring.tally[0] += 1
        if ring.tally[0] == n:
            ring.tally[0] = 0
        ring.tally[1] -= 1
        ring.listed[c] = False
        if ring.tally[2] > limit:
            continue  # no room to take back any more: leave it at that
        gain = improve(ring, c, 1)  # compiled for each direction: an eighth faster
        if gain == 0.0:
            gain = improve(ring, c, -1)
        if gain > 0.0:
            saved += gain
            wait(ring, c)
    return saved


@within
def kick(ring: Ring, start: int, state: Bits) -> float:
    """Exchange two short blocks there; return the metres saved (mostly below 0)."""
    n = ring.tour.size
    most = min(BLOCK, (n - 2) // 2)
    first, second = 1 + draw(state, most), 1 + draw(state, most)
    a, b = ring.tour[start - 1], ring.tour[start]
    c, d = ring.tour[(start + first - 1) % n], ring.tour[(start + first) % n]
    e = ring.tour[(start + first + second - 1) % n]
    f = ring.tour[(start + first + second) % n]
    old = onward(ring, b, -1) + onward(ring, c, 1) + onward(ring, e, 1)
    turn(ring, a, b, e)
    turn(ring, a, e, d)
    turn(ring, e, c, b)
    for stop in (a, b, c, d, e, f):
        wait(ring, stop)
    return old - leg(ring, a, d) - leg(ring, e, b) - leg(ring, c, f)


@inner
def mean_leg(ring: Ring) -> float:
    """Return the mean metres from one stop to the next; a bond is below 0, and none."""
    total = 0.0
    for at in range(ring.tour.size):
        total += max(0.0, ring.legs[at])
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
    places = often(ring.gap, ring.tour)
    for done in range(tries):
        ring.tally[2] = 0
        share = ROUNDS * done / tries
        start = ring.place[places[around(n, share, state)]]
        gain = kick(ring, start, state) + settle(ring, LOG - 8)
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


@inner
def span(ground: Ground, table: Floats) -> float:
    """Return a number of metres that no leg is much longer than."""
    west = east = south = north = longest = 0.0
    if table.shape[0] == 0:
        for at in range(ground.x.size):
            west, east = min(west, ground.x[at]), max(east, ground.x[at])
            south, north = min(south, ground.y[at]), max(north, ground.y[at])
    for a in range(table.shape[0]):
        for b in range(table.shape[0]):
            longest = max(longest, abs(table[a, b]))
    return max(longest, east - west, north - south)


@compiled
def search(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    tour: Ints,
    near: Ints,
    gap: Floats,
    ground: Ground,
    table: Floats,
    tries: int,
    seed: int,
) -> float:
    """Better `tour` in place: exchange legs, then `tries` kicks.

    Args:
        tour: The stops in order, shape (n,). For an open walk it holds one stop more
            than `ground`: the one that is near everything.
        near: Nearest stops of each stop, nearest first, shape (n, k).
        gap: How far they are, same shape.
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
        gap,
        ground,
        table,
        np.empty(n, np.int32),
        np.zeros(n, np.bool_),
        np.empty(2 * LOG, np.int32),
        np.zeros(3, np.int64),
        np.empty(7, np.int32),
        np.empty(n, np.float64),
        max(GAIN, FINE * span(ground, table)),
    )
    for at in range(n):
        ring.place[tour[at]] = at
        ring.legs[at - 1] = leg(ring, tour[at - 1], tour[at])
    if n < 5:  # noqa: PLR2004  # three doors and the open end: one flip tries it all
        tries = 0
    for at in range(n):
        wait(ring, tour[at])
    return settle(ring, ring.log.size // 2) + anneal(ring, tries, state)
