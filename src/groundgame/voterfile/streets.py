"""Streets to draw under a map: GeoJSON lines, looked at and taken along.

An extract of OpenStreetMap (.osm.pbf) will do too: its streets are written as GeoJSON.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from groundgame.errors import UnreadableFile
from groundgame.voterfile.places import draw, is_extract, streets_of

_LINES = ("LineString", "MultiLineString")
_NEXT = "export the streets' lines as GeoJSON in degrees (WGS 84)"


def copy_streets(path: Path, to: Path) -> None:
    """Copy a GeoJSON file of lines, or draw the streets of an extract.

    Raises:
        UnreadableFile: It is no GeoJSON, or it holds no line.
    """
    if is_extract(path):
        draw(streets_of(path), to)
        return
    try:
        with path.open(encoding="utf-8") as stream:
            found = json.load(stream)
        lines = sum(_lines(feature) for feature in found["features"])
    except _BROKEN as problem:
        said = "is no GeoJSON of lines in degrees"
        raise UnreadableFile(path.name, said, _NEXT) from problem
    if not lines:
        raise UnreadableFile(path.name, "is GeoJSON without a line", _NEXT)
    shutil.copyfile(path, to)


_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def _lines(feature: dict[str, Any]) -> int:
    """Count the lines of a feature, each of which must be of places in degrees."""
    shape = feature["geometry"] or {}
    kind, lines = shape.get("type"), shape.get("coordinates", [])
    if kind not in _LINES:
        return 0
    lines = [lines] if kind == "LineString" else lines
    for line in lines:
        for lon, lat, *_height in line:
            if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004  # degrees; a NaN is refused too
                raise ValueError("a place is not in degrees")
    return len(lines)
