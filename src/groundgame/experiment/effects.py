"""From a trial to what it says: an effect for each arm, with its interval.

Effects are of having been *assigned* (ITT), whoever opened the door. Where it is known
who was reached, the effect on those (CACE) is the one divided by the other, as
two-stage least squares has it; its error is that of the same estimate for outcomes less
the effect times having been reached (the delta method, which for one arm is 2SLS
exactly). Without clusters that error is uncorrected (HC0), as econometrics has it.
"""

from dataclasses import dataclass, field, replace
from math import isnan

import numpy as np
from scipy.special import stdtr, stdtrit

from groundgame.errors import CannotAnalyse
from groundgame.experiment.always import always_valid
from groundgame.experiment.columns import Floats
from groundgame.experiment.fit import Effect, How, effects_of, interacted
from groundgame.experiment.lost import Bounds, bounds
from groundgame.experiment.means import Estimate
from groundgame.experiment.redraw import Redraw, Redrawn, redraw
from groundgame.experiment.trial import Trial

WEAK = 10.0
"""An F of the first stage below which a CACE is hardly known (Stock and Yogo 2005)."""
FEW = 30
"""Clusters below which a reader is told that they are few."""
SELDOM = 0.05
"""A p-value of attrition below which a reader is told of it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to say besides effects: how, draws again, a placebo, looks at any time."""

    how: How = field(default_factory=How)
    redraw: Redraw | None = None
    placebo: str = ""
    planned: int = 0
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Told:
    """An estimate with what follows from it, at some level of confidence."""

    estimate: float
    std_error: float
    df: float
    ci: tuple[float, float]
    p: float

    @classmethod
    def of(cls, found: Estimate, level: float) -> "Told":
        """Return the interval and the p-value, by Student's distribution."""
        if not found.error > 0 or not found.df > 0:
            nan = float("nan")
            return cls(found.value, found.error, found.df, (nan, nan), nan)
        times = float(stdtrit(found.df, (1 + level) / 2))
        low, high = found.value - times * found.error, found.value + times * found.error
        p = 2 * float(stdtr(found.df, -abs(found.value) / found.error))
        return cls(found.value, found.error, found.df, (low, high), p)


@dataclass(frozen=True, slots=True)
class Reached:
    """The effect on those reached, how many were, and how well the arm reached them."""

    told: Told
    contact: Told
    first_stage: float
    errors: str
    """Of `told`: HC0, or those of the ITT where there are clusters."""


@dataclass(frozen=True, slots=True)
class Arm:
    """What an arm did, compared with the control."""

    arm: str
    n: int
    clusters: int
    missing: int
    mean: float
    told: Told
    p_holm: float = float("nan")
    ci_together: tuple[float, float] | None = None
    """With several arms: intervals that hold for all of them together (Bonferroni)."""
    cace: Reached | None = None
    placebo: Told | None = None
    redrawn: Redrawn | None = None
    always: tuple[float, float] | None = None
    bounds: Bounds | None = None
    attrition: Told | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """All arms, the control they are compared with, and what to know beside."""

    control: Arm
    arms: tuple[Arm, ...]
    n: int
    clusters: int
    blocks: int
    estimator: str
    errors: str
    notes: tuple[str, ...]


def estimate(trial: Trial, wish: Wish | None = None) -> Effects:
    """Estimate the effect of each arm against the control.

    Raises:
        CannotAnalyse: An arm has nobody measured, or outcomes do not differ at all.
    """
    wish = wish or Wish()
    seen = trial.only(~np.isnan(trial.outcome))
    _hold(seen, wish)
    effect = effects_of(seen, wish.how)
    arms = [_arm(trial, seen, arm, wish, effect) for arm in range(1, len(trial.arms))]
    adjusted = _holm(np.array([one.told.p for one in arms]))
    arms = [replace(one, p_holm=p) for one, p in zip(arms, adjusted, strict=True)]
    return Effects(
        _counted(trial, seen, 0),
        tuple(arms),
        len(seen.outcome),
        int(seen.cluster.max()) + 1 if seen.clustered else 0,
        int(seen.block.max()) + 1 if seen.block.any() else 0,
        _name(seen, wish.how),
        _errors(seen, wish.how),
        (*trial.notes, *_notes(trial, seen, arms)),
    )


def _hold(seen: Trial, wish: Wish) -> None:
    """Refuse what has no answer."""
    counts = np.bincount(seen.arm, minlength=len(seen.arms))
    whole = np.bincount(seen.arm[seen.firsts], minlength=len(seen.arms))
    for arm, name in enumerate(seen.arms):
        if counts[arm] == 0:
            raise CannotAnalyse(
                f"nobody of the arm {name!r} was measured",
                "outcomes in each arm",
                "leave this arm out with --where, or wait for its outcomes",
            )
        if whole[arm] == 1 and not seen.block.any():
            raise CannotAnalyse(
                f"one {'cluster' if seen.clustered else 'unit'} in the arm {name!r}",
                "two or more in each arm: with one, its luck and the effect are one",
                "assign more clusters, or smaller ones",
            )
    if np.ptp(seen.outcome) == 0:
        raise CannotAnalyse(
            f"the same outcome in all {len(seen.outcome):,} rows",
            "an outcome that differs",
            "look whether --outcome names the right column",
        )
    if wish.placebo and wish.placebo not in seen.arms:
        raise CannotAnalyse(
            f"no arm {wish.placebo!r}",
            "the arm with the placebo",
            "name one of the arms",
        )


