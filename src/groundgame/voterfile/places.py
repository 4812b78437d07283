"""Where doors are: a list of address points, held against doors by their normal form.

In:  doors, and a CSV of address points with the columns of OpenAddresses (LON, LAT,
     NUMBER, STREET, UNIT, CITY, POSTCODE), in any case and order; others are ignored.
Out: the doors that were placed, with longitude and latitude in degrees (WGS 84).

A door takes the point of its own unit, else that of its building; in its zip code, else
in its city, else by street and number alone where the list names neither. Points of one
address that lie far apart place nothing: a door in the wrong place is worse than none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from groundgame.errors import SwappedPlaces, WrongLayout
from groundgame.normal import address
from groundgame.voterfile.header import plan_columns
from groundgame.voterfile.layout import Cell, Layout, load_layout
from groundgame.voterfile.records import batches

APART = 0.003  # degrees, some 300 m: two points this far apart are not one building
POINT = "address point"
COLDEST, NORTHMOST = -60.0, 84.0  # degrees; nobody votes beyond

_COLUMNS = {
    "lon": ("lon", "longitude", "lng", "x"),
    "lat": ("lat", "latitude", "y"),
    "number": ("number", "housenumber", "addr:housenumber", "house_number"),
    "street": ("street", "addr:street", "street_name"),
    "unit": ("unit", "addr:unit"),
    "city": ("city", "addr:city"),
    "zip": ("postcode", "zip", "addr:postcode", "zipcode"),
}
_NEEDED = {"lon", "lat", "number", "street"}


def place(doors: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Return door_id, lon, lat of the doors that the list of address points places.

    Args:
        doors: door_id, number, street, unit, city, zip.
        path: The list.

    Raises:
        WrongLayout: The list lacks a column, or no row of it has a place.
        SwappedPlaces: Most of its latitudes are where nobody lives.
        UnreadableFile: It is no plain, whole table of text.
    """
    points = pl.concat(list(_points(path)))
    if points.is_empty():
        raise WrongLayout(
            path.name,
            "address points",
            "has no row with a place",
            "look at LON and LAT",
        )
    odd = points.filter(~pl.col("lat").is_between(COLDEST, NORTHMOST)).height
    if 2 * odd > points.height:
        raise SwappedPlaces(doors=odd)
    keyed = address.keys(doors).with_columns(doors["door_id"])
    left, found = keyed, []
    for on in _STEPS:
        known = _averaged(points, on)
        hits = left.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in on))
        hits = hits.join(known, on=list(on), how="inner").select(
            "door_id", "lon", "lat"
        )
        found.append(hits)
        left = left.join(hits, on="door_id", how="anti")
    return pl.concat(found)


_UNIT, _HOUSE = ("number", "street_key", "unit_key"), ("number", "street_key")
_STEPS: Sequence[tuple[str, ...]] = (
    (*_UNIT, "zip"),
    (*_HOUSE, "zip"),
    (*_UNIT, "city_key"),
    (*_HOUSE, "city_key"),
    _UNIT,
    _HOUSE,
)


def _averaged(points: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    """Return one place for each address, where its points lie close together."""
    there = points.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in on))
    if on in (_UNIT, _HOUSE):
        there = there.filter(pl.col("zip").is_null() & pl.col("city_key").is_null())
    lon, lat = pl.col("lon"), pl.col("lat")
    return (
        there.group_by(on)
        .agg(
            lon=pl.coalesce(
                lon.filter(pl.col("unit_key").is_null()).mean(), lon.mean()
            ),
            lat=pl.coalesce(
                lat.filter(pl.col("unit_key").is_null()).mean(), lat.mean()
            ),
            wide=lon.max() - lon.min() + lat.max() - lat.min(),
        )
        .filter(pl.col("wide") < APART)
        .drop("wide")
    )


def _points(path: Path) -> Iterator[pl.DataFrame]:
    """Yield the points of a list that have an address and a place."""
    how = _how()
    planned = plan_columns(path, how, how.columns)
    for batch in batches(path, planned.shape, skip=planned.skip):
        text = planned.fields.text
        rows = batch.cells.select(text(field).alias(field) for field in _COLUMNS)
        placed = pl.concat(
            [
                address.keys(rows),
                rows.select(
                    pl.col("lon").cast(pl.Float64, strict=False),
                    pl.col("lat").cast(pl.Float64, strict=False),
                ),
            ],
            how="horizontal",
        )
        yield placed.filter(
            pl.col("lon").is_between(-180, 180)
            & pl.col("lat").is_between(-90, 90)
            & pl.col("street_key").is_not_null()
        )


def _how() -> Layout:
    """Return how a list of address points is read."""
    return replace(
        load_layout("generic"),
        id="address points",
        columns={field: Cell(names) for field, names in _COLUMNS.items()},
        optional=frozenset(set(_COLUMNS) - _NEEDED),
    )
