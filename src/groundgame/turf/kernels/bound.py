"""Metres that no cut can do without: a forest of legs, and tolls at the stops.

In:  a tree of least weight (kernels.spans), doors a stop, how large turfs may be.
Out: a number of metres, and tolls at which it is larger.

Turfs are walks. K of them through N doors have N - K legs that join doors without a
ring, and 2 K ends; each door has two sides, each of them a leg or an end. So let each
door take a toll for each of its sides, pay back two, and look for the N - K legs and
2 K ends that are cheapest. Every cut is among what is looked through, and its tolls add
up to nothing; so whatever the tolls, the cheapest is no more than the shortest cut.
Tolls go up where a stop has too many legs and down where it has too few. Rules that
every cut obeys take tolls too, where they are broken: kernels/rules.py.

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
from groundgame.turf.kernels.spans import Tree, root


class Room(NamedTuple):
    """How many of the lightest legs a cut can have, after each leg of a tree.

    Both are of the legs up to the first, the second, ...: shape (legs + 1,).
    """

    inside: Counts  # by what clusters are at least divided into
    outside: Counts  # by what parts clusters are at most joined to, and K more


class Sizes(NamedTuple):
    """How many doors a turf has."""

    least: int
    most: int


class Tolls(NamedTuple):
    """What is paid for legs and ends."""

    stop: Floats  # by a leg at each of its stops, shape (n,)
    stay: Floats  # by a leg between two doors of a stop, same shape
    end: Floats  # by an end of a walk, same shape
    back: float  # what rules pay back


class Had(NamedTuple):
    """What was cheapest at some tolls."""

    legs: Counts  # the listed legs, by number, each as often as it was had
    stay: Counts  # how many legs between doors of each stop, shape (n,)
    end: Counts  # how many ends at each stop, same shape
    side: Counts  # how many sides of legs to other stops at each stop, same shape


@compiled
def doubled(tree: Tree, stay: Floats, doors: Counts) -> Tree:
    """Return the lightest tree of all doors, lightest leg first, from one of stops.

    Doors at one place are joined by a leg of no metres; sometimes another stop is
    cheaper. The lightest leg of a stop is in every lightest tree.

    Args:
        tree: A tree of least weight of the stops.
        stay: What a leg between two doors of each stop pays, shape (n,).
        doors: How many doors each stop has, same shape.
    """
    price, mate, way = stay.copy(), np.arange(stay.size), np.full(stay.size, -1)
    for at in range(tree.a.size):
        a, b = tree.a[at], tree.b[at]
        if tree.weight[at] < price[a]:
            price[a], mate[a], way[a] = tree.weight[at], b, tree.leg[at]
        if tree.weight[at] < price[b]:
            price[b], mate[b], way[b] = tree.weight[at], a, tree.leg[at]
    first, count = np.cumsum(doors) - doors, doors.sum()
    one, other = np.empty(count - 1, np.int64), np.empty(count - 1, np.int64)
    weight, leg, at = np.empty(count - 1), np.empty(count - 1, np.int64), tree.a.size
    one[:at], other[:at] = first[tree.a], first[tree.b]
    weight[:at], leg[:at] = tree.weight, tree.leg
    for stop in range(stay.size):
        for door in range(first[stop] + 1, first[stop] + doors[stop]):
            one[at], other[at], weight[at] = door, first[mate[stop]], price[stop]
            leg[at] = way[stop]
            at += 1
    order = np.argsort(weight)
    return Tree(one[order], other[order], weight[order], leg[order])


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
def weighed(tree: Tree, tolls: Tolls, doors: Counts, sizes: Sizes) -> tuple[float, Had]:
    """Return the bound at these tolls, and what was had for it.

    With one turf more, legs are lighter by less and less and ends dearer by more and
    more; so the number of turfs at which both together are least is found by halves.

    Args:
        tree: A tree of least weight at these tolls, or a lighter one.
        tolls: What is paid.
        doors: How many doors each stop has, shape (n,).
        sizes: How many doors a turf has.
    """
    n, count = doors.size, doors.sum()
    stop_of = np.repeat(np.arange(n), doors)
    whole = doubled(tree, tolls.stay, doors)
    room = roomy(whole, sizes.least, sizes.most)
    sides = 2 if sizes.least == 1 else 1  # the door of a turf of one is both its ends
    ends = np.repeat(stop_of[np.argsort(tolls.end[stop_of])], sides)
    paid = np.cumsum(tolls.end[ends])
    turfs, high = -(-count // sizes.most), max(1, count // sizes.least)
    while turfs < high:
        half = (turfs + high) // 2
        more = lightest(whole, room, half + 1) - lightest(whole, room, half)
        if more + paid[2 * half + 1] < paid[2 * half - 1]:
            turfs = half + 1
        else:
            high = half
    bound = lightest(whole, room, turfs) + paid[2 * turfs - 1] - tolls.back
    stay, end = np.zeros(n, np.int64), np.zeros(n, np.int64)
    side = np.zeros(n, np.int64)
    legs, listed = np.empty(whole.leg.size, np.int64), 0
    for at in range(2 * turfs):
        end[ends[at]] += 1
    for at in range(whole.a.size):
        if had(room, at + 1, turfs) > had(room, at, turfs):
            one, other = stop_of[whole.a[at]], stop_of[whole.b[at]]
            if one == other:
                stay[one] += 1
                continue
            side[one] += 1
            side[other] += 1
            if whole.leg[at] >= 0:
                legs[listed] = whole.leg[at]
                listed += 1
    bound -= 2.0 * (tolls.stop * doors).sum()
    return bound, Had(legs[:listed], stay, end, side)
