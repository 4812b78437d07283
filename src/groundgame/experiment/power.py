"""How large an effect a program can see, in the words of the work: doors and hours.

The formula is the usual one (Gerber and Green 2012, chapter 3): an effect of 2.8
standard errors is seen four times in five at the level of 5 %. Four ways to use the
same doors:

- plain: some doors are visited, others are left alone, all are measured. An effect on
  those who open is thinned by all who do not.
- placebo: the others are visited too, with a script about something else, and only
  those who open are compared. It takes hours for those visits, and nothing is thinned
  (Nickerson 2005; Broockman, Kalla and Sekhon 2017).
- each with a survey before: a part of the spread is known then, and drops out. Only
  who answers it is drawn and visited, so no visit is spent on people who will not be
  measured; but everybody has to be asked (Broockman, Kalla and Sekhon 2017).

`simulated` asks the same of invented outcomes and the estimator that will be used, so a
formula need not be believed.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from groundgame.errors import CannotAnalyse
from groundgame.experiment.columns import Codes, Floats, numbered
from groundgame.experiment.fit import How, effects_of
from groundgame.experiment.trial import Trial
from groundgame.values import Seed

FEWEST = 2
"""Measured units of an arm without which there is no estimate."""


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
        answering: Share that answers that survey.
        asking: Hours that it takes to ask one unit, whether it answers or not.
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
    answering: float = 1.0
    asking: float = 0.0
    power: float = 0.8
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse shares that are none."""
        shares = (self.contact, self.baseline, self.share, self.power, self.level)
        if not all(0 < one < 1 for one in shares):
            raise ValueError("shares between 0 and 1, 0 and 1 themselves left out")
        if not (0 <= self.explained < 1 and 0 <= self.alike <= 1):
            raise ValueError("a part that is explained from 0 up to 1")
        if not 0 < self.answering <= 1 or self.asking < 0:
            raise ValueError("a share that answers, and hours of asking")
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
    asking: float = 0.0
    """Hours of the survey before; `hours` are of the visits alone."""

    placebo: bool = False
    survey: bool = False

    @property
    def all_hours(self) -> float:
        """Hours of visits and of the survey before."""
        return self.hours + self.asking


def designs(work: Work) -> list[Seen]:
    """Return what each design sees: plain, placebo, and each with a survey before."""
    bare = replace(work, explained=0.0, answering=1.0, asking=0.0)
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


def _error(work: Work, measured: float, share: float = 1.0) -> float:
    """Return the standard error of a difference between shares of those measured.

    `share` is how many of a cluster are measured.
    """
    spread = work.baseline * (1 - work.baseline) * (1 - work.explained)
    alike = 1 + (work.cluster - 1) * share * work.alike
    return float(np.sqrt(spread * alike / (measured * work.share * (1 - work.share))))


def power(
    work: Work, effects: Sequence[float], *, placebo: bool = False
) -> list[float]:
    """Return by formula how often effects on those reached are seen.

    Args:
        work: What a program has; with `explained`, a survey before is counted in.
        effects: Each in shares.
        placebo: Whether the others are visited too.
    """
    many = work.units * work.answering
    share, thin = (work.contact, 1.0) if placebo else (1.0, work.contact)
    error = _error(work, many * share, share)
    away = np.abs(np.asarray(effects, np.float64)) * thin / error
    edge = float(ndtri((1 + work.level) / 2))
    seen: Floats = ndtr(away - edge) + ndtr(-away - edge)
    return [float(one) for one in seen]


def _plain(work: Work, name: str) -> Seen:
    """Some are visited, all are measured."""
    many = work.units * work.answering
    assigned = _times(work) * _error(work, many)
    talks = many * work.share * work.contact
    asked = work.units * work.asking
    hours = talks / work.per_hour
    found = (assigned / work.contact, assigned, hours, talks, asked)
    return Seen(name, *found, survey=bool(work.explained))


def _placebo(work: Work, name: str) -> Seen:
    """All are visited, those who open are measured."""
    talks = work.units * work.answering * work.contact
    reached = _times(work) * _error(work, talks, work.contact)
    asked = work.units * work.asking
    hours = talks / work.per_hour
    found = (reached, reached * work.contact, hours, talks, asked)
    return Seen(name, *found, placebo=True, survey=bool(work.explained))


def simulated(
    work: Work, effect: float, draws: int, seed: Seed, *, placebo: bool = False
) -> float:
    """Return how often a design sees an effect on those reached, on invented outcomes.

    Outcomes are yes or no; with a survey before they are ratings, of which the first
    is known. Units of a cluster are as alike as `work` says; with a placebo those who
    open are compared. Each draw is estimated as a real experiment would be.
    """
    chance = seed.stream("experiment.power")
    many = round(work.units * work.answering)
    cluster = np.arange(many) // max(round(work.cluster), 1)
    edge = float(ndtri((1 + work.level) / 2))
    hits = 0
    for _ in range(draws):
        trial, opens = _invented(work, effect, cluster, chance)
        if placebo:
            trial = trial.only(opens)
        if np.bincount(trial.arm, minlength=2).min() < FEWEST:
            continue  # too few opened: such a draw sees nothing
        with suppress(CannotAnalyse):
            found = effects_of(trial, How())(trial.outcome, 1, "hc2")
            hits += found.error > 0 and abs(found.value) > edge * found.error
    return hits / draws


def _invented(
    work: Work, effect: float, cluster: Codes, chance: np.random.Generator
) -> tuple[Trial, npt.NDArray[np.bool_]]:
    """Return an experiment of which the effect is known, and who opens.

    Somebody opens or does not, whoever knocks; only those who were visited and opened
    were changed.
    """
    many, clusters = len(cluster), int(cluster[-1]) + 1
    treated = np.zeros(clusters, np.int64)
    treated[chance.permutation(clusters)[: round(clusters * work.share)]] = 1
    arm = treated[cluster]
    opens = chance.random(many) < work.contact
    changed = effect * (opens & (arm == 1))
    if work.explained:
        known, outcome = _rated(work, cluster, chance)
        outcome += changed
    else:
        known = np.empty((many, 0))
        likely = _alike(work, clusters, chance)[cluster] + changed
        outcome = (chance.random(many) < np.clip(likely, 0.0, 1.0)).astype(np.float64)
    trial = Trial(
        outcome,
        arm,
        ("no", "visit"),
        numbered(cluster),
        np.zeros(many, np.int64),
        known,
        clustered=work.cluster > 1,
    )
    return trial, opens


def _rated(
    work: Work, cluster: Codes, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return a rating before, as a covariate, and the same people's rating after.

    It has the spread of a yes or no, but no floor and no ceiling, as ratings have.
    """
    many = len(cluster)
    spread = work.baseline * (1 - work.baseline)
    known = chance.normal(size=many)
    left = spread * (1 - work.explained)
    shared = chance.normal(size=int(cluster[-1]) + 1)[cluster]
    outcome = np.sqrt(spread * work.explained) * known
    outcome += np.sqrt(left * work.alike) * shared
    outcome += np.sqrt(left * (1 - work.alike)) * chance.normal(size=many)
    return known[:, None], outcome


def _alike(work: Work, clusters: int, chance: np.random.Generator) -> Floats:
    """Return how likely a yes is in each cluster: their spread makes units alike."""
    if not work.alike:
        return np.full(clusters, work.baseline)
    many = (1 - work.alike) / work.alike
    return chance.beta(work.baseline * many, (1 - work.baseline) * many, clusters)
