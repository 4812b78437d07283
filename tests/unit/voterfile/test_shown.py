"""What a check shows of the first rows is what an import makes of them."""

import pytest

from groundgame.voterfile import check, first_people, load_layout
from tests.unit.voterfile import elm, sheets

FIELDS = ("last_name", "party", "status", "phone", "gender", "registered", "birth_date")
HISTORY = sheets.table(
    ("ncid", "election_lbl", "election_desc", "voting_method", "voted_party_cd"),
    ("A1", "05/08/2018", "05/08/2018 PRIMARY", "ABSENTEE ONESTOP", "DEM"),
    ("A1", "13/13/2018", "PRIMARY", "IN-PERSON", "DEM"),
    mark="\t",
)


def shown(folder, content, layout, rows=9):
    """Return what is shown of a file."""
    path = folder / "shown.txt"
    path.write_text(content)
    return first_people(check(path, load_layout(layout)).best, rows, 2025)


@pytest.mark.parametrize(
    ("layout", "content"),
    [
        ("fl", sheets.sheet(load_layout("fl"), sheets.florida(5), header=False)),
        ("elm", elm.VOTERS.read_text()),
    ],
)
def test_what_is_shown_is_what_is_imported(tmp_path, layout, content):
    """Cell by cell, the line of the door with them; and as many are set aside."""
    rows = shown(tmp_path, content, layout, 99)
    snapshot = elm.imported(tmp_path, content, layout=layout)
    doors = {one["door_id"]: one for one in snapshot.read("doors").to_pylist()}
    made = {}
    for one in snapshot.read("people").to_pylist():
        fields = {name: one[name] for name in FIELDS}
        fields["address"] = doors.get(one["door_id"], {}).get("address")
        told = {name: str(text) for name, text in fields.items() if text is not None}
        made[one["person_id"].removeprefix(f"{layout}:")] = told
    people = [one for one in rows if "person_id" in one]

    assert {one["person_id"] for one in people} == set(made)
    for one in people:
        kept = {name: one[name] for name in (*FIELDS, "address") if name in one}
        assert kept == made[one["person_id"]]
    assert sum("set aside" in one for one in rows) == sum(
        column != "voter_id" or "empty" in why
        for _, column, why in elm.refusals(snapshot)
    )


def test_a_row_that_would_be_set_aside_says_why(tmp_path):
    """Its line would be in the refused rows, with the same reason."""
    content = elm.text(elm.row(1), elm.row(2, birth_date="1970-31-31"))
    good, bad = shown(tmp_path, content, "elm")

    assert good["person_id"] == "E1"
    assert bad == {"set aside": "the date cannot be read", "column": "birth_date"}


def test_ballots_are_shown_as_votes(tmp_path):
    """Whose, in which election, how, in whose primary; and what is none."""
    assert shown(tmp_path, HISTORY, "nc") == [
        {"person_id": "A1", "voted": "2018-05-08 primary, early, DEM"},
        {"set aside": "the date cannot be read"},
    ]
