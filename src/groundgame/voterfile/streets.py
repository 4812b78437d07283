"""Streets to draw under a map: GeoJSON lines, looked at and taken along."""

import json
import shutil
from pathlib import Path

from groundgame.errors import UnreadableFile

_LINES = {"LineString", "MultiLineString"}
_NEXT = "export the streets' lines as GeoJSON in degrees (WGS 84)"


def copy_streets(path: Path, to: Path) -> None:
    """Copy a GeoJSON file of lines.

    Raises:
        UnreadableFile: It is no GeoJSON, or it holds no line.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            found = json.load(stream)
        features = found["features"]
        lines = sum(feature["geometry"]["type"] in _LINES for feature in features)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise UnreadableFile(path.name, "is no GeoJSON", _NEXT) from problem
    if not lines:
        raise UnreadableFile(path.name, "is GeoJSON without a line", _NEXT)
    shutil.copyfile(path, to)
