"""Real layouts of thirteen states, and invented voters over real addresses in Queens.

The files lie beside the repository, in ../shared/data; where they do not, these tests
skip. Expected counts are taken with Python's own csv module, which is fit for these
files: they hold no quotation mark.
"""

import csv
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from groundgame.tables import BALLOTS, DISTRICTS, DOORS, PEOPLE
from groundgame.voterfile import check, import_file
from tests.reference import states
from tests.unit.voterfile import elm

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = DATA / "voterfiles"
QUEENS = DATA / "streets" / "queens-village-ny-addresses.csv.gz"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the reference data ../shared/data is not there"
)


def rows_of(path, delimiter, *, header):
    """Return the rows of a file, by the standard library."""
    with path.open(newline="", encoding="latin-1") as lines:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    return rows[header:]


def named_rows(state):
    """Return the rows of a state's file as dictionaries, by the standard library."""
    rows = rows_of(FILES / f"{state}.csv", states.MARKS.get(state, ","), header=0)
    told = tomllib.loads((FILES / "headers.toml").read_text())
    names = told[state]["columns"] if state in told else rows.pop(0)
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Return a function that imports a state's file, each once."""
    folder = tmp_path_factory.mktemp("states")

    @cache
    def once(state):
        return import_file(FILES / f"{state}.csv", state, folder, dated=elm.DATED)

    return once


@pytest.mark.parametrize("state", states.IDS)
def test_every_row_of_a_states_file_is_accounted_for(imported, state):
    """As many rows as the standard library counts, and a person for each voter id."""
    rows = named_rows(state)
    snapshot = imported(state)
    manifest = snapshot.manifest
    people = snapshot.read("people", ["person_id"])["person_id"].to_pylist()

    assert manifest.rows == len(rows)
    assert manifest.accepted + manifest.refused + manifest.merged == len(rows)
    assert set(people) == {f"{state}:{row[states.IDS[state]].strip()}" for row in rows}
    homeless = manifest.people_without_door
    assert homeless <= states.HOMELESS.get(state, 0.02) * len(rows)
    assert manifest.votes_unread == 0
    for schema in (PEOPLE, DOORS, BALLOTS, DISTRICTS):
        assert schema.conform(snapshot.read(schema.name)) is not None


@pytest.mark.parametrize(
    ("state", "voter", "expected", "door", "votes"),
    [pytest.param(*one, id=f"{one[0]} {one[1]}") for one in states.PEOPLE],
)
def test_somebody_in_a_states_file_is_read_cell_by_cell(
    imported, state, voter, expected, door, votes
):
    """Name, birth, party, status, districts, door and votes, as read by eye."""
    snapshot = imported(state)
    known = {one["person_id"]: one for one in snapshot.read("people").to_pylist()}
    doors = {one["door_id"]: one for one in snapshot.read("doors").to_pylist()}
    ballots = snapshot.read("ballots")["person_id"].to_pylist()
    person = known[f"{state}:{voter}"]
    lives = doors.get(person["door_id"])

    assert {name: person[name] for name in expected} == expected
    assert ballots.count(f"{state}:{voter}") == votes
    if door is None:
        assert lives is None
    else:
        assert {name: lives[name] for name in door} == door


@pytest.mark.parametrize("state", states.IDS)
def test_every_states_file_is_recognized(state):
    """Surely, as itself: with a header row or without."""
    checked = check(FILES / f"{state}.csv")

    assert (checked.best.layout.id, checked.best.kind) == (state, "voter file")
    assert checked.sure


def test_districts_of_a_state_have_their_ids(imported):
    """Washington's numbers and counties; Vermont's letters have no id."""
    washington = imported("wa").read("districts").to_pylist()
    ids = {(one["kind"], one["name"]): one["ocd_id"] for one in washington}
    letters = imported("vt").read("districts").to_pylist()

    assert ids["congressional", "17"] == "ocd-division/country:us/state:wa/cd:17"
    assert ids["state_house", "19"] == "ocd-division/country:us/state:wa/sldl:19"
    assert ids["county", "Asotin"] == "ocd-division/country:us/state:wa/county:asotin"
    houses = [one for one in letters if one["kind"] == "state_house"]
    assert houses
    assert {one["ocd_id"] for one in houses} == {None}


def test_codes_that_a_layout_does_not_know_are_counted(imported):
    """Colorado's are all known; in New York's file some counties have no name."""
    unknown = imported("ny").manifest.unknown_codes

    assert not imported("co").manifest.unknown_codes
    assert unknown["county"]["68"] == sum(
        row["COUNTYCODE"] == "68" for row in named_rows("ny")
    )


def test_the_history_in_new_yorks_file_is_read(tmp_path):
    """Whoever has a last vote's date or a history has a vote, and nobody else."""
    path = DATA / "voterfiles" / "ny.csv"
    rows = rows_of(path, ",", header=0)
    voted = {f"ny:{row[43]}" for row in rows if row[29].strip() or row[44].strip()}
    snapshot = import_file(path, "ny", tmp_path, dated=elm.DATED)
    votes = snapshot.read("ballots").to_pylist()

    assert {vote["person_id"] for vote in votes} == voted
    assert snapshot.manifest.votes_unread == 0
    assert "2004-11-02 general" in {vote["election"] for vote in votes}


def test_washingtons_addresses_in_parts_come_together(tmp_path):
    """Number, fraction, directions, type and unit of rows picked by hand."""
    path = DATA / "voterfiles" / "wa.csv"
    snapshot = import_file(path, "wa", tmp_path, dated=elm.DATED)
    doors = {d["door_id"]: d for d in snapshot.read("doors").to_pylist()}
    people = snapshot.read("people").to_pylist()
    lives = {p["person_id"]: doors.get(p["door_id"]) for p in people}

    assert lives["wa:WA0002"]["address"] == "8762 Jana St #56"
    assert lives["wa:WA0006"]["address"] == "38 1/3 3rd Pt SW"


def test_voters_over_the_addresses_of_queens_village(tmp_path):
    """32,255 real addresses: every row accounted for, 99 % of the doors placed."""
    make = elm.ELM / "make.py"
    subprocess.run([sys.executable, make, "--over", QUEENS, tmp_path], check=True)
    voters = tmp_path / "voters.csv"
    snapshot = import_file(
        voters, "elm", tmp_path / "s", dated=elm.DATED, addresses=QUEENS
    )
    manifest = snapshot.manifest

    assert manifest.rows == len(rows_of(voters, ",", header=1))
    assert manifest.accepted == manifest.rows
    assert manifest.doors > 32_200
    assert manifest.doors_without_place <= 0.01 * manifest.doors
