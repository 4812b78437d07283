"""A street or two of Elm County as address points, and doors to look for on them."""

from pathlib import Path

import polars as pl

from groundgame.voterfile.places.known import Known, gather
from groundgame.voterfile.places.search import search

LON, LAT = -101.6, 42.4
METER = 1 / 111_132  # degrees of latitude
HEADER = "lon,lat,number,street,unit,city,postcode\n"


def point(number, street="Elm St", *, north=0.0, east=0.0, **more):
    """Return a line of a list: metres north and east of the corner of Elm and Oak."""
    lon, lat = LON + east * METER / 0.7385, LAT + north * METER
    cells = {"unit": "", "city": "Elmton", "zip": "69999"} | more
    return (
        f"{lon:.7f},{lat:.7f},{number},{street},"
        f"{cells['unit']},{cells['city']},{cells['zip']}\n"
    )


def known(folder: Path, *lines: str, streets=()) -> Known:
    """Gather a list of these points."""
    path = folder / "points.csv"
    path.write_text(HEADER + "".join(lines))
    return gather([path], folder / "known", streets=streets)


def doors(*numbers: str, street="Elm St", city="Elmton", zip_code="69999", unit=None):
    """Return doors at these numbers of one street."""
    return pl.DataFrame(
        {
            "number": [str(number) for number in numbers],
            "street": street,
            "unit": unit,
            "city": city,
            "zip": zip_code,
        },
        schema=dict.fromkeys(("number", "street", "unit", "city", "zip"), pl.String),
    )


def found(folder: Path, asked: pl.DataFrame, *lines: str, **options):
    """Return what becomes of doors on a map of these points: dictionaries."""
    return search(asked, known(folder, *lines), **options).to_dicts()


def north(row) -> float:
    """Return how many metres north of the corner a door was put."""
    return (row["lat"] - LAT) / METER
