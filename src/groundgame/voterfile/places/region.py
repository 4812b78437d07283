"""The streets and houses that are known around some doors.

In:  address points and named street lines.
Out: streets, one row for a name within a zip code, within a town, or (where the points
     say neither) anywhere; and houses, one row a number on a street.

A street that runs through two zip codes is a street of each, and one of the town.
Points of one address that lie far apart are no house: a door in the wrong place is
worse than none.
"""

from dataclasses import dataclass

import polars as pl

from groundgame.voterfile.places.numbers import is_hyphened, positions

APART = 0.003  # degrees, some 300 m: two points this far apart are not one building
ANYWHERE = "*"
HYPHENED = 0.5  # share of a street's numbers by which they all are block and lot


def zip_scope(column: str = "zip") -> pl.Expr:
    """Return what a street's zip code is called among scopes."""
    return "zip " + pl.col(column)


def town_scope(column: str = "city_key") -> pl.Expr:
    """Return what a street's town is called among scopes."""
    return "town " + pl.col(column)


@dataclass(frozen=True, slots=True)
class Region:
    """What is known.

    Attributes:
        streets: street (a number), scope, street_key, street_shown, hyphened.
        points: street, number, unit_key, lon, lat, source; for each scope anew.
        houses: street, number, lon, lat, source, wide, and the number's position.
        lines: street, way, lon, lat, whole: street lines' middles, and metres.
    """

    streets: pl.DataFrame
    points: pl.DataFrame
    houses: pl.DataFrame
    lines: pl.DataFrame


def region(points: pl.DataFrame, ways: pl.DataFrame) -> Region:
    """Return the streets and houses of these points and named ways."""
    scoped, along = _scoped(points), _scoped(ways)
    names = pl.concat(
        [
            scoped.select("scope", "street_key", "street_shown", "number"),
            along.select("scope", "street_key", "street_shown", number=pl.lit(None)),
        ]
    )
    streets = (
        names.group_by("scope", "street_key")
        .agg(
            street_shown=pl.col("street_shown").min(),
            hyphened=is_hyphened(pl.col("number")).mean() > HYPHENED,
        )
        .sort("scope", "street_key")
        .with_columns(_as_its_neighbours())
        .with_row_index("street")
    )
    ids = streets.select("scope", "street_key", "street", "hyphened")
    numbered = _on_streets(scoped, ids)
    lines = _on_streets(along, ids).select("street", "way", "lon", "lat", "whole")
    return Region(streets, numbered.drop("hyphened"), _houses(numbered), lines)


def _as_its_neighbours() -> pl.Expr:
    """Return hyphened; of a street without a number, as most streets of its scope."""
    most = pl.col("hyphened").mean().over("scope") > HYPHENED
    return pl.coalesce("hyphened", most, pl.lit(value=False)).alias("hyphened")


def _scoped(places: pl.DataFrame) -> pl.DataFrame:
    """Return each place once for each of its scopes."""
    nowhere = pl.col("zip").is_null() & pl.col("city_key").is_null()
    return pl.concat(
        places.filter(there).with_columns(scope=scope).drop("zip", "city_key")
        for there, scope in (
            (pl.col("zip").is_not_null(), zip_scope()),
            (pl.col("city_key").is_not_null(), town_scope()),
            (nowhere, pl.lit(ANYWHERE)),
        )
    )


def _on_streets(places: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Return places with the number of their street."""
    on = ["scope", "street_key"]
    return places.join(ids, on=on, maintain_order="left").drop(*on, "street_shown")


def _houses(points: pl.DataFrame) -> pl.DataFrame:
    """Return one place for each number on a street, and whether it is one at all."""
    once = middle(points, ["street", "number"])
    hyphened = points.select("street", "hyphened").unique()
    return (
        once.join(hyphened, on="street", how="left", maintain_order="left")
        .with_columns(**positions(pl.col("number"), pl.col("hyphened")))
        .drop("hyphened")
    )


def middle(points: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """Return the middle of each address's points in its most trusted source.

    A building's own points stand before those of its units. The median does not depend
    on the order of the points.
    """
    alone = pl.struct(on).is_unique()
    once = points.filter(alone).select(
        *on, "lon", "lat", "source", wide=pl.lit(value=False)
    )
    return pl.concat([once, _medians(points.filter(~alone), on)]).sort(on)


def _medians(points: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """Return the middles of addresses that have several points."""
    lon, lat = pl.col("lon"), pl.col("lat")
    first = pl.col("source") == pl.col("source").min()
    whole = first & pl.col("unit_key").is_null()
    return (
        points.group_by(on)
        .agg(
            pl.coalesce(place.filter(whole).median(), place.filter(first).median())
            for place in (lon, lat)
        )
        .join(
            points.group_by(on).agg(
                source=pl.col("source").min(),
                wide=lon.max() - lon.min() + lat.max() - lat.min() >= APART,
            ),
            on=on,
        )
        .select(*on, "lon", "lat", "source", "wide")
    )
