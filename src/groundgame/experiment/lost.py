"""Who was not measured: attrition by arm, and what it could hide.

Outcomes that are missing for a reason that differs between arms spoil any estimate. Two
bounds say by how much at most, without a model: with all that is missing at its worst
(Manski 1990), and, if being assigned can only have made being measured more likely (or
only less), by leaving out the share by which one arm is measured more often (Lee 2009).
"""

from dataclasses import dataclass

import numpy as np

from groundgame.experiment.columns import Floats
from groundgame.experiment.trial import Trial


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that an effect can be: at worst, and trimmed."""

    worst: tuple[float, float]
    trimmed: tuple[float, float]


def bounds(trial: Trial, arm: int) -> Bounds | None:
    """Return bounds of the difference in means; None if nothing is missing."""
    here = trial.outcome[trial.arm == arm]
    there = trial.outcome[trial.arm == 0]
    seen = trial.outcome[~np.isnan(trial.outcome)]
    both = np.concatenate([here, there])
    if not np.isnan(both).any():
        return None
    least, most = float(seen.min()), float(seen.max())
    low = _filled(here, least) - _filled(there, most)
    high = _filled(here, most) - _filled(there, least)
    return Bounds((low, high), _trimmed(here, there))


def _filled(outcome: Floats, value: float) -> float:
    """Return the mean with what is missing taken to be a value."""
    return float(np.where(np.isnan(outcome), value, outcome).mean())


def _trimmed(here: Floats, there: Floats) -> tuple[float, float]:
    """Return Lee's bounds: the arm that was measured more often loses its ends."""
    kept = [np.sort(one[~np.isnan(one)]) for one in (here, there)]
    rates = [
        len(one) / len(whole) for one, whole in zip(kept, (here, there), strict=True)
    ]
    more = int(rates[1] > rates[0])
    cut = (rates[more] - rates[1 - more]) / rates[more]
    ends = _mean_of(kept[more], cut, top=False), _mean_of(kept[more], cut, top=True)
    other = float(kept[1 - more].mean())
    if more:
        return other - ends[1], other - ends[0]
    return ends[0] - other, ends[1] - other


def _mean_of(ordered: Floats, cut: float, *, top: bool) -> float:
    """Return the mean without a share at one end; a row may count in part."""
    weights = np.ones(len(ordered))
    gone = cut * len(ordered)
    whole = int(gone)
    weights[:whole] = 0.0
    if whole < len(ordered):
        weights[whole] = 1.0 - (gone - whole)
    values = ordered if top else ordered[::-1]
    return float(np.average(values, weights=weights))
