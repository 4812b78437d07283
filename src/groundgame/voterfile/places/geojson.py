"""Address points out of GeoJSON: a feature a line, or all in one collection.

In:  GeoJSON as OpenAddresses writes it (number, street, unit, city, postcode as
     properties of a point), also packed with gzip.
Out: the spelled points. Features that are no points are passed over.

DuckDB reads it: a feature a line is read line by line; a collection is one value and
has to be in memory once, so a collection for a whole state is better given as lines.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from groundgame.errors import UnreadableFile

ROWS = 200_000  # features in a batch
LARGEST = 1 << 30  # bytes of one collection
_NAMES = {
    "number": ("number", "NUMBER", "addr:housenumber", "housenumber"),
    "street": ("street", "STREET", "addr:street"),
    "unit": ("unit", "UNIT", "addr:unit"),
    "city": ("city", "CITY", "addr:city"),
    "zip": ("postcode", "POSTCODE", "addr:postcode", "zip"),
}
_NEXT = "give points as GeoJSON in degrees (WGS 84), a feature a line"


def read(path: Path) -> Iterator[tuple[pl.DataFrame, int]]:
    """Yield number, street, unit, city, zip as text and lon, lat; and the bytes read.

    Raises:
        UnreadableFile: It is no GeoJSON.
    """
    size = path.stat().st_size
    spelled = ", ".join(
        f"coalesce({', '.join(_property(name) for name in names)}) AS {field}"
        for field, names in _NAMES.items()
    )
    with duckdb.connect() as ask:
        try:
            found = ask.execute(
                f"""SELECT {spelled},
                TRY_CAST(one->>'$.geometry.coordinates[0]' AS DOUBLE) AS lon,
                TRY_CAST(one->>'$.geometry.coordinates[1]' AS DOUBLE) AS lat
                FROM ({_features(path)})
                WHERE one->>'$.geometry.type' = 'Point'""",  # noqa: S608  # our own words
                [str(path), LARGEST],
            )
            batches = found.to_arrow_reader(ROWS)
            first = True
            for batch in batches:
                yield pl.DataFrame(batch), size if first else 0
                first = False
        except duckdb.Error as problem:
            raise UnreadableFile(path.name, "is no GeoJSON", _NEXT) from problem


def _property(name: str) -> str:
    return f"""(one->>'$.properties."{name}"')"""


def _features(path: Path) -> str:
    """Return the question for a file's features, each as one JSON value `one`."""
    reading = "FROM read_json_objects(?, maximum_object_size = ?, format = '{}')"
    if _by_lines(path):
        return f"SELECT json AS one {reading.format('newline_delimited')}"
    whole = reading.format("unstructured")
    return "SELECT unnest(from_json(json->'$.features', '[\"JSON\"]')) AS one " + whole


def _by_lines(path: Path) -> bool:
    """Say whether the first line is a whole feature."""
    with duckdb.connect() as ask:
        try:
            found = ask.execute(
                "SELECT json->>'$.type' FROM read_json_objects("
                "?, format = 'newline_delimited', maximum_object_size = ?) LIMIT 1",
                [str(path), LARGEST],
            ).fetchone()
        except duckdb.Error:
            return False
    return found is not None and found[0] == "Feature"
