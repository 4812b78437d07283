"""Which corners lie around each, and how far: found once, before anything is cut.

In:  a network of streets, and the corners that matter.
Out: for each corner those around it, and for each street the streets around it.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, Ints, compiled, inner
from groundgame.turf.kernels.ground import FAR, Short, begun

SETTLED = 80  # nodes that are found around a corner
ROOM = 160  # places for a street's neighbours, at first; what is not used takes none


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
    return row, near[: row[-1]], away[: row[-1]], reach


@compiled
def both_ways(row: Counts, near: Ints, away: Short) -> tuple[Counts, Ints, Short]:
    """Make each corner known to those that it knows.

    Args:
        row: Where each corner's neighbours begin, shape (corners + 1,).
        near: The neighbours, rising.
        away: How far they are.

    Returns:
        The same, with those that were known from the other side only.
    """
    count = row.size - 1
    back = np.zeros(count + 1, np.int64)  # the same lists, turned round
    for v in near:
        back[v + 1] += 1
    back = np.cumsum(back)
    filled = back[:-1].copy()
    far, knows = np.empty(near.size, np.float32), np.empty(near.size, np.int32)
    for u in range(count):
        for at in range(row[u], row[u + 1]):
            slot = filled[near[at]]
            knows[slot], far[slot] = u, away[at]
            filled[near[at]] += 1
    whole = np.zeros(count + 1, np.int64)
    all_near = np.empty(2 * near.size, np.int32)
    all_away = np.empty(2 * near.size, np.float32)
    kept = 0
    for u in range(count):
        one, two = row[u], back[u]
        while one < row[u + 1] or two < back[u + 1]:
            v = near[one] if one < row[u + 1] else count
            w = knows[two] if two < back[u + 1] else count
            all_near[kept] = min(v, w)
            all_away[kept] = away[one] if v <= w else far[two]
            one += v <= w
            two += w <= v
            kept += 1
        whole[u + 1] = kept
    return whole, all_near[:kept], all_away[:kept]


class Corners(NamedTuple):
    """Corners, and those around each, both ways; and where they are."""

    x: Floats
    y: Floats
    row: Counts  # where each corner's neighbours begin, shape (corners + 1,)
    near: Ints  # the neighbours, rising
    away: Short  # how far they are
    reach: Floats


@compiled
def beside(
    corners: Corners, a: Ints, b: Ints, leaves: Counts, leaving: Ints
) -> tuple[Counts, Ints, Short]:
    """Find, for each street, the streets around it and how far it is to their corners.

    A street is a neighbour where all four distances are known, and is noted with the
    lower number of the two. Of its places for neighbours a third or more are empty, so
    that one is found, or is seen to be none, at a glance or two (`ground.begun` says
    where to look first; the next ones follow, round and round).

    Args:
        corners: The corners of the streets.
        a: One corner of each street, shape (streets,).
        b: The other.
        leaves: Where the streets that leave each corner begin, shape (corners + 1,).
        leaving: Those streets.

    Returns:
        Where each street's places begin; the neighbour at each, or -1; and the metres
        from the street's corners a, a, b, b to the neighbour's a, b, a, b.
    """
    row = np.zeros(a.size + 1, np.int64)
    room = ROOM * a.size + ROOM
    near, away = np.empty(room, np.int32), np.empty((room, 4), np.float32)
    last = np.full(a.size, -1, np.int32)
    around = np.empty(a.size, np.int32)
    known = np.full((2, corners.x.size), -1.0, np.float32)  # metres from either end
    for e in range(a.size):
        spread(corners, a[e], known[0], 1.0)
        spread(corners, b[e], known[1], 1.0)
        count = gathered(corners, e, (a[e], b[e]), leaves, leaving, last, around)
        kept = reached(known, a, b, around, count)
        size = 2
        while 2 * size < 3 * kept + 2:
            size *= 2
        if row[e] + size > near.size:
            more = max(near.size // 2, size)
            near = np.concatenate((near, np.empty(more, np.int32)))
            away = np.concatenate((away, np.empty((more, 4), np.float32)))
        row[e + 1] = row[e] + size
        for at in range(row[e], row[e + 1]):
            near[at] = -1
        for place in range(kept):
            f = around[place]
            at = row[e] + vacant(near, row[e], size, f)
            near[at] = f
            away[at, 0], away[at, 1] = known[0, a[f]], known[0, b[f]]
            away[at, 2], away[at, 3] = known[1, a[f]], known[1, b[f]]
        spread(corners, a[e], known[0], -1.0)
        spread(corners, b[e], known[1], -1.0)
    return row, near[: row[-1]], away[: row[-1]]


@inner
def reached(known: Short, a: Ints, b: Ints, around: Ints, count: int) -> int:
    """Keep the streets to which all four distances are known; return how many."""
    kept = 0
    for at in range(count):
        f = around[at]
        one = min(known[0, a[f]], known[0, b[f]])
        if min(one, known[1, a[f]], known[1, b[f]]) >= 0.0:
            around[kept] = f
            kept += 1
    return kept


@inner
def vacant(near: Ints, first: int, size: int, f: int) -> int:
    """Return which of a street's places is the first that street f may have."""
    at = begun(f, size)
    while near[first + at] >= 0:
        at = (at + 1) & (size - 1)
    return at


@inner
def spread(corners: Corners, u: int, known: Short, sign: float) -> None:
    """Write down how far the corners around one are, or (-1) that nobody knows."""
    for at in range(corners.row[u], corners.row[u + 1]):
        known[corners.near[at]] = corners.away[at] if sign > 0 else -1.0


@inner
def gathered(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    corners: Corners,
    e: int,
    ends: tuple[int, int],
    leaves: Counts,
    leaving: Ints,
    last: Ints,
    around: Ints,
) -> int:
    """Gather the later streets that leave a corner near an end of `e`; return how many.

    `last` says for each street in which street's search it was found last.
    """
    count = 0
    for end in ends:
        for at in range(corners.row[end], corners.row[end + 1]):
            v = corners.near[at]
            for place in range(leaves[v], leaves[v + 1]):
                f = leaving[place]
                if f > e and last[f] != e:
                    last[f] = e
                    around[count] = f
                    count += 1
    return count
