"""Find the rows of one list that are the same person.

In:  a list as it was read: the book's own members, or a list that was typed twice.
Out: every row with the cluster it is in; and the pairs that are one person, or may be.

Rows are one person where a chain of sure pairs joins them. Pairs that are not sure are
for somebody to look at, and join nothing until somebody has (see `pairs`).
"""

from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from groundgame.match.forms import forms
from groundgame.match.keys import held, rarely_shared
from groundgame.match.linking import CHUNK
from groundgame.match.pairs import clusters
from groundgame.match.plan import MatchPlan
from groundgame.match.posterior import of_pairs, worth_keeping
from groundgame.match.reading import Listed
from groundgame.match.score import rarities, scored, shared
from groundgame.match.words import reasons
from groundgame.normal.text import hashed
from groundgame.tables import PAIRS


@dataclass(frozen=True, slots=True)
class Duplicates:
    """CLUSTERS, one row for each row of the list; and PAIRS, what joins or may join."""

    clusters: pa.Table
    pairs: pa.Table

    def counts(self) -> dict[str, int]:
        """Return how many rows there are, and how many people they come to."""
        states = pl.DataFrame(self.pairs.select(["state"]))["state"]
        groups = pl.DataFrame(self.clusters.select(["cluster"]))["cluster"]
        return {
            "rows": self.clusters.num_rows,
            "people": groups.n_unique(),
            "same_pairs": int((states == "same").sum()),
            "review_pairs": int((states == "review").sum()),
        }


def duplicates(listed: Listed, plan: MatchPlan | None = None) -> Duplicates:
    """Find the rows of a list that are one person.

    Args:
        listed: The list.
        plan: How sure is sure enough.
    """
    plan = plan or MatchPlan()
    rows = pl.DataFrame(listed.table).sort("row_id")
    said = forms(rows).with_columns(l=pl.int_range(pl.len(), dtype=pl.Int64))
    pairs = of_pairs(_weighed(said, plan.most_alike), rows.height)
    likely = pairs.filter(pl.col("probability") >= plan.review)
    named = likely.with_columns(
        row_id=rows["row_id"].gather(likely["l"]),
        other_id=rows["row_id"].gather(likely["r"]),
        first_l=said["first"].gather(likely["l"]),
        first_r=said["first"].gather(likely["r"]),
    )
    both = named.select(text=pl.concat_str("row_id", "other_id", separator=" "))["text"]
    named = named.with_columns(
        pair=hashed(both),
        reasons=reasons(),
        state=pl.when(pl.col("probability") >= plan.accept)
        .then(pl.lit("same"))
        .otherwise(pl.lit("review")),
        decided_by=pl.lit(None, pl.String),
        decided_at=pl.lit(None, pl.Datetime("us", "UTC")),
    )
    found = PAIRS.conform(named.sort("row_id", "other_id").to_arrow())
    return Duplicates(clusters=clusters(listed.table, found), pairs=found)


def _weighed(said: pl.DataFrame, most_alike: int) -> pl.DataFrame:
    """Return the pairs of rows that could matter, with their weights and levels."""
    keys = rarely_shared(held(said, "l", None), most_alike)
    both = keys.join(keys.rename({"l": "r"}), on=["kind", "value"])
    pairs = both.filter(pl.col("l") < pl.col("r")).select("l", "r").unique()
    pairs = pairs.sort("l", "r")
    counts = {
        column: said.select(value=pl.col(column)).drop_nulls().group_by("value").len()
        for column in shared()
    }
    rarity = rarities(counts, said.height)
    other = said.rename({"l": "r"})
    found = [
        scored(
            said.join(some, on="l", how="semi"),
            other.join(some, on="r", how="semi"),
            some,
            rarity,
        ).filter(worth_keeping(said.height))
        for start in range(0, max(pairs.height, 1), CHUNK)
        for some in [pairs.slice(start, CHUNK)]
    ]
    return pl.concat(found).sort("l", "r")
