"""Find rules that the cheapest legs break, though every cut obeys them.

In:  how often each leg was had of late. Out: rules of which it had too many. What rules
there are, and why every cut obeys them: kernels/rules.py.

A leg that was had in one step and not in the next is had by a part, and so are ends.
Stops that are joined by much of such legs are looked at together: whether their turfs
can be so few, or so many. Where legs are had by halves, a ring of them with an odd
number of whole legs around it is broken too.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from groundgame.turf.loops import kernels
from groundgame.turf.plan import Limits
from groundgame.turf.stops import Counts, Floats, grouped

if TYPE_CHECKING:
    from groundgame.turf.kernels import Listed, Rules, Sought

Bools = npt.NDArray[np.bool_]

OVER = 0.3  # legs too many from which a rule is broken
HAD = 0.02  # how often a leg was had of late, from which it joins stops
UNEVEN = 0.8  # by what part it is taken to be more or less often, by chance
TEETH = 3  # fewer are never broken
HALF = (0.02, 0.2), (0.8, 0.98)  # below the first, not had; from the second, whole


class Found(NamedTuple):
    """Rules as they are found: which of some groups of stops, and which teeth."""

    group: Counts  # of each stop, shape (n,)
    broken: Counts  # the groups that break a rule
    room: Counts  # legs that a cut has at most of each of those
    ends: int  # 1 where ends count as legs
    tooth_of: Counts  # the group of each tooth
    teeth: Counts  # by their number in the list of legs


NO_ENDS, ENDS = 0, 1
NO_TEETH = np.zeros(0, np.int64), np.zeros(0, np.int64)


def none() -> "Rules":
    """Return no rules."""
    zero, nothing = np.zeros(1, np.int64), np.zeros(0, np.int64)
    rules: Rules = kernels().Rules(zero, nothing, zero, nothing, nothing, nothing)
    return rules


def look(
    listed: "Listed",
    sought: "Sought",
    doors: Counts,
    limits: Limits,
    chance: np.random.Generator,
) -> list[Found]:
    """Return rules that are broken by what was had of late.

    Args:
        listed: The legs that tolls are looked for with.
        sought: How often each was had.
        doors: How many doors each stop has, shape (n,).
        limits: How many doors a turf has.
        chance: How groups differ from look to look.
    """
    had = np.flatnonzero(sought.leg > HAD)
    often = sought.leg[had] * (1.0 + UNEVEN * chance.uniform(-1.0, 1.0, had.size))
    order = had[np.argsort(-often, kind="stable")]
    full = kernels().clumps(listed, order, doors, limits.most)
    small = kernels().clumps(listed, order, doors, 1 - limits.least)
    return [
        *_sizes(listed, sought, doors, limits, full),
        *_sizes(listed, sought, doors, limits, small),
        _halves(listed, sought, doors, chance),
    ]


def _sizes(
    listed: "Listed", sought: "Sought", doors: Counts, limits: Limits, clump: Counts
) -> list[Found]:
    """Return which clumps are in too few turfs, and which in too many."""
    group = np.unique(clump, return_inverse=True)[1]
    size, legs = _within(listed, sought, doors, group)
    ends = np.bincount(group, sought.end)
    few = size - -(-size // limits.most)
    many = size + size // limits.least
    found = []
    for room, had, counts in (few, legs, NO_ENDS), (many, legs + ends, ENDS):
        broken = np.flatnonzero((had > room + OVER) & (size > 1))
        found.append(Found(group, broken, room[broken], counts, *NO_TEETH))
    return found


def _within(
    listed: "Listed", sought: "Sought", doors: Counts, group: Counts
) -> tuple[Counts, Floats]:
    """Return how many doors each group has, and legs that were had between them."""
    size = np.bincount(group, doors).astype(np.int64)
    same = group[listed.a] == group[listed.b]
    legs = np.bincount(group[listed.a[same]], sought.leg[same], size.size)
    had: Floats = legs.astype(np.float64) + np.bincount(group, sought.stay)
    return size, had


def _halves(
    listed: "Listed", sought: "Sought", doors: Counts, chance: np.random.Generator
) -> Found:
    """Return stops that are joined by legs that were had by a part, and their teeth."""
    low, high = (chance.uniform(*ends) for ends in HALF)
    partly = np.flatnonzero((sought.leg > low) & (sought.leg < high))
    clump = kernels().clumps(listed, partly, doors, doors.sum())
    group = np.unique(clump, return_inverse=True)[1]
    size, legs = _within(listed, sought, doors, group)
    a, b = group[listed.a], group[listed.b]
    single = (doors[listed.a] == 1) & (doors[listed.b] == 1)
    whole = np.flatnonzero((sought.leg >= high) & (a != b) & single)
    tooth_of, teeth = np.concatenate((a[whole], b[whole])), np.tile(whole, 2)
    order = np.lexsort((sought.leg[teeth], tooth_of))
    tooth_of, teeth = tooth_of[order], teeth[order]
    even = np.bincount(tooth_of, minlength=size.size) % 2 == 0
    weakest = np.diff(tooth_of, prepend=-1) != 0
    odd = ~(weakest & even[tooth_of])
    tooth_of, teeth = tooth_of[odd], teeth[odd]
    count = np.bincount(tooth_of, minlength=size.size)
    had = legs + np.bincount(tooth_of, sought.leg[teeth], size.size)
    room = size + (count - 1) // 2
    broken = np.flatnonzero((count >= TEETH) & (had > room + OVER / 2))
    mine = np.isin(tooth_of, broken)
    tooth_of, teeth = tooth_of[mine], teeth[mine]
    return Found(group, broken, room[broken], NO_ENDS, tooth_of, teeth)


def joined(rules: "Rules", found: list[Found]) -> "Rules":
    """Return rules with those that were found."""
    parts = [rules, *(_listed(one) for one in found)]
    begins, stops, opens, teeth, room, ends = zip(*parts, strict=True)
    rest = (np.concatenate(each) for each in (teeth, room, ends))
    starts, firsts = _after(begins), _after(opens)
    whole: Rules = kernels().Rules(starts, np.concatenate(stops), firsts, *rest)
    return whole


def _after(begins: tuple[Counts, ...]) -> Counts:
    """Return where what rules hold begins, once it is put one after the other."""
    return _begins(np.concatenate([np.diff(one) for one in begins]))


def _begins(many: Counts) -> Counts:
    """Return where each of several begins that have so many, and the end of all."""
    return np.append(0, np.cumsum(many))


def _listed(found: Found) -> "Rules":
    """Return rules, one after the other."""
    number = np.full(found.group.max() + 1, -1)
    number[found.broken] = np.arange(found.broken.size)
    begins, stops = grouped(number[found.group], found.broken.size)
    opens, which = grouped(number[found.tooth_of], found.broken.size)
    ends = np.full(found.broken.size, found.ends)
    teeth = found.teeth[which]
    rules: Rules = kernels().Rules(begins, stops, opens, teeth, found.room, ends)
    return rules


def kept(rules: "Rules", which: Bools) -> "Rules":
    """Return some of the rules.

    Args:
        rules: All of them.
        which: Whether to keep each, shape (rules,).
    """
    begins, stops = _some(rules.begins, rules.stops, which)
    opens, teeth = _some(rules.opens, rules.teeth, which)
    room, ends = rules.room[which], rules.ends[which]
    some: Rules = kernels().Rules(begins, stops, opens, teeth, room, ends)
    return some


def _some(begins: Counts, held: Counts, which: Bools) -> tuple[Counts, Counts]:
    """Return where what some hold begins, and what they hold."""
    many = np.diff(begins)
    return _begins(many[which]), held[np.repeat(which, many)]
