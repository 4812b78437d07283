"""How far it is on foot from one stop to another: the one place that knows.

In:  stops on a plane, and perhaps the streets they stand at.
Out: metres, the same from either side.

On streets a leg goes along a stop's own street to one of its corners, from corner to
corner the shortest way, and along the other's street. Which corners lie how far from
which is found once for each corner, for those around it (`around`); two that are
farther apart than any walk goes are given a little more than the straight line, and at
least what `around` had already seen; two that no way joins are an island apart.
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
SETTLED = 96  # nodes that are found around a corner
FAR = np.inf

Short = npt.NDArray[np.float32]
Sides = npt.NDArray[np.int8]


class Ground(NamedTuple):
    """Stops, and what lies between them. Without streets all but x and y are empty."""

    x: Floats  # of each stop
    y: Floats
    edge: Ints  # the street of each stop; -1: none is near
    along: Floats  # metres from the street's end a
    side: Sides  # -1 left, 1 right, 0 nobody knows
    a: Ints  # the corners of each street, from 0 on
    b: Ints
    metres: Floats  # length of each street
    toll_a: Floats  # what crossing costs at either end, in metres
    toll_b: Floats
    cross: Floats  # what crossing costs between the corners
    corner_x: Floats  # of each corner
    corner_y: Floats
    reach: Floats  # up to where a corner knows all others; inf: it knows all
    row: Counts  # where each street's neighbours begin, shape (streets + 1,)
    near: Ints  # the neighbours, rising
    away: Short  # metres from corner to corner: a to a, a to b, b to a, b to b


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
    ia, ib = ground.toll_a[e] + ground.along[i], ground.toll_b[e] - ground.along[i]
    ja, jb = ground.toll_a[f] + ground.along[j], ground.toll_b[f] - ground.along[j]
    ib, jb = ib + ground.metres[e], jb + ground.metres[f]
    at = looked_up(ground, e, f)
    if at >= 0:
        away = ground.away[at]
        one, two = min(away[0] + ja, away[1] + jb), min(away[2] + ja, away[3] + jb)
        return float(min(ia + one, ib + two))
    at = looked_up(ground, f, e)
    if at >= 0:
        away = ground.away[at]
        one, two = min(away[0] + ja, away[2] + jb), min(away[1] + ja, away[3] + jb)
        return float(min(ia + one, ib + two))
    ea, eb, fa, fb = ground.a[e], ground.b[e], ground.a[f], ground.b[f]
    one = min(guessed(ground, ea, fa) + ja, guessed(ground, ea, fb) + jb)
    two = min(guessed(ground, eb, fa) + ja, guessed(ground, eb, fb) + jb)
    return float(min(ia + one, ib + two))


@within
def looked_up(ground: Ground, e: int, f: int) -> int:
    """Return where street f is among the neighbours of e; -1 if it is not."""
    low, high = ground.row[e], ground.row[e + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if ground.near[middle] < f:
            low = middle + 1
        else:
            high = middle
    return int(low) if low < end and ground.near[low] == f else -1


@inner
def guessed(ground: Ground, u: int, v: int) -> float:
    """Return about how far it is between two corners that do not know one another."""
    dx = ground.corner_x[u] - ground.corner_x[v]
    dy = ground.corner_y[u] - ground.corner_y[v]
    guess = DETOUR * np.sqrt(dx * dx + dy * dy)
    seen = max(ground.reach[u], ground.reach[v])
    return float(guess + ISLAND if seen == FAR else max(guess, seen))


class Streets(NamedTuple):
    """A walking network as loops take it: nodes, and the half-edges that leave each."""

    start: Ints  # the half-edges of node v are start[v] to start[v + 1]
    to: Ints  # node at the other end of each half-edge
    edge: Ints  # which edge it is half of
    cost: Floats  # of each edge, from end to end, crossings at the ends included


class Heap(NamedTuple):
    """Nodes to look at, the nearest on top; and what is known of each node."""

    node: Ints
    key: Floats
    known: Floats  # the shortest way found to each node of the network
    seen: Ints  # nodes with an entry in `known`
    tally: Counts  # entries of the heap, nodes seen


@inner
def push(heap: Heap, node: int, key: float) -> None:
    """Put a node in; the heap is as large as it will ever be."""
    at = heap.tally[0]
    heap.tally[0] += 1
    while at > 0:
        up = (at - 1) >> 1
        if heap.key[up] <= key:
            break
        heap.key[at], heap.node[at] = heap.key[up], heap.node[up]
        at = up
    heap.key[at], heap.node[at] = key, node


@inner
def pop(heap: Heap) -> int:
    """Take the nearest node out."""
    top = heap.node[0]
    heap.tally[0] -= 1
    size = heap.tally[0]
    node, key = heap.node[size], heap.key[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and heap.key[down + 1] < heap.key[down]:
            down += 1
        if heap.key[down] >= key:
            break
        heap.key[at], heap.node[at] = heap.key[down], heap.node[down]
        at = down
    heap.key[at], heap.node[at] = key, node
    return int(top)


@inner
def settle_around(
    streets: Streets, heap: Heap, source: int, found: Ints, away: Floats
) -> int:
    """Find the nodes around a node, nearest first, as many as `found` holds.

    This is Dijkstra's search, stopped early.
    """
    heap.tally[0] = heap.tally[1] = 0
    note(heap, source, 0.0)
    count = 0
    while heap.tally[0] and count < found.size:
        far = heap.key[0]
        node = pop(heap)
        if far > heap.known[node]:
            continue  # a shorter way came after this entry
        found[count], away[count] = node, far
        count += 1
        for half in range(streets.start[node], streets.start[node + 1]):
            further = far + streets.cost[streets.edge[half]]
            if further < heap.known[streets.to[half]]:
                note(heap, streets.to[half], further)
    for at in range(heap.tally[1]):
        heap.known[heap.seen[at]] = FAR
    return count


@inner
def note(heap: Heap, node: int, far: float) -> None:
    """Note a shorter way to a node, if there is room."""
    if heap.tally[0] == heap.key.size or heap.tally[1] == heap.seen.size:
        return
    if heap.known[node] == FAR:
        heap.seen[heap.tally[1]] = node
        heap.tally[1] += 1
    heap.known[node] = far
    push(heap, node, far)


@compiled
def around(
    streets: Streets, corners: Ints, settled: int
) -> tuple[Counts, Ints, Short, Floats]:
    """Find, for each corner, the corners around it and how far they are.

    Args:
        streets: The whole network: ways may lead out of the corners' own part of it.
        corners: The nodes that are asked for, rising. Shape (corners,).
        settled: How many nodes of the network to find around each.

    Returns:
        Where each corner's neighbours begin; the neighbours, as places in `corners`,
        rising; their metres; and for each corner how far it has looked: infinitely
        where it has seen all that can be reached.

    Source:
        Dijkstra (1959), A note on two problems in connexion with graphs.
    """
    nodes = streets.start.size - 1
    room = 16 * settled + 64
    heap = Heap(
        np.empty(room, np.int32),
        np.empty(room, np.float64),
        np.full(nodes, FAR, np.float64),
        np.empty(room, np.int32),
        np.zeros(2, np.int64),
    )
    place = np.full(nodes, -1, np.int32)
    for at in range(corners.size):
        place[corners[at]] = at
    found, far = np.empty(settled, np.int32), np.empty(settled, np.float64)
    row = np.zeros(corners.size + 1, np.int64)
    near = np.empty(corners.size * settled, np.int32)
    away = np.empty(corners.size * settled, np.float32)
    reach = np.zeros(corners.size, np.float64)
    for u in range(corners.size):
        count = settle_around(streets, heap, corners[u], found, far)
        kept = row[u]
        for at in range(count):
            v = place[found[at]]
            if v >= 0:
                slot = kept
                while slot > row[u] and near[slot - 1] > v:
                    near[slot], away[slot] = near[slot - 1], away[slot - 1]
                    slot -= 1
                near[slot], away[slot] = v, far[at]
                kept += 1
        row[u + 1] = kept
        reach[u] = far[count - 1] if count == settled else FAR
    return row, near[: row[-1]].copy(), away[: row[-1]].copy(), reach


class Corners(NamedTuple):
    """Corners, and those around each: what `around` returns, and where they are."""

    x: Floats
    y: Floats
    row: Counts  # where each corner's neighbours begin, shape (corners + 1,)
    near: Ints  # the neighbours, rising
    away: Short  # how far they are
    reach: Floats


@inner
def from_corner(corners: Corners, u: int, v: int) -> float:
    """Return the metres from corner to corner; below 0 where neither knows the other.

    The one with the lower number is asked first, so that it is the same both ways.
    """
    if u == v:
        return 0.0
    for turn in range(2):
        one, other = (min(u, v), max(u, v)) if turn == 0 else (max(u, v), min(u, v))
        low, end = corners.row[one], corners.row[one + 1]
        high = end
        while low < high:
            middle = (low + high) >> 1
            if corners.near[middle] < other:
                low = middle + 1
            else:
                high = middle
        if low < end and corners.near[low] == other:
            return float(corners.away[low])
    return -1.0


@compiled
def beside(
    corners: Corners, a: Ints, b: Ints, leaves: Counts, leaving: Ints
) -> tuple[Counts, Ints, Short]:
    """Find, for each street, the streets around it and how far it is to their corners.

    Args:
        corners: The corners of the streets.
        a: One corner of each street, shape (streets,).
        b: The other.
        leaves: Where the streets that leave each corner begin, shape (corners + 1,).
        leaving: Those streets.

    Returns:
        Where each street's neighbours begin; the neighbours, rising; and the metres
        from its corners a, a, b, b to theirs a, b, a, b. A street is a neighbour where
        all four are known.
    """
    row = np.zeros(a.size + 1, np.int64)
    room = 64 * a.size + 64
    near, away = np.empty(room, np.int32), np.empty((room, 4), np.float32)
    last = np.full(a.size, -1, np.int32)
    for e in range(a.size):
        kept = row[e]
        last[e] = e
        for end in (a[e], b[e]):
            for at in range(corners.row[end], corners.row[end + 1]):
                v = corners.near[at]
                for place in range(leaves[v], leaves[v + 1]):
                    f = leaving[place]
                    if last[f] == e:
                        continue
                    last[f] = e
                    if kept == near.size:
                        near = np.concatenate((near, np.empty_like(near)))
                        away = np.concatenate((away, np.empty_like(away)))
                    known = True
                    for k in range(4):
                        u, w = (a[e], b[e])[k >> 1], (a[f], b[f])[k & 1]
                        away[kept, k] = from_corner(corners, u, w)
                        known = known and away[kept, k] >= 0.0
                    if known:
                        near[kept] = f
                        kept += 1
        order = np.argsort(near[row[e] : kept])
        near[row[e] : kept] = near[row[e] : kept][order]
        away[row[e] : kept] = away[row[e] : kept][order]
        row[e + 1] = kept
    return row, near[: row[-1]].copy(), away[: row[-1]].copy()


@compiled
def closest(ground: Ground, tried: Ints, keep: int) -> tuple[Ints, Floats]:
    """Return the stops that are nearest on foot, of those that are near on the plane.

    Args:
        ground: Where the stops are.
        tried: For each stop those to choose from, itself among them. Shape (n, many).
        keep: How many to return, itself first.

    Returns:
        The nearest first, and how far they are. Shape (n, keep) each.
    """
    count = min(keep, tried.shape[1])
    near = np.empty((tried.shape[0], count), np.int32)
    gap = np.empty((tried.shape[0], count), np.float64)
    for i in range(tried.shape[0]):
        filled = 0
        for j in tried[i]:
            far = -1.0 if i == j else apart(ground, i, j)
            if filled == count and far >= gap[i, count - 1]:
                continue
            slot = min(filled, count - 1)
            while slot > 0 and gap[i, slot - 1] > far:
                gap[i, slot], near[i, slot] = gap[i, slot - 1], near[i, slot - 1]
                slot -= 1
            gap[i, slot], near[i, slot] = far, j
            filled = min(filled + 1, count)
        gap[i, 0] = 0.0
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
