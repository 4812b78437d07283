"""Streets to draw under a walk: a county's lines, and those near one turf."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

METRES_PER_DEGREE = 111_320.0
MARGIN = 120.0
"""Metres of street that are kept around a turf's doors."""


class Box(NamedTuple):
    """A rectangle in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, lon: npt.ArrayLike, lat: npt.ArrayLike, margin: float) -> Self:
        """Return the box around points, with a margin in metres on every side."""
        lons, lats = np.asarray(lon, float), np.asarray(lat, float)
        up = margin / METRES_PER_DEGREE
        side = up / max(cos(radians(float(lats.mean()))), 0.01)
        return cls(
            float(lons.min()) - side,
            float(lats.min()) - up,
            float(lons.max()) + side,
            float(lats.max()) + up,
        )


@dataclass(frozen=True, slots=True)
class Street:
    """One line of a street, as points of longitude and latitude, shape (n, 2)."""

    name: str
    line: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Streets:
    """Many lines, with the box of each, so that those near a turf are found at once."""

    streets: tuple[Street, ...] = ()

    @classmethod
    def load(cls, path: Path | None) -> Self:
        """Return the streets of a GeoJSON file; no file, no streets."""
        if path is None:
            return cls()
        return cls.from_geojson(json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def from_geojson(cls, plain: Mapping[str, Any]) -> Self:
        """Return the LineStrings and MultiLineStrings of a FeatureCollection."""
        found = []
        for feature in plain.get("features", []):
            shape = feature.get("geometry") or {}
            lines = shape.get("coordinates", [])
            if shape.get("type") == "LineString":
                lines = [lines]
            elif shape.get("type") != "MultiLineString":
                continue
            name = (feature.get("properties") or {}).get("name")
            found += [
                Street(
                    name if isinstance(name, str) else "",
                    np.array([point[:2] for point in line], float),
                )
                for line in lines
                if len(line) > 1
            ]
        return cls(tuple(found))

    def near(self, box: Box) -> Self:
        """Return the parts of the streets that touch the box."""
        return type(self)(
            tuple(
                Street(street.name, part)
                for street in self.streets
                for part in _touching(street.line, box)
            )
        )

    def as_geojson(self) -> dict[str, Any]:
        """Return a FeatureCollection of LineStrings, to a tenth of a metre."""
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": street.name},
                    "geometry": {
                        "type": "LineString",
                        "coordinates": np.round(street.line, 6).tolist(),
                    },
                }
                for street in self.streets
            ],
        }


def _touching(line: npt.NDArray[np.float64], box: Box) -> list[npt.NDArray[np.float64]]:
    """Return the runs of segments whose own rectangles touch the box."""
    low, high = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
    touches = (
        (low[:, 0] <= box.east)
        & (high[:, 0] >= box.west)
        & (low[:, 1] <= box.north)
        & (high[:, 1] >= box.south)
    )
    if not touches.any():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([0], touches.view(np.int8), [0]))))
    return [line[start : end + 1] for start, end in edges.reshape(-1, 2)]
