"""At which level arms were assigned, as the data show it.

If everybody of a street is in one arm, and so in every street, it was streets that were
assigned, whatever somebody says: taken for single people, a few streets of luck look
like a sure thing. So each column that nobody named is looked at: does it say the arm,
in groups of several units, more often than luck could?

In:  a table with all its columns, and the question.
Out: nothing, or a refusal that names the column.
"""

from math import log

import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAnalyse
from groundgame.experiment.columns import words
from groundgame.experiment.trial import Question

LUCK = log(1e-9)
"""Log of how likely luck puts groups whole into arms, below which it is no luck."""
FEWEST = 3
"""Groups in each arm, below which a column may be another name of the arm."""
KNOWN = 0.9
"""Share of units that a column must say something of."""
HEAD = 10_000
"""Rows that are looked at before all are."""
FRACTION = r"^\s*[+-]?\d*\.\d*[1-9]\d*\s*$"
"""No id: a share, a weight, a place."""
ARM, GROUP = "arm", "group"


def hold_level(table: pa.Table, asked: Question) -> None:
    """Refuse an assignment of something larger than what is said to be assigned.

    Raises:
        CannotAnalyse: A column says the arm of whole groups of units.
    """
    rows = pl.DataFrame(table)
    if not {asked.arm, asked.cluster or asked.arm} <= set(rows.columns):
        return
    if asked.cluster:
        rows = rows.unique(asked.cluster, keep="first", maintain_order=True)
    named = {asked.outcome, asked.arm, asked.contacted, asked.weights, asked.unit}
    others = [one for one in rows.columns if one not in named | {asked.cluster}]
    found = {
        name: groups
        for name in others
        if (groups := _groups(rows, name, asked)) is not None
    }
    if not found:
        return
    name = min(found, key=lambda one: found[one])
    raise CannotAnalyse(
        f"one arm in each of {found[name]:,} values of {name}, which luck does not do: "
        f"it is {name} that was assigned, and not each {asked.cluster or 'row'}",
        "what was assigned, as --cluster",
        f"name it with --cluster {name}; if that column was filled after the draw, as "
        f"with who visited, say --as-stated",
    )


def _groups(rows: pl.DataFrame, name: str, asked: Question) -> int | None:
    """Return how many groups of a column are whole in an arm; None: it is not so."""
    if name == asked.block or rows[name].dtype.is_nested():
        return None
    if not _whole(rows.head(HEAD), name, asked.arm):
        return None
    both = _both(rows, name, asked.arm)
    if both.height < KNOWN * rows.height or not _whole(rows, name, asked.arm):
        return None
    sizes = both.group_by(GROUP).agg(pl.len().alias("many"), pl.col(ARM).first())
    shares = (both[ARM].value_counts()["count"] / both.height).to_list()
    counts = sizes[ARM].value_counts()["count"]
    if len(counts) < len(shares) or counts.min() < FEWEST:  # type: ignore[operator]  # counts are whole numbers
        return None
    if asked.block and _is_cell(rows, name, asked):
        return None
    many = sizes.filter(pl.col("many") > 1)["many"].value_counts()
    luck = sum(count * _whole_by_luck(size, shares) for size, count in many.iter_rows())
    return sizes.height if luck < LUCK else None


def _whole_by_luck(size: int, shares: list[float]) -> float:
    """Return the log of how likely luck puts a group of a size into one arm."""
    most = max(shares)
    return size * log(most) + log(sum((share / most) ** size for share in shares))


def _both(rows: pl.DataFrame, name: str, arm: str) -> pl.DataFrame:
    """Return what a column says beside the arm, where both say something."""
    said = words(rows[name]).alias(GROUP)
    return pl.DataFrame([said, words(rows[arm]).alias(ARM)]).drop_nulls()


def _whole(rows: pl.DataFrame, name: str, arm: str) -> bool:
    """Return whether each value of a column, as far as it goes, is in one arm."""
    both = _both(rows, name, arm)
    if both[GROUP].str.contains(FRACTION).any():
        return False
    return both.unique()[GROUP].n_unique() == both.unique().height


def _is_cell(rows: pl.DataFrame, name: str, asked: Question) -> bool:
    """Return whether a column says no more than block and arm together."""
    cells = rows.select(asked.block, asked.arm).unique().height
    return rows.select(asked.block, asked.arm, name).unique().height == cells
