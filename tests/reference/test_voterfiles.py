"""Real layouts of three states, and invented voters over real addresses in Queens.

The files lie beside the repository, in ../shared/data; where they do not, these tests
skip. Expected counts are taken with Python's own csv module, which is fit for these
files: they hold no quotation mark.
"""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from groundgame.tables import BALLOTS, DOORS, PEOPLE
from groundgame.voterfile import import_file
from tests.unit.voterfile import elm

DATA = Path(__file__).parents[3] / "shared" / "data"
QUEENS = DATA / "streets" / "queens-village-ny-addresses.csv.gz"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the reference data ../shared/data is not there"
)


def rows_of(path, delimiter, *, header):
    """Return the rows of a file, by the standard library."""
    with path.open(newline="", encoding="latin-1") as lines:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    return rows[header:]


@pytest.mark.parametrize(
    ("state", "delimiter", "header", "ids"),
    [("nc", "\t", 1, 58), ("ny", ",", 0, 43), ("wa", "\t", 1, 0)],
)
def test_every_row_of_a_states_file_is_accounted_for(
    tmp_path, state, delimiter, header, ids
):
    """As many rows as the standard library counts, and a person for each voter id."""
    path = DATA / "voterfiles" / f"{state}.csv"
    rows = rows_of(path, delimiter, header=header)
    snapshot = import_file(path, state, tmp_path, dated=elm.DATED)
    manifest = snapshot.manifest
    people = snapshot.read("people", ["person_id"])["person_id"].to_pylist()

    assert manifest.rows == len(rows)
    assert manifest.accepted + manifest.refused + manifest.merged == len(rows)
    assert set(people) == {f"{state}:{row[ids].strip()}" for row in rows}
    assert manifest.people_without_door < 0.02 * len(rows)
    for schema in (PEOPLE, DOORS, BALLOTS):
        assert schema.conform(snapshot.read(schema.name)) is not None


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
