"""Differences in means, within blocks where there are some: no model, no matrix.

The estimate is the mean of the blocks' differences, a block weighing as much as it has
rows. An arm in a block is a *cell*; the errors are those of `robust` for a fit with a
column a cell (HC2, or CR2 for clusters), of which all sums can be written down: 344,000
rows in 180,000 clusters, or a thousand blocks, cost a few passes.

A cell of one cluster has no spread of its own (matched pairs). Of such blocks the
spread between their differences is taken (Pashley and Miratrix 2021; Imai 2008).
Degrees of freedom: Welch's for two arms of units; rows less cells in blocks; and
Satterthwaite's for clusters.
"""

from dataclasses import dataclass

import numpy as np

from groundgame.errors import CannotAnalyse
from groundgame.experiment.columns import Floats, summed
from groundgame.experiment.robust import Kind
from groundgame.experiment.trial import Trial


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate, its standard error, and the degrees of freedom of that."""

    value: float
    error: float
    df: float


@dataclass(frozen=True, slots=True)
class _Cells:
    """Sums of each cell, shape (blocks, 2): of the control, and of the arm."""

    rows: Floats
    mean: Floats
    clusters: Floats
    variance: Floats
    first: Floats
    second: Floats


def difference(trial: Trial, arm: int, kind: Kind = "hc2") -> Estimate:
    """Return how far the mean of an arm is above that of the control.

    All outcomes must be there (`Trial.only`). `kind` is for clusters too: hc2 is CR2.

    Raises:
        CannotAnalyse: Only one block of a kind has a cell of a single cluster.
    """
    trial = _with_both(trial, arm)
    share = np.bincount(trial.block) / len(trial.block)
    both = trial.only((trial.arm == 0) | (trial.arm == arm))
    cells = _cells(both, kind)
    gaps = cells.mean[:, 1] - cells.mean[:, 0]
    value = float(share @ gaps)
    single = (cells.clusters == 1).any(axis=1)
    within, df = _within(cells, share, ~single, clustered=trial.clustered)
    parts = [(within * _grown(trial) if kind == "hc1" else within, df)]
    if single.any():
        parts.append(_between(gaps, share, single))
    variance = sum(one for one, _ in parts)
    spread = sum(one**2 / df for one, df in parts if one > 0)
    return Estimate(
        value, float(np.sqrt(variance)), variance**2 / spread if spread else 0.0
    )


def _with_both(trial: Trial, arm: int) -> Trial:
    """Return the blocks in which there are both the control and an arm."""
    there = [
        np.bincount(trial.block[trial.arm == one], minlength=trial.block.max() + 1) > 0
        for one in (0, arm)
    ]
    whole = there[0] & there[1]
    if not whole.any():
        raise CannotAnalyse(
            f"no block with both {trial.arms[0]} and {trial.arms[arm]}",
            "blocks in which both were measured",
            "join blocks, or leave --block out",
        )
    return trial if whole.all() else trial.only(whole[trial.block])


def _cells(trial: Trial, kind: Kind) -> _Cells:
    """Sum up the cells of two arms."""
    blocks = int(trial.block.max()) + 1
    cell = 2 * trial.block + (trial.arm > 0)
    many = 2 * blocks
    rows = summed(cell, None, many)
    mean = summed(cell, trial.outcome, many) / np.maximum(rows, 1.0)
    off = trial.outcome - mean[cell]
    whole = trial.cluster if trial.clustered else np.arange(len(cell))
    groups, group = np.unique(whole * many + cell, return_inverse=True)
    cell_of = groups % many
    size = summed(group)
    share = size / rows[cell_of]
    clusters = summed(cell_of, None, many)
    left = _left(share, kind) / rows[cell_of] ** 2
    own = size * left
    lost = own * share
    first = summed(cell_of, own - lost, many)
    second = summed(cell_of, own**2 - 2 * own * lost, many)
    second += summed(cell_of, lost, many) ** 2
    variance = summed(cell_of, summed(group, off) ** 2 * left, many)
    told = (rows, mean, clusters, variance, first, second)
    return _Cells(*(one.reshape(blocks, 2) for one in told))


def _left(share: Floats, kind: Kind) -> Floats:
    """Return what each cluster's square is multiplied by."""
    if kind in {"hc0", "hc1"}:
        return np.ones_like(share)
    left = np.where(share < 1.0, 1.0 - share, np.inf)
    return left ** (-2.0 if kind == "hc3" else -1.0)


def _grown(trial: Trial) -> float:
    """Return what HC1 multiplies by, as for a fit with a column a cell of all arms."""
    rows = len(trial.arm)
    columns = len(np.unique(trial.block * len(trial.arms) + trial.arm))
    clusters = len(np.unique(trial.cluster)) if trial.clustered else rows
    return (rows - 1) / max(rows - columns, 1) * clusters / max(clusters - 1, 1)


def _within(
    cells: _Cells, share: Floats, rows: Floats, *, clustered: bool
) -> tuple[float, float]:
    """Return variance and degrees of freedom from blocks that show their spread."""
    weight = (share**2)[:, None] * rows[:, None]
    variance = float((weight * cells.variance).sum())
    if clustered:
        first = float((weight * cells.first).sum())
        second = float((weight**2 * cells.second).sum())
        return variance, first**2 / second if second else 1.0
    if len(share) > 1:
        units = float((cells.rows - 1)[rows].sum())
        return variance, max(units, 1.0)
    spread = float(
        ((weight * cells.variance) ** 2 / np.maximum(cells.rows - 1, 1)).sum()
    )
    return variance, variance**2 / spread if spread else float(cells.rows.sum() - 2)


def _between(gaps: Floats, share: Floats, rows: Floats) -> tuple[float, float]:
    """Return variance and degrees of freedom from the spread between blocks."""
    gap, weight = gaps[rows], share[rows]
    if len(gap) == 1:
        raise CannotAnalyse(
            "a block with a single unit or cluster in an arm, and no other like it",
            "two of each arm in a block, or two blocks with single ones",
            "join this block with another, and say so beside the result",
        )
    whole = weight.sum()
    part = weight / whole
    if (2 * part >= 1).all():  # two of one size
        return whole**2 * float(((gap - gap.mean()) ** 2).sum() / 2), 1.0
    lean = part**2 / np.maximum(1 - 2 * part, 1e-9)
    lean = lean / (1 + lean.sum())
    off = gap - float(part @ gap)
    return whole**2 * float((lean * off**2).sum()), float(len(gap) - 1)
