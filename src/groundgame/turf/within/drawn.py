"""Borders as somebody draws them or names them.

In:  GeoJSON with lines or areas in degrees, or its text.
Out: Borders. Of an area the outline is the border, whichever way round it is drawn.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, Self

import shapely

from groundgame.errors import UnreadableBorder
from groundgame.turf.plane import COLDEST, NORTHMOST

Line = tuple[tuple[float, float], ...]
"""Longitudes and latitudes in degrees, place by place."""

Places = Iterable[Sequence[float]]
"""The same, as JSON has them."""

LINES = 2  # places that a line has at least
MOST = 0.5  # of the places, that say where they are
_BROKEN = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError),
    shapely.errors.ShapelyError,
)


@dataclass(frozen=True, slots=True)
class Borders:
    """What no turf lies across."""

    lines: tuple[Line, ...] = ()
    """Drawn lines; one that ends among the doors goes straight on from there."""
    roads: tuple[str, ...] = field(default=())
    """Roads by name (Route 9), or all of a class (primary)."""

    def __post_init__(self) -> None:
        """Refuse lines that are none."""
        for line in self.lines:
            if len(set(line)) < LINES:
                raise ValueError("a border has two places or more")
            if not all(_on_earth(*place) for place in line):
                raise ValueError("a border is in degrees, on the Earth")

    @classmethod
    def of(
        cls, lines: Iterable[Iterable[Iterable[float]]], roads: Iterable[str]
    ) -> Self:
        """Return borders from lists, as JSON has them.

        Raises:
            ValueError: A line is none.
        """
        whole = (tuple((float(lon), float(lat)) for lon, lat in line) for line in lines)
        return cls(tuple(whole), tuple(roads))

    def __bool__(self) -> bool:
        """Say whether there is any border."""
        return bool(self.lines or self.roads)


def drawn(path: Path) -> Borders:
    """Return the borders of a GeoJSON file.

    Raises:
        UnreadableBorder: It is no GeoJSON in degrees, or holds neither line nor area.
    """
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        shapes = [shapely.from_geojson(json.dumps(one)) for one in _geometries(known)]
        lines = [line for shape in shapes for line in _lines(shape)]
        _refuse_swapped(path, lines)
        borders = Borders(tuple(lines))
    except _BROKEN as problem:
        found = "is no GeoJSON of lines or areas in degrees"
        raise UnreadableBorder(path.name, found) from problem
    if not borders:
        raise UnreadableBorder(path.name, "holds neither a line nor an area")
    return borders


def _geometries(known: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the geometries of a collection, of a feature, or of itself."""
    if known["type"] == "FeatureCollection":
        return [one["geometry"] for one in known["features"] if one["geometry"]]
    one = known["geometry"] if known["type"] == "Feature" else known
    return [one] if one else []


def _lines(shape: Any) -> list[Line]:
    """Return the lines of a shape, and the outlines of its areas; points are none."""
    areas = {shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON}
    lines: list[Line] = []
    for part in shapely.get_parts(shape).tolist():
        kind = shapely.GeometryType(shapely.get_type_id(part))
        if kind == shapely.GeometryType.GEOMETRYCOLLECTION:
            lines += _lines(part)
            continue
        edge = shapely.boundary(part) if kind in areas else part
        for line in shapely.get_parts(edge).tolist():
            places = shapely.get_coordinates(line).tolist()
            if not shapely.is_empty(line) and len(places) >= LINES:
                lines.append(tuple((float(lon), float(lat)) for lon, lat in places))
    return [line for line in lines if len(set(line)) >= LINES]


def _on_earth(lon: float, lat: float) -> bool:
    """Say whether a place is one in degrees."""
    return isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004  # degrees


def _refuse_swapped(path: Path, lines: list[Line]) -> None:
    """Refuse lines most of whose places lie where nobody lives."""
    lats = [lat for line in lines for _lon, lat in line]
    odd = sum(not COLDEST <= lat <= NORTHMOST for lat in lats)
    if odd > MOST * len(lats) and all(abs(lat) <= 180 for lat in lats):  # noqa: PLR2004  # degrees
        raise UnreadableBorder(path.name, "has longitudes and latitudes exchanged")
