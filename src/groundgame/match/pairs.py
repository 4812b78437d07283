"""Rows of one list that are one person: what people decide about pairs, and then holds.

In:  PAIRS as they were found, and DECISIONS about them: `row_id` is the pair's id, and
     `person_id`, where something is accepted or refused, its other row.
Out: PAIRS as they hold, and CLUSTERS, the rows that are one person.

    accepted   the two rows are one person
    refused    they are two people, also where a chain of other pairs joins them
    undone     what was thought or decided of the pair is taken back; it is for review
"""

import polars as pl
import pyarrow as pa

from groundgame.match.clusters import joined
from groundgame.match.decisions import standing
from groundgame.tables import CLUSTERS, DECISIONS, PAIRS

_STATES = {"accepted": "same", "refused": "apart", "undone": "review"}
_BY_HAND = pl.col("decided_by").is_not_null()


def settle_pairs(pairs: pa.Table, decisions: pa.Table) -> pa.Table:
    """Return PAIRS as they hold after every decision.

    Where people told two rows apart and a chain of pairs still joins them, the pairs
    of that chain which nobody has looked at are for review.

    Args:
        pairs: PAIRS, as `duplicates` gave them.
        decisions: DECISIONS, in any order; those about other pairs change nothing.
    """
    last = (
        standing(pl.DataFrame(DECISIONS.conform(decisions)))
        .sort("at", "by")
        .group_by("row_id", maintain_order=True)
        .last()
        .select(pair="row_id", verdict="verdict", decided_by="by", decided_at="at")
    )
    held = (
        pl.DataFrame(PAIRS.conform(pairs))
        .drop("decided_by", "decided_at")
        .join(last, on="pair", how="left", maintain_order="left")
        .with_columns(
            state=pl.coalesce(
                pl.col("verdict").replace_strict(_STATES, default=None), "state"
            )
        )
    )
    return PAIRS.conform(_without_contradiction(held).drop("verdict").to_arrow())


def clusters(rows: pa.Table, pairs: pa.Table) -> pa.Table:
    """Return CLUSTERS: every row, with the rows that pairs which are the same join.

    Args:
        rows: row_id and line of every row of the list.
        pairs: PAIRS, as they hold.
    """
    every = pl.DataFrame(rows.select(["row_id", "line"])).sort("row_id")
    cluster = _joined(every["row_id"], pl.DataFrame(PAIRS.conform(pairs)))
    found = every.with_columns(cluster=cluster).with_columns(
        size=pl.len().over("cluster").cast(pl.Int32)
    )
    return CLUSTERS.conform(found.sort("line").to_arrow())


def _without_contradiction(held: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs; chains that join what people told apart are for review."""
    names = pl.concat([held["row_id"], held["other_id"]]).unique().sort()
    group = pl.DataFrame({"row_id": names, "group": _joined(names, held)})
    mine = held.join(group, on="row_id", how="left", maintain_order="left")
    other = held.select(row_id="other_id").join(
        group, on="row_id", how="left", maintain_order="left"
    )
    torn = mine.filter((pl.col("state") == "apart") & (mine["group"] == other["group"]))
    doubted = (
        (pl.col("state") == "same")
        & ~_BY_HAND
        & mine["group"].is_in(torn["group"].implode())
    )
    return held.with_columns(
        state=pl.when(doubted).then(pl.lit("review")).otherwise("state")
    )


def _joined(names: pl.Series, pairs: pl.DataFrame) -> pl.Series:
    """Return, for each of the sorted names, the first name of its group."""
    number = pl.DataFrame({"name": names}).with_row_index("number")
    sure = pairs.filter(pl.col("state") == "same")
    left, right = (
        sure.select(name=side).join(
            number, on="name", how="left", maintain_order="left"
        )["number"]
        for side in ("row_id", "other_id")
    )
    return names.gather(joined(len(names), left, right))
