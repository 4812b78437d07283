"""Look for the tolls at which the bound is highest.

In:  how to find legs, doors a stop, how large a turf may be. Out: the highest bound
that was met. Why any tolls make a bound: kernels/bound.py, and kernels/rules.py.

Tolls change step by step, by less and less, with some near legs of each stop that are
listed. Every so often the tree at those tolls is taken from all legs there are: that
is a bound which holds, and its legs are added to the list. In between, rules are looked
for that the cheapest legs break, and those that take no toll are forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from groundgame.turf.loops import kernels
from groundgame.turf.plan import Limits
from groundgame.turf.rules import joined, kept, look, none
from groundgame.turf.stops import Counts, Floats
from groundgame.values import Seed

if TYPE_CHECKING:
    from groundgame.turf.kernels import Listed, Rules, Sizes, Sought, Tree

FIRST, AGAIN = 0.4, 0.2  # toll of a leg too many at a search's first step, in mean legs
LAST = 0.0012  # the same at its last
LONG = 4_000  # steps of the first search; with more, a second one goes on from there
PARTS = 25  # how often legs are added
LOOK = 10  # steps from look to look for rules
IDLE = 6  # looks after which a rule that takes no toll is forgotten
SLACK = 1e-9  # of the bound, for rounding


class Dear(NamedTuple):
    """Legs that pay more than tolls at their stops: their ends, and how much more."""

    a: Counts
    b: Counts
    more: Floats


class Legs(NamedTuple):
    """How to find legs."""

    near: npt.NDArray[np.integer]  # some near stops of each stop, shape (n, k)
    metres: Callable[[Counts, Counts], Floats]  # how long legs are, by their ends
    grow: Callable[[Floats, Dear], "Tree"]  # the lightest tree of all legs, at tolls


def highest(legs: Legs, doors: Counts, limits: Limits, steps: int) -> float:
    """Return the highest bound of all tolls that were tried, in metres.

    Args:
        legs: How to find legs.
        doors: How many doors each stop has, shape (n,).
        limits: How many doors a turf has.
        steps: How often to change the tolls; at 0, no tolls are taken.
    """
    ascent = Ascent(legs, doors, limits)
    best = ascent.bound()
    leg = best / doors.sum()
    for first, some in ((FIRST, min(steps, LONG)), (AGAIN, steps - LONG)):
        if some > 0:
            best = max(best, ascent.search(leg, first, some))
    return best * (1.0 - SLACK)


@dataclass
class Ascent:
    """Where the search for tolls stands."""

    legs: Legs
    doors: Counts
    limits: Limits
    sizes: "Sizes" = field(init=False)
    listed: "Listed" = field(init=False)
    rules: "Rules" = field(init=False)
    sought: "Sought" = field(init=False)
    idle: Counts = field(init=False)
    """For how many looks each rule took no toll."""
    chance: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        """Begin without tolls, and with the legs to near stops."""
        count, near = self.doors.size, self.legs.near
        self.sizes = kernels().Sizes(self.limits.least, self.limits.most)
        whole, zero = np.zeros(0, np.int64), np.zeros(0)
        self.listed = kernels().Listed(whole, whole, zero)
        self.rules, self.idle = none(), whole
        at_stops = (np.zeros(count) for _ in range(4))
        toll, way, stay, end = at_stops
        self.sought = kernels().Sought(toll, way, zero, zero, zero, stay, end)
        self.chance = Seed(0).stream("turf.bound")
        self.add(
            np.repeat(np.arange(count), near.shape[1]), near.ravel().astype(np.int64)
        )

    def add(self, a: Counts, b: Counts) -> None:
        """Add legs to those that are listed."""
        count = self.doors.size
        low, high = np.minimum(a, b), np.maximum(a, b)
        known = self.listed.a * count + self.listed.b
        new = np.setdiff1d((low * count + high)[low < high], known)
        a, b = new // count, new % count
        more = a, b, self.legs.metres(a, b)
        both = zip(self.listed, more, strict=True)
        self.listed = kernels().Listed(*map(np.concatenate, both))
        leg = np.append(self.sought.leg, np.zeros(new.size))
        self.sought = self.sought._replace(leg=leg)

    def search(self, leg: float, first: float, steps: int) -> float:
        """Change the tolls so many times; return the highest bound on the way.

        Args:
            leg: Metres of a mean leg.
            first: Toll of a leg too many at the first step, in mean legs.
            steps: How often to change them.
        """
        cooling, best = (LAST / first) ** (1.0 / steps), 0.0
        for part in range(PARTS):
            begin, end = (steps * at // PARTS for at in (part, part + 1))
            for at in range(begin, end, LOOK):
                if 0 < part < PARTS - 1:
                    self.look()
                step = first * leg * cooling**at
                self.climb(step, cooling, min(LOOK, end - at))
            best = max(best, self.bound())
        return best

    def bound(self) -> float:
        """Return a bound that holds; list the legs of the tree that it is of."""
        inside = kernels().inside(self.rules, self.listed, self.doors.size)
        more, tolls = kernels().tolled(self.rules, inside, self.sought)
        paid = np.flatnonzero(more > 0.0)
        dear = Dear(self.listed.a[paid], self.listed.b[paid], more[paid])
        tree = self.legs.grow(self.sought.stop, dear)
        found, _ = kernels().weighed(tree, tolls, self.doors, self.sizes)
        self.add(tree.a, tree.b)
        return max(0.0, float(found))

    def climb(self, step: float, cooling: float, steps: int) -> None:
        """Change the tolls some times; see kernels.ascend."""
        inside = kernels().inside(self.rules, self.listed, self.doors.size)
        town = kernels().Known(self.listed, self.doors, self.sizes, self.rules, inside)
        kernels().ascend(town, self.sought, step, cooling, steps)

    def look(self) -> None:
        """Look for broken rules, and forget those that have taken no toll for long."""
        sought = self.sought
        self.idle = np.where(sought.rule > 0.0, 0, self.idle + 1)
        which = self.idle < IDLE
        found = look(self.listed, sought, self.doors, self.limits, self.chance)
        self.rules = joined(kept(self.rules, which), found)
        new = np.zeros(self.rules.room.size - np.count_nonzero(which))
        self.idle = np.append(self.idle[which], new.astype(np.int64))
        toll, way = (np.append(one[which], new) for one in sought[2:4])
        self.sought = sought._replace(rule=toll, rule_way=way)
