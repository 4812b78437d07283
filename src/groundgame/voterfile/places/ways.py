"""Street lines: what they are called and where they lie, piece by straight piece.

In:  GeoJSON lines with a name, or lines out of an extract of OpenStreetMap.
Out: pieces, one row each, in the drawn direction: way (the line's id), name, line (one
     unbroken line; a way may have several), lon, lat, lon_to, lat_to.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from groundgame.errors import UnreadableFile

_NEXT = "export the streets' lines as GeoJSON in degrees (WGS 84)"
_SCHEMA = {
    "way": pl.Int64,
    "name": pl.String,
    "line": pl.Int64,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "lon_to": pl.Float64,
    "lat_to": pl.Float64,
}
_NAMES = ("name", "NAME", "FULLNAME", "street", "full_name", "ST_NAME")
_BROKEN = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError),
    shapely.errors.ShapelyError,
)


def none() -> pl.DataFrame:
    """Return the pieces of no line."""
    return pl.DataFrame(schema=_SCHEMA)


def together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the pieces of several files; no two lines share a number."""
    if not parts:
        return none()
    tagged = [part.with_columns(file=n) for n, part in enumerate(parts)]
    whole = pl.concat(tagged)
    return whole.with_columns(line=pl.struct("file", "line").rank("dense")).select(
        pl.col(name).cast(kind) for name, kind in _SCHEMA.items()
    )


def from_wkb(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the pieces of lines that are given as way, name, wkb (in hex)."""
    shapes = shapely.from_wkb(lines["wkb"].to_numpy())
    return _pieces(shapes, lines["way"].to_numpy(), lines["name"])


def from_geojson(path: Path) -> pl.DataFrame:
    """Return the pieces of the lines in a GeoJSON file.

    A way's id is its feature's `id`, or else its place in the file, from 1.

    Raises:
        UnreadableFile: It is no GeoJSON, or it holds no line in degrees.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        drawn = [one for one in features if one["geometry"]]
        shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in drawn])
        names = [_name(one.get("properties") or {}) for one in drawn]
        ids = [_id(one, n) for n, one in enumerate(drawn, start=1)]
        _refuse_metres(shapes)
    except _BROKEN as problem:
        said = "is no GeoJSON of lines in degrees"
        raise UnreadableFile(path.name, said, _NEXT) from problem
    parts, at = shapely.get_parts(shapes, return_index=True)
    lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    if not lines.any():
        raise UnreadableFile(path.name, "is GeoJSON without a line", _NEXT)
    named = pl.Series(names, dtype=pl.String).gather(at[lines])
    return _pieces(parts[lines], np.array(ids, dtype=np.int64)[at[lines]], named)


def _refuse_metres(shapes: npt.NDArray[np.object_]) -> None:
    """Refuse places that are not in degrees, a NaN too."""
    places = shapely.get_coordinates(shapes)
    if not (np.abs(places) <= np.array([180, 90])).all():
        raise ValueError("a place is not in degrees")


def _name(properties: dict[str, Any]) -> str | None:
    """Return what a line is called, by the first property that says it."""
    found = next((properties[name] for name in _NAMES if properties.get(name)), None)
    return None if found is None else str(found)


def _id(feature: dict[str, Any], n: int) -> int:
    """Return a line's own number, where it has one."""
    own = feature.get("id")
    return own if isinstance(own, int) else n


def _pieces(
    shapes: npt.NDArray[np.object_], ways: npt.NDArray[np.int64], names: pl.Series
) -> pl.DataFrame:
    """Return one row a straight piece that has a length."""
    places, at = shapely.get_coordinates(shapes, return_index=True)
    if len(at) < 2:  # noqa: PLR2004  # two ends
        return none()
    goes_on = (at[1:] == at[:-1]) & (places[1:] != places[:-1]).any(axis=1)
    here, there = places[:-1][goes_on], places[1:][goes_on]
    line = at[:-1][goes_on]
    return pl.DataFrame(
        {
            "way": ways[line],
            "name": names.gather(line),
            "line": line,
            "lon": here[:, 0],
            "lat": here[:, 1],
            "lon_to": there[:, 0],
            "lat_to": there[:, 1],
        },
        schema=_SCHEMA,
    )
