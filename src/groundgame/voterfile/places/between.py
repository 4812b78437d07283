"""Doors between their neighbours: along the street by house number.

In:  doors with a street and a number's position, and the houses known there.
Out: places of doors that have near neighbours.

A door lies on the straight line between the next lower and the next higher known number
of its own side of the street, or of either side where those are so much nearer to each
other that this outweighs the width of the street; and never beyond them. Where both are
of its block, or where numbers have no blocks, its share of the numbers is its share
of the way. At a corner (221-31 comes before 222-01, with no house between) it is as far
from the neighbour in its own block as its lots are wide. A door past the last known
number goes on in the direction of the last houses, but not far.
"""

from typing import Literal

import polars as pl

from groundgame.voterfile.places.plane import meters
from groundgame.voterfile.places.region import Region

LONGEST = 1_000.0  # metres between two neighbours that still say something
BEYOND = 120.0  # metres past the last known number, at most
NUMBERS_BEYOND = 40.0  # numbers past it, at most
BACK = 3  # houses over which the direction past the last one is taken
LEAST = 6.0  # metres: a house is not a point
SHARE = 0.12  # of the way between two neighbours, by which one may be off
ACROSS = 20.0  # metres by which neighbours of the other side must be nearer
WIDTH = 35.0  # metres from house to house over a street
STEP = 4.0  # metres for one number, where a street's own houses do not say

Way = Literal["backward", "forward"]
_WAYS: tuple[Way, ...] = ("backward", "forward")
_NEXT = ("value", "block", "part", "lon", "lat", "source")


