"""groundgame match: the commands, their exit codes, and what they keep."""

import json
from datetime import date

import pytest

from groundgame.cli import main
from tests.unit.match.town import person, town

ELM = {"number": "12", "street": "Elm St", "city": "Elmton", "zip": "69999"}
LIST = (
    "first,last,dob,address,zip\n"
    "Bob,Adams,1958-03-14,12 Elm St,69999\n"
    "John,Cole,,12 Elm St,69999\n"
    "Nils,Strand,1977-07-07,44 Yew Ct,69999\n"
    "short\n"
)


@pytest.fixture
def data(tmp_path):
    """Return a data folder with a snapshot of four, one protected, and a list."""
    people = [
        person("elm:1", "Robert", "Adams", birth_date=date(1958, 3, 14), **ELM),
        person("elm:2", "John", "Cole", birth_date=date(1950, 1, 1), **ELM),
        person("elm:3", "John", "Cole", birth_date=date(1979, 1, 1), **ELM),
        person("elm:4", "Ida", "Ostrow", protected=True, **ELM),
    ]
    town(tmp_path / "data" / "snapshots" / "elm-2026", people)
    (tmp_path / "members.csv").write_text(LIST, "utf-8")
    return tmp_path / "data"


def answer(capsys, *argv):
    """Run one command and return its exit code and its JSON."""
    code = main([*map(str, argv), "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def test_a_list_is_linked_reviewed_decided_and_undone(data, capsys):
    """The whole way: link, look at the queue, accept one, undo one."""
    told = ["--data", data]
    code, made = answer(capsys, "match", data.parent / "members.csv", *told)
    counts = {"rows": 4, "linked": 1, "review": 1, "unmatched": 1, "refused": 1}
    assert code == 0
    assert {name: made[name] for name in counts} == counts

    _, queue = answer(capsys, "match", "review", "members", *told)
    assert {one["person_id"] for one in queue["list"]} == {"elm:2", "elm:3"}
    row = queue["list"][0]["row_id"]

    decide = ["match", "decide", "members", row]
    said = ["--by", "cyd", *told]
    code, after = answer(capsys, *decide, "accepted", "--person", "elm:3", *said)
    assert (code, after["linked"], after["review"]) == (0, 2, 0)
    code, after = answer(capsys, *decide, "undone", *said)
    assert (code, after["linked"], after["review"]) == (0, 1, 1)


@pytest.mark.parametrize("whom", ["elm:4", "elm:99"])
def test_nobody_is_linked_by_hand_to_a_protected_person(data, capsys, whom):
    """Accepting a protected person is refused as accepting nobody at all is."""
    told = ["--data", str(data)]
    main(["match", str(data.parent / "members.csv"), *told, "--json"])
    capsys.readouterr()
    _, queue = answer(capsys, "match", "review", "members", *told)
    row = queue["list"][0]["row_id"]

    code = main(
        [
            "match",
            "decide",
            "members",
            row,
            "accepted",
            "--person",
            whom,
            "--by",
            "c",
            *told,
        ]
    )

    assert code == 1
    assert "no such person" in capsys.readouterr().err


def test_duplicates_are_counted(data, capsys):
    """Two rows of one member are one person."""
    path = data.parent / "book.csv"
    path.write_text(LIST + "Robert,Adams,1958-03-14,12 Elm Street,69999\n", "utf-8")

    code, found = answer(capsys, "match", "duplicates", path)

    assert (code, found["rows"], found["people"], found["refused"]) == (0, 4, 3, 1)


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(["match", "nowhere.csv"], id="no such list"),
        pytest.param(["match", "review", "nothing"], id="no such match"),
        pytest.param(["match", "members.csv", "--as", "../x"], id="a bad name"),
        pytest.param(["match", "members.csv", "--column", "a=b"], id="no such field"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(data, monkeypatch, capsys, argv):
    """Exit code 1, one line on standard error, and nothing of anybody's data."""
    monkeypatch.chdir(data.parent)

    assert main([*argv, "--data", str(data)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "Adams" not in line


def test_misuse_is_told_apart(data, capsys):
    """Thresholds under which two people could both be the one: exit code 2."""
    path = str(data.parent / "members.csv")

    assert main(["match", path, "--accept", "0.4", "--data", str(data)]) == 2
