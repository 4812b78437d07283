"""How large an effect a program can see, in the words of the work: doors and hours.

The formula is the usual one (Gerber and Green 2012, chapter 3): an effect of 2.8
standard errors is seen four times in five at the level of 5 %. Four ways to use the
same doors:

- plain: some doors are visited, others are left alone, all are measured. An effect on
  those who open is thinned by all who do not.
- placebo: the others are visited too, with a script about something else, and only
  those who open are compared. It takes hours for those visits, and nothing is thinned
  (Nickerson 2005; Broockman, Kalla and Sekhon 2017).
- each with a survey before: a part of the spread is known then, and drops out.

`simulated` asks the same of invented outcomes and the estimator that will be used, so a
formula need not be believed.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from groundgame.experiment.fit import How, effects_of
from groundgame.experiment.trial import Trial
from groundgame.values import Seed


@dataclass(frozen=True, slots=True)
class Work:
    """What a program has, and what it expects.

    Attributes:
        units: Doors (or people) that can be drawn.
        contact: Share that opens when visited.
        baseline: Share that would do it anyway: vote, agree.
        per_hour: Conversations that a volunteer has in an hour.
        share: Share that is drawn into the treatment.
        explained: Part of the spread that a survey before explains.
        cluster: Units assigned together, on average.
        alike: Correlation within those (ICC).
        power: How often the effect shall be seen.
        level: Level of confidence.
    """

    units: int
    contact: float
    baseline: float
    per_hour: float = 2.5
    share: float = 0.5
    explained: float = 0.0
    cluster: float = 1.0
    alike: float = 0.0
    power: float = 0.8
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse shares that are none."""
        shares = (self.contact, self.baseline, self.share, self.power, self.level)
        if not all(0 < one < 1 for one in shares):
            raise ValueError("shares between 0 and 1, 0 and 1 themselves left out")
        if not (0 <= self.explained < 1 and 0 <= self.alike <= 1):
            raise ValueError("a part that is explained from 0 up to 1")
        if self.per_hour <= 0 or self.units <= 1 or self.cluster < 1:
            raise ValueError("two units or more, and conversations in an hour")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a design can see: in shares of people, and what it costs in hours."""

    design: str
    on_reached: float
    on_assigned: float
    hours: float
    conversations: float


def designs(work: Work) -> list[Seen]:
    """Return what each design sees: plain, placebo, and each with a survey before."""
    bare = replace(work, explained=0.0)
    ways = [_plain(bare, "plain"), _placebo(bare, "placebo")]
    if work.explained:
        ways += [
            _plain(work, "plain, with a survey before"),
            _placebo(work, "placebo, with a survey before"),
        ]
    return ways


def _times(work: Work) -> float:
    """Return how many standard errors an effect must be."""
    return float(ndtri((1 + work.level) / 2) + ndtri(work.power))


def _error(work: Work, measured: float) -> float:
    """Return the standard error of a difference between shares of those measured."""
    spread = work.baseline * (1 - work.baseline) * (1 - work.explained)
    alike = 1 + (work.cluster - 1) * work.alike
    return float(np.sqrt(spread * alike / (measured * work.share * (1 - work.share))))


def _plain(work: Work, name: str) -> Seen:
    """Some are visited, all are measured."""
    assigned = _times(work) * _error(work, work.units)
    talks = work.units * work.share * work.contact
    return Seen(name, assigned / work.contact, assigned, talks / work.per_hour, talks)


def _placebo(work: Work, name: str) -> Seen:
    """All are visited, those who open are measured."""
    talks = work.units * work.contact
    reached = _times(work) * _error(work, talks)
    return Seen(name, reached, reached * work.contact, talks / work.per_hour, talks)


def simulated(work: Work, effect: float, draws: int, seed: Seed) -> float:
    """Return how often the plain design sees an effect on those reached.

    Outcomes are yes or no; clusters and surveys before take no part in it.
    """
    chance = seed.stream("experiment.power")
    count = round(work.units * work.share)
    hits = 0
    for _ in range(draws):
        arm = np.zeros(work.units, np.int64)
        arm[chance.permutation(work.units)[:count]] = 1
        reached = (chance.random(work.units) < work.contact) & (arm == 1)
        yes = chance.random(work.units) < work.baseline + effect * reached
        alone = np.arange(work.units)
        none = np.empty((work.units, 0))
        trial = Trial(
            yes.astype(np.float64), arm, ("no", "visit"), alone, 0 * alone, none
        )
        found = effects_of(trial, How())(trial.outcome, 1, "hc2")
        hits += abs(found.value) > float(ndtri((1 + work.level) / 2)) * found.error
    return hits / draws