def between(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return row, lon, lat, source, meters of doors with near neighbours.

    Args:
        doors: row, street, block, part, side, value.
        known: The region.
    """
    houses = known.houses.filter(~pl.col("wide") & pl.col("value").is_not_null())
    houses = houses.unique(["street", "value"], keep="first", maintain_order=True)
    steps = step_lengths(houses)
    left = doors.filter(pl.col("value").is_not_null() & pl.col("street").is_not_null())
    left = left.join(steps, on="street", how="left", maintain_order="left")
    left = left.with_columns(pl.col("step").fill_null(STEP))
    sides = [_inside(left, houses, by) for by in (["street", "side"], ["street"])]
    sides = [
        side.with_columns(pl.col("meters") + first, over=pl.lit(rest))
        for side, first, rest in zip(
            sides, (0.0, ACROSS), (0.0, WIDTH - ACROSS), strict=True
        )
    ]
    inside = pl.concat(sides).sort("row", "meters", maintain_order=True)
    inside = inside.unique("row", keep="first", maintain_order=True)
    inside = inside.with_columns(pl.col("meters") + pl.col("over"))
    inside = inside.drop("over")
    found = [inside]
    left = left.join(inside, on="row", how="anti")
    for by in (["street", "side"], ["street"]):
        past = _past(left, houses, by)
        found.append(past)
        left = left.join(past, on="row", how="anti")
    return pl.concat(found)


def step_lengths(houses: pl.DataFrame) -> pl.DataFrame:
    """Return the usual metres from one number to the next on each street."""
    by = ["street", "side", "block"]
    along = houses.sort(*by, "value").with_columns(
        pl.col(name).shift(1).over(by).alias(f"{name}_before")
        for name in ("value", "lon", "lat")
    )
    length = meters("lon", "lat", "lon_before", "lat_before")
    numbers = pl.col("value") - pl.col("value_before")
    return (
        along.filter(numbers > 0)
        .with_columns(step=length / numbers)
        .group_by("street")
        .agg(pl.col("step").median())
    )


def _inside(doors: pl.DataFrame, houses: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Place doors that have a neighbour on either hand."""
    low = _next(doors, houses, by, "backward", name="low")
    high = _next(doors, houses, by, "forward", name="high")
    both = low.join(high.select("row", pl.col("^high_.*$")), on="row")
    long = meters("low_lon", "low_lat", "high_lon", "high_lat")
    near = both.with_columns(long=long).filter(pl.col("long") <= LONGEST)
    share = _share()
    return near.with_columns(share=share).select(
        "row",
        *(
            _on_the_way(f"low_{place}", f"high_{place}").alias(place)
            for place in ("lon", "lat")
        ),
        source=pl.min_horizontal("low_source", "high_source"),
        meters=pl.max_horizontal(LEAST, SHARE * pl.col("long")),
    )


def _on_the_way(low: str, high: str) -> pl.Expr:
    """Return the place at `share` of the way; not past either end by a rounding."""
    place = pl.col(low) + pl.col("share") * (pl.col(high) - pl.col(low))
    least, most = pl.min_horizontal(low, high), pl.max_horizontal(low, high)
    return place.clip(least, most)


def _share() -> pl.Expr:
    """Return how far along from the low to the high neighbour a door is: 0.0 to 1.0."""
    block, low, high = pl.col("block"), pl.col("low_block"), pl.col("high_block")
    steps = pl.col("step") / pl.col("long")
    after = (pl.col("part") - pl.col("low_part")) * steps
    before = 1.0 - (pl.col("high_part") - pl.col("part")) * steps
    numbers = pl.col("high_value") - pl.col("low_value")
    share = (
        pl.when((pl.col("long") == 0) | (numbers == 0))
        .then(0.0)
        .when(low == high)
        .then((pl.col("value") - pl.col("low_value")) / numbers)
        .when(block == low)
        .then(after)
        .when(block == high)
        .then(before)
        .otherwise((block - low) / (high - low))
    )
    return share.clip(0.0, 1.0)


def _past(doors: pl.DataFrame, houses: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Place doors a little past the last known number, on either end."""
    return pl.concat(_past_one_end(doors, houses, by, way) for way in _WAYS).unique(
        "row", keep="first", maintain_order=True
    )


def _past_one_end(
    doors: pl.DataFrame, houses: pl.DataFrame, by: list[str], way: Way
) -> pl.DataFrame:
    """Go on from the last house, in the direction in which the last houses lie."""
    inward = 1 if way == "backward" else -1
    ordered = houses.sort(*by, "value")
    back = [
        pl.coalesce(
            pl.col(name).shift(inward * n).over(by) for n in range(BACK, 0, -1)
        ).alias(f"{name}_back")
        for name in ("lon", "lat")
    ]
    ends = ordered.with_columns(back)
    last = _next(doors, ends, by, way, more=("lon_back", "lat_back"))
    lat, lon = pl.col("next_lat"), pl.col("next_lon")
    along = meters("next_lon_back", "next_lat_back", "next_lon", "next_lat")
    numbers = (pl.col("part") - pl.col("next_part")).abs()
    going = last.with_columns(along=along, numbers=numbers).with_columns(
        past=pl.col("numbers") * pl.col("step")
    )
    near = going.filter(
        (pl.col("block") == pl.col("next_block"))
        & (pl.col("numbers") <= NUMBERS_BEYOND)
        & (pl.col("past") <= BEYOND)
        & (pl.col("along") > 0)
    )
    ratio = pl.col("past") / pl.col("along")
    return near.select(
        "row",
        lon=lon + ratio * (lon - pl.col("next_lon_back")),
        lat=lat + ratio * (lat - pl.col("next_lat_back")),
        source="next_source",
        meters=pl.max_horizontal(2 * LEAST, 0.5 * pl.col("past")),
    )


def _next(  # noqa: PLR0913  # one join, asked in four ways
    doors: pl.DataFrame,
    houses: pl.DataFrame,
    by: list[str],
    way: Way,
    *,
    name: str = "next",
    more: tuple[str, ...] = (),
) -> pl.DataFrame:
    """Join each door with the next known house: lower is backward, higher forward."""
    known = houses.select(
        *by, *(pl.col(column).alias(f"{name}_{column}") for column in (*_NEXT, *more))
    )
    value = f"{name}_value"
    return (
        doors.sort("value")
        .join_asof(
            known.sort(value),
            left_on="value",
            right_on=value,
            by=by,
            strategy=way,
            coalesce=False,
            check_sortedness=False,  # both are sorted just above
        )
        .filter(pl.col(value).is_not_null())
    )
