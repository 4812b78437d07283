"""What is known of an experiment when it is analysed: one row a unit that was measured.

In:  a table with an outcome and an arm, and a `Question` that names its columns.
Out: a `Trial`: the same as arrays, and what was noticed on the way.

A missing outcome is kept as missing, for somebody has to ask whom it is missing from. A
missing covariate takes the mean, and gets a column that says so; words become one
column a word. What no analysis can put right is refused: an arm that nobody is in, a
cluster with two arms, a unit twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAnalyse, CannotAssign

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

YES_NO = {"yes": "1", "true": "1", "no": "0", "false": "0"}
"""Words for 1 and 0, in small letters."""
MANY_WORDS = 50
"""As many words as a covariate may have; with more it is a name, or an id."""


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
        )

    def asking(self, outcome: Floats) -> Self:
        """Return the same experiment, asked about another outcome."""
        return replace(self, outcome=outcome)


def numbered(values: npt.NDArray[np.int64]) -> Codes:
    """Number what is there from 0, in its order."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def summed(
    groups: Codes, values: npt.NDArray[Any] | None = None, many: int = 0
) -> Floats:
    """Return the sum of values of each group, numbered from 0; or how many it has."""
    return np.bincount(groups, values, minlength=many).astype(np.float64)


def gather(table: pa.Table, asked: Question) -> Trial:
    """Read a trial out of a table.

    Raises:
        CannotAnalyse: What was found cannot be the experiment that is asked about.
    """
    rows = _there(table, asked)
    arm, arms = _arms(rows[asked.arm], asked.control)
    if asked.unit and rows[asked.unit].n_unique() < rows.height:
        twice = rows.height - rows[asked.unit].n_unique()
        raise CannotAnalyse(
            f"{twice} rows repeat a {asked.unit}",
            "one row a unit",
            "leave one row of each, or name the column that tells rows apart",
        )
    notes: list[str] = []
    cluster = _codes(rows, asked.cluster)
    block = _codes(rows, asked.block)
    covariates = _covariates(rows, asked.covariates, notes)
    trial = Trial(
        outcome=_numbers(rows, asked.outcome),
        arm=arm,
        arms=arms,
        cluster=np.arange(rows.height) if cluster is None else cluster,
        block=np.zeros(rows.height, np.int64) if block is None else block,
        covariates=covariates,
        contacted=_reached(rows, asked, arm, notes),
        weights=_weights(rows, asked.weights),
        clustered=cluster is not None,
        notes=tuple(notes),
    )
    _hold(trial, asked)
    return trial


def chosen(
    table: pa.Table,
    names: Sequence[str],
    refuse: type[CannotAnalyse] | type[CannotAssign],
) -> pl.DataFrame:
    """Return columns by their names, each once; refuse if one is not there."""
    if missing := sorted(set(names) - set(table.column_names)):
        raise refuse(
            f"no column {', '.join(missing)}",
            "the columns that were named",
            f"name them as the file does: {', '.join(table.column_names[:40])}",
        )
    return pl.DataFrame(table.select(list(dict.fromkeys(names))))


def _there(table: pa.Table, asked: Question) -> pl.DataFrame:
    """Return the columns asked for, if all are there."""
    rows = chosen(table, asked.columns, CannotAnalyse)
    unassigned = rows[asked.arm].is_null().sum()
    if unassigned:
        raise CannotAnalyse(
            f"{unassigned} rows without an arm",
            "an arm for each unit that was assigned",
            "keep those that were assigned with --where, and try again",
        )
    return rows


def _words(column: pl.Series) -> pl.Series:
    """Return values as words: 1, 1.0 and ' 1' are one word."""
    if column.dtype.is_float() and (column.drop_nulls() % 1 == 0).all():
        column = column.cast(pl.Int64)
    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int8)
    return column.cast(pl.String).str.strip_chars()


