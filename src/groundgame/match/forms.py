"""What is compared: the normal form of each thing a row says about a person.

In:  columns of LISTED, from an outside list or from people and their doors.
Out: as many rows in the same order: names in capitals without accents, the forms of a
     first name, how names sound, dates as text, the parts of an address, phone, e-mail.

Names and streets repeat, so each spelling is brought into its form once.
"""

from functools import cache

import polars as pl

from groundgame.normal import address, names, nicknames, phone

_NAMES = ("first_name", "middle_name", "last_name", "suffix")
_SOUNDS = {
    "[AEIOUY]": "0",
    "[HW]": "",
    "[BFPV]": "1",
    "[CGJKQSXZ]": "2",
    "[DT]": "3",
    "L": "4",
    "[MN]": "5",
    "R": "6",
}


def forms(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the forms of each row; what a row does not say is null."""
    said = names.parts(rows.select(_NAMES))
    place = address.keys(rows.select("number", "street", "unit", "city", "zip"))
    where = pl.coalesce("zip", "city")
    frame = rows.select(
        first=said["first_key"],
        middle=said["middle"],
        last=said["last_key"],
        suffix=said["suffix"],
        voter_id=pl.col("voter_id").str.split(":").list.last().str.to_uppercase(),
        born=pl.col("birth_date").dt.strftime("%Y-%m-%d"),
        year=pl.coalesce(pl.col("birth_date").dt.year(), "birth_year").cast(pl.Int16),
        number=place["number"],
        street=place["street_key"],
        unit=place["unit_key"].fill_null(""),
        city=place["city_key"],
        zip=place["zip"],
        phone=phone.numbers(rows["phone"]),
        email=pl.col("email").str.strip_chars().str.to_lowercase(),
    )
    frame = frame.with_columns(
        building=pl.concat_str("number", "street", where, separator="|")
    ).with_columns(home=pl.col("building") + "|" + pl.col("unit"))
    frame = frame.join(_short(), on="first", how="left", maintain_order="left")
    frame = _once(frame, "first", sound(pl.col("first")).alias("sound_first"))
    frame = _once(frame, "last", sound(pl.col("last")).alias("sound_last"))
    alone = pl.when(pl.col("first").is_not_null()).then(pl.concat_list("first"))
    return frame.with_columns(
        root=pl.coalesce("root", "first"), first_forms=pl.coalesce("first_forms", alone)
    )


@cache
def _short() -> pl.DataFrame:
    """Return first, its other forms and itself, and one full name it is short for."""
    others = nicknames.nicknames().group_by(first="name").agg(pl.col("other").sort())
    full = nicknames.canonical().select(first="name", root="given")
    both = others.join(full, on="first", how="left")
    itself = pl.concat_list("first")
    return both.select("first", "root", first_forms=itself.list.concat("other"))


def sound(name: pl.Expr) -> pl.Expr:
    """Return how a name sounds, as Soundex: a letter and three digits.

    Source:
        Russell (1918), US patent 1,261,167, in the form the National Archives use.
    """
    code = name
    for letters, digit in _SOUNDS.items():
        code = code.str.replace_all(letters, digit)
    for digit in "0123456":
        code = code.str.replace_all(f"{digit}+", digit)
    vowel = name.str.slice(0, 1).str.contains("[HW]")
    rest = pl.when(vowel).then(code).otherwise(code.str.slice(1))
    rest = rest.str.replace_all("0", "") + "000"
    return name.str.slice(0, 1) + rest.str.slice(0, 3)


def _once(frame: pl.DataFrame, column: str, form: pl.Expr) -> pl.DataFrame:
    """Return the frame with a form of one column, each spelling taken once."""
    known = frame.select(pl.col(column).drop_nulls().unique()).with_columns(form)
    return frame.join(known, on=column, how="left", maintain_order="left")
