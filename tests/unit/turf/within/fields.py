"""Doors and borders of Elm County in metres, as degrees where degrees are wanted."""

import json

import numpy as np
import pyarrow as pa

from groundgame import turf
from groundgame.turf.stand import stand
from groundgame.turf.streets import prepare
from tests.unit.turf.grid import degrees
from tests.unit.turf.towns import village


def homes(x, y, **more):
    """Return doors at these metres, in degrees."""
    lon, lat = degrees(x, y)
    ids = [f"d{n:05}" for n in range(len(lon))]
    return pa.table({"door_id": ids, "lon": lon, "lat": lat, **more})


def of_village(doors, number=1):
    """Return doors here and there on a square kilometre, in degrees."""
    town = village(doors, number)
    return homes(town["x"].to_numpy(), town["y"].to_numpy())


def line(*places):
    """Return a line through places in metres, as Borders has it."""
    lon, lat = degrees(*np.array(places, float).T)
    return tuple(zip(lon.tolist(), lat.tolist(), strict=True))


def fenced(doors, *lines):
    """Return doors on their plane with their regions, in straight lines."""
    plane = turf.plane_of(doors)
    return turf.fenced(turf.on_plane(doors, plane), turf.Borders(lines), plane)


def on_streets(doors, text, folder, **borders):
    """Return doors at their streets with their regions, and the network."""
    path = folder / "streets.geojson"
    path.write_text(text)
    found = stand(doors, prepare(path).streets)
    held = turf.Borders(**borders)
    placed = turf.fenced(found.placed, held, found.laid.plane, found.laid)
    return placed, found.network


def metres(doors):
    """Return where doors are, by id, in metres from the corner of the village."""
    rows = doors.to_pylist()
    east, north = degrees([0, 1], [0, 1])
    step = east[1] - east[0], north[1] - north[0]
    return {
        r["door_id"]: (
            (r["lon"] - east[0]) / step[0],
            (r["lat"] - north[0]) / step[1],
        )
        for r in rows
    }


def feature(kind, coordinates):
    """Return one feature of GeoJSON."""
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {}, "geometry": shape}


def collection(*features):
    """Return GeoJSON as a text."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)})