def _arms(column: pl.Series, control: str) -> tuple[Codes, tuple[str, ...]]:
    """Number the arms, the control first."""
    words = _words(column)
    found = sorted(words.unique().to_list())
    if control.strip() not in found or len(found) == 1 or len(found) > MANY_WORDS:
        raise CannotAnalyse(
            f"{len(found)} arms: {', '.join(found[:10])}",
            f"the control {control!r}, and one arm or some besides",
            "name the column of arms with --arm and one of them with --control",
        )
    arms = (control.strip(), *(one for one in found if one != control.strip()))
    numbers = dict(zip(arms, range(len(arms)), strict=True))
    return words.replace_strict(numbers, return_dtype=pl.Int64).to_numpy(), arms


def _codes(rows: pl.DataFrame, name: str) -> Codes | None:
    """Number what a column says; None if there is no such column."""
    if not name:
        return None
    if missing := rows[name].is_null().sum():
        raise CannotAnalyse(
            f"{missing} rows without a {name}", "one for each row", "fill them in"
        )
    return rows[name].rank("dense").to_numpy().astype(np.int64) - 1


def _numbers(rows: pl.DataFrame, name: str) -> Floats:
    """Read a column as numbers, yes and no as 1 and 0; an empty cell is missing."""
    column = rows[name]
    if column.dtype == pl.String:
        text = column.str.strip_chars().str.to_lowercase().replace(YES_NO)
        column = text.cast(pl.Float64, strict=False)
        words = int((column.is_null() & (text.fill_null("") != "")).sum())
        if words:
            raise CannotAnalyse(
                f"{words} cells of {name} that are no numbers",
                "numbers, or yes and no",
                "write numbers, and leave a cell empty where nothing was measured",
            )
    values = column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if np.isinf(values).any():
        raise CannotAnalyse(f"endless numbers in {name}", "numbers", "mend them")
    return np.array(values)


def _covariates(rows: pl.DataFrame, names: Sequence[str], notes: list[str]) -> Floats:
    """Return covariates as numbers: words as columns, missing ones as the mean."""
    columns: list[Floats] = []
    for name in names:
        if rows[name].dtype == pl.String or rows[name].dtype == pl.Categorical:
            columns += _one_each(_words(rows[name]).fill_null(""), name)
            continue
        values = _numbers(rows, name)
        missing = np.isnan(values)
        if missing.any() and not missing.all():
            values[missing] = values[~missing].mean()
            columns.append(missing.astype(np.float64))
            notes.append(
                f"{int(missing.sum()):,} rows lack {name}: they take its mean, and a "
                f"column says so"
            )
        columns.append(np.zeros(len(values)) if missing.all() else values)
    return np.column_stack(columns) if columns else np.empty((rows.height, 0))


def _one_each(words: pl.Series, name: str) -> list[Floats]:
    """Return a column of 0 and 1 for each word but the first."""
    found = sorted(words.unique().to_list())
    if len(found) > MANY_WORDS:
        raise CannotAnalyse(
            f"{len(found):,} different words in {name}",
            f"at most {MANY_WORDS}, or numbers",
            "group them first, or use it as --cluster or --block",
        )
    return [(words == word).to_numpy().astype(np.float64) for word in found[1:]]


def _reached(
    rows: pl.DataFrame, asked: Question, arm: Codes, notes: list[str]
) -> Floats | None:
    """Return who was reached; say so if some of the control were."""
    if not asked.contacted:
        return None
    reached = _numbers(rows, asked.contacted)
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
    weights = _numbers(rows, name)
    if not (weights > 0).all():
        raise CannotAnalyse(
            f"{int((~(weights > 0)).sum())} weights that are missing, or 0 or less",
            "1 / probability of the arm that a unit is in",
            "leave out who could not have been in either arm",
        )
    return weights


def _hold(trial: Trial, asked: Question) -> None:
    """Refuse an assignment that cannot be the one that was stated."""
    if trial.clustered:
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
    if asked.block:
        arms = np.zeros((trial.block.max() + 1, len(trial.arms)), np.int64)
        np.add.at(arms, (trial.block, trial.arm), 1)
        if whole := int((arms == 0).any(axis=1).sum()):
            raise CannotAnalyse(
                f"{whole:,} of {len(arms):,} values of {asked.block} lack an arm",
                "each arm in each block: units are drawn within blocks",
                f"if {asked.block} is what was assigned, it is a --cluster; if not, "
                f"join small blocks",
            )


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
