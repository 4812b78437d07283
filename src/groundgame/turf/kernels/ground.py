"""How far it is on foot from one stop to another: the one place that knows.

In:  stops on a plane, and perhaps the streets they stand at.
Out: metres, the same from either side.

On streets a leg goes along a stop's own street to one of its corners, from corner to
corner the shortest way, and along the other's street. Which corners lie how far from
which is found once for each corner, for those around it (`roads`); two that are
farther apart than any walk goes are given a little more than the straight line, and at
least what had already been seen; two that no way joins are an island apart.
Crossing a street costs what its class costs.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from groundgame.turf.kernels.compiled import (
    Counts,
    Floats,
    Ints,
    compiled,
    inner,
    within,
)

DETOUR = 1.4  # metres walked a metre of straight line, where nothing better is known
ISLAND = 2000.0  # metres more, where no way leads from one to the other
FAR = np.inf
SPREAD = 2654435769  # of 2**32 the golden part: what follows one another is spread well

Short = npt.NDArray[np.float32]
Sides = npt.NDArray[np.int8]


class Ground(NamedTuple):
    """Stops, and what lies between them. Without streets all but x and y are empty."""

    x: Floats  # of each stop
    y: Floats
    edge: Ints  # the street of each stop; -1: none is near
    along: Floats  # metres from the street's end a
    to_a: Floats  # metres to the corner at end a, what crossing costs there included
    to_b: Floats  # the same at end b
    side: Sides  # -1 left, 1 right, 0 nobody knows
    a: Ints  # the corners of each street, from 0 on
    b: Ints
    metres: Floats  # length of each street
    cross: Floats  # what crossing costs between the corners
    corner_x: Floats  # of each corner
    corner_y: Floats
    reach: Floats  # up to where a corner knows all others; inf: it knows all
    row: Counts  # where each street's places for neighbours begin, shape (streets + 1,)
    near: Ints  # the neighbour of a higher number at each place; -1: none
    away: Short  # metres from corner to corner: a to a, a to b, b to a, b to b


@compiled
def nowhere() -> Ground:
    """Return a ground without stops, for loops that go by a table instead."""
    none, floats = np.empty(0, np.int32), np.empty(0, np.float64)
    side, away = np.empty(0, np.int8), np.empty((0, 4), np.float32)
    row, corners = np.zeros(1, np.int64), (floats, floats, floats)
    standing, streets = (floats, floats, floats, side), (none, none, floats, floats)
    return Ground(floats, floats, none, *standing, *streets, *corners, row, none, away)


@within
def apart(ground: Ground, i: int, j: int) -> float:
    """Return the metres from stop to stop."""
    if ground.edge.size == 0:
        dx, dy = ground.x[i] - ground.x[j], ground.y[i] - ground.y[j]
        return float(np.sqrt(dx * dx + dy * dy))
    e, f = ground.edge[i], ground.edge[j]
    if e == f and e >= 0:
        across = ground.side[i] * ground.side[j] < 0
        direct = abs(ground.along[i] - ground.along[j])
        return float(direct + ground.cross[e] if across else direct)
    if e > f:
        i, j, e, f = j, i, f, e
    if e < 0:
        dx, dy = ground.x[i] - ground.x[j], ground.y[i] - ground.y[j]
        return float(DETOUR * np.sqrt(dx * dx + dy * dy))
    ia, ib, ja, jb = ground.to_a[i], ground.to_b[i], ground.to_a[j], ground.to_b[j]
    at = looked_up(ground, e, f)
    if at >= 0:
        away = ground.away[at]
        one, two = min(away[0] + ja, away[1] + jb), min(away[2] + ja, away[3] + jb)
        return float(min(ia + one, ib + two))
    ea, eb, fa, fb = ground.a[e], ground.b[e], ground.a[f], ground.b[f]
    one = min(guessed(ground, ea, fa) + ja, guessed(ground, ea, fb) + jb)
    two = min(guessed(ground, eb, fa) + ja, guessed(ground, eb, fb) + jb)
    return float(min(ia + one, ib + two))


@within
def begun(key: int, room: int) -> int:
    """Return the place of `room`, a power of two, at which to look for a key first."""
    return int((key * SPREAD >> 15) & (room - 1))


@within
def looked_up(ground: Ground, e: int, f: int) -> int:
    """Return where street f is among the neighbours of e < f; -1 if it is not."""
    first = ground.row[e]
    room = ground.row[e + 1] - first
    at = begun(f, room)
    while ground.near[first + at] != f:
        if ground.near[first + at] < 0:
            return -1
        at = (at + 1) & (room - 1)
    return int(first + at)


@inner
def guessed(ground: Ground, u: int, v: int) -> float:
    """Return about how far it is between two corners that do not know one another."""
    dx = ground.corner_x[u] - ground.corner_x[v]
    dy = ground.corner_y[u] - ground.corner_y[v]
    guess = DETOUR * np.sqrt(dx * dx + dy * dy)
    seen = max(ground.reach[u], ground.reach[v])
    return float(guess + ISLAND if seen == FAR else max(guess, seen))


@inner
def alike(ground: Ground, stop: int, others: Ints) -> int:
    """Return how many other stops are on the same side of the same street."""
    count = 0
    if ground.edge.size == 0:
        return 0
    for other in others:
        count += (
            ground.edge[other] == ground.edge[stop]
            and ground.side[other] == ground.side[stop]
        )
    return count


@compiled
def closest(ground: Ground, tried: Ints, keep: int, own: int) -> tuple[Ints, Floats]:
    """Return the stops that are nearest on foot, of those that are near on the plane.

    Args:
        ground: Where the stops are.
        tried: For each stop those to choose from, itself among them. Shape (n, many).
        keep: How many to return, itself first.
        own: How many of them may be on its own street, if there are others: a walk has
            to leave the street somewhere.

    Returns:
        The nearest first, and how far they are. Shape (n, keep) each.
    """
    many = tried.shape[1]
    count = min(keep, many)
    near = np.empty((tried.shape[0], count), np.int32)
    gap = np.empty((tried.shape[0], count), np.float64)
    stop, far = np.empty(many, np.int32), np.empty(many, np.float64)
    for i in range(tried.shape[0]):
        for at in range(many):
            j = tried[i, at]
            key = -1.0 if i == j else apart(ground, i, j)
            slot = at
            while slot > 0 and far[slot - 1] > key:
                far[slot], stop[slot] = far[slot - 1], stop[slot - 1]
                slot -= 1
            far[slot], stop[slot] = key, j
        far[0] = 0.0
        filled, spare = 0, many - count  # `spare` may be passed over
        for at in range(many):
            if filled == count:
                break
            if spare > 0 and alike(ground, stop[at], near[i, :filled]) >= own:
                spare -= 1
                continue
            near[i, filled], gap[i, filled] = stop[at], far[at]
            filled += 1
    return near, gap


@compiled
def legs(ground: Ground, walk: Counts) -> Floats:
    """Return the metres to each stop of a walk from the one before it; 0 to the first.

    Args:
        ground: Where the stops are.
        walk: The stops in order, shape (n,).
    """
    metres = np.zeros(walk.size, np.float64)
    for at in range(1, walk.size):
        metres[at] = apart(ground, walk[at - 1], walk[at])
    return metres


@compiled
def gaps(ground: Ground, a: Counts, b: Counts) -> Floats:
    """Return the metres from each of some stops to another, shape (n,)."""
    metres = np.empty(a.size, np.float64)
    for at in range(a.size):
        metres[at] = apart(ground, a[at], b[at])
    return metres
