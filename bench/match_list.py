"""The list that bench/match.py matches: rows made from an invented state's people.

Each row is given one kind of trouble (match_world.KINDS), and keeps the person it means
as its key, so that the answer can be held against the truth.
"""

from pathlib import Path

import numpy as np
import polars as pl
from match_world import KINDS, NOBODY, PART, given, part, skewed, words

from groundgame.normal import nicknames
from groundgame.values import Seed

_SPECIAL = {
    "twin": "twin",
    "Jr or Sr, said": "namesake",
    "Jr or Sr, not said": "namesake",
}
_LETTERS = np.array(list("AEIOULNRST"))


def make(path: Path, people: int, rows: int) -> None:
    """Write the list: what it says, who is meant if anybody, and the trouble."""
    parts = -(-people // PART)
    each = [part(n, min(PART, people - n * PART)) for n in range(parts)]
    chance = Seed(6).stream("match.list")
    share = np.array(list(KINDS.values()))
    kind = np.array(list(KINDS))[chance.choice(len(KINDS), rows, p=share / share.sum())]
    some = []
    for number, piece in enumerate(each):
        mine = kind[number::parts]
        some.append(_drawn(piece, mine, chance))
    listed = pl.concat(some)
    listed = _spoilt(listed, chance).with_columns(
        key=pl.when(pl.col("kind").is_in(NOBODY)).then(None).otherwise("person_id")
    )
    listed = listed[chance.permutation(listed.height)]
    listed.select(
        pl.format("{}|{}", pl.col("key").fill_null(""), "kind").alias("Member ID"),
        pl.col("first_name").alias("First Name"),
        pl.col("middle_name").str.slice(0, 1).alias("MI"),
        pl.col("last_name").alias("Last Name"),
        pl.col("suffix").alias("Suffix"),
        pl.col("birth_date").dt.strftime("%m/%d/%Y").alias("DOB"),
        pl.concat_str(
            "number", "street", pl.lit(" Apt ") + pl.col("unit"), separator=" ",
            ignore_nulls=True,
        ).str.replace("  ", " ").alias("Address"),
        pl.col("city").alias("City"),
        pl.col("zip").alias("Zip"),
        pl.col("phone").str.slice(2).alias("Phone"),
    ).write_csv(path)  # fmt: skip


def _drawn(
    piece: pl.DataFrame, kind: np.ndarray, chance: np.random.Generator
) -> pl.DataFrame:
    """Return one person for each row, fit for the row's kind of trouble."""
    at = chance.integers(0, piece.height, len(kind))
    for name, flag in _SPECIAL.items():
        fit = np.flatnonzero(piece[flag].to_numpy())
        at = np.where(kind == name, fit[at % len(fit)] if len(fit) else at, at)
    return piece[at].with_columns(kind=pl.Series(kind))


def _spoilt(rows: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Return the rows, each with its kind of trouble."""
    count = rows.height
    firsts, lasts = given(), words(60_000, "match.last")
    other_first = pl.Series(firsts[skewed(chance, len(firsts), count, 0.9)])
    other_last = pl.Series(lasts[skewed(chance, len(lasts), count, 0.75)])
    day = pl.Series(
        np.datetime64("2026-01-01")
        - chance.integers(18 * 365, 80 * 365, count).astype("m8[D]")
    )
    elsewhere = rows.select("number", "street", "unit", "city", "zip")[
        chance.permutation(count)
    ]
    near = chance.random(count) < 0.5
    kind = pl.col("kind")
    moved = kind.str.starts_with("moved") | (kind == "stranger")
    nobody = kind.is_in(NOBODY)
    short = (
        nicknames.nicknames()
        .filter(~pl.col("through"))
        .group_by("name")
        .agg(pl.col("other").sort().first())
    )
    rows = rows.join(
        short, left_on="first_name", right_on="name", how="left", maintain_order="left"
    )
    has = chance.random(count)
    said = rows.with_columns(
        first_name=pl.when(nobody).then(other_first)
        .when(kind.str.contains("nickname")).then(pl.coalesce("other", "first_name"))
        .otherwise("first_name"),
        last_name=pl.when(kind.is_in(["married", "stranger"])).then(other_last)
        .otherwise("last_name"),
        birth_date=pl.when(nobody).then(day)
        .when(kind.str.contains("^(no birth|Jr|name and)")).then(None)
        .when(kind.str.starts_with("a digit"))
        .then(pl.col("birth_date").dt.offset_by("10d"))
        .otherwise("birth_date"),
        suffix=pl.when(kind == "Jr or Sr, not said").then(None).otherwise("suffix"),
        number=pl.when(moved).then(elsewhere["number"]).otherwise("number"),
        street=pl.when(moved).then(elsewhere["street"]).otherwise("street"),
        unit=pl.when(moved).then(elsewhere["unit"]).otherwise("unit"),
        city=pl.when(moved & pl.Series(~near)).then(elsewhere["city"])
        .otherwise("city"),
        zip=pl.when(moved & ~pl.Series(near)).then(elsewhere["zip"]).otherwise("zip"),
        phone=pl.when(moved | pl.Series(has < 0.4)).then(None).otherwise("phone"),
    )  # fmt: skip
    return _slipped(said, chance)


def _slipped(said: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Return the rows with little said of some, and slips of the pen in others."""
    kind, count = pl.col("kind"), said.height
    bare = kind == "name and town only"
    said = said.with_columns(
        pl.when(bare).then(None).otherwise(name).alias(name)
        for name in ("middle_name", "number", "street", "unit", "zip", "phone")
    )
    at = pl.Series(chance.integers(0, 4, count))
    letter = pl.Series(_LETTERS[chance.integers(0, len(_LETTERS), count)])
    which = pl.Series(chance.random(count) < 0.5)
    wrong, swap = kind == "a letter wrong", kind == "names exchanged"
    slipped = {
        name: pl.concat_str(
            pl.col(name).str.slice(0, at), letter, pl.col(name).str.slice(at + 1)
        )
        for name in ("first_name", "last_name")
    }
    return said.with_columns(
        first_name=pl.when(swap).then("last_name").when(wrong & which)
        .then(slipped["first_name"]).otherwise("first_name"),
        last_name=pl.when(swap).then("first_name").when(wrong & ~which)
        .then(slipped["last_name"]).otherwise("last_name"),
    )  # fmt: skip
