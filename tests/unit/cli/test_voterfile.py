"""groundgame voterfile, as programs and people call it, on small Elm."""

import json

import pytest

from groundgame.cli import main
from tests.unit.voterfile import elm
from tests.unit.voterfile.test_layouts import HISTORY, NC


@pytest.fixture
def run(capsys, tmp_path):
    """Run a command on a data folder of its own; return exit code, answer, messages."""

    def call(*words, data=True):
        where = ["--data", str(tmp_path / "data")] if data else []
        code = main(["voterfile", *map(str, words), *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def imported(run):
    """Import small Elm, and return the answer as a program reads it."""
    options = ("--layout", "elm", "--dated", "2025-01-15", "--addresses", elm.ADDRESSES)
    code, out, _ = run("import", elm.VOTERS, *options, "--json")
    assert code == 0
    return json.loads(out)


def test_import_answers_with_the_names_that_stay(run):
    """One JSON object on standard output, nothing else, and every row in it."""
    answer = imported(run)

    assert answer["rows"] == 10
    assert answer["accepted"] + answer["refused"] + answer["merged"] == 10
    assert (answer["people"], answer["doors"]) == (9, 8)
    assert answer["doors_without_place"] == 1
    assert answer["snapshot"].startswith("elm-2025-01-15-")
    assert answer["seconds"] >= 0


def test_progress_and_messages_are_on_standard_error(run):
    """How fast it reads, and where the refused rows are listed."""
    _, out, err = run("import", elm.VOTERS, "--layout", "elm", "--json")

    assert json.loads(out)["refused"] == 1
    assert "rows/s" in err
    assert "voterfile refused" in err


def test_refused_lists_file_line_column_and_reason(run):
    """Gus Fox's row, without a word of what is in it."""
    answer = imported(run)
    code, out, _ = run("refused", answer["snapshot"], "--json")

    assert code == 0
    assert json.loads(out)["rows"] == [
        {
            "file": "voters.csv",
            "line": 8,
            "column": "birth_date",
            "reason": "the date cannot be read",
        }
    ]


def test_unplaced_lists_the_doors_nobody_can_find(run, tmp_path):
    """Hal's door: on the screen, to a program, and as a CSV."""
    imported(run)
    listed = json.loads(run("unplaced", "--json")[1])
    run("unplaced", "--output", tmp_path / "doors.csv")

    assert [door["address"] for door in listed["doors"]] == ["200 County Road 9"]
    assert "200 County Road 9" in run("unplaced")[1]
    assert "200 County Road 9" in (tmp_path / "doors.csv").read_text()


def test_list_and_show_know_the_snapshot(run):
    """The list is empty before an import, and has one after it."""
    assert json.loads(run("list", "--json")[1]) == {"count": 0, "snapshots": []}

    snapshot = imported(run)["snapshot"]

    assert json.loads(run("list", "--json")[1])["snapshots"][0]["snapshot"] == snapshot
    assert json.loads(run("show", "--json")[1])["snapshot"] == snapshot
    assert "9 people" in run("list")[1]


def test_layouts_names_those_that_are_built_in(run):
    """So that an error that says 'choose another' can be followed."""
    known = json.loads(run("layouts", "--json", data=False)[1])["layouts"]

    assert {"elm", "generic", "nc", "ny", "wa"} <= set(known)


def test_generic_takes_columns_from_the_command_line(run):
    """person_id=voter_id and an address: enough for people behind doors."""
    columns = ("person_id=voter_id", "last_name=last_name", "street=street")
    named = [word for one in columns for word in ("--column", one)]
    number = ("--column", "number=house_number")
    words = ("import", elm.VOTERS, "--layout", "generic", *named, *number, "--json")
    answer = json.loads(run(*words)[1])

    assert (answer["accepted"], answer["people"]) == (10, 10)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", elm.VOTERS, "--layout", "nc"), 1, "Next:"),
        (("import", elm.VOTERS, "--layout", "zz"), 1, "no layout 'zz'"),
        (("import", elm.ELM, "--layout", "elm"), 1, "is no file"),
        (("import", "none.csv", "--layout", "elm"), 1, "does not exist"),
        (("show", "latest"), 1, "voterfile import"),
        (("show", "elm-2025-01-15-00000000"), 1, "no whole snapshot"),
        (("import", elm.VOTERS, "--layout", "elm", "--column", "x"), 2, "FIELD=NAME"),
        (("import", elm.VOTERS, "--layout", "elm", "--dated", "soon"), 2, "soon"),
    ],
)
def test_a_refusal_is_one_line_and_an_exit_code(run, words, code, said):
    """1: refused, with what to do next. 2: misused. Nothing on standard output."""
    found, out, err = run(*words)

    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_the_same_file_on_another_day_is_told_to_be_there(run):
    """Without --dated, a second import of a file is none: it says which one stands."""
    first = imported(run)
    options = ("--layout", "elm", "--addresses", elm.ADDRESSES)
    code, out, err = run("import", elm.VOTERS, *options, "--json")

    assert code == 0
    assert json.loads(out)["snapshot"] == first["snapshot"]
    assert f"imported before, as {first['snapshot']}" in err
    assert json.loads(run("list", "--json")[1])["count"] == 1


def test_an_import_says_what_is_odd_in_a_history_file(run, tmp_path):
    """Two elections under one code: their votes may be one election's now."""
    voters, ballots = tmp_path / "ncvoter.txt", tmp_path / "ncvhis.txt"
    voters.write_text(NC)
    odd = HISTORY.replace("GENERAL\t", "GE24\t").replace("03/05/2024 ", "")
    ballots.write_text(odd.replace("PRIMARY", "11/05/2024 GE24"))
    words = ("import", voters, "--history", ballots, "--layout", "nc", "--json")
    code, _, err = run(*words)

    assert code == 0
    assert "Look: ncvhis.txt: 1 election codes stand for more than one day" in err


def test_crowded_lists_doors_that_are_no_household(run, tmp_path):
    """Thirteen at one door; a shelter by its words; who is protected is not counted."""
    many = [elm.row(n, house_number="1") for n in range(1, 14)]
    hidden = [elm.row(n, house_number="2", confidential="Y") for n in range(20, 40)]
    shelter = elm.row(50, unit="Elm Rescue Mission")
    file = tmp_path / "voters.csv"
    file.write_text(elm.text(*many, *hidden, shelter))
    run("import", file, "--layout", "elm", "--json")
    code, out, _ = run("crowded", "--json")
    answer = json.loads(out)

    assert code == 0
    assert answer["kinds"]["shelter"] == 1
    assert [(one["address"], one["people"]) for one in answer["doors"]] == [
        ("1 Elm St", 13)
    ]
    assert json.loads(run("crowded", "--more-than", 13, "--json")[1])["crowded"] == 0
