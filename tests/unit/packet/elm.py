"""A turf in Elm County: six doors on three streets, and who lives behind them."""

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from groundgame.packet import Packet, Streets, Walks, bundle, walks
from groundgame.tables import DOORS, PEOPLE, TURFS

ELECTION_DAY = date(2026, 11, 3)
PACE = {"door": 2.5, "metres": 78.0}
PACKET = Packet(
    id="0190c000-0000-7000-8000-000000000001",
    code="7KQ2-MX4P",
    chapter="Elm County Neighbors",
    name="Turf 1",
    expires=datetime(2026, 11, 4, tzinfo=UTC),
)
SCRIPT = {
    "id": "elm-00000000",
    "name": "Elm",
    "opening": "Good evening. What would you change in Elmton?",
    "questions": [
        {
            "id": "support",
            "kind": "choice",
            "ask": "Where do you stand?",
            "responses": [
                {"id": "1", "name": "With us"},
                {"id": "5", "name": "Against"},
            ],
        },
        {"id": "rating", "kind": "scale", "ask": "How much?", "least": 0, "most": 10},
        {"id": "story", "kind": "text", "ask": "What happened?"},
    ],
}
STREETS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for name, line in [
            ("Elm Street", [[-101.602, 42.4], [-101.6, 42.4]]),
            ("Oak Avenue", [[-101.6, 42.4], [-101.6, 42.4015]]),
            ("Far Road", [[-101.5, 42.4], [-101.4, 42.5]]),
        ]
    ],
}
_DOORS = [
    ("d12", "b12", "12", "Elm Street", None, -101.6012, 42.4001),
    ("d14-1", "b14", "14", "Elm Street", "1", -101.6009, 42.4001),
    ("d14-2", "b14", "14", "Elm Street", "2", -101.6009, 42.4001),
    ("d15", "b15", "15", "Elm Street", None, -101.6008, 42.3999),
    ("d7", "b7", "7", "Oak Avenue", None, -101.6001, 42.4005),
    ("d9", "b9", "9", "Oak Avenue", None, -101.6001, 42.4007),
    ("d200", "b200", "200", "County Road 9", None, None, None),
]
_PEOPLE = [
    ("E1001", "d12", "Ada", "Adams", date(1958, 3, 14), None, "DEM"),
    ("E1002", "d12", "Ben", "Adams", date(1956, 11, 30), None, "REP"),
    ("E1003", "d14-1", "Cleo", "Brooks", date(1990, 7, 4), None, "WFP"),
    ("E1004", "d14-2", "Dan", "Cole", None, 1999, "UNA"),
    ("E1005", "d15", "Eve", "Diaz", None, None, None),
    ("E1006", "d7", "Fay", "Evans", date(1985, 12, 12), None, "DEM"),
    ("E1009", "d9", "Ivy", "Hill", date(2006, 4, 1), None, "DEM"),
    ("E1011", "d9", "Kim", "Hidden", date(1970, 1, 1), None, "DEM"),
    ("E1012", "d9", "Lou", "Removed", date(1970, 1, 1), None, "DEM"),
]
PROTECTED = ("E1006", "E1011")


def rows(schema, given: list[dict[str, Any]]) -> pa.Table:
    """Return a table of a schema; what is not given is empty."""
    blank = dict.fromkeys(schema.names)
    return pa.Table.from_pylist([blank | row for row in given], schema=schema.arrow)


def doors(**changes: Any) -> pa.Table:
    """Return the doors of Elm; changes are made to each."""
    names = ("door_id", "building_id", "number", "street", "unit", "lon", "lat")
    plain = [dict(zip(names, door, strict=True)) for door in _DOORS]
    return rows(
        DOORS,
        [
            door
            | {"address": f"{door['number']} {door['street']}", "city": "Elmton"}
            | changes
            for door in plain
        ],
    )


def people(**changes: Any) -> pa.Table:
    """Return the people of Elm; changes are made to each."""
    names = (
        *("person_id", "door_id", "first_name", "last_name"),
        *("birth_date", "birth_year", "party"),
    )
    plain = [dict(zip(names, person, strict=True)) for person in _PEOPLE]
    return rows(
        PEOPLE,
        [
            person
            | {
                "protected": person["person_id"] in PROTECTED,
                "status": "removed" if person["last_name"] == "Removed" else "active",
                "source_line": line,
            }
            | changes
            for line, person in enumerate(plain, start=2)
        ],
    )


def turfs(*doors_in_order: str) -> pa.Table:
    """Return one turf with these doors, in walking order."""
    return rows(
        TURFS,
        [
            {"door_id": door, "turf": 1, "position": position}
            for position, door in enumerate(doors_in_order, start=1)
        ],
    )


WALKED = ("d9", "d7", "d14-2", "d14-1", "d12", "d15")


def elm_walks() -> Walks:
    """Return the walk of Elm's one turf."""
    return walks(turfs(*WALKED), doors(), people(), on=ELECTION_DAY)


def elm_bundle(script: dict[str, Any] = SCRIPT) -> dict[str, Any]:
    """Return the bundle of Elm's one turf."""
    walk = elm_walks().turf(1)
    return bundle(PACKET, walk, script, Streets.from_geojson(STREETS), PACE)
