"""What is known of an experiment when it is analysed: one row a unit that was measured.

In:  a table with an outcome and an arm, and a `Question` that names its columns.
Out: a `Trial`: the same as arrays, and what was noticed on the way.

A missing outcome is kept as missing, for somebody has to ask whom it is missing from. A
missing covariate takes the mean, and gets a column that says so; words become one
column a word. What no analysis can put right is refused: an arm that nobody is in, a
cluster with two arms, a unit twice.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAnalyse
from groundgame.experiment.columns import (
    MANY_WORDS,
    Codes,
    Floats,
    beside,
    chosen,
    codes,
    numbered,
    numbers,
    summed,
    words,
)

ALIKE = {"0": "no", "false": "no", "n": "no", "1": "yes", "true": "yes", "y": "yes"}
"""Ways to write yes and no, when an arm is named."""


FEW_OTHERS = 0.05
"""Share of outcomes below which numbers other than 0 and 1 are looked at askance."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which columns of a table hold what; an empty name means that there is none.

    `weights` are inverse probabilities of having been assigned to the arm one is in.
    `unit` is an id of which each may come once.
    """

    outcome: str
    arm: str
    control: str
    cluster: str = ""
    block: str = ""
    covariates: tuple[str, ...] = ()
    contacted: str = ""
    weights: str = ""
    unit: str = ""

    @property
    def columns(self) -> list[str]:
        """All columns that are asked for."""
        one = (self.outcome, self.arm, self.cluster, self.block, self.contacted)
        return [
            name for name in (*one, self.weights, self.unit, *self.covariates) if name
        ]


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment as arrays: one entry a row, in the table's order.

    Attributes:
        outcome: What was measured, shape (n,); missing is nan.
        arm: Which arm, shape (n,): numbers into `arms`. Number 0 is the control.
        arms: Names of the arms; the control first, the others in order of name.
        cluster: Which cluster, shape (n,), numbered from 0; each row its own if none.
        block: Which block, shape (n,), numbered from 0; all zeros if there are none.
        covariates: Known before assignment, shape (n, k), nothing missing.
        contacted: Who was reached, shape (n,): 0 or 1; None if that is not known.
        weights: Inverse probabilities, shape (n,); None if all are alike.
        clustered: Whether clusters were assigned, and not single units.
        notes: What a reader of the result has to know.
        names: What each covariate is called, if that is known.
        rows: Which rows of the table these are; None: all of them, in its order.
    """

    outcome: Floats
    arm: Codes
    arms: tuple[str, ...]
    cluster: Codes
    block: Codes
    covariates: Floats
    contacted: Floats | None = None
    weights: Floats | None = None
    clustered: bool = False
    notes: tuple[str, ...] = field(default=())
    names: tuple[str, ...] = ()
    rows: Codes | None = None

    @property
    def firsts(self) -> Codes:
        """The first row of each cluster, by the number of the cluster."""
        return np.unique(self.cluster, return_index=True)[1].astype(np.int64)

    def only(self, rows: npt.NDArray[np.bool_]) -> Self:
        """Return some of its rows; clusters and blocks are numbered anew."""
        return replace(
            self,
            outcome=self.outcome[rows],
            arm=self.arm[rows],
            cluster=numbered(self.cluster[rows]),
            block=numbered(self.block[rows]),
            covariates=self.covariates[rows],
            contacted=None if self.contacted is None else self.contacted[rows],
            weights=None if self.weights is None else self.weights[rows],
            rows=None if self.rows is None else self.rows[rows],
        )

    def here(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return what another column of the table says of these rows."""
        return column if self.rows is None else column[self.rows]

    def asking(self, outcome: Floats) -> Self:
        """Return the same experiment, asked about another outcome."""
        return replace(self, outcome=outcome)


def gather(table: pa.Table, asked: Question) -> Trial:
    """Read a trial out of a table.

    Raises:
        CannotAnalyse: What was found cannot be the experiment that is asked about.
    """
    rows = _there(table, asked)
    arm, arms = _arms(rows, asked)
    notes: list[str] = []
    cluster = codes(rows, asked.cluster)
    block = codes(rows, asked.block)
    covariates, names = beside(rows, asked.covariates, notes)
    outcome = numbers(rows, asked.outcome)
    notes += _odd(outcome, asked)
    trial = Trial(
        outcome=outcome,
        arm=arm,
        arms=arms,
        cluster=np.arange(rows.height) if cluster is None else cluster,
        block=np.zeros(rows.height, np.int64) if block is None else block,
        covariates=covariates,
        contacted=_reached(rows, asked, arm, notes),
        weights=_weights(rows, asked.weights),
        clustered=cluster is not None,
        notes=tuple(notes),
        names=names,
    )
    _hold_clusters(trial, asked)
    return _compared(trial, asked) if asked.block else trial


def _odd(outcome: Floats, asked: Question) -> list[str]:
    """Say that a yes or no has some other numbers among it: -99, perhaps, or 9."""
    known = outcome[~np.isnan(outcome)]
    other = ~np.isin(known, (0.0, 1.0))
    if not 0 < other.sum() < FEW_OTHERS * len(known):
        return []
    shown = ", ".join(f"{one:g}" for one in np.unique(known[other])[:5])
    said = (
        f"{int(other.sum()):,} of {len(known):,} outcomes are neither 0 nor 1 "
        f"({shown}), and count as what they are; if they stand for something that "
        f"was not measured, leave their cells of {asked.outcome} empty"
    )
    return [said]


def _there(table: pa.Table, asked: Question) -> pl.DataFrame:
    """Return the columns asked for, if all are there, and each unit once."""
    rows = chosen(table, asked.columns, CannotAnalyse)
    if asked.outcome == asked.arm:
        raise CannotAnalyse(
            f"{asked.arm} for the arm and for the outcome",
            "an outcome that was measured after the draw",
            "name its column with --outcome",
        )
    if both := {asked.outcome, asked.arm} & set(asked.covariates):
        raise CannotAnalyse(
            f"the covariate {both.pop()}, which is the outcome or the arm",
            "covariates that were known before anybody was assigned",
            "leave it out of --covariates",
        )
    ids = rows[asked.unit].drop_nulls() if asked.unit else pl.Series()
    if twice := len(ids) - ids.n_unique():
        arms = rows.group_by(asked.unit).agg(pl.col(asked.arm).n_unique() > 1)
        torn = int(arms[asked.arm].sum())
        raise CannotAnalyse(
            f"{twice} rows that repeat a {asked.unit}"
            + (f", {torn} of them in two arms" if torn else ""),
            "one row a unit",
            "leave one row of each, or name the column that tells rows apart with "
            f"--unit; if each was measured several times, {asked.unit} is a --cluster",
        )
    return rows


def _arms(rows: pl.DataFrame, asked: Question) -> tuple[Codes, tuple[str, ...]]:
    """Number the arms, the control first."""
    said = words(rows[asked.arm])
    if unassigned := said.is_null().sum():
        raise CannotAnalyse(
            f"{unassigned:,} rows without an arm",
            "an arm for each unit that was assigned",
            f"keep those that were with --where '{asked.arm} is not null'; whoever "
            f"was assigned and lost is kept, with an empty {asked.outcome}",
        )
    found = sorted(said.unique().to_list())
    control = _meant(asked.control, found)
    if control is None or len(found) == 1 or len(found) > MANY_WORDS:
        raise CannotAnalyse(
            f"{len(found)} arms: {', '.join(found[:10])}",
            f"the control {asked.control!r}, and one arm or some besides",
            "name the column of arms with --arm and one of them with --control",
        )
    arms = (control, *(one for one in found if one != control))
    order = dict(zip(arms, range(len(arms)), strict=True))
    return said.replace_strict(order, return_dtype=pl.Int64).to_numpy(), arms


def _meant(control: str, found: list[str]) -> str | None:
    """Return which arm is meant: as it is written, or as another program writes it."""
    said = words(pl.Series([control], dtype=pl.String))[0]
    if said in found:
        return str(said)
    low = (said or "").casefold()
    for same in (str.casefold, lambda one: ALIKE.get(one.casefold(), one.casefold())):
        like = [one for one in found if same(one) == same(low)]
        if len(like) == 1:
            return like[0]
    return None


def _reached(
    rows: pl.DataFrame, asked: Question, arm: Codes, notes: list[str]
) -> Floats | None:
    """Return who was reached; say so if some of the control were."""
    if not asked.contacted:
        return None
    reached = numbers(rows, asked.contacted)
    if unknown := int(np.isnan(reached).sum()):
        reached = np.nan_to_num(reached)
        notes.append(
            f"{unknown:,} rows do not say whether they were reached, and count as not"
        )
    if not np.isin(reached, (0.0, 1.0)).all():
        raise CannotAnalyse(
            f"other values than 0 and 1 in {asked.contacted}",
            "1 for each unit that was reached, and 0",
            "write 0 where nobody was reached",
        )
    leaked = int(reached[arm == 0].sum())
    if leaked:
        notes.append(
            f"{leaked:,} units of the control were contacted anyway; they stay in "
            f"their arm, and the effect on those reached is of those who were reached "
            f"because of their arm"
        )
    return reached


def _weights(rows: pl.DataFrame, name: str) -> Floats | None:
    """Return weights, all above nothing."""
    if not name:
        return None
    weights = numbers(rows, name)
    if not (weights > 0).all():
        raise CannotAnalyse(
            f"{int((~(weights > 0)).sum())} weights that are missing, or 0 or less",
            "1 / probability of the arm that a unit is in",
            f"leave out who could not have been in either arm: --where '{name} > 0'",
        )
    return weights


def _hold_clusters(trial: Trial, asked: Question) -> None:
    """Refuse an assignment that cannot be of the clusters that were named."""
    if not trial.clustered:
        return
    _hold_blocks(trial, asked)
    least = np.full(trial.cluster.max() + 1, len(trial.arms))
    most = np.zeros_like(least)
    np.minimum.at(least, trial.cluster, trial.arm)
    np.maximum.at(most, trial.cluster, trial.arm)
    if mixed := int((least != most).sum()):
        raise CannotAnalyse(
            f"more than one arm in {mixed:,} of {len(least):,} values of "
            f"{asked.cluster}",
            "one arm a cluster: it is the cluster that is assigned",
            f"name what was assigned with --cluster; if {asked.cluster} was only "
            f"drawn within, it is a --block",
        )


def _hold_blocks(trial: Trial, asked: Question) -> None:
    """Refuse clusters that lie in several blocks: they were not drawn within them."""
    cells = trial.cluster * (int(trial.block.max()) + 1) + trial.block
    if torn := len(np.unique(cells)) - len(trial.firsts):
        raise CannotAnalyse(
            f"values of {asked.cluster} that lie in several values of {asked.block} "
            f"({torn:,} more than there are clusters)",
            "clusters that lie whole in one block",
            f"name as --block what whole values of {asked.cluster} were drawn within, "
            f"or leave it out",
        )


def _compared(trial: Trial, asked: Question) -> Trial:
    """Leave out blocks of one arm: there is nothing in them to compare.

    Where most are so, it was the blocks that were assigned, and that is refused.
    """
    arms = np.zeros((trial.block.max() + 1, len(trial.arms)), np.int64)
    np.add.at(arms, (trial.block, trial.arm), 1)
    alone = (arms > 0).sum(axis=1) == 1
    lacking = int((arms == 0).any(axis=1).sum())
    if 2 * alone.sum() > len(alone):
        raise CannotAnalyse(
            f"one arm only in {int(alone.sum()):,} of {len(arms):,} values of "
            f"{asked.block}",
            "each arm in each block: units are drawn within blocks",
            f"if {asked.block} is what was assigned, it is a --cluster; if not, "
            f"join small blocks",
        )
    said = []
    if alone.any():
        said.append(
            f"{int(alone.sum()):,} of {len(arms):,} values of {asked.block} have one "
            f"arm only; their {int(arms[alone].sum()):,} rows say nothing of the "
            f"difference, and are left out"
        )
    if lacking > alone.sum():
        said.append(
            f"{lacking - int(alone.sum()):,} values of {asked.block} lack one of the "
            f"arms: each arm is compared where it and the control were"
        )
    kept = trial
    if alone.any():
        kept = replace(trial, rows=np.arange(len(trial.arm)))
        kept = kept.only(~alone[trial.block])
    return replace(kept, notes=(*kept.notes, *said))


def totals(trial: Trial) -> Trial:
    """Return clusters as units, each with its total over all units (Horvitz-Thompson).

    A mean of clusters of unequal size leans towards small ones, a mean of their members
    has a denominator by chance; totals times clusters over units are unbiased, at the
    price of spread if sizes differ (Gerber and Green 2012, chapter 3; Middleton and
    Aronow 2015).
    """
    kept = trial.only(~np.isnan(trial.outcome))
    firsts = kept.firsts
    over = len(firsts) / len(kept.outcome)

    def whole(values: Floats) -> Floats:
        return summed(kept.cluster, values) * over

    return Trial(
        whole(kept.outcome),
        kept.arm[firsts],
        kept.arms,
        np.arange(len(firsts)),
        kept.block[firsts],
        np.column_stack([whole(one) for one in kept.covariates.T])
        if kept.covariates.shape[1]
        else np.empty((len(firsts), 0)),
        None if kept.contacted is None else whole(kept.contacted),
        notes=(*kept.notes, "clusters are compared by their totals"),
    )
