"""Areas on the map: polygons, with holes, and which points lie inside them.

In:  GeoJSON (RFC 7946): a Polygon or MultiPolygon, a Feature of one, or a collection.
Out: for each point, whether it is inside.

A point is inside where a ray to the east crosses the rings of a polygon an odd number
of times; so a hole is outside, and of two polygons with a common border each point of
it is in at most one. Degrees are taken as a plane: a border runs straight between its
corners, as a map draws it. Borders across the 180th meridian are to be cut there, as
the standard asks.

The rings' edges are sorted into strips by latitude, and each point is held against the
edges of its strip only: a county's border of thousands of corners costs little more
than a square.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from groundgame.errors import BadArea

Numbers: TypeAlias = npt.NDArray[np.float64]
_MOST_STRIPS = 512
_AT_ONCE = 4_000_000  # points times edges held against each other in one go
_DEEPEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """Polygons, each as the edges of all its rings: x1, y1, x2, y2; shape (n, 4)."""

    polygons: tuple[Numbers, ...]

    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of all of it, degrees."""
        edges = np.vstack(self.polygons)
        west, south = edges[:, :2].min(axis=0)
        east, north = edges[:, :2].max(axis=0)
        return float(west), float(south), float(east), float(north)

    def holds(self, x: Numbers, y: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each point whether it lies inside.

        Args:
            x: Longitudes, degrees, shape (n,).
            y: Latitudes, degrees, shape (n,).
        """
        inside = np.zeros(len(x), dtype=np.bool_)
        for edges in self.polygons:
            inside |= _inside(edges, x, y)
        return inside


def read_area(text: str) -> Area:
    """Read GeoJSON.

    Raises:
        BadArea: It holds no polygon, or one that is broken.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadArea("is no JSON") from problem
    polygons = tuple(_edges(rings) for rings in _polygons(plain, 0))
    if not polygons:
        raise BadArea("holds no Polygon and no MultiPolygon")
    return Area(polygons)


def open_area(path: Path) -> Area:
    """Read a GeoJSON file.

    Raises:
        BadArea: There is none, or it holds no polygon.
    """
    try:
        return read_area(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as problem:
        raise BadArea(f"in {path.name} cannot be read") from problem


def _polygons(plain: Any, level: int) -> Iterator[Any]:
    """Give the rings of each polygon in a GeoJSON object."""
    if not isinstance(plain, dict) or level > _DEEPEST:
        raise BadArea("is no GeoJSON")
    match plain.get("type"):
        case "FeatureCollection":
            inner = plain.get("features")
        case "GeometryCollection":
            inner = plain.get("geometries")
        case "Feature":
            inner = [plain["geometry"]] if plain.get("geometry") else []
        case "Polygon":
            yield plain.get("coordinates")
            return
        case "MultiPolygon":
            yield from _several(plain.get("coordinates"))
            return
        case _:
            return
    for one in _several(inner):
        yield from _polygons(one, level + 1)


def _several(inner: Any) -> list[Any]:
    """Return what should be a list."""
    if not isinstance(inner, list):
        raise BadArea("is no whole GeoJSON")
    return inner


def _edges(rings: Any) -> Numbers:
    """Return the edges of a polygon's rings, each ring closed."""
    found = []
    for ring in _several(rings):
        try:
            corners = np.array([corner[:2] for corner in ring], dtype=np.float64)
        except (TypeError, ValueError, IndexError) as problem:
            raise BadArea("has a corner that is no pair of numbers") from problem
        if corners.ndim != 2 or corners.shape[1:] != (2,) or len(corners) < 3:  # noqa: PLR2004  # a ring has three corners
            raise BadArea("has a ring of fewer than three corners")
        if not np.all(np.abs(corners) <= (180.0, 90.0)):
            raise BadArea(
                "has a corner that is not on the earth, as longitude, latitude"
            )
        found.append(np.hstack([corners, np.roll(corners, -1, axis=0)]))
    if not found:
        raise BadArea("has a polygon without a ring")
    return np.vstack(found)


def _inside(edges: Numbers, x: Numbers, y: Numbers) -> npt.NDArray[np.bool_]:
    """Say of each point whether it is inside one polygon."""
    low, high = edges[:, [1, 3]].min(), edges[:, [1, 3]].max()
    west, east = edges[:, [0, 2]].min(), edges[:, [0, 2]].max()
    near = np.flatnonzero((y >= low) & (y < high) & (x >= west) & (x <= east))
    inside = np.zeros(len(x), dtype=np.bool_)
    if not len(near):
        return inside
    strips = min(_MOST_STRIPS, len(edges))
    borders = np.linspace(low, high, strips + 1)
    near = near[np.argsort(y[near], kind="stable")]
    cuts = np.searchsorted(y[near], borders[1:-1])
    bottom = np.minimum(edges[:, 1], edges[:, 3])
    top = np.maximum(edges[:, 1], edges[:, 3])
    for points, south, north in zip(
        np.split(near, cuts), borders[:-1], borders[1:], strict=True
    ):
        some = edges[(bottom <= north) & (top >= south)]
        for few in _few(points, len(some)):
            inside[few] = _odd(some, x[few], y[few])
    return inside


def _few(points: npt.NDArray[np.intp], edges: int) -> Sequence[npt.NDArray[np.intp]]:
    """Return points in parts that fit in memory beside their edges."""
    size = max(1, _AT_ONCE // max(1, edges))
    return [points[start : start + size] for start in range(0, len(points), size)]


def _odd(edges: Numbers, x: Numbers, y: Numbers) -> npt.NDArray[np.bool_]:
    """Say of each point whether a ray to the east crosses an odd number of edges."""
    x1, y1, x2, y2 = edges.T[:, :, np.newaxis]
    crossed = (y1 <= y) != (y2 <= y)
    side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
    east = (side > 0) == (y2 > y1)
    times = np.count_nonzero(crossed & east & (side != 0), axis=0)
    odd: npt.NDArray[np.bool_] = times % 2 == 1
    return odd
