"""The loops of the turf room once more: slow, obvious, and by other means."""

from itertools import combinations, pairwise, permutations
from math import cos, dist, radians, sin, sqrt


def shortest_walk(places, metres=dist):
    """Return the metres of the shortest open walk, by trying every order."""
    return min(
        sum(metres(a, b) for a, b in pairwise(order)) for order in permutations(places)
    )


def shortest_order(table, first=None, last=None, *, back=False):
    """Return the metres of the shortest walk by a table, from and to given stops.

    For each set of stops and each of them as the last, the shortest walk through them.
    """
    n = len(table)
    best = {}
    for start in range(n) if first is None and not back else [first or 0]:
        reach = {(1 << start, start): 0.0}
        for size in range(1, n):
            for (seen, at), metres in list(reach.items()):
                if seen.bit_count() != size:
                    continue
                for to in range(n):
                    key = (seen | 1 << to, to)
                    if not seen >> to & 1:
                        reach[key] = min(
                            reach.get(key, float("inf")), metres + table[at][to]
                        )
        for end in range(n) if last is None else [last]:
            metres = reach.get(((1 << n) - 1, end), float("inf"))
            best[start, end] = metres + (table[end][start] if back else 0.0)
    return min(best.values())


def best_division(worth, least, most):
    """Return what the best breaks of a walk are worth, by trying every division."""
    n = len(worth)
    totals = [
        sum(worth[door] for door in breaks)
        for count in range(n)
        for breaks in combinations(range(1, n), count)
        if all(least <= b - a <= most for a, b in pairwise((0, *breaks, n)))
    ]
    return max(totals, default=None)


def shortest_cut(places, least, most, metres=dist):
    """Return the metres of the best turfs there are, by trying every division."""
    fits = least <= len(places) <= most
    best = shortest_walk(places, metres) if fits else float("inf")
    first, rest = places[0], places[1:]
    for size in range(least, most + 1):
        if len(places) - size < least:
            break
        for others in combinations(range(len(rest)), size - 1):
            mine = [first, *(rest[i] for i in others)]
            left = [p for i, p in enumerate(rest) if i not in others]
            others_best = shortest_cut(left, least, most, metres)
            best = min(best, shortest_walk(mine, metres) + others_best)
    return best


def lightest_tree(table, toll):
    """Return the weight of the lightest tree: each time the lightest leg that joins."""
    n = len(toll)
    legs = sorted(
        (table[a][b] + toll[a] + toll[b], a, b) for a in range(n) for b in range(a)
    )
    part, weight = list(range(n)), 0.0
    for leg, a, b in legs:
        if part[a] != part[b]:
            weight += leg
            old = part[b]
            part = [part[a] if p == old else p for p in part]
    return weight


def in_space(lon, lat):
    """Return a place on the WGS 84 ellipsoid in metres from the Earth's centre."""
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    across = a / sqrt(1 - e2 * sin(radians(lat)) ** 2)
    return (
        across * cos(radians(lat)) * cos(radians(lon)),
        across * cos(radians(lat)) * sin(radians(lon)),
        across * (1 - e2) * sin(radians(lat)),
    )
