"""The normal form of an address: what two spellings of one door have in common.

In:  columns of text: number, street, unit, city, zip; or one line that holds the first
     three.
Out: for each row the door's id and the building's id, and the parts in a readable form.

The normal form is upper case without dots; street types and directions are the Postal
Service's abbreviations; '1ST', 'FIRST' and '1' are one name; 'Apt.', 'APT', 'Unit' and
'#' say nothing. A hyphened number, as in Queens (221-31), stays whole. An address is in
its zip code, or in its city where there is no zip code. Ids are hashes of that, so the
same address has the same id in every snapshot, on every machine.

Streets and units repeat, so each spelling is taken apart once and joined back.
"""

from functools import cache

import duckdb
import polars as pl

from groundgame.normal.abbreviations import (
    DIRECTIONS,
    ORDINALS,
    SAYS_NOTHING,
    TYPES,
    UNIT_WORDS,
)

PARTS = ("number", "street", "unit", "city", "zip")
_WORDS = "|".join(sorted({*UNIT_WORDS, *UNIT_WORDS.values()}))
_NOTHING = "|".join(SAYS_NOTHING)
_NUMBER = r"^(\d+(?:\s*-\s*\d+)?[A-Z]?(?:\s+\d/\d)?)\s+(.+)$"
_UNIT = (
    rf"^(.+?)[\s,]+((?:(?:{_NOTHING}|{_WORDS})\b\.?\s*)+"
    r"#?\s*[A-Z0-9][A-Z0-9/ -]{0,11}"
    r"|#\s*[A-Z0-9][A-Z0-9/ -]{0,11}"
    r"|(?:REAR|FRNT|FRONT|UPPR|UPPER|LOWR|LOWER|BSMT)\.?)$"
)