def _counted(trial: Trial, seen: Trial, arm: int) -> Arm:
    """Return how many an arm has, and their mean."""
    rows = seen.arm == arm
    clusters = len(np.unique(seen.cluster[rows])) if seen.clustered else 0
    missing = int((trial.arm == arm).sum() - rows.sum())
    mean = float(np.average(seen.outcome[rows], weights=_of(seen.weights, rows)))
    none = Told.of(Estimate(float("nan"), 0.0, 0.0), 0.95)
    return Arm(trial.arms[arm], int(rows.sum()), clusters, missing, mean, none)


def _of(weights: Floats | None, rows: Floats) -> Floats | None:
    """Return weights of some rows."""
    return None if weights is None else weights[rows]


def _arm(trial: Trial, seen: Trial, arm: int, wish: Wish, effect: Effect) -> Arm:
    """Return all that is said of one arm."""
    found = effect(seen.outcome, arm, wish.how.errors)
    units = int(seen.cluster.max()) + 1
    several = len(seen.arms) - 1
    wide = Told.of(found, 1 - (1 - wish.level) / several).ci
    return replace(
        _counted(trial, seen, arm),
        told=Told.of(found, wish.level),
        ci_together=wide if several > 1 and not isnan(wide[0]) else None,
        cace=_cace(seen, arm, wish, effect),
        placebo=_placebo(seen, arm, wish),
        redrawn=redraw(seen, arm, wish.redraw) if wish.redraw else None,
        always=always_valid(found, units, wish.planned, 1 - wish.level)
        if wish.planned
        else None,
        bounds=bounds(trial, arm),
        attrition=_attrition(trial, arm, wish),
    )


def _attrition(trial: Trial, arm: int, wish: Wish) -> Told | None:
    """Return by how much more often outcomes are missing in an arm."""
    gone = np.isnan(trial.outcome)
    if not gone[(trial.arm == 0) | (trial.arm == arm)].any():
        return None
    bare = replace(trial, covariates=np.empty((len(trial.arm), 0)))
    lost = effects_of(bare, wish.how)(gone.astype(np.float64), arm, wish.how.errors)
    return Told.of(lost, wish.level)


def _cace(seen: Trial, arm: int, wish: Wish, effect: Effect) -> Reached | None:
    """Return the effect on those who were reached because of their arm."""
    reached, errors = seen.contacted, wish.how.errors
    if reached is None or not reached[seen.arm == arm].any():
        return None
    contact = effect(reached, arm, errors)
    if not contact.value:
        return None
    value = effect(seen.outcome, arm, errors).value / contact.value
    left = effect(
        seen.outcome - value * reached, arm, errors if seen.clustered else "hc0"
    )
    found = Estimate(value, left.error / abs(contact.value), left.df)
    strong = (contact.value / contact.error) ** 2 if contact.error else float("inf")
    said = _errors(seen, wish.how) if seen.clustered else "HC0"
    both = Told.of(found, wish.level), Told.of(contact, wish.level)
    return Reached(*both, strong, said)


def _placebo(seen: Trial, arm: int, wish: Wish) -> Told | None:
    """Compare those who opened to the arm with those who opened to the placebo.

    Whoever opens the door does so before the script begins, so they are alike in both
    (Nickerson 2005; Broockman, Kalla and Sekhon 2017).
    """
    if not wish.placebo or seen.contacted is None:
        return None
    other = seen.arms.index(wish.placebo)
    if other == arm:
        return None
    opened = seen.only(np.isin(seen.arm, (arm, other)) & (seen.contacted == 1))
    two = replace(
        opened,
        arm=(opened.arm == arm).astype(np.int64),
        arms=(wish.placebo, seen.arms[arm]),
    )
    if np.ptp(two.arm) == 0:
        return None
    found = effects_of(two, wish.how)(two.outcome, 1, wish.how.errors)
    return Told.of(found, wish.level)


def _holm(p: Floats) -> list[float]:
    """Correct p-values for having looked at several arms (Holm 1979)."""
    order = np.argsort(p)
    raised = p[order] * np.arange(len(p), 0, -1)
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(np.maximum.accumulate(raised), 1.0)
    return [float(one) for one in corrected]


def _name(seen: Trial, how: How) -> str:
    """Say in words how effects were estimated."""
    blocks = " within blocks" if seen.block.any() and seen.weights is None else ""
    weighted = ", weighted by inverse probability" if seen.weights is not None else ""
    if not seen.covariates.shape[1]:
        return f"difference in means{blocks}{weighted}"
    if blocks:
        return f"difference in means{blocks}, of what covariates leave"
    form = "a slope for each arm (Lin)" if interacted(seen, how) else "one slope"
    return f"least squares with covariates, {form}{weighted}"


def _errors(seen: Trial, how: How) -> str:
    """Name the errors."""
    return how.errors.replace("hc", "CR" if seen.clustered else "HC").upper()


def _notes(trial: Trial, seen: Trial, arms: list[Arm]) -> list[str]:
    """Say what a reader has to know beside the numbers."""
    notes = []
    if seen.weights is not None and seen.block.any():
        notes.append(
            "weights stand for the blocks: what is compared is the weighted mean of all"
        )
    missing = len(trial.outcome) - len(seen.outcome)
    if missing:
        notes.append(
            f"{missing:,} of {len(trial.outcome):,} outcomes are missing; bounds say "
            f"what that could hide"
        )
    clusters = int(seen.cluster.max()) + 1
    if seen.clustered and clusters < FEW:
        notes.append(
            f"only {clusters} clusters: trust the p-value of drawing again more than "
            f"the interval"
        )
    weak = [one.arm for one in arms if one.cace and one.cace.first_stage < WEAK]
    if weak:
        notes.append(f"hardly anybody was reached in {', '.join(weak)}: CACE is unsure")
    if any(one.attrition and one.attrition.p < SELDOM for one in arms):
        notes.append("outcomes are missing more often in one arm than in another")
    return notes
