"""A village of Elm County on streets: two in parallel, and a fence between them."""

import json

import numpy as np
import pyarrow as pa

LON, LAT = -99.5, 41.5
EAST, NORTH = 1 / 83_500.0, 1 / 111_100.0  # degrees of about a metre there


def degrees(x, y):
    """Return lon and lat of metres from a corner of the village."""
    return LON + np.asarray(x) * EAST, LAT + np.asarray(y) * NORTH


def geojson(*lines):
    """Return streets as GeoJSON: each a name, and places in metres."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": name, "highway": "residential"},
                    "geometry": {
                        "type": "LineString",
                        "coordinates": [
                            [float(one) for one in degrees(*place)] for place in places
                        ],
                    },
                }
                for name, places in lines
            ],
        }
    )


FENCED = geojson(
    ("Ash Street", [(0, 0), (1200, 0)]),
    ("Birch Street", [(0, 60), (1200, 60)]),
    ("Cedar Street", [(0, 0), (0, 60)]),
)
"""Two streets of 1,200 metres, sixty apart, joined at their west ends only."""


def homes(each=20, gap=20.0):
    """Return doors along Ash and Birch Street, their backs to one another."""
    x = np.tile(5 + gap * np.arange(each), 2)
    y = np.repeat([8.0, 52.0], each)
    lon, lat = degrees(x, y)
    return pa.table(
        {
            "door_id": [f"d{n:03}" for n in range(2 * each)],
            "lon": lon,
            "lat": lat,
            "street": np.repeat(["ASH ST", "BIRCH ST"], each),
            "number": [str(2 + 2 * n) for n in range(each)] * 2,
        }
    )
