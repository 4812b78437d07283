"""The shortest legs that join all stops, each stop with a toll at both sides of a leg.

In:  stops on a ground or in a table, or some legs between them; a toll for each stop.
Out: a spanning tree of least weight, where a leg weighs its metres and both its tolls.

Three ways: `boruvka` on a ground, with boxes to look in, and `prim` in a table look at
all legs; `kruskal`, only at those that are listed.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled, inner
from groundgame.turf.kernels.ground import Ground, apart


class Tree(NamedTuple):
    """Legs that join all stops without a ring."""

    a: Counts
    b: Counts
    weight: Floats  # metres and both tolls
    leg: Counts  # its number in a list of legs; -1 where there is none


class Raised(NamedTuple):
    """Legs that pay more than their tolls, by their first stop."""

    begins: Counts  # first leg of each stop, and of none, shape (n + 1,)
    mates: Counts  # where the leg leads
    more: Floats  # what it pays more


class Boxes(NamedTuple):
    """Stops in leaves of equal size, and what every box above them holds.

    Box 0 holds all; box i is divided into 2i + 1 and 2i + 2. Stops are in leaf order.
    """

    x: Floats
    y: Floats
    less: Floats  # of each stop: metres by which its legs may be below a straight line
    begins: Counts  # first stop of each leaf, and n, shape (leaves + 1,)
    edges: Floats  # west, east, south, north of each box
    toll: Floats  # the least in each box of a toll, and `less` taken off
    part: Counts  # which part of the tree a box is in; -1 for several


@inner
def root(parent: Counts, stop: int) -> int:
    """Return who speaks for the part that a stop is in."""
    while parent[stop] != stop:
        parent[stop] = parent[parent[stop]]
        stop = parent[stop]
    return stop


@compiled
def bare(n: int) -> Tree:
    """Return room for the legs of a tree of n stops."""
    one, other = np.empty(n - 1, np.int64), np.empty(n - 1, np.int64)
    return Tree(one, other, np.empty(n - 1), np.full(n - 1, -1))


@compiled
def kruskal(a: Counts, b: Counts, metres: Floats, toll: Floats) -> Tree:
    """Return the lightest tree of the legs that are listed, lightest leg first.

    Args:
        a: One end of each leg, shape (legs,). The legs must join all stops.
        b: Its other end, same shape.
        metres: How long it is, same shape.
        toll: What a leg pays at each stop, shape (n,).
    """
    n = toll.size
    weight = np.empty(a.size)
    for leg in range(a.size):
        weight[leg] = metres[leg] + toll[a[leg]] + toll[b[leg]]
    parent, count = np.arange(n), 0
    tree = bare(n)
    for leg in np.argsort(weight):
        here, there = root(parent, a[leg]), root(parent, b[leg])
        if here != there:
            parent[here] = there
            tree.a[count], tree.b[count] = a[leg], b[leg]
            tree.weight[count], tree.leg[count] = weight[leg], leg
            count += 1
    return tree


@compiled
def prim(table: Floats, toll: Floats) -> Tree:
    """Return the lightest tree by a table of metres, shape (n, n)."""
    n = toll.size
    tree = bare(n)
    price, mate = np.full(n, np.inf), np.zeros(n, np.int64)
    price[0] = -np.inf
    for count in range(n):
        i = np.argmin(price)
        if count:
            tree.a[count - 1], tree.b[count - 1] = i, mate[i]
            tree.weight[count - 1] = price[i]
        price[i] = np.inf
        mate[i] = -1
        for j in range(n):
            weight = table[i, j] + toll[i] + toll[j]
            if mate[j] >= 0 and weight < price[j]:
                price[j], mate[j] = weight, i
    return tree


@inner
def gather(boxes: Boxes, toll: Floats, parent: Counts) -> None:
    """Write down the least toll of each box, and the part it is in if it is in one."""
    leaves = boxes.begins.size - 1
    for box in range(2 * leaves - 2, -1, -1):
        low, part = np.inf, -2
        if box >= leaves - 1:
            leaf = box - leaves + 1
            for stop in range(boxes.begins[leaf], boxes.begins[leaf + 1]):
                low = min(low, toll[stop] - boxes.less[stop])
                here = root(parent, stop)
                part = here if part in (-2, here) else -1
        else:
            low = min(boxes.toll[2 * box + 1], boxes.toll[2 * box + 2])
            left, right = boxes.part[2 * box + 1], boxes.part[2 * box + 2]
            part = left if left == right else -1
        boxes.toll[box], boxes.part[box] = low, part


@inner
def gap(boxes: Boxes, box: int, x: float, y: float) -> float:
    """Return metres and toll that any leg from a place into a box has at least."""
    edges = boxes.edges
    dx = max(edges[box, 0] - x, x - edges[box, 1], 0.0)
    dy = max(edges[box, 2] - y, y - edges[box, 3], 0.0)
    return float(np.sqrt(dx * dx + dy * dy) + boxes.toll[box])


@inner
def dearer(raised: Raised, i: int, j: int) -> float:
    """Return what a leg pays more than its tolls."""
    for at in range(raised.begins[i], raised.begins[i + 1]):
        if raised.mates[at] == j:
            return float(raised.more[at])
    return 0.0


@inner
def across(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    boxes: Boxes,
    ground: Ground,
    toll: Floats,
    raised: Raised,
    parent: Counts,
    i: int,
    below: float,
    stack: Counts,
) -> tuple[int, float]:
    """Return the stop of another part that `i` has the lightest leg to, if < below."""
    leaves, mine = boxes.begins.size - 1, root(parent, i)
    x, y, best = boxes.x[i], boxes.y[i], -1
    pays = toll[i] - boxes.less[i]
    stack[0], waiting = 0, 1
    while waiting:
        waiting -= 1
        box = stack[waiting]
        if boxes.part[box] == mine or gap(boxes, box, x, y) + pays >= below:
            continue
        if box < leaves - 1:
            left, right = 2 * box + 1, 2 * box + 2
            if gap(boxes, left, x, y) < gap(boxes, right, x, y):
                left, right = right, left
            stack[waiting], stack[waiting + 1] = left, right
            waiting += 2
            continue
        leaf = box - leaves + 1
        for j in range(boxes.begins[leaf], boxes.begins[leaf + 1]):
            dx, dy = boxes.x[j] - x, boxes.y[j] - y
            least = np.sqrt(dx * dx + dy * dy) + toll[j] - boxes.less[j] + pays
            if least < below and root(parent, j) != mine:
                weight = apart(ground, i, j) + toll[i] + toll[j] + dearer(raised, i, j)
                if weight < below:
                    best, below = j, weight
    return best, below


@compiled
def boruvka(boxes: Boxes, ground: Ground, toll: Floats, raised: Raised) -> Tree:
    """Return the lightest tree of all legs there are on a ground.

    In each round every part takes its lightest leg to another part. A leg that would
    close a ring, which only equal weights can, is left out.

    Args:
        boxes: Where the stops are. A leg is at least the straight line between two of
            them, less what both have in `less`.
        ground: How long a leg is; its stops are in the boxes' order.
        toll: What a leg pays at each stop, in that order too.
        raised: Legs that pay more, none of them less.
    """
    n = toll.size
    parent, stack = np.arange(n), np.empty(128, np.int64)
    tree = bare(n)
    begin, end = np.empty(n, np.int64), np.empty(n, np.int64)
    price, count = np.empty(n), 0
    while count < n - 1:
        gather(boxes, toll, parent)
        price[:] = np.inf
        for i in range(n):
            mine = root(parent, i)
            j, weight = across(
                boxes, ground, toll, raised, parent, i, price[mine], stack
            )
            if j >= 0:
                begin[mine], end[mine], price[mine] = i, j, weight
        for part in range(n):
            if price[part] == np.inf:
                continue
            here, there = root(parent, begin[part]), root(parent, end[part])
            if here != there:
                parent[here] = there
                tree.a[count], tree.b[count] = begin[part], end[part]
                tree.weight[count] = price[part]
                count += 1
    return tree
