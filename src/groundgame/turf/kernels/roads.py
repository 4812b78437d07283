"""Which corners lie around each, and how far: found once, before anything is cut.

In:  a network of streets, and the corners that matter.
Out: for each corner those around it, and for each street the streets around it.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, Ints, compiled, inner
from groundgame.turf.kernels.ground import FAR, Short

SETTLED = 96  # nodes that are found around a corner


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
    around = np.empty(a.size, np.int32)
    known = np.full((2, corners.x.size), -1.0, np.float32)  # metres from either end
    for e in range(a.size):
        spread(corners, a[e], known[0], 1.0)
        spread(corners, b[e], known[1], 1.0)
        count = gathered(corners, e, (a[e], b[e]), leaves, leaving, last, around)
        kept = row[e]
        if kept + count > near.size:
            more = max(near.size, count)
            near = np.concatenate((near, np.empty(more, np.int32)))
            away = np.concatenate((away, np.empty((more, 4), np.float32)))
        for f in np.sort(around[:count]):
            to = away[kept]
            to[0], to[1] = known[0, a[f]], known[0, b[f]]
            to[2], to[3] = known[1, a[f]], known[1, b[f]]
            if to.min() >= 0.0:
                near[kept] = f
                kept += 1
        row[e + 1] = kept
        spread(corners, a[e], known[0], -1.0)
        spread(corners, b[e], known[1], -1.0)
    return row, near[: row[-1]].copy(), away[: row[-1]].copy()


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
    """Gather the streets that leave a corner near an end of `e`; return how many.

    `last` says for each street in which street's search it was found last.
    """
    count = 0
    for end in ends:
        for at in range(corners.row[end], corners.row[end + 1]):
            v = corners.near[at]
            for place in range(leaves[v], leaves[v + 1]):
                f = leaving[place]
                if last[f] != e:
                    last[f] = e
                    around[count] = f
                    count += 1
    return count
