"""Effects in groups, with restraint: what is seen there, and what luck would show.

Whoever looks into enough groups finds one in which it worked. So the first thing said
is whether groups differ at all: the spread between their effects is compared with what
their errors alone would give (Cochran's Q). Intervals are widened for the number of
groups (Bonferroni). Groups must have been known before the draw; those that share
clusters are less unlike than they look, which makes the test careful, not bold.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
from scipy.special import chdtrc

from groundgame.errors import CannotAnalyse
from groundgame.experiment.columns import MANY_WORDS, chosen, words
from groundgame.experiment.effects import Told, Wish
from groundgame.experiment.fit import effects_of
from groundgame.experiment.trial import Trial

FEWEST = 20
"""Rows of each arm below which a group is not shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """The effect in one group; its interval is widened for looking at all of them."""

    group: str
    n: int
    told: Told


@dataclass(frozen=True, slots=True)
class Groups:
    """One arm's effect in all groups, and whether they differ more than by luck."""

    arm: str
    groups: tuple[Group, ...]
    p: float
    left_out: int
    """Rows in groups too small to show, or of one cluster in an arm."""


def groups(
    trial: Trial, table: pa.Table, by: str, wish: Wish | None = None
) -> list[Groups]:
    """Return each arm's effect in each group.

    Args:
        trial: What was gathered of the table.
        table: The same rows, in the same order.
        by: A column that was known before the draw.
        wish: As for `estimate`.

    Raises:
        CannotAnalyse: There is no such column, or it has too many groups.
    """
    wish = wish or Wish()
    every = words(chosen(table, [by], CannotAnalyse)[by]).fill_null("not known")
    said = every.gather(trial.here(np.arange(len(every))))
    if said.n_unique() > MANY_WORDS:
        raise CannotAnalyse(
            f"{said.n_unique():,} groups of {by}",
            f"at most {MANY_WORDS}",
            "group them first",
        )
    known = ~np.isnan(trial.outcome)
    return [
        _of_arm(trial.only(known), said.filter(pl.Series(known)), arm, wish)
        for arm in range(1, len(trial.arms))
    ]


def _of_arm(seen: Trial, said: pl.Series, arm: int, wish: Wish) -> Groups:
    """Return one arm's effect in each group."""
    names = [
        name
        for name in sorted(said.unique().to_list())
        if _enough(seen, (said == name).to_numpy(), arm)
    ]
    level = 1 - (1 - wish.level) / max(len(names), 1)
    inside = [
        _one(_inside(seen, (said == name).to_numpy(), arm), name, wish, level)
        for name in names
    ]
    found = [one for one in inside if one is not None]
    kept = sum(one.n for one in found)
    both = int(((seen.arm == 0) | (seen.arm == arm)).sum())
    return Groups(seen.arms[arm], tuple(found), _differ(found), both - kept)


def _enough(seen: Trial, rows: npt.NDArray[np.bool_], arm: int) -> bool:
    """Return whether a group has enough of both arms to say anything."""
    here = [rows & (seen.arm == one) for one in (0, arm)]
    clusters = min(len(np.unique(seen.cluster[one])) for one in here)
    return min(int(one.sum()) for one in here) >= FEWEST and clusters > 1


def _one(two: Trial, name: str, wish: Wish, level: float) -> Group | None:
    """Return the effect in one group: a plain difference, so that nothing is chosen.

    None: its blocks are such that nothing can be said of it.
    """
    try:
        found = effects_of(two, wish.how)(two.outcome, 1, wish.how.errors)
    except CannotAnalyse:
        return None
    return Group(name, len(two.outcome), Told.of(found, level))


def _inside(seen: Trial, rows: npt.NDArray[np.bool_], arm: int) -> Trial:
    """Return one group of an arm and the control, without covariates."""
    here = seen.only(rows & ((seen.arm == 0) | (seen.arm == arm)))
    return replace(
        here,
        arm=(here.arm == arm).astype(np.int64),
        arms=(seen.arms[0], seen.arms[arm]),
        covariates=np.empty((len(here.arm), 0)),
    )


def _differ(found: list[Group]) -> float:
    """Return the p-value of all groups having one effect."""
    sure = [one.told for one in found if one.told.std_error > 0]
    if len(sure) < 2:  # noqa: PLR2004  # one cannot differ
        return float("nan")
    weight = np.array([1 / one.std_error**2 for one in sure])
    effect = np.array([one.estimate for one in sure])
    middle = float(weight @ effect / weight.sum())
    spread = float(weight @ (effect - middle) ** 2)
    return float(chdtrc(len(sure) - 1, spread))
