"""The normal form of people's names: what two spellings of one name have in common.

In:  columns of text as files and people write them.
Out: capitals A to Z and single spaces; suffixes in one form; keys for comparing.

Letters lose their accents (Muñoz is MUNOZ), apostrophes and dots go (O'Dell is ODELL),
a hyphen becomes a space. Particles stay in `plain` and are joined in `key`: De La Cruz,
Delacruz and DE-LA CRUZ have the key DELACRUZ. Nothing is guessed: a name that is empty
stays empty, and a suffix is taken out only where it stands last, behind a name.
"""

import polars as pl
from polars.expr.struct import ExprStructNameSpace

from groundgame.normal.text import without_marks

PARTS = ("first_name", "middle_name", "last_name", "suffix")
_SPECIAL = {"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE"}
_SUFFIXES = {
    "JR": "JR",
    "JUNIOR": "JR",
    "JNR": "JR",
    "SR": "SR",
    "SENIOR": "SR",
    "SNR": "SR",
    "II": "II",
    "2ND": "II",
    "2": "II",
    "III": "III",
    "3RD": "III",
    "3": "III",
    "IV": "IV",
    "4TH": "IV",
    "4": "IV",
    "V": "V",
    "5TH": "V",
    "5": "V",
}
_LAST_WORD = (
    r"^(.*\S)[\s,]+(JR|JUNIOR|JNR|SR|SENIOR|SNR|II|2ND|III|3RD|IV|4TH|5TH)[.\s]*$"
)
_TITLES = r"^(?:MR|MRS|MS|MISS|DR|REV|HON)\s+(\S.*)$"


def plain(text: pl.Expr) -> pl.Expr:
    """Return capitals A to Z and digits, single spaces; null where nothing is left."""
    words = _folded(text).str.replace_all(r"[^A-Z0-9]+", " ").str.strip_chars()
    return pl.when(words != "").then(words)


def key(text: pl.Expr) -> pl.Expr:
    """Return the plain form without spaces: DE LA CRUZ is DELACRUZ."""
    return plain(text).str.replace_all(" ", "", literal=True)


def words(text: pl.Expr) -> pl.Expr:
    """Return the words of the plain form, for names of two halves: SMITH JONES."""
    return plain(text).str.split(" ")


def suffix(text: pl.Expr) -> pl.Expr:
    """Return JR, SR, II, III, IV or V where the cell is a suffix; else null."""
    return plain(text).replace_strict(_SUFFIXES, default=None, return_dtype=pl.String)


def last_suffix(text: pl.Expr) -> pl.Expr:
    """Return the suffix that stands at the end of a name: SMITH, JR."""
    return suffix(_at_end(text).field("2"))


def without_suffix(text: pl.Expr) -> pl.Expr:
    """Return a name without the suffix at its end."""
    return pl.coalesce(_at_end(text).field("1"), text)


def whole(text: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Return first, middle, last and suffix of a name in one cell, in plain form.

    With a comma the last name leads ('Dell, Ana M, Jr'), without it ends it.
    """
    known = pl.coalesce(last_suffix(text), _inner_suffix(text))
    body = without_suffix(text).str.replace(
        r"(?i)[\s,]+(?:JR|SR|II|III|IV)\.?\s*,", ","
    )
    comma = body.str.extract_groups(r"^\s*([^,]+),\s*(.+)$").struct
    given = plain(comma.field("2")).str.replace(_TITLES, "${1}")
    straight = _folded(body).str.replace_all(r"[^A-Z0-9-]+", " ").str.strip_chars()
    straight = straight.str.replace(_TITLES, "${1}")
    split = straight.str.extract_groups(
        r"^(\S+)(?: (.*?))??(?: ((?:(?:DE|LA|DEL|DELA|VAN|VON|DER|DEN|DI|DA|DOS|ST|SAN"
        r"|MC|MAC|LE|EL|AL|BIN|TER) )*\S+))?$"
    ).struct
    ahead = given.str.extract_groups(r"^(\S+)(?: (.+))?$").struct
    led = comma.field("1").is_not_null()
    return (
        pl.when(led).then(ahead.field("1")).otherwise(plain(split.field("1"))),
        pl.when(led).then(ahead.field("2")).otherwise(plain(split.field("2"))),
        pl.when(led).then(plain(comma.field("1"))).otherwise(plain(split.field("3"))),
        known,
    )


def parts(people: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of names in plain form, with their keys; rows in order.

    Args:
        people: first_name, middle_name, last_name, suffix, as text; any may be missing.
            A suffix that was written behind the last or the first name is found there.

    Returns:
        first, middle, last, suffix, first_key, last_key, initial (of the middle name).
    """
    blank = pl.lit(None, dtype=pl.String)
    given = people.select(
        (pl.col(part) if part in people.columns else blank).alias(part)
        for part in PARTS
    )
    first, middle, last, own = (pl.col(part) for part in PARTS)
    return given.select(
        first=plain(without_suffix(first)),
        middle=plain(middle),
        last=plain(without_suffix(last)),
        suffix=pl.coalesce(suffix(own), last_suffix(last), last_suffix(first)),
        first_key=key(without_suffix(first)),
        last_key=key(without_suffix(last)),
        initial=plain(middle).str.slice(0, 1),
    )


def _folded(text: pl.Expr) -> pl.Expr:
    """Return capitals without accents, apostrophes and dots."""
    capitals = without_marks(text.str.to_uppercase()).str.replace_many(_SPECIAL)
    return capitals.str.replace_all(r"['\u2019\u2018`\u00b4\u02bb.]", "")


def _at_end(text: pl.Expr) -> ExprStructNameSpace:
    """Return the name and the suffix at its end, as a struct's fields 1 and 2."""
    return text.str.to_uppercase().str.extract_groups(_LAST_WORD).struct


def _inner_suffix(text: pl.Expr) -> pl.Expr:
    """Return the suffix between a last name and a comma: DELL JR, ANA."""
    return suffix(text.str.extract(r"(?i)[\s,](JR|SR|II|III|IV)\.?\s*,"))
