"""Whether a draw came out even: what arms had in common before anything was done.

A table of means, and one test of all covariates together: the distance between arms
(Hansen and Bowers 2008) is compared with what other draws of the same kind would give.
One draw in twenty looks uneven at 5 % by luck alone; that is no reason to draw again.
"""

from dataclasses import dataclass

import numpy as np

from groundgame.experiment.columns import Floats, summed
from groundgame.experiment.redraw import Redraw, draws_of
from groundgame.experiment.trial import Trial

ALIKE = 1e-12
"""Distances that differ by less are one distance, computed in another order."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Means of each arm (row) and covariate (column), in spreads; and the p-value."""

    means: Floats
    apart: Floats
    p: float
    names: tuple[str, ...] = ()
    """Of the covariates, as the table called them."""


def balance(trial: Trial, how: Redraw) -> Balance:
    """Compare arms in what was known before, and draw again to see what luck does."""
    beside = trial.covariates
    spread = np.where(beside.std(axis=0) > 0, beside.std(axis=0), 1.0)
    scaled = (beside - beside.mean(axis=0)) / spread
    arms = range(len(trial.arms))
    means = np.array([beside[trial.arm == arm].mean(axis=0) for arm in arms])
    firsts = trial.firsts
    sums = np.column_stack([summed(trial.cluster, one) for one in scaled.T])
    sizes = summed(trial.cluster)
    turn: Floats = np.linalg.pinv(np.atleast_2d(np.cov(scaled.T, ddof=0)))
    drawn = trial.arm[firsts].astype(np.float64)
    seen = _distance(drawn[None, :], sums, sizes, turn, len(trial.arms))[0]
    as_large = 0
    for one in draws_of(drawn, trial.block[firsts], how.draws, how.seed):
        away = _distance(one, sums, sizes, turn, len(trial.arms))
        as_large += int((away >= seen - ALIKE).sum())
    p = (as_large + 1) / (how.draws + 1)
    return Balance(means, (means - means[0]) / spread, p, trial.names)


def _distance(
    drawn: Floats, sums: Floats, sizes: Floats, turn: Floats, arms: int
) -> Floats:
    """Return how far arms are from the mean of all, for each draw."""
    total = np.zeros(len(drawn))
    for arm in range(arms):
        there = (drawn == arm).astype(np.float64)
        count = there @ sizes
        off = (there @ sums) / np.maximum(count, 1.0)[:, None]
        total += count * np.einsum("di,ij,dj->d", off, turn, off)
    return total
