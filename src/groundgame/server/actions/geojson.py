"""Maps as GeoJSON. In what a map is made of there is never a name or an address."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

PLACES = 6
"""Digits of a degree: a tenth of a metre."""

Feature = Mapping[str, Any]


def collection(features: Iterable[Feature]) -> bytes:
    """Return a FeatureCollection."""
    whole = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(whole, separators=(",", ":")).encode()


def points(table: pa.Table, *, properties: Sequence[str]) -> list[Feature]:
    """Return a point for each row of a table with lon and lat; without, none."""
    rows = table.select(["lon", "lat", *properties]).to_pylist()
    return [
        _feature("Point", _place(row), {name: row[name] for name in properties})
        for row in rows
        if row["lon"] is not None and row["lat"] is not None
    ]


def line(rows: Iterable[Mapping[str, Any]], properties: Mapping[str, Any]) -> Feature:
    """Return a line through rows with lon and lat; through one, a point."""
    places = [_place(row) for row in rows]
    if len(places) == 1:
        return _feature("Point", places[0], properties)
    return _feature("LineString", places, properties)


def _place(row: Mapping[str, Any]) -> list[float]:
    """Return where a row is."""
    return [round(row["lon"], PLACES), round(row["lat"], PLACES)]


def _feature(kind: str, places: Any, properties: Mapping[str, Any]) -> Feature:
    """Return one feature."""
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": places},
        "properties": dict(properties),
    }
