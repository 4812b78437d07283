"""A bundle keeps the contract that the phone reads it by."""

import json

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from groundgame.packet import Packet, Streets, bundle
from groundgame.packet.bundle import metres
from groundgame.packet.streets import Box
from tests.house.measure import HOUSE
from tests.unit.packet.elm import PACE, PACKET, SCRIPT, STREETS, elm_bundle, elm_walks


def problems(made) -> list[str]:
    """Return what breaks contract/bundle.schema.json."""
    schema, event = (
        json.loads((HOUSE / "contract" / f"{name}.schema.json").read_text())
        for name in ("bundle", "event")
    )
    known = Registry().with_resource("event.schema.json", Resource.from_contents(event))
    checks = Draft202012Validator(schema, registry=known)
    return [error.message for error in checks.iter_errors(made)]


def test_a_bundle_keeps_the_contract():
    """Nothing is missing, nothing is extra, and JSON can hold it."""
    made = elm_bundle()

    assert problems(json.loads(json.dumps(made))) == []
    assert problems(made | {"extra": 1})


def test_a_stop_done_by_hand():
    """The fourth door of the walk is 12 Elm Street, with Ada and Ben Adams."""
    assert elm_bundle()["stops"][3] == {
        "position": 4,
        "door": "d12",
        "building": "b12",
        "number": "12",
        "street": "Elm Street",
        "unit": None,
        "city": "Elmton",
        "address": "12 Elm Street",
        "lon": -101.6012,
        "lat": 42.4001,
        "people": [
            {"id": "E1001", "name": "Ada Adams", "age": 68, "party": "DEM"},
            {"id": "E1002", "name": "Ben Adams", "age": 69, "party": "REP"},
        ],
    }


def test_only_streets_near_the_doors_are_carried():
    """Far Road, ten kilometres away, stays at home."""
    features = elm_bundle()["streets"]["features"]

    assert {each["properties"]["name"] for each in features} == {
        "Elm Street",
        "Oak Avenue",
    }


def test_a_walk_s_length_done_by_hand():
    """A thousandth of a degree to the north is 111.3 metres; there and back, twice."""
    here, there = {"lon": 0.0, "lat": 0.0}, {"lon": 0.0, "lat": 0.001}

    assert metres([here, there]) == pytest.approx(111.3, abs=0.1)
    assert metres([here, there, here]) == pytest.approx(222.6, abs=0.2)
    assert metres([here]) == 0


def test_a_long_road_is_carried_only_where_it_passes():
    """Of a road that leaves and comes back, two pieces are kept."""
    road = [[-1, 0], [0, 0], [1, 0], [9, 0], [9, 9], [1, 9], [0.5, 1], [0, 1], [-9, 9]]
    streets = Streets.from_geojson(
        {
            "features": [
                {
                    "properties": {"name": None},
                    "geometry": {"type": "MultiLineString", "coordinates": [road]},
                },
                {"properties": None, "geometry": None},
                {"geometry": {"type": "Point", "coordinates": [0, 0]}},
            ]
        }
    )

    near = streets.near(Box(-0.5, -0.5, 1.5, 1.5))

    assert [street.line.tolist() for street in near.streets] == [
        [[-1, 0], [0, 0], [1, 0], [9, 0]],
        [[1, 9], [0.5, 1], [0, 1], [-9, 9]],
    ]
    assert {street.name for street in near.streets} == {""}


def test_a_county_without_streets_has_a_bundle_all_the_same():
    """The streets are then an empty collection, which the contract allows."""
    made = bundle(PACKET, elm_walks().turf(1), SCRIPT, Streets.load(None), PACE)

    assert made["streets"] == {"type": "FeatureCollection", "features": []}
    assert problems(made) == []
    assert Streets.from_geojson(STREETS).streets


def test_an_end_without_a_time_zone_is_refused():
    """Midnight is not the same moment everywhere."""
    with pytest.raises(ValueError, match="offset"):
        Packet("", "", "", "", PACKET.expires.replace(tzinfo=None))
