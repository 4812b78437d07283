"""The normal form of an address: what two spellings of one door have in common.

In:  columns of text: number, street, unit, city, zip, perhaps state; or one line that
     holds the first three (see `line`).
Out: for each row the door's id and the building's id, and the parts in a readable form.

The normal form is upper case without dots; `streets` and `units` say what becomes of
their words. A hyphened number, as in Queens (221-31), stays whole. An address is in its
zip code, or in its city where there is no zip code. Ids are hashes of that, so the same
address has the same id in every snapshot, on every machine:

    building_id  the first 20 hex digits of the MD5 of 'NUMBER|STREET|PLACE'
    door_id      the same, of 'NUMBER|STREET|PLACE|UNIT' where there is a unit

Spellings repeat, so each is taken apart once (see `spellings`).
"""

import polars as pl

from groundgame.normal.kinds import kind
from groundgame.normal.line import split, split_line
from groundgame.normal.spellings import Spellings
from groundgame.normal.streets import streets
from groundgame.normal.text import hashed, squeezed, titled, without_marks
from groundgame.normal.units import units

__all__ = ["PARTS", "Spellings", "doors", "keys", "split", "split_line"]

PARTS = ("number", "street", "unit", "city", "zip")
_ZIP = 5  # digits
_POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$"


def doors(rows: pl.DataFrame, known: Spellings | None = None) -> pl.DataFrame:
    """Return the ids, the parts, the line, the state and the kind of each row's door.

    Args:
        rows: The columns of `PARTS`, and perhaps state, as text; empty is null. A
            number may hold a half.
        known: What was read before, and will be again; None: nothing.

    Returns:
        door_id, building_id, number, street, unit, city, zip, address, state, kind; as
        many rows, in the same order. Where there is no street, or neither a number nor
        a box nor (in Britain) a postcode, there is no door: all columns are null.
    """
    keyed = keys(rows, known)
    there = pl.col("street_key").is_not_null() & (
        pl.col("number").is_not_null()
        | (pl.col("rural") & pl.col("street_key").str.contains(r"\bBOX \d"))
        | (pl.col("zip").str.len_bytes() > _ZIP)  # a British postcode
    )
    place = pl.coalesce(
        "zip", pl.concat_str("city_key", "state", separator=", "), "city_key"
    )
    building = [
        pl.col("number").fill_null(""),
        pl.col("street_key"),
        place.fill_null(""),
    ]
    keyed = keyed.with_columns(
        building_key=pl.when(there).then(pl.concat_str(building, separator="|")),
        there=there.fill_null(value=False),
    ).with_columns(unit_key=pl.when("there").then("unit_key"))
    ids = _ids(keyed.select("building_key", "unit_key"))
    line = pl.concat_str(
        "number", "street_shown", "unit_tail", separator=" ", ignore_nulls=True
    )
    shown = {
        "number": pl.col("number"),
        "street": pl.col("street_shown"),
        "unit": pl.col("unit_shown"),
        "city": pl.col("city_shown"),
        "zip": pl.col("zip"),
        "address": line,
        "state": pl.col("state"),
        "kind": pl.coalesce("unit_kind", "street_kind"),
    }
    return ids.hstack(
        keyed.select(
            pl.when("there").then(part).alias(name) for name, part in shown.items()
        )
    )


def keys(rows: pl.DataFrame, known: Spellings | None = None) -> pl.DataFrame:
    """Return the rows with the normal form of each part, and how it is shown.

    Args:
        rows: The columns of `PARTS`, and perhaps state.
        known: What was read before.
    """
    known = known or Spellings()
    blank = pl.lit(None, dtype=pl.String)
    given = rows.select(
        (pl.col(part) if part in rows.columns else blank).alias(f"{part}_spelled")
        for part in (*PARTS, "state")
    )
    found = [
        known.read(given[f"{part}_spelled"], form) for part, form in _FORMS.items()
    ]
    keyed = pl.concat(found, how="horizontal")
    return _with_boxes(keyed) if keyed["rural"].any() else keyed


