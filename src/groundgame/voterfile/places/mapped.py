"""Street lines beside points: their normal names, and the zip code they run in.

In:  pieces of street lines, and the folder of known points.
Out: lines.parquet, the pieces with `street_key`; streets.parquet, one row a named way
     and what it is near: its middle, and the zip code and town of the nearest address
     point; streets.geojson, to draw.
"""

import json
from pathlib import Path

import numpy as np
import polars as pl
import shapely
from scipy.spatial import cKDTree

from groundgame.normal import address
from groundgame.voterfile.places.plane import Floats, Plane, meters

NEAR = 2_000.0  # metres within which a street shares the zip code of an address


def write(pieces: pl.DataFrame, folder: Path) -> None:
    """Write the lines of a region beside its points."""
    names = pieces.select("name").drop_nulls().unique().sort("name")
    blank = pl.lit(None, dtype=pl.String)
    parts = dict.fromkeys(address.PARTS, blank) | {"street": pl.col("name")}
    keyed = address.keys(names.select(**parts)).select("street_key", "street_shown")
    known = pl.concat([names, keyed], how="horizontal")
    named = pieces.join(known, on="name", how="left", maintain_order="left")
    named.write_parquet(folder / "lines.parquet")
    _near(_middles(named), folder).write_parquet(folder / "streets.parquet")


def _middles(pieces: pl.DataFrame) -> pl.DataFrame:
    """Return the middle of the middle piece of each named way."""
    long = meters("lon", "lat", "lon_to", "lat_to")
    measured = pieces.filter(pl.col("street_key").is_not_null()).with_columns(long=long)
    along = pl.col("long").cum_sum().over("way")
    whole = pl.col("long").sum().over("way")
    return (
        measured.filter(2 * along >= whole)
        .unique("way", keep="first", maintain_order=True)
        .select(
            *("way", "street_key", "street_shown"),
            whole=whole,
            lon=(pl.col("lon") + pl.col("lon_to")) / 2,
            lat=(pl.col("lat") + pl.col("lat_to")) / 2,
        )
    )


def _near(middles: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """Return the ways with the zip code and town of the point nearest to each."""
    points = pl.read_parquet(
        folder / "points.parquet", columns=["lon", "lat", "zip", "city_key"]
    ).unique(maintain_order=True)
    if middles.is_empty() or points.is_empty():
        blank = pl.lit(None, dtype=pl.String)
        return middles.with_columns(zip=blank, city_key=blank)
    plane = Plane.around(points["lon"].to_numpy(), points["lat"].to_numpy())
    tree = cKDTree(_xy(plane, points))
    away, at = tree.query(_xy(plane, middles))
    close = pl.Series(np.asarray(away) <= NEAR)
    nearest = points.select("zip", "city_key")[np.asarray(at)]
    return pl.concat([middles, nearest], how="horizontal").with_columns(
        pl.when(close).then(pl.col(name)).alias(name) for name in ("zip", "city_key")
    )


def _xy(plane: Plane, places: pl.DataFrame) -> Floats:
    """Return metres, shape (n, 2); the other side of the globe is far away."""
    x, y = plane.xy(places["lon"].to_numpy(), places["lat"].to_numpy())
    return np.column_stack([np.nan_to_num(x, posinf=9e9), np.nan_to_num(y, posinf=9e9)])


def draw(pieces: pl.DataFrame, to: Path) -> None:
    """Write street lines as GeoJSON, a feature a line, with name and id."""
    lines = pieces.group_by("line", maintain_order=True).agg(
        pl.col("way").first(),
        pl.col("name").first(),
        lon=pl.concat([pl.col("lon"), pl.col("lon_to").last()]),
        lat=pl.concat([pl.col("lat"), pl.col("lat_to").last()]),
    )
    corners = lines.explode("lon", "lat")
    at = np.repeat(np.arange(lines.height), lines["lon"].list.len().to_numpy())
    shapes = shapely.linestrings(
        corners.select(pl.col("lon", "lat").round(7)).to_numpy(), indices=at
    )
    with to.open("w", encoding="utf-8") as out:
        out.write('{"type": "FeatureCollection", "features": [\n')
        drawn = zip(
            lines["way"], lines["name"], shapely.to_geojson(shapes), strict=True
        )
        for n, (way, name, shape) in enumerate(drawn):
            said = json.dumps({"name": name}, ensure_ascii=False)
            out.write(",\n" * bool(n))
            out.write(f'{{"type": "Feature", "id": {way}, "properties": {said},')
            out.write(f' "geometry": {shape}}}')
        out.write("\n]}\n")
