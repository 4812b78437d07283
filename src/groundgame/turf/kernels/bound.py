"""Metres that no cut can do without: a forest of legs, and tolls at the stops.

In:  a tree of least weight (kernels.spans), doors a stop, how many turfs there may be.
Out: a number of metres, and tolls at which it is larger.

Turfs are walks. K of them through N doors have N - K legs that join doors without a
ring, and 2 K ends; each door has two sides, each of them a leg or an end. So let each
door take a toll for each of its sides, pay back two, and look for the N - K legs and
2 K ends that are cheapest, rings left out and nothing else asked of them. Every cut is
among what is looked through, and its tolls add up to nothing; so whatever the tolls,
the cheapest is no more than the shortest cut. Tolls go up where a stop has too many
legs and down where it has too few: that is all the search.

Sources:
    Held and Karp (1970), The traveling-salesman problem and minimum spanning trees,
    Operations Research 18(6); part II (1971), Mathematical Programming 1: the tolls.
    Fisher (1994), Optimal solution of vehicle routing problems using minimum K-trees,
    Operations Research 42(4): the same for several tours.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled
from groundgame.turf.kernels.spans import HUB, Tree, kruskal, weigh

LAST = 0.01  # the last step, of the first
SMOOTH = 0.6  # how much of a step is from the last tree; the rest, from those before


@compiled
def twins(tree: Tree, toll: Floats, beyond: Floats) -> tuple[Floats, Counts]:
    """Return the weight of the leg that one more door at a stop has, and to where.

    Doors at one place are joined by a leg of no metres; sometimes another stop is
    cheaper. The lightest leg of a stop is in every lightest tree.

    Args:
        tree: The tree.
        toll: The toll of each stop, shape (n,).
        beyond: The weight that legs not listed have at least, or inf, same shape.
    """
    price = np.minimum(2.0 * toll, beyond)
    mate = np.arange(toll.size)
    mate[price < 2.0 * toll] = HUB
    for at in range(tree.a.size):
        a, b = tree.a[at], tree.b[at]
        if tree.weight[at] < price[a]:
            price[a], mate[a] = tree.weight[at], b
        if b != HUB and tree.weight[at] < price[b]:
            price[b], mate[b] = tree.weight[at], a
    return price, mate


@compiled
def weighed(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    tree: Tree, toll: Floats, beyond: Floats, doors: Counts, least: int, most: int
) -> tuple[float, Floats]:
    """Return the bound at these tolls, and how many sides too many each stop has.

    Args:
        tree: A tree of least weight at these tolls, or a lighter one.
        toll: The toll of each stop, shape (n,).
        beyond: As in `twins`.
        doors: How many doors each stop has, same shape.
        least: Doors of the smallest turf.
        most: Doors of the largest turf.
    """
    n, count = toll.size, doors.sum()
    price, mate = twins(tree, toll, beyond)
    stop_of = np.repeat(np.arange(n), doors)
    twice = np.ones(count, np.bool_)
    twice[np.cumsum(doors) - doors] = False
    twin = stop_of[twice]
    weight = np.full(count - 1, np.inf)
    weight[: tree.a.size] = tree.weight
    weight[n - 1 :] = price[twin]
    legs = np.argsort(weight)
    sides = 2 if least == 1 else 1  # the door of a turf of one is both its ends
    ends = np.repeat(stop_of[np.argsort(toll[stop_of])], sides)
    bound, turfs = np.inf, 0
    forest, tolls = np.append(0.0, np.cumsum(weight[legs])), np.cumsum(toll[ends])
    back = 2.0 * (toll * doors).sum()
    for k in range(-(-count // most), max(1, count // least) + 1):
        metres = forest[count - k] + tolls[2 * k - 1] - back
        if metres < bound:
            bound, turfs = metres, k
    extra = (-2.0 * doors).astype(np.float64)
    for at in range(2 * turfs):
        extra[ends[at]] += 1.0
    for leg in legs[: count - turfs]:
        a = tree.a[leg] if leg < n - 1 else twin[leg - n + 1]
        b = tree.b[leg] if leg < n - 1 else mate[a]
        extra[a] += 1.0
        if b != HUB:
            extra[b] += 1.0
    return bound, extra


@compiled
def ascend(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    a: Counts,
    b: Counts,
    metres: Floats,
    reach: Floats,
    doors: Counts,
    least: int,
    most: int,
    start: Floats,
    first: float,
    steps: int,
) -> tuple[float, Floats]:
    """Return the largest bound that was found, and its tolls.

    Args:
        a: One end of each leg, shape (legs,).
        b: Its other end, same shape.
        metres: How long it is, same shape.
        reach: Metres that any leg of each stop that is not listed has at least.
        doors: How many doors each stop has, same shape.
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
        order = weigh(a, b, metres, reach, toll)
        tree = kruskal(a, b, metres, reach, toll, order)
        beyond = reach + toll + toll.min()
        bound, extra = weighed(tree, toll, beyond, doors, least, most)
        if bound > best:
            best, best_toll = bound, toll.copy()
        if step == 0.0:
            way = extra
            step = first * max(bound, 0.0) / doors.size
        way = SMOOTH * extra + (1.0 - SMOOTH) * way
        toll = toll + step * way / doors
        step *= cooling
    return best, best_toll
