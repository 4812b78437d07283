"""What a report says: a sentence for each thing that was asked, done and found.

Shares are said of a hundred people, for nobody has ever met half a percentage point.
An interval comes first and the best guess behind it: whoever stops listening half way
has heard how unsure it is. Where an interval holds nothing at all, that comes first.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from groundgame.experiment.effects import Arm, Effects, Told
from groundgame.experiment.redraw import Redrawn

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Tongue:
    """How an outcome is spoken of: shares of people, or points of something."""

    shares: bool
    did: str
    """What a yes is: 'voted'; or what was measured: 'the rating'."""
    who: str = "people"

    def mean(self, value: float) -> str:
        """Say a mean."""
        if math.isnan(value):
            return "unknown"
        return f"{HUNDRED * value:.1f} of 100" if self.shares else f"{value:.3g}"

    def effect(self, low: float, high: float) -> str:
        """Say an interval: 'between 1.1 and 4.3 more of 100 people voted'."""
        if self.shares:
            span = _span(low, high, HUNDRED, ("more", "fewer"))
            return f"{span} of 100 {self.who} {self.did}"
        return (
            f"{self.did} was {_span(low, high, 1, ('points higher', 'points lower'))}"
        )

    def guess(self, value: float) -> str:
        """Say the best single guess."""
        if self.shares:
            return _one(value, HUNDRED, ("more", "fewer"))
        return _one(value, 1, ("points higher", "points lower"))


def found(effects: Effects, tongue: Tongue, level: float = 0.95) -> list[str]:
    """Return what was found, arm by arm."""
    control = effects.control
    said = []
    for arm in effects.arms:
        means = f"{tongue.mean(arm.mean)} there, {tongue.mean(control.mean)} in "
        shown = f" ({means}{control.arm}; {level:.0%} interval)" if _known(arm) else ""
        because = f"Because they were assigned to {arm.arm}"
        said.append(f"{_sentence(arm.told, tongue, because)}{shown}.")
        if arm.redrawn:
            said.append(_again(arm.redrawn))
        if arm.cace:
            said.append(
                _sentence(arm.cace.told, tongue, f"Among those whom {arm.arm} reached")
                + "."
            )
        if arm.placebo:
            said.append(
                _sentence(
                    arm.placebo,
                    tongue,
                    f"Among those who opened, {arm.arm} against the placebo",
                )
                + "."
            )
    return said


def _again(redrawn: Redrawn) -> str:
    """Say what other draws of the same kind would have shown."""
    p = redrawn.p
    rare = p < 0.001  # noqa: PLR2004  # nobody needs more digits
    share = "fewer than 1 of 1,000" if rare else f"{HUNDRED * p:.1f} of 100"
    return (
        f"Had it changed nobody, luck alone would have shown as much in {share} draws "
        f"like this one (drawn again {redrawn.draws:,} times from seed {redrawn.seed})."
    )


def asked(question: str, tongue: Tongue, effects: Effects) -> list[str]:
    """Return what was asked."""
    arms = ", ".join(arm.arm for arm in effects.arms)
    what = f"whether {tongue.who} {tongue.did}" if tongue.shares else tongue.did
    about = f"Did {arms} change {what}, compared with {effects.control.arm}?"
    return [question, about] if question and question != about else [about]


def done(
    effects: Effects, assigned: Sequence[tuple[str, int]], who: str, clusters: int
) -> list[str]:
    """Return what was done; `clusters` were assigned, 0: single units were."""
    whole = sum(count for _, count in assigned)
    each = ", ".join(f"{count:,} to {name}" for name, count in assigned)
    said = [f"{whole:,} {who} were assigned by lot: {each}."]
    if clusters:
        said.append(f"They were assigned in {clusters:,} clusters, each whole.")
    if effects.blocks:
        said.append(f"Lots were drawn within {effects.blocks:,} blocks.")
    said.append(
        f"Outcomes of {effects.n:,} are known. Compared by {effects.estimator}; "
        f"errors {effects.errors}."
    )
    return said


def beside(covariates: Sequence[str]) -> list[str]:
    """Return what was adjusted for."""
    if not covariates:
        return []
    return [f"Adjusted for what was known before the draw: {', '.join(covariates)}."]


def _known(arm: Arm) -> bool:
    """Return whether an arm has an interval."""
    return not math.isnan(arm.told.ci[0])


def _sentence(told: Told, tongue: Tongue, because: str) -> str:
    """Say one estimate, the interval first."""
    low, high = told.ci
    if math.isnan(low):
        return f"{because}: too few were measured to say anything"
    said = tongue.effect(low, high)
    best = f"the best guess is {tongue.guess(told.estimate)}"
    if low <= 0 <= high:
        return f"It may have changed nothing. {because}, {said}; {best}"
    return f"{because}, {said}; {best}"


def _span(low: float, high: float, times: int, words: tuple[str, str]) -> str:
    """Say a range that may cross nothing."""
    more, fewer = words
    low, high = times * low, times * high
    digits = _digits(max(abs(low), abs(high)))
    if low >= 0:
        return f"between {low:.{digits}f} and {high:.{digits}f} {more}"
    if high <= 0:
        return f"between {-high:.{digits}f} and {-low:.{digits}f} {fewer}"
    return f"between {-low:.{digits}f} {fewer} and {high:.{digits}f} {more}"


def _one(value: float, times: int, words: tuple[str, str]) -> str:
    """Say one number."""
    size = abs(times * value)
    return f"{size:.{_digits(size)}f} {words[0] if value >= 0 else words[1]}"


def _digits(size: float) -> int:
    """Return how many digits behind the point: two figures at least, one digit."""
    return 1 if size >= 1 or size == 0 else min(6, 1 - math.floor(math.log10(size)))
