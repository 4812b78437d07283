"""Address points out of a table of text: OpenAddresses, the national database, others.

In:  CSV or text with columns of OpenAddresses (LON, LAT, NUMBER, STREET, UNIT, CITY,
     POSTCODE), of the National Address Database (AddNo_Full, StNam_Full, Inc_Muni,
     Zip_Code, Longitude, Latitude ...) or of OpenStreetMap (addr:housenumber ...), in
     any case and order; others are ignored.
Out: the spelled points, some megabytes at a time.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from groundgame.errors import WrongLayout
from groundgame.voterfile.header import Plan, plan_columns
from groundgame.voterfile.layout import Cell, Layout, load_layout
from groundgame.voterfile.records import batches

FORM = "address points"
NOT_SAID = ("NOT STATED", "UNINCORPORATED", "UNKNOWN", "N/A")
_WORDS = (
    *("St_PreMod", "St_PreDir", "St_PreTyp", "St_PreSep"),
    *("St_Name", "St_PosTyp", "St_PosDir", "St_PosMod"),
)
_COLUMNS = {
    "lon": Cell(("lon", "longitude", "lng", "x")),
    "lat": Cell(("lat", "latitude", "y")),
    "number": Cell(
        ("number", "housenumber", "addr:housenumber", "house_number", "AddNo_Full")
    ),
    "street": Cell(("street", "addr:street", "street_name", "StNam_Full")),
    "unit": Cell(("unit", "addr:unit", "SubAddress")),
    "city": Cell(("city", "addr:city", "Post_City", "Inc_Muni")),
    "zip": Cell(("postcode", "zip", "addr:postcode", "zipcode", "Zip_Code")),
    "town": Cell(("Inc_Muni", "Uninc_Comm")),
    # The parts of a number and of a street's name, where they are columns of their own
    "digits": Cell(("Add_Number", "house_num")),
    "half": Cell(("AddNum_Suf",)),
} | {word: Cell((word,)) for word in _WORDS}


def read(path: Path) -> Iterator[tuple[pl.DataFrame, int]]:
    """Yield number, street, unit, city, zip as text and lon, lat; and the bytes read.

    Raises:
        WrongLayout: The table lacks a column.
        UnreadableFile: It is no plain, whole table of text.
    """
    how = _how()
    planned = plan_columns(path, how, how.columns)
    _check(path, planned)
    for batch in batches(path, planned.shape, skip=planned.skip):
        text = planned.fields.text
        number = pl.concat_str(
            text("digits"), text("half"), separator="", ignore_nulls=True
        )
        street = pl.concat_str(
            [text(word) for word in _WORDS], separator=" ", ignore_nulls=True
        )
        rows = batch.cells.select(
            number=pl.coalesce(text("number"), _said(number)),
            street=pl.coalesce(text("street"), _said(street)),
            unit=text("unit"),
            city=pl.coalesce(_said(text("city")), _said(text("town"))),
            zip=text("zip"),
            lon=text("lon").cast(pl.Float64, strict=False),
            lat=text("lat").cast(pl.Float64, strict=False),
        )
        yield rows, batch.size


def _said(text: pl.Expr) -> pl.Expr:
    """Return text, or null where it says that nobody knows."""
    plain = text.str.to_uppercase().str.strip_chars()
    return pl.when((plain != "") & ~plain.is_in(NOT_SAID)).then(text)


def _check(path: Path, planned: Plan) -> None:
    """Refuse a table in which an address or its place has no column."""
    there = set(planned.fields.positions)
    wanted = {
        "lon": there & {"lon"},
        "lat": there & {"lat"},
        "number": there & {"number", "digits"},
        "street": there & {"street", "St_Name"},
    }
    missing = [name for name, found in wanted.items() if not found]
    if missing:
        raise WrongLayout(
            path.name,
            FORM,
            f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}",
            "rename the columns of the list, or give another",
        )


def _how() -> Layout:
    """Return how a list of address points is read."""
    return replace(
        load_layout("generic"),
        id=FORM,
        columns=_COLUMNS,
        optional=frozenset(_COLUMNS),
    )
