"""Randomization inference: what the estimate would have been under other draws.

The assignment is drawn again as it was drawn: clusters whole, within blocks, as many in
each arm. The statistic is the difference in means, or, with covariates, the coefficient
of a least-squares fit that has them. If nobody was changed by anything, outcomes would
have been the same under each draw, so the share of draws with a statistic as large is
an exact p-value (Fisher 1935; Gerber and Green 2012, chapter 3). The interval holds
every constant effect that these draws do not refute.

Both statistics are a'y / a'z for some a that depends on the draw alone. So a draw costs
two sums over clusters; draws come in blocks of bounded memory, and an interval costs no
draw more: under an effect of t outcomes lose t z, and the statistic loses t a'z0 / a'z.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from groundgame.experiment.columns import Codes, Floats, summed
from groundgame.experiment.trial import Trial
from groundgame.values import Seed

Side = Literal["two-sided", "greater", "less"]
AT_ONCE = 4_000_000
"""Numbers held at once: draws times clusters."""
STEPS = 60


@dataclass(frozen=True, slots=True)
class Redraw:
    """How to draw again: how often, from which seed, and what counts as large."""

    draws: int
    seed: Seed
    side: Side = "two-sided"
    tell: Callable[[float], None] | None = field(default=None, compare=False)
    """Is told from time to time what share is drawn, from 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What came of it: the statistic, its p-value, and the interval (None: endless)."""

    statistic: float
    p: float
    ci: tuple[float, float] | None
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of each cluster: rows, outcomes, arm, covariates; and its block.

    Outcomes and covariates are those less the mean of their block, so that no block
    needs a column: ten thousand of them cost what one does.
    """

    rows: Floats
    outcome: Floats
    treated: Floats
    covariates: Floats
    inverse: Floats
    block: Codes
    weight: Floats
    """Of each block."""


def redraw(trial: Trial, arm: int, how: Redraw) -> Redrawn:
    """Draw the assignment of an arm and the control again, and compare.

    All outcomes must be there. Rows of other arms take no part.
    """
    pair = trial.only((trial.arm == 0) | (trial.arm == arm))
    sums = _sums(pair)
    observed = _statistic(sums, sums.treated[None, :])
    found, shift = (np.empty(how.draws), np.empty(how.draws))
    at = 0
    for drawn in draws_of(sums.treated, sums.block, how.draws, how.seed):
        to = at + len(drawn)
        found[at:to], shift[at:to] = _statistic(sums, drawn)
        at = to
        if how.tell:
            how.tell(at / how.draws)
    value = float(observed[0][0])
    return Redrawn(
        value,
        _share(found, value, how.side),
        _interval(found, shift, value),
        how.draws,
        how.seed.number,
    )


def draws_of(treated: Floats, block: Codes, draws: int, seed: Seed) -> Iterator[Floats]:
    """Give assignments of clusters like the first one, within blocks, in batches.

    A draw gives each cluster a number by chance; sorted by block and number, the places
    that were treated are treated.
    """
    chance = seed.stream("experiment.redraw")
    order = np.argsort(block, kind="stable")
    places = treated[order]
    many = max(1, AT_ONCE // len(treated))
    one = bool(block.max() == 0) if len(block) else True
    for at in range(0, draws, many):
        count = min(many, draws - at)
        shuffled = np.tile(places, (count, 1))
        if one:
            chance.permuted(shuffled, axis=1, out=shuffled)
        else:
            lots = chance.random((count, len(treated)))
            ranks = np.argsort(block[order] + lots, axis=1)
            shuffled = np.take_along_axis(shuffled, ranks, axis=1)
        drawn = np.empty_like(shuffled)
        drawn[:, order] = shuffled
        yield drawn


def _sums(trial: Trial) -> _Sums:
    """Sum up clusters."""
    clusters, firsts = trial.cluster, trial.firsts
    weights = np.ones(len(trial.arm)) if trial.weights is None else trial.weights
    weight = summed(trial.block, weights)

    def inside(column: Floats) -> Floats:
        means = summed(trial.block, weights * column) / weight
        return column - means[trial.block]

    columns = np.empty((len(trial.arm), 0))
    if trial.covariates.shape[1]:
        columns = np.column_stack([inside(one) for one in trial.covariates.T])
    outcome = inside(trial.outcome)
    squares = (columns * weights[:, None]).T @ columns
    inverse = np.linalg.pinv(squares).astype(np.float64)
    explained = inverse @ (columns.T @ (weights * outcome))
    beside = [summed(clusters, weights * one) for one in columns.T]
    return _Sums(
        summed(clusters, weights),
        summed(clusters, weights * (outcome - columns @ explained)),
        (trial.arm[firsts] > 0).astype(np.float64),
        np.column_stack(beside) if beside else np.empty((len(firsts), 0)),
        inverse,
        trial.block[firsts],
        weight,
    )


def _by_block(sums: _Sums, drawn: Floats) -> Floats:
    """Return how many rows are treated in each block (column), for each draw."""
    if len(sums.weight) == 1:
        return (drawn @ sums.rows)[:, None]
    order = np.argsort(sums.block, kind="stable")
    starts = np.searchsorted(sums.block[order], np.arange(len(sums.weight)))
    rows: Floats = np.add.reduceat((drawn * sums.rows)[:, order], starts, axis=1)
    return rows


def _statistic(sums: _Sums, drawn: Floats) -> tuple[Floats, Floats]:
    """Return the coefficient of the arm for each draw, and of the arm that was."""
    through = drawn @ sums.covariates
    along = through @ sums.inverse
    treated = _by_block(sums, drawn)
    below = drawn @ sums.rows - (along * through).sum(axis=1)
    below -= (treated**2) @ (1 / sums.weight)
    own = sums.covariates.T @ sums.treated
    mine = _by_block(sums, sums.treated[None, :])[0]
    crossed = drawn @ (sums.rows * sums.treated) - along @ own
    crossed -= treated @ (mine / sums.weight)
    return drawn @ sums.outcome / below, crossed / below


def _share(found: Floats, value: float, side: Side) -> float:
    """Return the share of draws, the one that was included, that are as large."""
    if side == "greater":
        as_large = found >= value - 1e-12
    elif side == "less":
        as_large = found <= value + 1e-12
    else:
        as_large = np.abs(found) >= abs(value) - 1e-12
    return float((as_large.sum() + 1) / (len(found) + 1))


def _interval(
    found: Floats, shift: Floats, value: float, alpha: float = 0.05
) -> tuple[float, float] | None:
    """Return the constant effects that are not refuted, two-sided."""

    def kept(effect: float) -> bool:
        left = found - effect * shift
        return _share(left, value - effect, "two-sided") > alpha

    ends = []
    for way in (-1.0, 1.0):
        far = 4.0 * float(found.std()) or 1.0
        for _ in range(STEPS):
            if not kept(value + way * far):
                break
            far *= 2.0
        else:
            return None
        ends.append(_edge(kept, value, value + way * far))
    return ends[0], ends[1]


def _edge(kept: Callable[[float], bool], inside: float, outside: float) -> float:
    """Return where what is kept ends, between two effects."""
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        if kept(middle):
            inside = middle
        else:
            outside = middle
    return inside
