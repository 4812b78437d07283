"""Small Elm, which everybody knows by heart, and large Elm, which is made like it."""

import subprocess
import sys
from datetime import date

import pytest

from groundgame.tables import BALLOTS, DOORS, PEOPLE, REFUSED
from groundgame.voterfile import import_file
from tests.unit.voterfile import elm


def make(*words):
    """Run the generator."""
    subprocess.run([sys.executable, elm.ELM / "make.py", *words], check=True)


def test_the_files_in_the_repository_are_what_the_generator_writes(tmp_path):
    """Nobody has edited small Elm by hand."""
    make("--small", tmp_path)

    for path in (elm.VOTERS, elm.ADDRESSES, elm.STREETS):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_every_row_is_accounted_for(small):
    """Ten rows: nine people, and Gus Fox who was born on 30 February."""
    manifest = small.manifest

    assert (manifest.rows, manifest.accepted) == (10, 9)
    assert (manifest.refused, manifest.merged) == (1, 0)
    assert elm.refusals(small) == [(8, "birth_date", "the date cannot be read")]


def test_the_counts_are_those_of_the_readme(small):
    """Nine people, one of them protected, behind eight doors in seven buildings."""
    manifest = small.manifest

    assert (manifest.people, manifest.protected) == (9, 1)
    assert (manifest.doors, manifest.buildings) == (8, 7)
    assert (manifest.doors_without_place, manifest.people_without_door) == (1, 0)
    assert (manifest.votes, manifest.elections, manifest.votes_unread) == (17, 6, 0)


@pytest.mark.parametrize(
    "schema", [PEOPLE, DOORS, BALLOTS, REFUSED], ids=lambda s: s.name
)
def test_each_table_keeps_its_promise(small, schema):
    """What the next room reads has the columns, types and uniqueness of its schema."""
    table = small.read(schema.name)

    assert schema.conform(table).num_rows == table.num_rows > 0


def test_ada_is_read_cell_by_cell(small):
    """Every field of one person, by hand: zeros before districts are gone."""
    (ada,) = [p for p in small.read("people").to_pylist() if p["first_name"] == "Ada"]

    assert ada | {"door_id": "as given"} == {
        "person_id": "elm:E1001",
        "door_id": "as given",
        "first_name": "Ada",
        "middle_name": None,
        "last_name": "Adams",
        "suffix": None,
        "birth_date": date(1958, 3, 14),
        "birth_year": 1958,
        "gender": "F",
        "party": "DEM",
        "status": "active",
        "registered": date(1980, 9, 2),
        "phone": "+13155550101",
        "language": None,
        "county": "Elm",
        "municipality": None,
        "precinct": "ELM-1",
        "ward": "1",
        "congressional": "3",
        "state_senate": "7",
        "state_house": "14",
        "protected": False,
        "source_line": 2,
    }


def test_two_spellings_of_one_door_are_one_door(small):
    """Ada lives at 12 Elm Street and Ben at 12 ELM ST: one household."""
    people = {p["first_name"]: p["door_id"] for p in small.read("people").to_pylist()}

    assert people["Ada"] == people["Ben"]
    assert len(set(people.values())) == 8


def test_units_of_one_building_are_doors_of_their_own(small):
    """Cleo and Dan live in one building, and have a door each."""
    doors = {d["address"]: d for d in small.read("doors").to_pylist()}
    cleo, dan = doors["14 Elm St #1"], doors["14 Elm St #2"]

    assert cleo["building_id"] == dan["building_id"]
    assert cleo["door_id"] != dan["door_id"]
    assert (cleo["lon"], cleo["lat"]) == (-101.60095, 42.40012)
    assert (dan["lon"], dan["lat"]) == (-101.6009, 42.4001)


def test_a_door_without_a_place_is_kept(small):
    """No address point knows 200 County Road 9; Hal's door is there all the same."""
    (hal,) = [d for d in small.read("doors").to_pylist() if d["lon"] is None]

    assert (hal["address"], hal["placed_by"]) == ("200 County Road 9", None)


def test_votes_say_when_how_and_whose_primary(small):
    """Ada's five elections, by hand."""
    votes = small.read("ballots").to_pylist()
    ada = [v for v in votes if v["person_id"] == "elm:E1001"]

    assert {(v["election"], v["method"], v["party"]) for v in ada} == {
        ("2024-11-05 general", "in person", None),
        ("2022-11-08 general", "in person", None),
        ("2022-06-28 primary", "in person", "DEM"),
        ("2020-11-03 general", "mail", None),
        ("2018-11-06 general", "in person", None),
    }


def test_people_are_sorted_by_precinct_and_address(small):
    """A question about one precinct reads rows that lie together: 7 before 11 Oak."""
    people = small.read("people").to_pylist()

    assert [p["first_name"] for p in people] == [
        *("Ada", "Ben", "Cleo", "Dan", "Eve", "Hal", "Fay", "Ivy", "Jo"),
    ]


def test_large_elm_has_a_town_and_all_its_rows(tmp_path):
    """About 5,000 voters behind 2,900 doors, 1 to 2 % of the rows bad."""
    make("--large", tmp_path)
    text = (tmp_path / "voters.csv").read_text()
    snapshot = import_file(
        tmp_path / "voters.csv",
        "elm",
        tmp_path / "snapshots",
        dated=elm.DATED,
        addresses=tmp_path / "addresses.csv",
        streets=tmp_path / "streets.geojson",
    )
    manifest = snapshot.manifest

    assert manifest.rows == text.count("\n") - 1
    assert 4_800 < manifest.people < 5_300
    assert 2_800 < manifest.doors < 3_000
    assert 0.01 < (manifest.refused + manifest.merged) / manifest.rows < 0.02
    assert 0.002 < manifest.doors_without_place / manifest.doors < 0.02
    assert len({why for _, _, why in elm.refusals(snapshot)}) == 7
    assert snapshot.streets is not None
