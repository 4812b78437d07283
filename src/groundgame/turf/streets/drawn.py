"""Ways out of GeoJSON lines: what a county offers, or what somebody has drawn.

In:  GeoJSON with lines in degrees; a property `highway` where the class is known.
Out: ways. Lines meet where they share a point; one that only crosses another does not.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from groundgame.errors import NoStreets, UnreadableStreets
from groundgame.turf.plane import COLDEST, NORTHMOST
from groundgame.turf.stops import Floats
from groundgame.turf.streets.classes import classes
from groundgame.turf.streets.ways import Ways

PLAIN = "residential"
"""The class of a line that says none."""
SAME = 1e7  # places that agree to so many parts of a degree are one
_NAMES = ("name", "NAME", "FULLNAME", "street", "full_name", "ST_NAME")
_BROKEN = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError),
    shapely.errors.ShapelyError,
)


def from_geojson(path: Path) -> Ways:
    """Return the lines of a GeoJSON file that may be walked.

    A way's number is its feature's `id`, or else its place in the file, from 1.

    Raises:
        UnreadableStreets: It is no GeoJSON in degrees.
        NoStreets: It holds no line that may be walked, or its degrees are exchanged.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        said = [
            (_kind(one), _id(one, n), _name(one), json.dumps(one["geometry"]))
            for n, one in enumerate(features, start=1)
            if one["geometry"]
        ]
        said = [one for one in said if one[0] >= 0]
        shapes = shapely.from_geojson([one[3] for one in said])
        _refuse_metres(shapely.get_coordinates(shapes))
    except _BROKEN as problem:
        found = "is no GeoJSON of lines in degrees"
        raise UnreadableStreets(path.name, found) from problem
    parts, at = shapely.get_parts(shapes, return_index=True)
    lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    if not lines.any():
        raise NoStreets(path.name, "holds no line that may be walked")
    at = at[lines]
    degrees = shapely.get_coordinates(parts[lines])
    _refuse_swapped(path, degrees)
    return Ways(
        way=np.array([one[1] for one in said], np.int64)[at],
        kind=np.array([one[0] for one in said], np.int8)[at],
        name=[said[k][2] for k in at],
        oneway=np.zeros(at.size, np.bool_),
        first=np.cumsum([0, *shapely.get_num_coordinates(parts[lines])]),
        place=_numbered(degrees),
        lon=degrees[:, 0].copy(),
        lat=degrees[:, 1].copy(),
    )


def _numbered(degrees: Floats) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return one number for all points that are one place."""
    fixed = np.round(degrees * SAME).astype(np.int64)
    return np.unique(fixed, axis=0, return_inverse=True)[1].reshape(-1)


def _refuse_metres(degrees: Floats) -> None:
    """Refuse places that are not in degrees, a NaN too."""
    if not (np.abs(degrees) <= 180).all():  # noqa: PLR2004  # degrees
        raise ValueError("a place is not in degrees")


def _refuse_swapped(path: Path, degrees: Floats) -> None:
    """Refuse lines most of which lie where nobody lives."""
    lat = degrees[:, 1]
    if np.mean((lat < COLDEST) | (lat > NORTHMOST)) > 0.5:  # noqa: PLR2004  # most
        raise NoStreets(path.name, "has its longitudes and latitudes exchanged")


def _kind(feature: dict[str, Any]) -> int:
    """Return the number of a line's class; -1 where it is not walked."""
    highway = (feature.get("properties") or {}).get("highway") or PLAIN
    return classes().number(str(highway))


def _name(feature: dict[str, Any]) -> str | None:
    """Return what a line is called, by the first property that says it."""
    properties = feature.get("properties") or {}
    found = next((properties[name] for name in _NAMES if properties.get(name)), None)
    return None if found is None else str(found)


def _id(feature: dict[str, Any], n: int) -> int:
    """Return a line's own number, where it has one."""
    own = feature.get("id")
    return own if isinstance(own, int) else n
