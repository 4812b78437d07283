"""Who is in which arm: a draw that anybody can repeat.

In:  units, and a `Draw`: arms with their shares, blocks, clusters, a seed.
Out: the same units, each with its arm and with its probability of that arm.

A draw depends on the set of units and the seed, never on the order of rows: clusters
(or units) are sorted by id and shuffled by the seed. Within each block as many fall to
each arm as its share says; what is left over by rounding is drawn too, so that each
unit has exactly the probabilities that were asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAssign
from groundgame.experiment.columns import Codes, Floats, chosen
from groundgame.values import Seed

ARM, PROBABILITY = "arm", "probability"


@dataclass(frozen=True, slots=True)
class Draw:
    """How to draw: the columns that name units, and the share of each arm.

    The control is an arm like others. Shares are taken in proportion: 1 and 1 is half
    and half.
    """

    arms: Mapping[str, float]
    seed: Seed
    unit: str
    cluster: str = ""
    block: str = ""

    def __post_init__(self) -> None:
        """Refuse arms that nobody could be drawn into."""
        if len(self.arms) == 1 or not all(share > 0 for share in self.arms.values()):
            raise ValueError("two arms or more, and a share above 0 for each")
        if not all(name.strip() for name in self.arms):
            raise ValueError("a name for each arm")


def assign(units: pa.Table, draw: Draw) -> pa.Table:
    """Return the units with two more columns, `arm` and `probability`.

    Raises:
        CannotAssign: A unit comes twice, a cluster lies in two blocks, a column that is
            named is not there or is not filled, or there are fewer clusters than arms.
    """
    rows = _whole(units, draw)
    key = draw.cluster or draw.unit
    one_each = (
        rows.select(pl.col(key).alias("key"), _block(draw).alias("block"))
        .unique()
        .sort("key")
    )
    if one_each["key"].n_unique() < one_each.height:
        twice = one_each.height - one_each["key"].n_unique()
        raise CannotAssign(
            f"{twice:,} values of {draw.cluster} lie in several values of {draw.block}",
            "clusters that lie whole in one block",
            "block by something that does not divide clusters",
        )
    if one_each.height < len(draw.arms):
        raise CannotAssign(
            f"{one_each.height} of {key} for {len(draw.arms)} arms",
            "one for each arm at least",
            "assign smaller things, or fewer arms",
        )
    block = one_each["block"].rank("dense").to_numpy().astype(np.int64) - 1
    arm = _drawn(block, draw)
    names = np.array(list(draw.arms), dtype=object)
    shares = _shares(draw)
    drawn = one_each.select(
        "key",
        pl.Series(ARM, names[arm], pl.String),
        pl.Series(PROBABILITY, shares[arm], pl.Float64),
    )
    joined = rows.join(
        drawn, left_on=key, right_on="key", how="left", maintain_order="left"
    )
    told = joined.select(ARM, PROBABILITY).to_arrow()
    for name in (ARM, PROBABILITY):
        units = units.append_column(name, told[name])
    return units


def _whole(units: pa.Table, draw: Draw) -> pl.DataFrame:
    """Return the columns a draw needs, as words, if they are whole."""
    names = [name for name in (draw.unit, draw.cluster, draw.block) if name]
    rows = chosen(units, names, CannotAssign).cast(pl.String)
    if taken := sorted({ARM, PROBABILITY} & set(units.column_names)):
        raise CannotAssign(
            f"a column {' and '.join(taken)} already",
            "units that were not assigned yet",
            "leave the earlier draw as it is: a unit stays in its arm",
        )
    if empty := int(rows.null_count().to_numpy().sum()):
        raise CannotAssign(
            f"{empty:,} cells that are empty in {', '.join(names)}",
            "an id for each",
            "fill them in, or leave these rows out",
        )
    if twice := rows.height - rows[draw.unit].n_unique():
        raise CannotAssign(
            f"{twice:,} rows that repeat a {draw.unit}",
            "each unit once",
            "leave one row of each",
        )
    return rows


def _block(draw: Draw) -> pl.Expr:
    """Return what units are drawn within."""
    return pl.col(draw.block) if draw.block else pl.lit("")


def _shares(draw: Draw) -> Floats:
    """Return the probability of each arm."""
    shares = np.array(list(draw.arms.values()), np.float64)
    each: Floats = shares / shares.sum()
    return each


def _drawn(block: Codes, draw: Draw) -> Codes:
    """Draw an arm for each cluster, sorted by id, within its block.

    Clusters stand in a row by chance, and the first so many of a block are of the first
    arm, the next of the second.
    """
    chance = draw.seed.stream("experiment.assign")
    lots = chance.random(len(block))
    order = np.lexsort((lots, block))
    sizes = np.bincount(block)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.arange(len(block)) - first
    counts = _rounded(sizes, _shares(draw), chance)
    ends = np.cumsum(counts, axis=1)
    arm = np.empty(len(block), np.int64)
    arm[order] = (place[:, None] >= ends[block[order]]).sum(axis=1)
    return arm


def _rounded(sizes: Codes, shares: Floats, chance: np.random.Generator) -> Codes:
    """Round shares of blocks to whole numbers, up or down, so that the means are exact.

    One number drawn for a block shifts all its marks, so that each mark is rounded up
    as often as its fraction says, and counts add up (systematic rounding).
    """
    marks = np.cumsum(sizes[:, None] * shares, axis=1)
    marks[:, -1] = sizes
    shift = chance.random((len(sizes), 1))
    whole = np.floor(marks + shift).astype(np.int64)
    whole[:, -1] = sizes
    return np.diff(whole, axis=1, prepend=0)
