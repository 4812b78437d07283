"""What every cut obeys in parts of a town, so that the bound can count on it.

In:  legs that are listed, doors a stop, and how often each leg was had of late. Out:
tolls of stops and of rules, at which the bound (kernels.bound) is larger.

A rule names some doors, and perhaps some legs that lead out of them, its teeth. Of the
legs between its doors and of its teeth a cut has so many at most:

- s doors are in so many turfs at least, each of the largest size: s less those turfs;
- walks that do not leave s doors are so few at most, each of the smallest size. A walk
  that leaves them has a leg more, so legs and ends together are s and those few;
- each door has two legs at most, and each tooth is had once at most. With an odd number
  of teeth, k, both together are s and (k - 1) / 2: a half leg is none.

A rule that is broken takes a toll for each leg of it, and pays back as many as there
may be; so whatever the tolls, the cheapest is no more than the shortest cut.

Sources:
    Laporte, Nobert and Desrochers (1985), Optimal routing under capacity and distance
    restrictions, Operations Research 33(5): how many tours some places need.
    Edmonds (1965), Maximum matching and a polyhedron with 0,1-vertices, Journal of
    Research of the NBS 69B: the teeth; Padberg and Rao (1982), Odd minimum cut-sets and
    b-matchings, Mathematics of Operations Research 7(1): how they are found.
    Lucena (2005), Non delayed relax-and-cut algorithms, Annals of Operations Research
    140: tolls on rules that are found on the way.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.bound import Had, Sizes, Tolls, weighed
from groundgame.turf.kernels.compiled import Counts, Floats, compiled, filed
from groundgame.turf.kernels.spans import kruskal, root

SMOOTH = 0.6  # how much of a step is from the last tree; the rest, from those before
GENTLE = 0.3  # a step of a rule's toll, of a stop's
MEMORY = 0.95  # how much of what was had of late is from before the last step


class Listed(NamedTuple):
    """Legs that tolls are looked for with; they join all stops."""

    a: Counts
    b: Counts
    metres: Floats


class Rules(NamedTuple):
    """Doors and teeth of each rule, and how many legs a cut has of it at most."""

    begins: Counts  # first stop of each rule, and of none, shape (rules + 1,)
    stops: Counts
    opens: Counts  # first tooth of each rule, same shape
    teeth: Counts  # by their number in the list of legs
    room: Counts  # legs, shape (rules,)
    ends: Counts  # 1 where ends of walks count as legs do


class Sought(NamedTuple):
    """Where the search for tolls stands; loops write into it."""

    stop: Floats  # toll of each stop, shape (n,)
    stop_way: Floats  # sides too many there, of late
    rule: Floats  # toll of each rule, shape (rules,)
    rule_way: Floats  # legs too many of it, of late
    leg: Floats  # how often each leg that is listed was had of late, shape (legs,)
    stay: Floats  # the same of legs between doors of one stop, shape (n,)
    end: Floats  # the same of ends, shape (n,)


class Inside(NamedTuple):
    """The legs of each rule: those between its doors, and its teeth."""

    begins: Counts  # first leg of each rule, and of none, shape (rules + 1,)
    legs: Counts  # by their number in the list


class Known(NamedTuple):
    """All that does not change while tolls are looked for."""

    listed: Listed
    doors: Counts  # of each stop, shape (n,)
    sizes: Sizes
    rules: Rules
    inside: Inside


@compiled
def inside(rules: Rules, listed: Listed, count: int) -> Inside:
    """Return the legs of each rule, of those that are listed between so many stops."""
    first, legs = filed(listed.a, count)
    mark, filled = np.full(count, -1), 0
    size = (first[rules.stops + 1] - first[rules.stops]).sum()
    begins = np.zeros(rules.room.size + 1, np.int64)
    found = np.empty(size + rules.teeth.size, np.int64)
    for rule in range(rules.room.size):
        stops = rules.stops[rules.begins[rule] : rules.begins[rule + 1]]
        mark[stops] = rule
        for stop in stops:
            for leg in legs[first[stop] : first[stop + 1]]:
                found[filled] = leg
                filled += mark[listed.b[leg]] == rule
        for tooth in rules.teeth[rules.opens[rule] : rules.opens[rule + 1]]:
            found[filled] = tooth
            filled += 1
        begins[rule + 1] = filled
    return Inside(begins, found[:filled].copy())


@compiled
def tolled(rules: Rules, inside: Inside, sought: Sought) -> tuple[Floats, Tolls]:
    """Return what each leg that is listed pays for rules, and all that is paid else."""
    more, back = np.zeros(sought.leg.size), 0.0
    stay, end = 2.0 * sought.stop, sought.stop.copy()
    for rule in np.flatnonzero(sought.rule > 0.0):
        toll = sought.rule[rule]
        back += toll * rules.room[rule]
        for leg in inside.legs[inside.begins[rule] : inside.begins[rule + 1]]:
            more[leg] += toll
        for stop in rules.stops[rules.begins[rule] : rules.begins[rule + 1]]:
            stay[stop] += toll
            end[stop] += toll * rules.ends[rule]
    return more, Tolls(sought.stop, stay, end, back)


@compiled
def broken(rules: Rules, inside: Inside, leg: Counts, had: Had) -> Floats:
    """Return how many legs too many of each rule were had; each of the list `leg`."""
    over = -rules.room.astype(np.float64)
    for rule in range(over.size):
        for one in inside.legs[inside.begins[rule] : inside.begins[rule + 1]]:
            over[rule] += leg[one]
        for stop in rules.stops[rules.begins[rule] : rules.begins[rule + 1]]:
            over[rule] += had.stay[stop] + had.end[stop] * rules.ends[rule]
    return over


@compiled
def ascend(
    known: Known, sought: Sought, step: float, cooling: float, steps: int
) -> None:
    """Change tolls towards where the bound by the listed legs is larger.

    Args:
        known: What is known.
        sought: What is found; written into.
        step: Toll of a side too many at the first step, in metres.
        cooling: The next step, of the last.
        steps: How often to change tolls.
    """
    listed, doors, rules = known.listed, known.doors, known.rules
    for _ in range(steps):
        more, tolls = tolled(rules, known.inside, sought)
        tree = kruskal(listed.a, listed.b, listed.metres + more, sought.stop)
        _, had = weighed(tree, tolls, doors, known.sizes)
        leg = np.zeros(listed.a.size, np.int64)
        for one in had.legs:
            leg[one] += 1
        sides = had.side + 2 * had.stay + had.end - 2 * doors
        sought.stop_way[:] = SMOOTH * sides + (1.0 - SMOOTH) * sought.stop_way
        sought.stop[:] += step * sought.stop_way / doors
        over = broken(rules, known.inside, leg, had)
        sought.rule_way[:] = SMOOTH * over + (1.0 - SMOOTH) * sought.rule_way
        rule = sought.rule + GENTLE * step * sought.rule_way
        sought.rule[:] = np.maximum(0.0, rule)
        remember(sought.leg, leg)
        remember(sought.stay, had.stay)
        remember(sought.end, had.end)
        step *= cooling


@compiled
def remember(seen: Floats, now: Counts) -> None:
    """Count what was had now with what was had before."""
    for at in range(now.size):
        seen[at] = MEMORY * seen[at] + (1.0 - MEMORY) * now[at]


@compiled
def clumps(listed: Listed, order: Counts, doors: Counts, room: int) -> Counts:
    """Return a clump for each stop: stops that are joined by some legs.

    Args:
        listed: The legs that are listed.
        order: Which to join by, the first first.
        doors: How many doors each stop has, shape (n,).
        room: With more doors than this a clump is closed, and joins no other. Below 0:
            no clump has more than -room doors.
    """
    n = doors.size
    parent, size = np.arange(n), doors.copy()
    for leg in order:
        here, there = root(parent, listed.a[leg]), root(parent, listed.b[leg])
        most = max(size[here], size[there]) if room > 0 else size[here] + size[there]
        if here != there and most <= abs(room):
            parent[here] = there
            size[there] += size[here]
    clump = np.empty(n, np.int64)
    for stop in range(n):
        clump[stop] = root(parent, stop)
    return clump
