"""Telephone numbers in one form: E.164, such as +13155550142.

In:  texts as people and files write them.
Out: the number, or null where the text holds none that could be dialled.

Nearly every number in a North American file is ten digits with or without brackets and
dashes; those are read in columns, by the plan's own rule: neither the area code nor the
exchange begins with 0 or 1. Everything else (other countries, extensions, letters) goes
through the phonenumbers package, a distinct text once.
"""

import re

import phonenumbers
import polars as pl

NORTH_AMERICAN = ("US", "CA", "PR", "VI", "GU", "MP", "AS", "BM", "BS", "JM")
_BETWEEN = r"[\s.()/\-]*"
_PLAIN = (
    rf"^(?:\+?1{_BETWEEN}|{_BETWEEN})([2-9]\d\d){_BETWEEN}([2-9]\d\d){_BETWEEN}(\d{{4}})"
    r"\s*$"
)
_ONLY_MARKS = r"^[\d\s.()/\-]*$"
_ABROAD = r"^\s*011"
_LONGEST = 40


def e164(text: pl.Expr, country: str = "US") -> pl.Expr:
    """Return telephone numbers in E.164; null where there is none.

    Args:
        text: Numbers as they are written.
        country: Where a number without a country's code is, by ISO 3166: "US".
    """
    return text.map_batches(
        lambda texts: numbers(texts, country), return_dtype=pl.String
    )


def numbers(texts: pl.Series, country: str = "US") -> pl.Series:
    """Return the same for a column of texts."""
    name = texts.name or "phone"
    frame = pl.DataFrame({name: texts.cast(pl.String)})
    here = country in NORTH_AMERICAN
    parts = pl.col(name).str.extract_groups(_PLAIN).struct
    plain = pl.lit("+1") + parts.field("1") + parts.field("2") + parts.field("3")
    frame = frame.with_columns(plain=plain if here else pl.lit(None, dtype=pl.String))
    hopeless = (
        pl.col(name).str.contains(_ONLY_MARKS) & ~pl.col(name).str.contains(_ABROAD)
        if here
        else pl.lit(value=False)
    )
    odd = frame.filter(pl.col("plain").is_null() & ~hopeless)[name].drop_nulls()
    if odd.is_empty():
        return frame["plain"].alias(name)
    known = {text: _one(text, country) for text in odd.unique().to_list()}
    read = pl.col(name).replace_strict(known, default=None, return_dtype=pl.String)
    return frame.select(pl.coalesce("plain", read).alias(name))[name]


def _one(text: str, country: str) -> str | None:
    """Return one number in E.164, by the package."""
    if len(text) > _LONGEST:
        return None
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == 1:
        likely = re.fullmatch(r"\+1[2-9]\d\d[2-9]\d{6}", written) is not None
    else:
        likely = phonenumbers.is_valid_number(number)
    return written if likely else None
