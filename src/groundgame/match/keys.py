"""Whom to compare with whom: two rows are compared where they share a key.

A key is something that two rows of one person share even when other things are wrong:
a birth date and the sound of a surname, a phone, a house number with a first name.
There are many, because a list may lack any of them and mistype any other. A key that
too many people share is not followed: it would say too little, and cost too much.
"""

from collections.abc import Mapping

import polars as pl

_NAMES = (pl.min_horizontal("first", "last"), pl.max_horizontal("first", "last"))
_INITIAL = pl.col("first").str.slice(0, 1)
_DAY = pl.col("born").str.slice(5)
_MONTH = pl.col("born").str.slice(0, 7)
_ROOT = pl.col("root")
_LETTER = pl.col("sound_last").str.slice(0, 1)

KEYS: Mapping[str, tuple[pl.Expr, ...]] = {
    "voter id": (pl.col("voter_id"),),
    "phone": (pl.col("phone"),),
    "e-mail": (pl.col("email"),),
    "home": (pl.col("home"),),
    "building, root": (pl.col("building"), _ROOT),
    "building, surname": (pl.col("building"), pl.col("last")),
    "names": _NAMES,
    "names, birth year": (*_NAMES, pl.col("year")),
    "names, town": (*_NAMES, pl.col("city")),
    "names, zip": (*_NAMES, pl.col("zip")),
    "birth date": (pl.col("born"),),
    "birth date, surname": (pl.col("born"), pl.col("sound_last")),
    "birth date, root": (pl.col("born"), _ROOT),
    "birth date, sound": (pl.col("born"), pl.col("sound_first")),
    "birth date, zip": (pl.col("born"), pl.col("zip")),
    "sounds, birth year": (
        pl.col("sound_last"), pl.col("sound_first"), pl.col("year"),
    ),
    "sounds, birth day": (pl.col("sound_last"), pl.col("sound_first"), _DAY),
    "sounds, zip": (pl.col("sound_last"), pl.col("sound_first"), pl.col("zip")),
    "surname, root, town": (pl.col("sound_last"), _ROOT, pl.col("city")),
    "surname, zip, initial": (pl.col("last"), pl.col("zip"), _INITIAL),
    "first name, month": (pl.col("first"), _MONTH, _LETTER),
    "surname, birth day": (pl.col("last"), _DAY),
    "number, zip, root": (pl.col("number"), pl.col("zip"), _ROOT),
    "number, zip, surname": (pl.col("number"), pl.col("zip"), pl.col("sound_last")),
    "street, root": (pl.col("street"), _ROOT, pl.col("number")),
    "street, surname": (pl.col("street"), pl.col("sound_last"), pl.col("number")),
}  # fmt: skip


def keyed(forms: pl.DataFrame) -> pl.DataFrame:
    """Return one column a key, as hashes; null where a row lacks a part of it."""
    return forms.select(
        pl.when(pl.all_horizontal([part.is_not_null() for part in parts]))
        .then(
            pl.concat_str([part.cast(pl.String) for part in parts], separator="|").hash(
                seed
            )
        )
        .alias(name)
        for seed, (name, parts) in enumerate(KEYS.items())
    )


def held(forms: pl.DataFrame, row: str, wanted: pl.DataFrame | None) -> pl.DataFrame:
    """Return which row holds which key: columns kind, value and `row`.

    Args:
        forms: What `forms` gave, with a column named `row`.
        row: The name of the column that names rows.
        wanted: Keys (kind, value) that somebody else holds; None for all.
    """
    values = keyed(forms).with_columns(forms[row])
    pieces = []
    for kind, name in enumerate(KEYS):
        piece = values.select(
            pl.lit(kind, pl.UInt8).alias("kind"), pl.col(name).alias("value"), row
        ).drop_nulls("value")
        if wanted is not None:
            named = wanted.filter(pl.col("kind") == kind).select("value")
            piece = piece.join(named, on="value", how="semi")
        pieces.append(piece)
    return pl.concat(pieces)


def rarely_shared(holdings: pl.DataFrame, most_alike: int) -> pl.DataFrame:
    """Return the holdings of keys that at most so many rows share."""
    shared = (
        holdings.group_by("kind", "value").len().filter(pl.col("len") <= most_alike)
    )
    return holdings.join(
        shared.select("kind", "value"), on=["kind", "value"], how="semi"
    )
