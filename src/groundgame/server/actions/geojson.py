"""Maps as GeoJSON. In what a map is made of there is never a name or an address."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
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


def line(places: Sequence[Sequence[float]], properties: Mapping[str, Any]) -> Feature:
    """Return a line through longitudes and latitudes."""
    rounded = np.asarray(places, float).round(PLACES).tolist()
    return _feature("LineString", rounded, properties)


def walks(
    doors: pa.Table,
    names: Mapping[int, str],
    *,
    version: int,
    also: Iterable[int] = (),
) -> bytes:
    """Return a FeatureCollection of walks: a line a turf; through one door, a point.

    Args:
        doors: turf, lon and lat, by turf and position.
        names: What each turf is called.
        version: Of which change of the cut they are.
        also: Turfs that are said to hold nothing if no door is theirs.
    """
    turf = doors["turf"].to_numpy()
    places = np.column_stack([doors["lon"].to_numpy(), doors["lat"].to_numpy()])
    places = places.round(PLACES)
    held, first = np.unique(turf, return_index=True)
    features = [
        _walk(number, walk.tolist(), names)
        for number, walk in zip(held.tolist(), np.split(places, first)[1:], strict=True)
    ]
    gone = sorted(set(also) - set(held.tolist()))
    features += [_walk(number, [], names) for number in gone]
    whole = {"type": "FeatureCollection", "version": version, "features": features}
    return json.dumps(whole, separators=(",", ":")).encode()


def _walk(number: int, places: list[Any], names: Mapping[int, str]) -> Feature:
    """Return the walk of one turf; through no door, a feature without a shape."""
    about = {"turf": number, "name": names.get(number, "")}
    if not places:
        return {"type": "Feature", "id": number, "geometry": None, "properties": about}
    alone = len(places) == 1
    kind, at = ("Point", places[0]) if alone else ("LineString", places)
    return {"id": number} | _feature(kind, at, about)


def _place(row: Mapping[str, Any]) -> list[float]:
    """Return where a row is."""
    return [round(row["lon"], PLACES), round(row["lat"], PLACES)]


def _feature(kind: str, places: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return one feature."""
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": places},
        "properties": dict(properties),
    }
