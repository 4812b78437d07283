"""What texts have in common: capitals, no dots, single spaces; and a name for each."""

from functools import cache

import duckdb
import polars as pl

_ENDINGS = ("St", "Nd", "Rd", "Th")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HEADINGS = ("Ne", "Nw", "Se", "Sw")
_ROADS = ("Rr", "Hc", "Us", "Sr", "Cr", "Fm")


def squeezed(text: pl.Expr) -> pl.Expr:
    """Return upper case, dots and commas gone, single spaces; null when empty."""
    plain = (
        text.str.to_uppercase()
        .str.replace_all(r"[.`]", "")
        .str.replace_all(r"[\s,;]+", " ")
        .str.strip_chars()
    )
    return pl.when(plain != "").then(plain)


def without_marks(text: pl.Expr) -> pl.Expr:
    """Return letters without their accents: PEÑA is PENA."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "")


def titled(text: pl.Expr) -> pl.Expr:
    """Return title case, with the corners that a machine's title case gets wrong."""
    shown = text.str.to_titlecase()
    for ending in _ENDINGS:
        shown = shown.str.replace_all(rf"(\d){ending}\b", "${1}" + ending.lower())
    for heading in _HEADINGS:
        shown = shown.str.replace_all(
            rf"(^|\s){heading}($|\s)", "${1}" + heading.upper() + "${2}"
        )
    for road in _ROADS:
        shown = shown.str.replace(rf"^{road} (\d|Hwy)", road.upper() + " ${1}")
    return shown.str.replace(r"^Po Box\b", "PO Box").str.replace_many(
        [f"Mc{c}" for c in _LETTERS] + ["'S "],
        [f"Mc{c.upper()}" for c in _LETTERS] + ["'s "],
    )


def hashed(text: pl.Series) -> pl.Series:
    """Return 20 hex digits of each text's MD5: a name, not a secret."""
    with _hasher().cursor() as ask:
        spelled = ask.from_arrow(pl.DataFrame({"text": text}).to_arrow())
        return spelled.project("md5(text)[:20] AS id").pl()["id"]


@cache
def _hasher() -> duckdb.DuckDBPyConnection:
    """Return the one database that hashes; each use takes a cursor of its own."""
    # One thread: the callers have threads of their own
    return duckdb.connect(config={"threads": 1})
