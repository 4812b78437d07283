"""Least squares with covariates or weights: factored once, asked about many outcomes.

Covariates are centred on the mean of all rows. Where each arm has enough units, their
slopes may differ between arms (Lin 2013), which cannot make the estimate worse; with
few, one slope for all arms is safer, for the other would fit noise.

Lin's form is a fit of each arm by itself, and the effect is the difference of two
intercepts; so it is fitted arm by arm. The factors (QR, by LAPACK) hold for any
outcome: turnout, having been reached, and what is left of one less the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from groundgame.errors import CannotAnalyse
from groundgame.experiment.columns import Codes, Floats, numbered
from groundgame.experiment.means import Estimate, difference
from groundgame.experiment.robust import Kind, View, view
from groundgame.experiment.trial import Trial

Adjust = Literal["auto", "lin", "plain"]
Effect = Callable[[Floats, int, Kind], Estimate]
"""An outcome, shape (n,), an arm and a kind of errors to the effect of the arm."""
ENOUGH = 3
"""Units, or clusters, of each arm a covariate, from which Lin's form is taken."""
ALIKE = 1e-5
"""How little a column may add to those before it, of its own length, to count."""


@dataclass(frozen=True, slots=True)
class How:
    """How to estimate: the errors, and the form of adjustment."""

    errors: Kind = "hc2"
    adjust: Adjust = "auto"


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows, their columns factored: z is orthonormal, z inverse(r) the columns."""

    rows: Codes
    root: Floats
    z: Floats
    inverse: Floats
    cluster: Codes
    views: dict[tuple[int, Kind], View] = field(default_factory=dict)

    def along(self, outcome: Floats) -> tuple[Floats, Floats]:
        """Return the coefficients of a fit, and its residuals."""
        scaled = outcome[self.rows] * self.root
        told = self.z.T @ scaled
        return self.inverse @ told, scaled - self.z @ told

    def view(self, which: int, kind: Kind) -> View:
        """Return what the variance of a coefficient needs, computed once."""
        if (which, kind) not in self.views:
            q = self.inverse[which]
            self.views[which, kind] = view(self.z, q, self.cluster, kind)
        return self.views[which, kind]


def interacted(trial: Trial, how: How) -> bool:
    """Say whether covariates may differ between arms."""
    if trial.weights is not None or not trial.covariates.shape[1]:
        return False
    if how.adjust != "auto":
        return how.adjust == "lin"
    least = np.bincount(trial.arm[trial.firsts], minlength=len(trial.arms)).min()
    return bool(least >= ENOUGH * (trial.covariates.shape[1] + 1))


def effects_of(trial: Trial, how: How) -> Effect:
    """Return what gives the effect of having been assigned, whatever the design.

    All outcomes must be there. Without covariates and weights it is the difference in
    means; with blocks and covariates the difference of what covariates leave.
    """
    if trial.weights is None and not trial.covariates.shape[1]:
        return lambda outcome, arm, kind: difference(trial.asking(outcome), arm, kind)
    if trial.weights is None and trial.block.any():
        return lambda outcome, arm, kind: _blocked(trial.asking(outcome), arm, kind)
    if interacted(trial, how):
        return _by_arm(trial)
    return _together(trial)


def _blocked(trial: Trial, arm: int, kind: Kind) -> Estimate:
    """Return the difference within blocks of what covariates leave."""
    cell = trial.block * len(trial.arms) + trial.arm
    rows = np.maximum(np.bincount(cell), 1)
    inside = np.column_stack(
        [
            one - (np.bincount(cell, one) / rows)[cell]
            for one in (trial.outcome, *trial.covariates.T)
        ]
    )
    kept = _adding(inside[:, 1:])
    slopes = np.linalg.lstsq(inside[:, 1:][:, kept], inside[:, 0], rcond=None)[0]
    centred = trial.covariates - trial.covariates.mean(axis=0)
    left = trial.asking(trial.outcome - centred[:, kept] @ slopes)
    found = difference(left, arm, kind)
    if found.df <= len(slopes):
        raise CannotAnalyse(
            f"{len(slopes)} covariates for {found.df:.0f} degrees of freedom",
            "more blocks, units or clusters than covariates",
            "leave covariates out",
        )
    return Estimate(found.value, found.error, found.df - len(slopes))


def _by_arm(trial: Trial) -> Effect:
    """Fit each arm by itself."""
    centred = trial.covariates - trial.covariates.mean(axis=0)
    columns = np.hstack([np.ones((len(centred), 1)), centred])
    parts = [
        _part(trial, columns, np.flatnonzero(trial.arm == arm))
        for arm in range(len(trial.arms))
    ]

    def effect(outcome: Floats, arm: int, kind: Kind) -> Estimate:
        here, there = parts[arm], parts[0]
        return _summed(trial, outcome, [(here, 0, 1.0), (there, 0, -1.0)], kind)

    return effect


def _together(trial: Trial) -> Effect:
    """Fit all arms at once, with one slope of each covariate."""
    arms = (trial.arm[:, None] == np.arange(1, len(trial.arms))).astype(np.float64)
    centre = np.average(trial.covariates, axis=0, weights=trial.weights)
    constant = np.ones((len(arms), 1))
    columns = np.hstack([constant, arms, trial.covariates - centre])
    part = _part(trial, columns, np.arange(len(arms)))

    def effect(outcome: Floats, arm: int, kind: Kind) -> Estimate:
        return _summed(trial, outcome, [(part, arm, 1.0)], kind)

    return effect


def _part(trial: Trial, columns: Floats, rows: Codes) -> _Part:
    """Factor some rows."""
    root = np.ones(len(rows))
    if trial.weights is not None:
        root = np.sqrt(trial.weights[rows])
    scaled = columns[rows] * root[:, None]
    z, upper = np.linalg.qr(scaled)
    kept = _over(scaled, upper)
    if not kept.all():
        scaled = scaled[:, kept]
        z, upper = np.linalg.qr(scaled)
    if scaled.shape[1] >= len(scaled):
        raise CannotAnalyse(
            f"{scaled.shape[1]} things to estimate from {len(scaled)} rows",
            "more rows than that",
            "leave covariates out",
        )
    return _Part(rows, root, z, np.linalg.inv(upper), numbered(trial.cluster[rows]))


def _summed(
    trial: Trial, outcome: Floats, said: list[tuple[_Part, int, float]], kind: Kind
) -> Estimate:
    """Add up coefficients of parts that know nothing of each other."""
    value = variance = first = second = 0.0
    rows = columns = clusters = 0
    for part, which, sign in said:
        coefficients, residuals = part.along(outcome)
        seen = part.view(which, kind)
        value += sign * float(coefficients[which])
        variance += seen.variance(residuals)
        first, second = first + seen.first, second + seen.second
        rows, columns = rows + part.z.shape[0], columns + part.z.shape[1]
        clusters += len(seen.starts)
    if kind == "hc1":
        variance *= (rows - 1) / (rows - columns)
        variance *= clusters / (clusters - 1)
    df = first**2 / second if trial.clustered else float(rows - columns)
    return Estimate(value, float(np.sqrt(variance)), df)


def _adding(columns: Floats) -> npt.NDArray[np.bool_]:
    """Say which columns add something to those before them."""
    if not columns.shape[1]:
        return np.zeros(0, np.bool_)
    return _over(columns, np.asarray(np.linalg.qr(columns, mode="r")))


def _over(columns: Floats, upper: Floats) -> npt.NDArray[np.bool_]:
    """Say which columns are more than those before them; `upper` is r of their QR."""
    size = np.sqrt(np.einsum("nk,nk->k", columns, columns))
    left = np.zeros(len(size))
    left[: len(upper)] = np.abs(np.diag(upper))
    over: npt.NDArray[np.bool_] = left > ALIKE * size
    return over
