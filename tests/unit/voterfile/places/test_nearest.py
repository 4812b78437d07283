"""The nearest street line and the side of it, on two crossing streets."""

import polars as pl
import pytest

from groundgame.voterfile.places.nearest import nearest
from tests.unit.voterfile.places.town import LAT, LON, METER

EAST = METER / 0.7385


def line(way, name, start, end):
    """Return a piece of a street, its ends in metres east and north of the corner."""
    return {
        "way": way,
        "street_key": name,
        "lon": LON + start[0] * EAST,
        "lat": LAT + start[1] * METER,
        "lon_to": LON + end[0] * EAST,
        "lat_to": LAT + end[1] * METER,
    }


LINES = pl.LazyFrame(
    [
        line(1, "ELM ST", (-300, 0), (0, 0)),
        line(1, "ELM ST", (0, 0), (300, 0)),
        line(2, "OAK AVE", (0, -300), (0, 300)),
        line(3, None, (280, -50), (280, 50)),
    ]
)


def asked(*places):
    """Return way and side of doors: name of the street, metres east, metres north."""
    frame = pl.DataFrame(
        {
            "street_key": [name for name, _, _ in places],
            "lon": [None if x is None else LON + x * EAST for _, x, _ in places],
            "lat": [None if x is None else LAT + y * METER for _, x, y in places],
        },
        schema={"street_key": pl.String, "lon": pl.Float64, "lat": pl.Float64},
    )
    return nearest(frame, LINES).rows()


@pytest.mark.parametrize(
    ("door", "expected"),
    [
        pytest.param(
            ("ELM ST", 100, 15), (1, "left"), id="north of a line to the east"
        ),
        pytest.param(("ELM ST", 100, -15), (1, "right"), id="south of it"),
        pytest.param(
            ("OAK AVE", -15, 80), (2, "left"), id="west of a line to the north"
        ),
        pytest.param(("ELM ST", 12, 30), (1, "left"), id="at the corner, by its name"),
        pytest.param(("BIRCH ST", 12, 30), (2, "right"), id="a strange name: nearest"),
        pytest.param((None, 12, 30), (2, "right"), id="no name: nearest"),
        pytest.param(("ELM ST", 270, 10), (1, "left"), id="own before a nameless one"),
        pytest.param(("ELM ST", 10, 250), (2, "right"), id="own street too far away"),
        pytest.param(("ELM ST", 9000, 0), (None, None), id="in the fields"),
        pytest.param(("ELM ST", None, None), (None, None), id="no place"),
    ],
)
def test_a_door_is_on_a_side_of_its_street(door, expected):
    """By its own street's name where that is near, else by distance."""
    assert asked(door) == [expected]


def test_rows_stay_in_order():
    """Doors with and without a place, mixed."""
    got = asked(("ELM ST", None, None), ("OAK AVE", 15, 80), ("ELM ST", -50, 9))

    assert got == [(None, None), (2, "right"), (1, "left")]


def test_without_lines_there_is_no_side():
    """A region of which nobody has streets."""
    frame = pl.DataFrame({"street_key": ["ELM ST"], "lon": [LON], "lat": [LAT]})

    assert nearest(frame, LINES.head(0)).rows() == [(None, None)]
