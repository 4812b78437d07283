"""Districts are counted once each, and have the id by which the world knows them."""

import dataclasses
from unittest import mock

import polars as pl
import pytest

from groundgame.voterfile import districts as rooms
from groundgame.voterfile import load_layout
from groundgame.voterfile.districts import count, districts, together

NC = load_layout("nc")


def ocd(kind, name, layout=NC):
    """Return the id of one district."""
    (row,) = districts(pl.DataFrame({kind: [name]}), layout).to_pylist()
    return row["ocd_id"]


@pytest.mark.parametrize(
    ("kind", "name", "ending"),
    [
        ("congressional", "4", "cd:4"),
        ("congressional", "04", "cd:4"),
        ("state_senate", "12", "sldu:12"),
        ("state_house", "4A", "sldl:4a"),
        ("county", "NEW HANOVER", "county:new_hanover"),
        ("county", "Prince George's", "county:prince_george~s"),
        ("county", "St. Lawrence", "county:st_lawrence"),
        ("county", "Miami-Dade", "county:miami-dade"),
    ],
)
def test_a_district_has_its_id(kind, name, ending):
    """Numbers without zeros; names in lower case, no dots, '~' for an apostrophe."""
    assert ocd(kind, name) == f"ocd-division/country:us/state:nc/{ending}"


@pytest.mark.parametrize(
    ("kind", "name", "layout"),
    [
        ("congressional", "at large", "nc"),
        ("county", "68", "nc"),
        ("county", "ABC", "fl"),
        ("state_house", "CHI-6-1", "vt"),
        ("ward", "1", "nc"),
        ("congressional", "4", "elm"),
        ("county", "Kent", "uk"),
    ],
)
def test_what_has_no_id_gets_none(kind, name, layout):
    """Words, codes of counties, letters, wards, a file of no state, another country."""
    assert ocd(kind, name, load_layout(layout)) is None


def test_a_layout_may_say_what_its_divisions_are():
    """Towns that are places; a state whose counties are parishes."""
    said = dataclasses.replace(
        NC, divisions={"municipality": "place", "county": "parish"}
    )

    assert ocd("municipality", "Elmton", said).endswith("/place:elmton")
    assert ocd("county", "Orleans", said).endswith("/parish:orleans")


def test_wards_are_counted_within_their_county():
    """Two counties have a ward 1; a district of Congress is one, whichever county."""
    people = pl.DataFrame(
        {
            "county": ["Elm", "Elm", "Oak", None],
            "ward": ["1", "1", "1", "1"],
            "congressional": ["4", "4", "4", None],
        }
    )
    found = districts(people, NC).to_pylist()
    told = [(one["kind"], one["name"], one["county"], one["people"]) for one in found]

    assert told == [
        ("congressional", "4", None, 3),
        ("county", "Elm", None, 2),
        ("county", "Oak", None, 1),
        ("ward", "1", "Elm", 2),
        ("ward", "1", "Oak", 1),
        ("ward", "1", None, 1),
    ]


def test_parts_add_up():
    """Counted in two parts or in one, the districts are the same."""
    people = pl.DataFrame(
        {"county": ["Elm", "Oak", "Elm"], "precinct": ["1", "1", "2"]}
    )
    parts = [count(people.head(2)), count(people.tail(1))]

    assert together(parts, NC).equals(districts(people, NC))


def test_a_count_that_forgets_the_county_does_not_pass():
    """Planted: wards are counted over all counties. Two wards 1 then become one."""
    people = pl.DataFrame({"county": ["Elm", "Oak"], "ward": ["1", "1"]})
    honest = count(people).filter(pl.col("kind") == "ward")
    with (
        mock.patch.object(rooms, "LOCAL", ()),
        mock.patch.object(rooms, "STATEWIDE", (*rooms.STATEWIDE, "ward")),
    ):
        planted = count(people).filter(pl.col("kind") == "ward")

    assert (honest.height, planted.height) == (2, 1)
