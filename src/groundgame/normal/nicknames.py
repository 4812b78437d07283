"""Names that may be one person's: William and Bill, Bill and Will.

The pairs are those of the package `nicknames`, which people collected by hand; they are
English ones. A pair says that two names may belong to one person, not that they do.
"""

from functools import cache

import nicknames as collected
import polars as pl


@cache
def nicknames() -> pl.DataFrame:
    """Return every pair both ways: name, other, through; capitals, sorted.

    `through` is true where the two are short forms of one full name (Bill and Will by
    William), and false where one is a form of the other.
    """
    rows = [
        (pair.name1.upper(), pair.name2.upper())
        for pair in collected.name_triplets()
        if pair.relationship == "has_nickname"
    ]
    full = pl.DataFrame(rows, schema=["given", "short"], orient="row")
    full = full.select(pl.col("given", "short").str.replace_all(r"[^A-Z]", "")).unique()
    direct = pl.concat(
        [
            full.select(name="given", other="short"),
            full.select(name="short", other="given"),
        ]
    ).unique()
    shared = full.join(full, on="given").select(name="short", other="short_right")
    shared = shared.unique().join(direct, on=["name", "other"], how="anti")
    return (
        pl.concat(
            [
                direct.with_columns(through=pl.lit(value=False)),
                shared.with_columns(through=pl.lit(value=True)),
            ]
        )
        .filter(pl.col("name") != pl.col("other"))
        .sort("name", "other")
    )


@cache
def canonical() -> pl.DataFrame:
    """Return name, given: the one full name of each short one that has only one."""
    pairs = pl.DataFrame(
        [
            (pair.name2.upper(), pair.name1.upper())
            for pair in collected.name_triplets()
            if pair.relationship == "has_nickname"
        ],
        schema=["name", "given"],
        orient="row",
    ).unique()
    return (
        pairs.filter(pl.len().over("name") == 1)
        .filter(~pl.col("name").is_in(pairs["given"].to_list()))
        .sort("name")
    )
