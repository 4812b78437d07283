"""Doors at their own address points: the unit's, or else the building's.

In:  doors with the streets they may be on, and a region.
Out: places of doors, each door once.

A door takes the point of its own unit, else that of its building; in its zip code, else
in its town, else by street and number alone where the points say neither.
"""

import polars as pl

from groundgame.voterfile.places.methods import CORRECTED_METERS, EXACT_METERS
from groundgame.voterfile.places.numbers import digits
from groundgame.voterfile.places.region import Region, middle
from groundgame.voterfile.places.resolve import SCOPES

PLACE = ("row", "lon", "lat", "source", "meters")


def exact(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return row, lon, lat, source, meters of doors whose own point is known.

    Args:
        doors: row, number, unit_key and the columns of `SCOPES`.
        known: The region.
    """
    units = _units(doors, known)
    found: list[pl.DataFrame] = []
    left = doors.filter(pl.col("number").is_not_null())
    for scope in SCOPES:
        for table, on in (
            (units, ["street", "number", "unit_key"]),
            (known.houses, ["street", "number"]),
        ):
            asked = left.with_columns(street=scope).select("row", *on)
            hits = asked.join(table.filter(~pl.col("wide")), on=on)
            found.append(_placed(hits, EXACT_METERS))
            left = left.join(hits, on="row", how="anti")
    return pl.concat(found)


def corrected(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return places of doors by the number on the street that their spelling means.

    Args:
        doors: row, street, number, corrected: the street to go on with.
        known: The region.
    """
    hyphens = known.streets.select("street", "hyphened")
    single = known.houses.filter(~pl.col("wide")).select(
        "street", "number", "lon", "lat", "source"
    )
    moved = doors.filter(pl.col("corrected"))
    straight = moved.join(single, on=["street", "number"])
    # 22131 on a street whose numbers are hyphened
    whole = doors.filter(~pl.col("number").str.contains("-", literal=True)).join(
        hyphens.filter(pl.col("hyphened")), on="street"
    )
    bare = single.with_columns(number=digits(pl.col("number")))
    alone = bare.filter(pl.struct("street", "number").is_unique())
    without = whole.join(alone, on=["street", "number"])
    both = pl.concat([_placed(hits, CORRECTED_METERS) for hits in (straight, without)])
    return both.unique("row", keep="first", maintain_order=True)


def apart(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return the rows of doors whose own points lie far apart."""
    wide = known.houses.filter(pl.col("wide")).select("street", "number")
    return doors.join(wide, on=["street", "number"], how="semi").select("row")


def _units(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return one place for each unit on the streets of these doors."""
    with_unit = doors.filter(pl.col("unit_key").is_not_null())
    streets = pl.concat(
        with_unit.select(street=pl.col(scope)).drop_nulls() for scope in SCOPES
    )
    points = known.points.filter(pl.col("unit_key").is_not_null())
    ours = points.join(streets.unique(), on="street", how="semi")
    return middle(ours, ["street", "number", "unit_key"])


def _placed(hits: pl.DataFrame, meters: float) -> pl.DataFrame:
    return hits.with_columns(meters=pl.lit(meters)).select(PLACE)