def split_line(line: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return number, street and unit of addresses that are written in one line."""
    text = _squeezed(line)
    parts = text.str.extract_groups(_NUMBER).struct
    rest = pl.coalesce(parts.field("2"), text)
    inner = rest.str.extract_groups(_UNIT).struct
    return parts.field("1"), pl.coalesce(inner.field("1"), rest), inner.field("2")


def doors(rows: pl.DataFrame) -> pl.DataFrame:
    """Return door_id, building_id, the five parts and the line, for each row.

    Args:
        rows: The columns of `PARTS`, as text; empty is null. A number may hold a half.

    Returns:
        As many rows, in the same order. Where there is no street, or no number and no
        box, there is no door: all columns are null.
    """
    keyed = keys(rows)
    there = pl.col("street_key").is_not_null() & (
        pl.col("number").is_not_null() | pl.col("street_key").str.contains(r"\bBOX \d")
    )
    place = pl.coalesce("zip", "city_key")
    building = [pl.col("number"), pl.col("street_key"), place]
    full = pl.concat_str([part.fill_null("") for part in building], separator="|")
    keyed = keyed.with_columns(building_key=pl.when(there).then(full))
    keyed = keyed.with_columns(
        door_key=pl.col("building_key") + "|" + pl.col("unit_key").fill_null("")
    )
    return keyed.select(
        door_id=_hashed(keyed["door_key"]),
        building_id=_hashed(keyed["building_key"]),
        number=pl.when(there).then("number"),
        street=pl.when(there).then("street_shown"),
        unit=pl.when(there).then("unit_shown"),
        city=pl.when(there).then("city_shown"),
        zip=pl.when(there).then("zip"),
        address=pl.when(there).then(
            pl.concat_str(
                "number", "street_shown", "unit_tail", separator=" ", ignore_nulls=True
            )
        ),
    )


def keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the normal form of each part, and how it is shown."""
    forms = {
        "number": _numbers,
        "street": _streets,
        "unit": _units,
        "city": _cities,
        "zip": _zips,
    }
    keyed = rows.select(pl.col(part).alias(f"{part}_spelled") for part in PARTS)
    for part, form in forms.items():
        spelled = f"{part}_spelled"
        known = form(keyed[spelled].drop_nulls().unique())
        keyed = keyed.join(known, on=spelled, how="left", maintain_order="left")
    return keyed


def _squeezed(text: pl.Expr) -> pl.Expr:
    """Return upper case, dots and commas gone, single spaces; null when empty."""
    plain = (
        text.str.to_uppercase()
        .str.replace_all(r"[.`]", "")
        .str.replace_all(r"[\s,;]+", " ")
        .str.strip_chars()
    )
    return pl.when(plain != "").then(plain)


def _numbers(spelled: pl.Series) -> pl.DataFrame:
    """Return house numbers: '0581' is 581, '221 - 31' is 221-31, '80 ½' is 80 1/2."""
    plain = (
        _squeezed(pl.col("number_spelled"))
        .str.replace("½", " 1/2", literal=True)
        .str.replace_all(r"\s*-\s*", "-")
        .str.replace_all(r"\s+", " ")
        .str.replace(r"^0+(\d)", "$1")
        .str.strip_chars()
    )
    return pl.DataFrame({"number_spelled": spelled}).with_columns(
        number=pl.when(plain.str.contains(r"[1-9A-Z]")).then(plain)
    )


def _cities(spelled: pl.Series) -> pl.DataFrame:
    """Return cities in their normal form, and how they are shown."""
    squeezed = _squeezed(pl.col("city_spelled"))
    frame = pl.DataFrame({"city_spelled": spelled}).with_columns(city_key=squeezed)
    return frame.with_columns(city_shown=_titled(pl.col("city_key")))


def _zips(spelled: pl.Series) -> pl.DataFrame:
    """Return five digits; four had a leading zero that a spreadsheet took."""
    digits = pl.col("zip_spelled").str.replace_all(r"\D", "")
    padded = (
        pl.when(digits.str.len_bytes().is_in([4, 8]))
        .then("0" + digits)
        .otherwise(digits)
        .str.slice(0, 5)
    )
    whole = padded.str.len_bytes() == 5  # noqa: PLR2004  # digits of a zip code
    return pl.DataFrame({"zip_spelled": spelled}).with_columns(
        zip=pl.when(whole).then(padded)
    )


def _streets(spelled: pl.Series) -> pl.DataFrame:
    """Return each spelling of a street once: its normal form, and how it is shown."""
    frame = pl.DataFrame({"street_spelled": spelled})
    text = pl.col("text")
    frame = frame.with_columns(text=_squeezed(pl.col("street_spelled"))).with_columns(
        tokens=text.str.replace_all("'", "", literal=True)
        .str.replace_all("-", " ", literal=True)
        .str.replace_all(r"\b(\d+)(?:ST|ND|RD|TH)\b", "$1")
        .str.split(" ")
    )
    tokens, count = pl.col("tokens"), pl.col("tokens").list.len()
    first, last = tokens.list.first(), tokens.list.last()
    middle = tokens.list.eval(pl.element().replace({**TYPES, **ORDINALS}))
    led = pl.when(count > 2).then(first.replace(DIRECTIONS)).otherwise(None)  # noqa: PLR2004  # direction, name, type
    trailed = pl.when(count > 2).then(last.replace({**TYPES, **DIRECTIONS}))  # noqa: PLR2004  # the same
    inner = pl.when(count > 2).then(middle.list.slice(1, count - 2)).otherwise(middle)  # noqa: PLR2004  # the same
    key = pl.concat_str(
        led, inner.list.join(" "), trailed, separator=" ", ignore_nulls=True
    )
    frame = frame.with_columns(
        street_key=key.str.replace(r"^(?:COUNTY RD|CO RD|CNTY RD)\b", "CR"),
        street_shown=_street_shown(text),
    )
    return frame.select(
        "street_spelled",
        pl.when(pl.col("street_key") != "").then("street_key").alias("street_key"),
        "street_shown",
    )


def _street_shown(text: pl.Expr) -> pl.Expr:
    """Return a street as people write it: '217TH STREET' is 217th St."""
    parts = text.str.extract_groups(
        rf"^(.+?) (\S+?)(?: ({'|'.join(DIRECTIONS)}))?$"
    ).struct
    kind = parts.field("2").replace(TYPES)
    whole = pl.concat_str(
        parts.field("1"),
        kind,
        parts.field("3").replace(DIRECTIONS),
        separator=" ",
        ignore_nulls=True,
    )
    return _titled(pl.when(parts.field("1").is_null()).then(text).otherwise(whole))


def _titled(text: pl.Expr) -> pl.Expr:
    """Return title case, with the corners that a machine's title case gets wrong."""
    shown = text.str.to_titlecase()
    for ending in ("St", "Nd", "Rd", "Th"):
        shown = shown.str.replace_all(rf"(\d){ending}\b", "${1}" + ending.lower())
    for heading in ("Ne", "Nw", "Se", "Sw"):
        shown = shown.str.replace_all(
            rf"(^|\s){heading}($|\s)", "${1}" + heading.upper() + "${2}"
        )
    letters = "abcdefghijklmnopqrstuvwxyz"
    return shown.str.replace_many(
        [f"Mc{c}" for c in letters] + ["'S "],
        [f"Mc{c.upper()}" for c in letters] + ["'s "],
    )


def _units(spelled: pl.Series) -> pl.DataFrame:
    """Return each spelling of a unit once, with its normal form and how it is shown."""
    frame = pl.DataFrame({"unit_spelled": spelled})
    words = (
        _squeezed(pl.col("unit_spelled").str.replace_all("#", " ", literal=True))
        .str.replace_all(rf"\b(?:{_NOTHING})\b", " ")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
        .str.split(" ")
        .list.eval(pl.element().replace(UNIT_WORDS))
        .list.join(" ")
    )
    frame = frame.with_columns(text=pl.when(words != "").then(words))
    text = pl.col("text")
    named = text.str.contains(rf"^(?:{_WORDS})\b")
    shown = pl.when(named).then(_titled(text)).otherwise(text)
    return frame.select(
        "unit_spelled",
        unit_key=text.str.replace_all(r"(\d)[ -]([A-Z])\b", "$1$2").str.replace_all(
            r"\b([A-Z])[ -](\d)", "$1$2"
        ),
        unit_shown=shown,
        unit_tail=pl.when(named).then(shown).otherwise("#" + shown),
    )


def _hashed(text: pl.Series) -> pl.Series:
    """Return 20 hex digits of each text's MD5: a name, not a secret."""
    with _hasher().cursor() as ask:
        spelled = ask.from_arrow(pl.DataFrame({"text": text}).to_arrow())
        return spelled.project("substr(md5(text), 1, 20) AS id").pl()["id"]


@cache
def _hasher() -> duckdb.DuckDBPyConnection:
    """Return the one database that hashes; each use takes a cursor of its own."""
    return duckdb.connect()
