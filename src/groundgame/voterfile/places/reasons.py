"""Why a door could not be placed, or not well: one sentence, for whoever looks for it.

A reason names streets and numbers of the map and of the door's own address; nothing of
who lives there.
"""

import polars as pl

APART = "its address points lie far apart"
BOX = "a mailbox is no place"
NO_NUMBER = "the address has no house number that can be read"
NO_STREET = "the address has no street"
NEIGHBOURS = "the street is known, but neither this number nor near ones"
NUMBER = "the street is known, but not this number"


def of_doors(*, neighbours: bool) -> pl.Expr:
    """Say why a door was not found by its own number.

    From street_key, zip, city_key, street, corrected, sure, instead, value.

    Args:
        neighbours: Whether somebody looked for near numbers, too.
    """
    town = pl.col("city_key").str.to_titlecase()
    where = pl.coalesce("in " + pl.col("zip"), "in " + town, pl.lit("on the map"))
    known = pl.col("street").is_not_null() & (~pl.col("corrected") | pl.col("sure"))
    return (
        pl.when(pl.col("street_key").is_null())
        .then(pl.lit(NO_STREET))
        .when(pl.col("street_key").str.contains(r"\bBOX \d"))
        .then(pl.lit(BOX))
        .when(pl.col("instead").is_not_null())
        .then("it may mean " + pl.col("instead") + " " + where)
        .when(~known)
        .then("no street of this name " + where)
        .when(pl.col("value").is_null())
        .then(pl.lit(NO_NUMBER))
        .otherwise(pl.lit(NEIGHBOURS if neighbours else NUMBER))
    )


def far(number: str, low: str, high: str) -> pl.Expr:
    """Say that a number is far beyond those that are known on its street."""
    return pl.format(
        "number {} is far beyond the street, which is known from {} to {}",
        number,
        low,
        high,
    )
