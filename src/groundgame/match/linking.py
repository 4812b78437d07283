"""Link a list to the people of a snapshot.

In:  a list as it was read, a snapshot, a plan.
Out: for every row of the list what became of it: linked, for review, unmatched or
     refused; and whom it may mean, with probabilities and reasons.

A voter id, an exact key (a whole name with a birth date and a place, a phone) and mere
likeness are weighed by one model, so an id that was mistyped does not win over a name
and a birth date that say otherwise. What holds for one row does not depend on where it
stands in the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyarrow as pa

from groundgame.match.forms import forms
from groundgame.match.plan import MatchPlan
from groundgame.match.posterior import of_rows, worth_keeping
from groundgame.match.reading import Listed
from groundgame.match.score import rarities, scored
from groundgame.match.search import Found, search
from groundgame.match.words import by, reasons
from groundgame.tables import CANDIDATES, LINKS, Snapshot
from groundgame.values.workers import Here, Workers

CHUNK = 500_000  # pairs scored at once
STATES = ("linked", "review", "unmatched", "refused")


@dataclass(frozen=True, slots=True)
class Links:
    """What became of a list: LINKS, one row for each of its rows; and CANDIDATES."""

    links: pa.Table
    candidates: pa.Table

    def counts(self) -> dict[str, int]:
        """Return how many rows came to what; they add up to `rows`."""
        return counts(self.links)


def counts(links: pa.Table) -> dict[str, int]:
    """Return how many rows of LINKS came to what; the states add up to `rows`."""
    states = pl.DataFrame(links.select(["state"]))["state"]
    return {"rows": links.num_rows} | {
        state: int((states == state).sum()) for state in STATES
    }


def link(
    listed: Listed,
    snapshot: Snapshot,
    plan: MatchPlan | None = None,
    workers: Workers | None = None,
) -> Links:
    """Say of every row of a list whom it means.

    Protected people are meant by no row: whoever means one is unmatched.

    Args:
        listed: The list.
        snapshot: Where the people are.
        plan: How sure is sure enough.
        workers: Where the snapshot's pieces are searched; here, if left out.
    """
    plan = plan or MatchPlan()
    rows = pl.DataFrame(listed.table).sort("row_id").with_row_index("l")
    said = forms(rows).with_columns(rows["l"].cast(pl.Int64))
    # beside the snapshot: there all workers see it
    with TemporaryDirectory(prefix=".match-", dir=snapshot.folder.parent) as folder:
        found = search(
            said, snapshot, plan.most_alike, Path(folder), (workers or Here()).map
        )
    weighed = of_rows(_weighed(said, found), found.everybody, listed.rows)
    likely = _likeliest(weighed, plan)
    candidates = _candidates(likely, said, found, rows)
    return Links(
        links=LINKS.conform(_links(rows, candidates, listed, plan).to_arrow()),
        candidates=CANDIDATES.conform(candidates.to_arrow()),
    )


def _weighed(said: pl.DataFrame, found: Found) -> pl.DataFrame:
    """Return the pairs that could matter, with their weights and levels."""
    rarity = rarities(found.counts, found.everybody)
    kept = [
        scored(
            said.join(some, on="l", how="semi"),
            found.people.join(some, on="r", how="semi"),
            some,
            rarity,
        ).filter(worth_keeping(found.everybody))
        for some in _chunks(found.pairs)
    ]
    return pl.concat(kept).sort("l", "r")


def _chunks(pairs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the pairs in pieces; one that is empty, where there are none."""
    for start in range(0, max(pairs.height, 1), CHUNK):
        yield pairs.slice(start, CHUNK)


def _likeliest(weighed: pl.DataFrame, plan: MatchPlan) -> pl.DataFrame:
    """Return the candidates worth showing, ranked; of rows that have a likely one."""
    best = pl.col("probability").max().over("l")
    return (
        weighed.filter(
            (best >= plan.review) & (pl.col("probability") > plan.review / 20)
        )
        .sort(
            ["l", "probability", "weight", "r"], descending=[False, True, True, False]
        )
        .with_columns(rank=(pl.int_range(pl.len()).over("l") + 1).cast(pl.Int16))
        .filter(pl.col("rank") <= plan.most_candidates)
    )


def _candidates(
    likely: pl.DataFrame, said: pl.DataFrame, found: Found, rows: pl.DataFrame
) -> pl.DataFrame:
    """Return CANDIDATES."""
    named = (
        likely.join(said.select("l", first_l="first"), on="l")
        .join(found.people.select("r", "person_id", first_r="first"), on="r")
        .join(rows.select(pl.col("l").cast(pl.Int64), "row_id"), on="l")
    )
    return named.with_columns(by=by(), reasons=reasons()).sort("row_id", "rank")


def _links(
    rows: pl.DataFrame, candidates: pl.DataFrame, listed: Listed, plan: MatchPlan
) -> pl.DataFrame:
    """Return LINKS: the rows that were read, with the likeliest; and the refused."""
    best = candidates.filter(pl.col("rank") == 1).select(
        "row_id", "person_id", "probability", "by", "reasons"
    )
    sure = pl.col("probability") >= plan.accept
    read = rows.select("row_id", "line", "key").join(best, on="row_id", how="left")
    read = read.with_columns(
        state=pl.when(pl.col("probability").is_null())
        .then(pl.lit("unmatched"))
        .when(sure)
        .then(pl.lit("linked"))
        .otherwise(pl.lit("review"))
    )
    refused = pl.DataFrame(listed.refused).select(
        row_id=pl.format("line {}", "line"),
        line="line",
        state=pl.lit("refused"),
        reasons="reason",
    )
    every = pl.concat([read, refused], how="diagonal").sort("line")
    return every.with_columns(
        decided_by=pl.lit(None, pl.String),
        decided_at=pl.lit(None, pl.Datetime("us", "UTC")),
    )
