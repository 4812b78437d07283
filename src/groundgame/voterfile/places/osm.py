"""Address points and streets out of an extract of OpenStreetMap (.osm.pbf).

In:  an extract.
Out: points, from nodes and from outlines that carry an address (the middle of the
     outline, or where that lies outside, a point inside); and streets as lines.

pyosmium finds what has an address or is a street, and writes its shape; the shapes are
then looked at all at once, by shapely.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import osmium
import polars as pl
import shapely

from groundgame.errors import UnreadableFile

WALKED = frozenset(
    {
        *("trunk", "primary", "secondary", "tertiary", "unclassified", "residential"),
        *("trunk_link", "primary_link", "secondary_link", "tertiary_link"),
        *("living_street", "road", "pedestrian"),
    }
)
"""Streets that people live on. A service road counts where it has a name."""

_TAGS = {
    "number": "addr:housenumber",
    "street": "addr:street",
    "unit": "addr:unit",
    "city": "addr:city",
    "zip": "addr:postcode",
}
_CLIPPED = (RuntimeError, ValueError)  # a part of it lies beyond the extract
_NEXT = "give an extract as it is offered, in the form .osm.pbf"


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extract holds: points with addresses as written, and streets' lines."""

    points: pl.DataFrame
    lines: pl.DataFrame


def read(path: Path) -> Extract:
    """Return the points (number ... zip, lon, lat) and lines (way, name, wkb).

    Raises:
        UnreadableFile: It is no extract, or a damaged one.
    """
    try:
        return _read(path)
    except (RuntimeError, OSError) as problem:
        said = "is no extract of OpenStreetMap, or is damaged"
        raise UnreadableFile(path.name, said, _NEXT) from problem


def _read(path: Path) -> Extract:
    """Go through the extract twice: once for what relations need, once for all."""
    addresses = osmium.filter.KeyFilter("addr:housenumber")
    both = osmium.filter.KeyFilter("addr:housenumber", "highway")
    found = _Found()
    for one in osmium.FileProcessor(str(path)).with_areas(addresses).with_filter(both):
        if isinstance(one, osmium.osm.Way):
            found.take_way(one)
        elif isinstance(one, osmium.osm.Node):
            found.take_place(one, found.wkb.create_point)
        elif isinstance(one, osmium.osm.Area):
            found.take_place(one, found.wkb.create_multipolygon)
    return found.extract()


Thing = TypeVar("Thing", osmium.osm.Node, osmium.osm.Area)


class _Found:
    """What has been found so far, a list a column."""

    def __init__(self) -> None:
        self.wkb = osmium.geom.WKBFactory()
        self._tags: dict[str, list[str | None]] = {field: [] for field in _TAGS}
        self._shapes: list[str] = []
        self._ways: list[tuple[int, str | None, str]] = []

    def take_way(self, way: osmium.osm.Way) -> None:
        """Take a street's line."""
        kind, name = way.tags.get("highway"), way.tags.get("name")
        if kind in WALKED or (kind == "service" and name):
            with suppress(*_CLIPPED):
                self._ways.append((way.id, name, self.wkb.create_linestring(way)))

    def take_place(self, one: Thing, shape: Callable[[Thing], str]) -> None:
        """Take a node or an outline that has an address."""
        if "addr:housenumber" not in one.tags:
            return
        with suppress(*_CLIPPED):
            self._shapes.append(shape(one))
            for field, tag in _TAGS.items():
                self._tags[field].append(one.tags.get(tag))

    def extract(self) -> Extract:
        """Return all of it as tables."""
        schema = {"way": pl.Int64, "name": pl.String, "wkb": pl.String}
        lines = pl.DataFrame(self._ways, schema=schema, orient="row")
        return Extract(_placed(self._tags, self._shapes), lines)


def _placed(points: dict[str, list[str | None]], shapes: list[str]) -> pl.DataFrame:
    """Return the points with the middles of their shapes."""
    found = shapely.from_wkb(np.array(shapes, dtype=object))
    middle = shapely.centroid(found)
    outside = shapely.area(found) > 0
    outside[outside] = ~shapely.contains(found[outside], middle[outside])
    middle[outside] = shapely.point_on_surface(found[outside])
    frame = pl.DataFrame(
        {field: points[field] for field in _TAGS},
        schema=dict.fromkeys(_TAGS, pl.String),
    )
    return frame.with_columns(
        lon=pl.Series(shapely.get_x(middle), dtype=pl.Float64),
        lat=pl.Series(shapely.get_y(middle), dtype=pl.Float64),
    )
