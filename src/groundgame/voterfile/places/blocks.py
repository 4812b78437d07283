"""Doors on a street that is only a line: beside the same block of the next streets.

In:  doors whose street has a line and no neighbours with numbers; the region; lines.
Out: places on the line, of doors whose block is known on streets beside it.

Where a town is a grid, block 221 of one avenue lies beside block 221 of the next, and
so do the 300s of Elm Street and of Oak Street. A door goes to the place on its own line
that is nearest to the house of its block, on a street beside it, with the nearest
number. Where those houses lie scattered along the line there is no grid, and no place.
"""

import numpy as np
import polars as pl
import shapely

from groundgame.voterfile.places.plane import Floats, Plane
from groundgame.voterfile.places.region import Region

BESIDE = 250.0  # metres from a line to the houses of the next streets
SCATTERED = 300.0  # metres along the line: more than one block
HUNDRED = 100.0  # numbers in a block, where numbers have no hyphen
METERS = 45.0  # half a block, more or less

_BLOCK = ["street", "on_block"]


def beside(doors: pl.DataFrame, known: Region, lines: pl.LazyFrame) -> pl.DataFrame:
    """Return row, lon, lat, source, meters of doors that a block beside them places.

    Args:
        doors: row, street, block, part, value.
        known: The region.
        lines: Straight pieces of street lines.
    """
    scopes = known.streets.select("street", "scope")
    asked = _blocks(doors.drop_nulls(["street", "value"]))
    asked = asked.join(known.lines.select("street").unique(), on="street", how="semi")
    wanted = asked.select(_BLOCK).unique().join(scopes, on="street")
    houses = _blocks(known.houses.filter(~pl.col("wide")).drop_nulls("value"))
    pairs = wanted.join(
        houses.join(scopes, on="street").select(
            "scope", "on_block", "lot", "lon", "lat", "source"
        ),
        on=["scope", "on_block"],
    )
    near = _on_line(pairs, known, lines).sort("lot", "away", "lon", "lat")
    once = near.unique([*_BLOCK, "lot"], keep="first", maintain_order=True)
    return (
        asked.sort("lot")
        .join_asof(
            once,
            on="lot",
            by=_BLOCK,
            strategy="nearest",
            check_sortedness=False,  # both are sorted just above
        )
        .drop_nulls("lon")
        .select("row", "lon", "lat", "source", meters=pl.lit(METERS))
    )


def _blocks(places: pl.DataFrame) -> pl.DataFrame:
    """Return places with the block they are in and their lot within it."""
    hundred = (pl.col("part") // HUNDRED).cast(pl.Int64)
    plain = pl.col("block") == 0
    return places.with_columns(
        on_block=pl.when(plain).then(-1 - hundred).otherwise("block"),
        lot=pl.when(plain).then(pl.col("part") % HUNDRED).otherwise("part"),
    )


def _on_line(pairs: pl.DataFrame, known: Region, lines: pl.LazyFrame) -> pl.DataFrame:
    """Return each house that is beside a line with its place on it, where all agree."""
    streets = pairs.select("street").unique()
    ways = known.lines.join(streets, on="street", how="semi").select("street", "way")
    pieces = lines.join(ways.lazy(), on="way").collect()
    pairs = pairs.join(pieces.select("street").unique(), on="street", how="semi")
    if pairs.is_empty():
        return pairs.with_columns(away=pl.lit(0.0))
    pairs, pieces = pairs.sort("street", "lon", "lat"), pieces.sort("street", "way")
    plane = Plane.around(pairs["lon"].to_numpy(), pairs["lat"].to_numpy())
    ends = np.stack([_xy(plane, pieces), _xy(plane, pieces, "_to")], axis=1)
    number = pieces["street"].rle_id().to_numpy()
    straight = np.asarray(shapely.linestrings(ends))
    whole = np.asarray(shapely.multilinestrings(straight, indices=number))
    at = pairs["street"].rle_id().to_numpy()
    short = shapely.shortest_line(whole[at], shapely.points(_xy(plane, pairs)))
    foot = shapely.get_coordinates(shapely.get_point(short, 0))
    lon, lat = plane.degrees(foot[:, 0], foot[:, 1])
    placed = pairs.with_columns(
        lon=pl.Series(lon),
        lat=pl.Series(lat),
        x=pl.Series(foot[:, 0]),
        y=pl.Series(foot[:, 1]),
        away=pl.Series(shapely.length(short)),
    ).filter(pl.col("away") <= BESIDE)
    wide = [
        pl.col(axis).max().over(_BLOCK) - pl.col(axis).min().over(_BLOCK)
        for axis in "xy"
    ]
    return placed.filter((wide[0] ** 2 + wide[1] ** 2).sqrt() <= SCATTERED).drop(
        "x", "y"
    )


def _xy(plane: Plane, frame: pl.DataFrame, end: str = "") -> Floats:
    """Return places in metres, shape (n, 2)."""
    x, y = plane.xy(frame[f"lon{end}"].to_numpy(), frame[f"lat{end}"].to_numpy())
    return np.column_stack([x, y])
