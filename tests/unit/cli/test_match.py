"""groundgame match: the commands, their exit codes, and what they keep."""

import json
from datetime import date

import pytest

from groundgame.cli import main
from groundgame.cli.files import read_ids
from tests.unit.match.town import person, town

ELM = {"number": "12", "street": "Elm St", "city": "Elmton", "zip": "69999"}
LIST = (
    "first,last,dob,address,zip\n"
    "Bob,Adams,1958-03-14,12 Elm St,69999\n"
    "John,Cole,,12 Elm St,69999\n"
    "Nils,Strand,1977-07-07,44 Yew Ct,69999\n"
    "short\n"
)
PEOPLE = [
    person("elm:1", "Robert", "Adams", birth_date=date(1958, 3, 14), **ELM),
    person("elm:2", "John", "Cole", birth_date=date(1950, 1, 1), **ELM),
    person("elm:3", "John", "Cole", birth_date=date(1979, 1, 1), **ELM),
    person("elm:4", "Ida", "Ostrow", protected=True, **ELM),
]


@pytest.fixture
def data(tmp_path):
    """Return a data folder with a snapshot of four, one protected, and a list."""
    town(tmp_path / "data" / "snapshots" / "elm-2026", PEOPLE)
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


def test_links_that_hold_are_shown_and_are_a_list_for_a_rule(data, capsys):
    """What is for review is on no list; a link that was undone is on none any more."""
    told = ["--data", data]
    answer(capsys, "match", data.parent / "members.csv", *told)
    out = data.parent / "members-linked.csv"

    code, shown = answer(capsys, "match", "show", "members", *told)
    (one,) = shown["list"]
    assert (code, one["person_id"], one["by"]) == (0, "elm:1", "likeness")
    answer(capsys, "match", "show", "members", "--out", out, *told)
    assert read_ids(out)["person_id"].to_pylist() == ["elm:1"]

    row = one["row_id"]
    answer(capsys, "match", "decide", "members", row, "undone", "--by", "cyd", *told)
    assert answer(capsys, "match", "show", "members", *told)[1]["list"] == []


def test_who_was_refused_is_offered_no_more_until_it_is_undone(data, capsys):
    """The queue shows whom a row may still mean."""
    told = ["--data", data]
    answer(capsys, "match", data.parent / "members.csv", *told)

    def queue():
        shown = answer(capsys, "match", "review", "members", *told)[1]["list"]
        return shown[0]["row_id"], {one["person_id"] for one in shown}

    row, _ = queue()
    decide = ["match", "decide", "members", row]
    said = ["--by", "cyd", *told]
    answer(capsys, *decide, "refused", "--person", "elm:2", *said)
    assert queue() == (row, {"elm:3"})
    answer(capsys, *decide, "undone", *said)
    assert queue() == (row, {"elm:2", "elm:3"})


def test_decisions_outlive_a_list_that_is_matched_again(data, capsys):
    """Sorted anew, and against a file in which one of them is protected by now."""
    told = ["--data", data]
    path = data.parent / "members.csv"
    answer(capsys, "match", path, *told)
    _, queue = answer(capsys, "match", "review", "members", *told)
    row = queue["list"][0]["row_id"]
    accept = ["match", "decide", "members", row, "accepted", "--person", "elm:3"]
    answer(capsys, *accept, "--by", "cyd", *told)
    head, *rows = LIST.splitlines()
    path.write_text("\n".join([head, *rows[::-1]]) + "\n", "utf-8")

    assert answer(capsys, "match", path, *told)[1]["linked"] == 2
    hidden = person("elm:3", "John", "Cole", protected=True, **ELM)
    town(data / "snapshots" / "elm-2027", [PEOPLE[0], PEOPLE[1], hidden])
    again = answer(capsys, "match", path, "--snapshot", "elm-2027", *told)[1]
    assert again["snapshot"] == "elm-2027"
    _, shown = answer(capsys, "match", "show", "members", *told)
    assert "elm:3" not in {one["person_id"] for one in shown["list"]}


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

    code, found = answer(capsys, "match", "duplicates", path, "--data", data)

    assert (code, found["rows"], found["people"], found["refused"]) == (0, 4, 3, 1)
    assert [one["line"] for one in found["list"]] == [2, 6]


def test_a_pair_is_looked_at_decided_and_undone(data, capsys):
    """A. Cole may be John: unsure, then one person, then two, then unsure again."""
    path = data.parent / "book.csv"
    rows = ["John,Cole,,12 Elm St,69999", "J,Cole,,12 Elm St,69999"]
    path.write_text("first,last,dob,address,zip\n" + "\n".join(rows), "utf-8")
    told = ["--data", data]
    _, found = answer(capsys, "match", "duplicates", path, "--accept", "0.999", *told)
    _, queue = answer(capsys, "match", "pairs", "book", *told)
    (one,) = queue["list"]
    assert (found["people"], {one["line"], one["other_line"]}) == (2, {2, 3})
    assert "initial" in one["reasons"]

    for verdict, people, state in (
        ("accepted", 1, "same"),
        ("refused", 2, "apart"),
        ("undone", 2, "review"),
    ):
        decide = ["match", "decide-pair", "book", one["pair"], verdict, "--by", "cyd"]
        code, after = answer(capsys, *decide, *told)
        assert (code, after["people"]) == (0, people)
        asked = ["match", "pairs", "book", "--state", state]
        assert answer(capsys, *asked, *told)[1]["pairs"] == 1
    assert answer(capsys, "match", "twice", "book", *told)[1]["list"] == []


def test_a_pair_that_is_not_there_is_refused(data, capsys):
    """A row's id, or a slip of the pen, joins nobody."""
    path = str(data.parent / "members.csv")
    main(["match", "duplicates", path, "--data", str(data)])
    decide = ["match", "decide-pair", "members", "nothing", "accepted", "--by", "cyd"]

    assert main([*decide, "--data", str(data)]) == 1
    assert "no such pair" in capsys.readouterr().err


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
