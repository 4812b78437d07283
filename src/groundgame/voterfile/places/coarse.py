"""Doors of which only the street is known, or only the zip code.

In:  doors that no finer method has placed, and what is known around them.
Out: their places, with an honest number of metres; or why there is none.

On a street with known houses, a door is put at the one whose number is nearest; where
its own number cannot be read, at the house in the middle; on a street that is only a
line, at the middle of the line. A number far beyond those that are known is no place at
all: it is a mistake, or another street. In a zip code, the middle is the median of its
points.
"""

import polars as pl

from groundgame.voterfile.places import reasons
from groundgame.voterfile.places.between import STEP, step_lengths
from groundgame.voterfile.places.numbers import BLOCK
from groundgame.voterfile.places.plane import meters
from groundgame.voterfile.places.region import Region

FAR_NUMBERS, FAR_BLOCKS = 100.0, 3.0  # past the ends, on a short street
FAR_SHARE = 0.5  # past the ends, of the numbers there are
BLOCK_METERS = 80.0  # from one corner to the next, more or less
LEAST = 40.0  # metres: half a block
ZIP_LEAST, FARTHER = 250.0, 1.3  # metres; times the median of the points' own


def far(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return row and reason of doors whose numbers are far beyond their street's.

    Args:
        doors: row, street, number, value.
        known: The region.
    """
    value, unit = pl.col("value"), pl.when("hyphened").then(BLOCK).otherwise(1.0)
    least = pl.when("hyphened").then(FAR_BLOCKS).otherwise(FAR_NUMBERS)
    ends = (
        _standing(known)
        .sort("street", "value")
        .group_by("street", maintain_order=True)
        .agg(
            low=value.first(),
            high=value.last(),
            low_number=pl.col("number").first(),
            high_number=pl.col("number").last(),
        )
        .join(known.streets.select("street", "hyphened"), on="street")
        .with_columns(
            margin=pl.max_horizontal(
                least * unit, FAR_SHARE * (pl.col("high") - pl.col("low"))
            )
        )
    )
    beyond = (value > pl.col("high") + pl.col("margin")) | (
        value < pl.col("low") - pl.col("margin")
    )
    return (
        doors.join(ends, on="street")
        .filter(beyond)
        .select("row", reason=reasons.far("number", "low_number", "high_number"))
    )


def on_street(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return row, lon, lat, source, meters of doors by their street alone.

    Args:
        doors: row, street, block, part, value.
        known: The region.
    """
    houses = _standing(known)
    by_number = _nearest_number(doors, houses)
    left = doors.join(by_number, on="row", how="anti").select("row", "street")
    middles = pl.concat([_middle_house(houses), _middle_line(known)]).unique(
        "street", keep="first", maintain_order=True
    )
    return pl.concat([by_number, left.join(middles, on="street").select(*_PLACE)])


def in_zip(doors: pl.DataFrame, points: pl.DataFrame) -> pl.DataFrame:
    """Return row, lon, lat, source, meters of doors by the middle of their zip code."""
    zipped = points.filter(pl.col("zip").is_not_null())
    # A door whose street nobody knows is seldom where most of the points are.
    off = pl.max_horizontal(pl.col("meters") * FARTHER, ZIP_LEAST)
    middles = _medians(zipped, "zip").with_columns(meters=off)
    return doors.select("row", "zip").join(middles, on="zip").select(*_PLACE)


_PLACE = ("row", "lon", "lat", "source", "meters")


def _standing(known: Region) -> pl.DataFrame:
    """Return the houses that have a place and a position."""
    return known.houses.filter(~pl.col("wide") & pl.col("value").is_not_null())


def _nearest_number(doors: pl.DataFrame, houses: pl.DataFrame) -> pl.DataFrame:
    """Put doors at the house whose number is nearest to theirs."""
    near = ("block", "part", "lon", "lat", "source")
    known = houses.select(
        "street", "value", *(pl.col(name).alias(f"near_{name}") for name in near)
    )
    known = known.unique(["street", "value"], keep="first", maintain_order=True)
    asked = doors.filter(pl.col("value").is_not_null()).sort("value")
    found = asked.join_asof(
        known.sort("value"),
        on="value",
        by="street",
        strategy="nearest",
        check_sortedness=False,  # both are sorted just above
    ).filter(pl.col("near_lon").is_not_null())
    step = pl.col("step").fill_null(STEP)
    numbers = (pl.col("part") - pl.col("near_part")).abs() * step
    blocks = (pl.col("block") - pl.col("near_block")).abs() * BLOCK_METERS
    return found.join(step_lengths(houses), on="street", how="left").select(
        "row",
        lon="near_lon",
        lat="near_lat",
        source="near_source",
        meters=pl.max_horizontal(LEAST, numbers + blocks),
    )


def _middle_house(houses: pl.DataFrame) -> pl.DataFrame:
    """Return for each street the house that is nearest to the middle of all."""
    middles = _medians(houses, "street").drop("source")
    away = meters("lon", "lat", "lon_middle", "lat_middle")
    return (
        houses.join(middles, on="street", suffix="_middle")
        .with_columns(away=away)
        .sort("street", "away", "number")
        .unique("street", keep="first", maintain_order=True)
        .select("street", "lon", "lat", "source", "meters")
    )


def _middle_line(known: Region) -> pl.DataFrame:
    """Return for each street the line that is nearest to the middle of all."""
    lines = known.lines.with_columns(source=pl.lit(None, dtype=pl.UInt8))
    middles = _medians(lines, "street").drop("source")
    away = meters("lon", "lat", "lon_middle", "lat_middle")
    half = (
        pl.col("whole").sum().over("street") / 4
    )  # a house is a quarter away, on average
    return (
        lines.join(middles, on="street", suffix="_middle")
        .with_columns(away=away, half=half)
        .sort("street", "away", "way")
        .unique("street", keep="first", maintain_order=True)
        .select(
            *("street", "lon", "lat", "source"),
            meters=pl.max_horizontal(LEAST, "meters", "half"),
        )
    )


def _medians(places: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return the middle of each group, and how far from it half of them are."""
    lon, lat = pl.col("lon"), pl.col("lat")
    middles = places.group_by(by).agg(lon_middle=lon.median(), lat_middle=lat.median())
    away = meters("lon", "lat", "lon_middle", "lat_middle")
    spread = (
        places.join(middles, on=by)
        .with_columns(away=away)
        .group_by(by)
        .agg(
            meters=pl.max_horizontal(LEAST, pl.col("away").median()),
            source=pl.col("source").min(),
        )
    )
    named = middles.rename({"lon_middle": "lon", "lat_middle": "lat"})
    return named.join(spread, on=by).select(by, "lon", "lat", "source", "meters")