def _with_boxes(keyed: pl.DataFrame) -> pl.DataFrame:
    """Return a rural route and its box as one street, in whichever cells they stood."""
    apart = (
        pl.col("rural")
        & ~pl.col("street_key").str.contains(r"\bBOX \d")
        & pl.col("unit_key").str.starts_with("BOX ")
    ).fill_null(value=False)
    boxes = keyed.select(apart).to_series()
    both = {
        f"street_{form}": pl.concat_str(f"street_{form}", f"unit_{form}", separator=" ")
        for form in ("key", "shown")
    }
    none = pl.lit(None, dtype=pl.String)
    gone = dict.fromkeys(("unit_key", "unit_shown", "unit_tail"), none)
    kept = both | gone | {"street_kind": pl.lit("rural box")}
    return keyed.with_columns(
        pl.when(boxes).then(form).otherwise(name).alias(name)
        for name, form in kept.items()
    )


def _numbers(spelled: pl.Series) -> pl.DataFrame:
    """Return house numbers: '0581' is 581, '221 - 31' is 221-31, '80 ½' is 80 1/2."""
    plain = (
        squeezed(pl.col("number_spelled"))
        .str.replace("½", " 1/2", literal=True)
        .str.replace_all(r"\s*-\s*", "-")
        .str.replace_all(r"\s+", " ")
        .str.replace(r"^#", "")
        .str.replace(r"^0+(\d)", "$1")
        .str.replace(r"^(\d+)[ -]([A-Z])$", "${1}${2}")
        .str.strip_chars(" -")
    )
    return pl.DataFrame({"number_spelled": spelled}).with_columns(
        number=pl.when(plain.str.contains(r"[1-9A-Z]")).then(plain)
    )


def _streets(spelled: pl.Series) -> pl.DataFrame:
    """Return streets, and what kind of door their words speak of."""
    wanted = ("street_spelled", "street_key", "street_shown", "rural")
    said = kind(squeezed(pl.col("street_spelled")))
    return streets(spelled).select(
        *wanted, street_kind=pl.coalesce(said, kind(pl.col("street_key")))
    )


def _units(spelled: pl.Series) -> pl.DataFrame:
    """Return units, and what kind of door their words speak of."""
    return units(spelled).with_columns(unit_kind=kind(squeezed(pl.col("unit_spelled"))))


def _cities(spelled: pl.Series) -> pl.DataFrame:
    """Return cities in their normal form, and how they are shown."""
    text = squeezed(pl.col("city_spelled"))
    frame = pl.DataFrame({"city_spelled": spelled}).with_columns(
        city_key=without_marks(text)
    )
    return frame.with_columns(city_shown=titled(text))


def _zips(spelled: pl.Series) -> pl.DataFrame:
    """Return five digits; four had a leading zero that a spreadsheet took.

    A British postcode is kept, with one space before its last three.
    """
    digits = pl.col("zip_spelled").str.replace_all(r"\D", "")
    padded = (
        pl.when(digits.str.len_bytes().is_in([4, 8]))
        .then("0" + digits)
        .otherwise(digits)
        .str.slice(0, 5)
    )
    whole = padded.str.len_bytes() == _ZIP
    code = pl.col("zip_spelled").str.to_uppercase().str.replace_all(r"\s", "")
    british = code.str.replace(r"(...)$", " ${1}")
    return pl.DataFrame({"zip_spelled": spelled}).with_columns(
        zip=pl.when(code.str.contains(_POSTCODE))
        .then(british)
        .otherwise(pl.when(whole).then(padded))
    )


def _states(spelled: pl.Series) -> pl.DataFrame:
    """Return states as two letters; anything else is not known."""
    code = squeezed(pl.col("state_spelled"))
    return pl.DataFrame({"state_spelled": spelled}).with_columns(
        state=pl.when(code.str.contains(r"^[A-Z]{2}$")).then(code)
    )


_FORMS = {
    "number": _numbers,
    "street": _streets,
    "unit": _units,
    "city": _cities,
    "zip": _zips,
    "state": _states,
}


def _ids(texts: pl.DataFrame) -> pl.DataFrame:
    """Return door_id and building_id; one hash where there is no unit.

    Args:
        texts: building_key, unit_key.
    """
    building = hashed(texts["building_key"]).alias("building_id")
    units = texts.select(
        text=pl.concat_str("building_key", "unit_key", separator="|")
    ).with_row_index("row")
    units = units.filter(pl.col("text").is_not_null())
    door = building.alias("door_id").scatter(units["row"], hashed(units["text"]))
    return pl.DataFrame([door, building])
