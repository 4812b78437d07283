"""The nearest street line of each placed door, and on which side of it the door is.

In:  doors with places and the normal names of their streets; straight pieces of lines.
Out: way and side: the line of the door's own street where one is near, else the nearest
     line of any name; 'left' or 'right' in the direction in which the line is drawn.

All is done on a plane in metres. To find lines of a door's own name in one go, each
name is moved to a strip of its own, so far east that no other name is near.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from groundgame.voterfile.places.plane import Floats, Plane

OWN = 200.0  # metres within which a line of the door's street is its own
ANY = 1_000.0  # metres within which any line is
MARGIN = 0.02  # degrees around doors in which lines are looked for
_STRIP = 1e7  # metres between the strips of two names; a plane is smaller

Ints = npt.NDArray[np.int64]


def nearest(places: pl.DataFrame, lines: pl.LazyFrame) -> pl.DataFrame:
    """Return way and side, a row a door, in order; null where no line is near.

    Args:
        places: street_key, lon, lat; null where the door has no place.
        lines: way, street_key, lon, lat, lon_to, lat_to.
    """
    there = places.with_row_index("row").drop_nulls(["lon", "lat"])
    pieces = _around(there, lines)
    way = np.full(places.height, -1, dtype=np.int64)
    left = np.zeros(places.height, dtype=np.bool_)
    if there.height and pieces.height:
        row = there["row"].to_numpy()
        at, found = _found(there, pieces)
        way[row[at]] = pieces["way"].to_numpy()[found]
        left[row[at]] = _left(there[at], pieces[found])
    known = pl.Series(way >= 0)
    side = pl.when(pl.Series(left)).then(pl.lit("left")).otherwise(pl.lit("right"))
    return pl.select(
        way=pl.when(known).then(pl.Series(way)), side=pl.when(known).then(side)
    )


def _around(places: pl.DataFrame, lines: pl.LazyFrame) -> pl.DataFrame:
    """Return the pieces in the neighbourhood of the doors, in an order of their own."""
    bounds = places.select(
        pl.col(name).quantile(share).alias(f"{name}_{end}")
        for name in ("lon", "lat")
        for end, share in (("low", 0.0), ("high", 1.0))
    ).row(0, named=True)
    if not places.height:
        return lines.head(0).collect()
    inside = [
        pl.max_horizontal(name, f"{name}_to").ge(bounds[f"{name}_low"] - MARGIN)
        & pl.min_horizontal(name, f"{name}_to").le(bounds[f"{name}_high"] + MARGIN)
        for name in ("lon", "lat")
    ]
    order = ["way", "lon", "lat", "lon_to", "lat_to"]
    return lines.filter(inside).collect().sort(order)


def _found(doors: pl.DataFrame, pieces: pl.DataFrame) -> tuple[Ints, Ints]:
    """Return doors and their pieces, both by position: own names first."""
    plane = Plane.around(doors["lon"].to_numpy(), doors["lat"].to_numpy())
    names = pieces.select("street_key").drop_nulls().unique().sort("street_key")
    strips = names.with_row_index("strip")
    at = _strip(doors, strips), _strip(pieces, strips)
    points, drawn = _on_plane(plane, doors), _drawn(plane, pieces)
    own_door, own_piece = _query(
        points + _moved(at[0]),
        drawn + _moved(at[1])[:, None, :],
        np.flatnonzero(at[0] >= 0),
        OWN,
    )
    rest = np.ones(len(points), dtype=np.bool_)
    rest[own_door] = False
    any_door, any_piece = _query(points, drawn, np.flatnonzero(rest), ANY)
    return np.concatenate([own_door, any_door]), np.concatenate([own_piece, any_piece])


def _strip(frame: pl.DataFrame, strips: pl.DataFrame) -> Ints:
    """Return the strip of each row's name; -1 where it has none."""
    joined = frame.select("street_key").join(
        strips, on="street_key", how="left", maintain_order="left"
    )
    return joined["strip"].cast(pl.Int64).fill_null(-1).to_numpy()


def _moved(strip: Ints) -> Floats:
    """Return how far east and north each strip lies."""
    return np.column_stack([strip * _STRIP, np.zeros(len(strip))])


def _on_plane(plane: Plane, frame: pl.DataFrame, end: str = "") -> Floats:
    """Return places in metres; those on the other side of the globe are far away."""
    x, y = plane.xy(frame[f"lon{end}"].to_numpy(), frame[f"lat{end}"].to_numpy())
    places: Floats = np.column_stack([x, y])
    places[~np.isfinite(places)] = 1e15
    return places


def _drawn(plane: Plane, pieces: pl.DataFrame) -> Floats:
    """Return the two ends of each piece, shape (n, 2, 2)."""
    ends = [_on_plane(plane, pieces, end) for end in ("", "_to")]
    drawn: Floats = np.stack(ends, axis=1)
    return drawn


def _query(
    points: Floats, drawn: Floats, asked: Ints, within: float
) -> tuple[Ints, Ints]:
    """Return the asked points that have a piece within some metres, and that piece.

    Of pieces that are equally near, as at a bend, it is the first.
    """
    tree = shapely.STRtree(np.asarray(shapely.linestrings(drawn)))
    at, piece = tree.query_nearest(
        shapely.points(points[asked]), max_distance=within, all_matches=True
    )
    order = np.lexsort((piece, at))
    at, piece = at[order], piece[order]
    first = np.ones(len(at), dtype=np.bool_)
    first[1:] = at[1:] != at[:-1]
    return asked[at[first]], piece[first]


def _left(doors: pl.DataFrame, pieces: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Say which doors are to the left of their pieces, as these are drawn."""
    lat = np.radians(pieces["lat"].to_numpy())
    shrunk = np.cos(lat)

    def east(column: pl.Series) -> Floats:
        eastward: Floats = (column - pieces["lon"]).to_numpy() * shrunk
        return eastward

    def north(column: pl.Series) -> Floats:
        return (column - pieces["lat"]).to_numpy()

    along = east(pieces["lon_to"]), north(pieces["lat_to"])
    across = east(doors["lon"]), north(doors["lat"])
    side: npt.NDArray[np.bool_] = along[0] * across[1] - along[1] * across[0] > 0
    return side
