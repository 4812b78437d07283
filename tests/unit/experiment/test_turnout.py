"""Who voted since: by hand, with movers, the purged, and each denominator."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from groundgame.errors import CannotAnalyse
from groundgame.experiment import turnout
from groundgame.tables import (
    BALLOTS,
    DOORS,
    PEOPLE,
    REFUSED,
    Manifest,
    Source,
    lay,
)
from groundgame.tables.snapshot import Snapshot

THEN, NOW = "2022-11-08 general", "2024-11-05 general"
OLD = {  # person: precinct, birth year, door, whether they voted in 2022
    "a": ("1", 1950, "d1", True),
    "b": ("1", 1990, "d1", False),
    "c": ("1", 2000, "d2", False),
    "d": ("2", 1980, "d3", True),
    "e": ("2", 1985, "d3", False),
}
NEW = {  # b moved to precinct 2, e is gone, f is new; who voted in 2024
    "a": ("1", 1950, "d1", True),
    "b": ("2", 1990, "d9", True),
    "c": ("1", 2000, "d2", False),
    "d": ("2", 1980, "d3", True),
    "f": ("2", 2005, "d4", False),
}


def snapshot(folder: Path, people: dict, elections: dict) -> Snapshot:
    """Write a snapshot of some people; elections name who voted in each."""
    rows = [
        {
            "person_id": f"elm:{who}",
            "door_id": door,
            "birth_year": born,
            "status": "active",
            "precinct": precinct,
            "protected": False,
            "source_line": n,
        }
        for n, (who, (precinct, born, door, _)) in enumerate(people.items())
    ]
    doors = sorted({door for _, _, door, _ in people.values()})
    votes = [
        {
            "person_id": f"elm:{who}",
            "election": name,
            "date": date.fromisoformat(name[:10]),
            "year": int(name[:4]),
            "kind": "general",
        }
        for name, who_voted in elections.items()
        for who in who_voted
    ]
    counts = dict.fromkeys(("rows", "accepted", "people"), len(rows))
    manifest = Manifest(
        snapshot=folder.name,
        layout="elm",
        dated=date(2025, 1, 1),
        sources=(Source("elm.csv", 1, "0" * 64),),
        refused=0,
        merged=0,
        doors=len(doors),
        buildings=len(doors),
        doors_without_place=0,
        people_without_door=0,
        protected=0,
        votes=len(votes),
        elections=len(elections),
        **counts,
    )
    lay(
        folder,
        manifest,
        people=pa.Table.from_pylist(rows, PEOPLE.arrow),
        doors=pa.Table.from_pylist(
            [
                {"door_id": d, "building_id": d, "street": "Elm St", "address": d}
                for d in doors
            ],
            DOORS.arrow,
        ),
        ballots=pa.Table.from_pylist(votes, BALLOTS.arrow),
        refused=pa.Table.from_pylist([], REFUSED.arrow),
    )
    return Snapshot.open(folder)


@pytest.fixture
def files(tmp_path):
    """The file before, and the file after."""
    then = [who for who, (*_, voted) in OLD.items() if voted]
    now = [who for who, (*_, voted) in NEW.items() if voted]
    old = snapshot(tmp_path / "old", OLD, {THEN: then})
    return old, snapshot(tmp_path / "new", NEW, {THEN: then, NOW: now})


def test_people_are_followed_by_their_id(files):
    """a, c, d stay, b moved and voted, e is gone: nobody knows whether e voted."""
    old, new = files
    people = old.read("people", ["person_id", "door_id"])
    told, fate = turnout.outcomes(people, new, NOW)

    assert told["voted"].to_pylist() == [1, 1, 0, 1, None]
    assert (fate.people, fate.here, fate.moved, fate.gone, fate.voted) == (
        5,
        3,
        1,
        1,
        3,
    )


def test_whoever_was_purged_is_not_taken_for_a_non_voter(files):
    """Filling in 0 would give a turnout of 3 in 5 instead of 3 in 4."""
    old, new = files
    told, _ = turnout.outcomes(old.read("people", ["person_id", "door_id"]), new, NOW)
    known = [one for one in told["voted"].to_pylist() if one is not None]

    assert sum(known) / len(known) == 3 / 4


def groups(files, by, **more):
    """Return turnout by group."""
    found = turnout.before_and_after(files, (THEN, NOW), by, **more)
    return {row["group"]: row for row in found.to_pylist()}


def test_turnout_is_of_those_registered_then(files):
    """Precinct 1: 1 of 3, then 1 of 2. Precinct 2: 1 of 2, then 2 of 3."""
    found = groups(files, "precinct", eligible={"1": 4})

    one, two = found["1"], found["2"]
    assert (one["voted_before"], one["registered_before"]) == (1, 3)
    assert one["turnout_after"] == pytest.approx(1 / 2)
    assert two["change"] == pytest.approx(2 / 3 - 1 / 2)
    assert one["of_eligible_after"] == pytest.approx(1 / 4)
    assert two["of_eligible_after"] is None


def test_a_change_of_the_denominator_is_no_more_voters(files):
    """Precinct 1 rose from a third to a half, and as many people voted as before."""
    one = groups(files, "precinct", eligible={"1": 4})["1"]

    assert one["change"] > 0.16
    assert one["voted_before"] == one["voted_after"]
    assert one["of_eligible_before"] == one["of_eligible_after"]


def test_turnout_by_age_and_by_experience(files):
    """Ages are those of the election's year; experience is of the generals before."""
    ages = groups(files, "age")
    used = groups(files, "experience")

    assert ages["18 to 24"]["registered_after"] == 2
    assert ages["65 and over"]["voted_after"] == 1
    assert used["1 of the last 1"]["registered_after"] == 2
    assert used["0 of the last 0"]["registered_before"] == 5


def test_turnout_of_some_people_by_their_own_group(files):
    """Turfs of a cut, or arms: any column beside person_id."""
    only = pa.table({"person_id": ["elm:a", "elm:c"], "turf": ["Turf 1", "Turf 2"]})
    found = groups(files, "turf", only=only)

    assert found["Turf 1"]["turnout_after"] == 1.0
    assert found["Turf 2"]["registered_after"] == 1


@pytest.mark.parametrize(
    ("by", "elections", "says"),
    [
        ("shoe", (THEN, NOW), "no column shoe"),
        ("precinct", (THEN, "2030-11-05 general"), "no election '2030-11-05 general'"),
    ],
)
def test_what_is_not_in_the_file_is_said(files, by, elections, says):
    """With what there is instead."""
    with pytest.raises(CannotAnalyse, match=says):
        turnout.before_and_after(files, elections, by)
