"""Read streets from a file, whichever kind of file it is."""

from pathlib import Path

from groundgame.errors import UnreadableStreets
from groundgame.turf.streets.drawn import from_geojson
from groundgame.turf.streets.extract import from_extract
from groundgame.turf.streets.kept import Streets
from groundgame.turf.streets.knit import Knitted, knit

PREPARED = ".parquet"
DRAWN = (".geojson", ".json")


def prepare(path: Path) -> Knitted:
    """Return the network in an extract of OpenStreetMap, or in GeoJSON lines.

    Raises:
        UnreadableStreets: It is neither, or is damaged.
        NoStreets: It holds nothing that may be walked.
    """
    if not path.is_file():
        found = "is no file" if path.exists() else "does not exist"
        raise UnreadableStreets(path.name, found)
    drawn = path.suffix.lower() in DRAWN
    return knit(from_geojson(path) if drawn else from_extract(path))


def read(path: Path) -> Streets:
    """Return the streets of a prepared file, an extract or GeoJSON lines.

    Raises:
        UnreadableStreets, UnreadableTable: It is none of them, or is damaged.
        NoStreets: It holds nothing that may be walked.
    """
    if path.suffix.lower() == PREPARED:
        return Streets.open(path)
    return prepare(path).streets
