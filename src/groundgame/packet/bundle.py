"""A packet as one object: what the phone receives, and what the walk sheet prints.

In:  the walk of one turf, a script in its bundle form, the streets of the county.
Out: a plain object that obeys contract/bundle.schema.json.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from groundgame.packet.streets import MARGIN, METRES_PER_DEGREE, Box, Streets
from groundgame.packet.walks import Walks

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Packet:
    """A turf as handed out: whose it is, under which code, and until when."""

    id: str
    """A UUID."""
    code: str
    """As printed: 7KQ2-MX4P."""
    chapter: str
    name: str
    """The turf's name: 'Turf 12'."""
    expires: datetime
    """With its offset; after it the packet is out of hand."""

    def __post_init__(self) -> None:
        """Refuse an end that does not say in which time zone it is."""
        if self.expires.tzinfo is None:
            raise ValueError("expires must say its offset")


def bundle(
    packet: Packet,
    walk: Walks,
    script: Mapping[str, Any],
    streets: Streets,
    pace: Mapping[str, float],
) -> dict[str, Any]:
    """Return the bundle of a packet.

    Args:
        packet: What is handed out.
        walk: The walk of its turf, from `Walks.turf`.
        script: `Script.as_dict()`.
        streets: All there are; those near the doors are kept.
        pace: How long it takes: minutes a `door`, and `metres` of walking a minute.
    """
    stops = _stops(walk)
    near = Streets()
    if stops:
        places = walk.stops["lon"].to_numpy(), walk.stops["lat"].to_numpy()
        near = streets.near(Box.around(*places, MARGIN))
    return {
        "format": FORMAT,
        "packet": packet.id,
        "code": packet.code,
        "chapter": packet.chapter,
        "turf": {
            "name": packet.name,
            "doors": len(stops),
            "metres": metres(stops),
            "pace": dict(pace),
        },
        "expires": packet.expires.isoformat(),
        "script": dict(script),
        "stops": stops,
        "streets": near.as_geojson(),
    }


def metres(stops: list[dict[str, Any]]) -> float:
    """Return the length of the walk from stop to stop as the crow flies."""
    length = 0.0
    for here, there in pairwise(stops):
        east = (there["lon"] - here["lon"]) * cos(radians(here["lat"]))
        length += hypot(east, there["lat"] - here["lat"]) * METRES_PER_DEGREE
    return round(length, 1)


def _stops(walk: Walks) -> list[dict[str, Any]]:
    """Return the stops with their people, in walking order."""
    people = defaultdict(list)
    for row in walk.residents.to_pylist():
        door = row.pop("door_id")
        people[door].append({"id": row.pop("person_id")} | row)
    walked = walk.stops.drop_columns(["turf"]).rename_columns(
        {"door_id": "door", "building_id": "building"}
    )
    return [
        row
        | {"lon": round(row["lon"], 6), "lat": round(row["lat"], 6)}
        | {"people": people[row["door"]]}
        for row in walked.to_pylist()
    ]
