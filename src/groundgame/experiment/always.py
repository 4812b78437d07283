"""Intervals that stay right for those who look every day.

The usual interval is right once: who looks daily and stops at the first good day will
see effects that are not there. A confidence sequence covers at all looks together. This
is the asymptotic one of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2021, theorem
2.2), with Robbins' normal mixture: it asks for no more than the usual interval does.
"""

import math

from scipy.special import ndtri, stdtrit

from groundgame.experiment.means import Estimate


def always_valid(
    found: Estimate, seen: int, planned: int, alpha: float = 0.05
) -> tuple[float, float]:
    """Return an interval that holds at this look and at every other.

    Args:
        found: The estimate so far, and its standard error.
        seen: Units (or clusters) measured so far.
        planned: Units at which the interval shall be tightest.
        alpha: How often it may miss at any look at all.
    """
    asked = -2 * math.log(alpha)
    rho = (asked + math.log(asked + 1)) / planned
    grown = seen * rho
    times = math.sqrt(2 * (grown + 1) / grown * math.log(math.sqrt(grown + 1) / alpha))
    if 0 < found.df < math.inf:  # few clusters: as much wider as Student is than normal
        both = 1 - alpha / 2
        times *= float(stdtrit(found.df, both) / ndtri(both))
    return found.value - times * found.error, found.value + times * found.error
