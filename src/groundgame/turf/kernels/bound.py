"""Metres that no cut can do without: a forest of legs, and tolls at the stops.

In:  a tree of least weight (kernels.spans), doors a stop, how large turfs may be.
Out: a number of metres, and tolls at which it is larger.

Turfs are walks. K of them through N doors have N - K legs that join doors without a
ring, and 2 K ends; each door has two sides, each of them a leg or an end. So let each
door take a toll for each of its sides, pay back two, and look for the N - K legs and
2 K ends that are cheapest. Every cut is among what is looked through, and its tolls add
up to nothing; so whatever the tolls, the cheapest is no more than the shortest cut.
Tolls go up where a stop has too many legs and down where it has too few: that is all
the search.

Rings are left out, and legs of which there are too many for turfs of such a size.
Take all legs lighter than some weight: they join doors to clusters, and these are the
clusters of the lightest tree too. Of those legs a cut has at most

- in each cluster of s doors, s less the turfs that s doors are at least in;
- N - K less those that are not lighter, and these are many: joined by them, clusters
  are whole turfs, so there are no more such parts than clusters of `least` doors and
  more, and the doors of the smaller ones divided by `least`.

So a far door does not count as a turf of its own, nor a dense block as a single one.

Sources:
    Held and Karp (1970), The traveling-salesman problem and minimum spanning trees,
    Operations Research 18(6); part II (1971), Mathematical Programming 1: the tolls.
    Fisher (1994), Optimal solution of vehicle routing problems using minimum K-trees,
    Operations Research 42(4): the same for several tours.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled, inner
from groundgame.turf.kernels.spans import Tree, kruskal, root

LAST = 0.01  # the last step, of the first
SMOOTH = 0.6  # how much of a step is from the last tree; the rest, from those before


class Room(NamedTuple):
    """How many of the lightest legs a cut can have, after each leg of a tree.

    Both are of the legs up to the first, the second, ...: shape (legs + 1,).
    """

    inside: Counts  # by what clusters are at least divided into
    outside: Counts  # by what parts clusters are at most joined to, and K more


@compiled
def doubled(tree: Tree, toll: Floats, doors: Counts) -> Tree:
    """Return the lightest tree of all doors, lightest leg first, from one of stops.

    Doors at one place are joined by a leg of no metres; sometimes another stop is
    cheaper. The lightest leg of a stop is in every lightest tree.

    Args:
        tree: A tree of least weight of the stops.
        toll: The toll of each stop, shape (n,).
        doors: How many doors each stop has, same shape.
    """
    price, mate = 2.0 * toll, np.arange(toll.size)
    for at in range(tree.a.size):
        a, b = tree.a[at], tree.b[at]
        if tree.weight[at] < price[a]:
            price[a], mate[a] = tree.weight[at], b
        if tree.weight[at] < price[b]:
            price[b], mate[b] = tree.weight[at], a
    first, count = np.cumsum(doors) - doors, doors.sum()
    one, other = np.empty(count - 1, np.int64), np.empty(count - 1, np.int64)
    weight, at = np.empty(count - 1), tree.a.size
    one[:at], other[:at], weight[:at] = first[tree.a], first[tree.b], tree.weight
    for stop in range(toll.size):
        for door in range(first[stop] + 1, first[stop] + doors[stop]):
            one[at], other[at], weight[at] = door, first[mate[stop]], price[stop]
            at += 1
    order = np.argsort(weight)
    return Tree(one[order], other[order], weight[order])


@compiled
def roomy(tree: Tree, least: int, most: int) -> Room:
    """Return how many of its lightest legs a cut can have; see above.

    Args:
        tree: The lightest tree of all doors, lightest leg first.
        least: Doors of the smallest turf.
        most: Doors of the largest turf.
    """
    n = tree.a.size + 1
    parent, size = np.arange(n), np.ones(n, np.int64)
    inside, outside = np.zeros(n, np.int64), np.zeros(n, np.int64)
    turfs, doors = n, n  # that clusters are at least in; that count for parts
    outside[0] = n // least
    for at in range(n - 1):
        here, there = root(parent, tree.a[at]), root(parent, tree.b[at])
        one, other = size[here], size[there]
        both = one + other
        parent[there], size[here] = here, both
        turfs += -(-both // most) + (-one // most) + (-other // most)
        doors += min(least, both) - min(least, one) - min(least, other)
        inside[at + 1] = n - turfs
        outside[at + 1] = at + 1 + doors // least
    return Room(inside, outside)


@inner
def had(room: Room, at: int, turfs: int) -> int:
    """Return how many of the first `at` legs a cut into so many turfs can have."""
    return int(min(room.inside[at], room.outside[at] - turfs))


@inner
def lightest(tree: Tree, room: Room, turfs: int) -> float:
    """Return the weight that the legs of a cut into so many turfs have at least."""
    total = 0.0
    for at in range(tree.weight.size):
        total += (had(room, at + 1, turfs) - had(room, at, turfs)) * tree.weight[at]
    return total


@compiled
def weighed(
    tree: Tree, toll: Floats, doors: Counts, least: int, most: int
) -> tuple[float, Floats]:
    """Return the bound at these tolls, and how many sides too many each stop has.

    With one turf more, legs are lighter by less and less and ends dearer by more and
    more; so the number of turfs at which both together are least is found by halves.

    Args:
        tree: A tree of least weight at these tolls, or a lighter one.
        toll: The toll of each stop, shape (n,).
        doors: How many doors each stop has, same shape.
        least: Doors of the smallest turf.
        most: Doors of the largest turf.
    """
    count = doors.sum()
    stop_of = np.repeat(np.arange(toll.size), doors)
    whole = doubled(tree, toll, doors)
    room = roomy(whole, least, most)
    sides = 2 if least == 1 else 1  # the door of a turf of one is both its ends
    ends = np.repeat(stop_of[np.argsort(toll[stop_of])], sides)
    tolls = np.cumsum(toll[ends])
    turfs, high = -(-count // most), max(1, count // least)
    while turfs < high:
        half = (turfs + high) // 2
        more = lightest(whole, room, half + 1) - lightest(whole, room, half)
        if more + tolls[2 * half + 1] < tolls[2 * half - 1]:
            turfs = half + 1
        else:
            high = half
    bound = lightest(whole, room, turfs) + tolls[2 * turfs - 1]
    extra = (-2.0 * doors).astype(np.float64)
    for at in range(2 * turfs):
        extra[ends[at]] += 1.0
    for at in range(whole.a.size):
        if had(room, at + 1, turfs) > had(room, at, turfs):
            extra[stop_of[whole.a[at]]] += 1.0
            extra[stop_of[whole.b[at]]] += 1.0
    return bound - 2.0 * (toll * doors).sum(), extra


@compiled
def ascend(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    a: Counts,
    b: Counts,
    metres: Floats,
    doors: Counts,
    least: int,
    most: int,
    start: Floats,
    first: float,
    steps: int,
) -> Floats:
    """Return the tolls at which the bound is largest, by the legs that are listed.

    Args:
        a: One end of each leg, shape (legs,). The legs must join all stops.
        b: Its other end, same shape.
        metres: How long it is, same shape.
        doors: How many doors each stop has.
        least: Doors of the smallest turf.
        most: Doors of the largest turf.
        start: The tolls to start with, shape (n,).
        first: Toll of a side too many at the first step, in mean legs.
        steps: How often to change them.
    """
    toll, best_toll, best = start.copy(), start.copy(), -np.inf
    step, way = 0.0, np.zeros(start.size)
    cooling = LAST ** (1.0 / max(1, steps))
    for _ in range(steps + 1):
        tree = kruskal(a, b, metres, toll)
        bound, extra = weighed(tree, toll, doors, least, most)
        if bound > best:
            best, best_toll = bound, toll.copy()
        if step == 0.0:
            way = extra
            step = first * max(bound, 0.0) / doors.size
        way = SMOOTH * extra + (1.0 - SMOOTH) * way
        toll = toll + step * way / doors
        step *= cooling
    return best_toll
