"""`groundgame voterfile check`, and an import that finds its layout by itself."""

import json
import shlex
import shutil

import pytest
from typer.testing import CliRunner

from groundgame.cli.app import app
from tests.unit.voterfile import elm

RUN = CliRunner()


def answer(*arguments):
    """Run a command of the room for programs; return its one JSON object."""
    result = RUN.invoke(app, ["voterfile", *map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_check_tells_programs_what_it_found():
    """Layout, how sure, the fields with their columns; and nobody's name."""
    found = answer("check", elm.VOTERS)
    names = {one["field"]: one["columns"] for one in found["fields"]}

    assert (found["layout"], found["kind"], found["sure"]) == (
        "elm",
        "voter file",
        True,
    )
    assert names["last_name"] == ["last_name"]
    assert "rows" not in found
    assert "Adams" not in json.dumps(found)


ADA = {
    "person_id": "E1001",
    "last_name": "Adams",
    "first_name": "Ada",
    "birth_date": "1958-03-14",
    "birth_year": "1958",
    "gender": "F",
    "party": "DEM",
    "status": "active",
    "registered": "1980-09-02",
    "phone": "+13155550101",
    "county": "Elm",
    "precinct": "ELM-1",
    "ward": "1",
    "congressional": "3",
    "state_senate": "7",
    "state_house": "14",
    "address": "12 Elm St",
    "city": "Elmton",
    "zip": "69999",
    "voted": "2018-11-06 general, in person; 2020-11-03 general, mail; "
    "2022-06-28 primary, in person, DEM; 2022-11-08 general, in person; "
    "2024-11-05 general, in person",
}


def test_a_check_shows_rows_only_when_asked():
    """Three people as they would be read, in our words, and not in the file's."""
    found = answer("check", elm.VOTERS, "--show-rows")

    assert "rows" not in answer("check", elm.VOTERS)
    assert len(found["rows"]) == 3
    assert found["rows"][0] == ADA


def test_a_check_tells_people_in_sentences():
    """What it is, why, what is odd, every field, and what to type next."""
    result = RUN.invoke(app, ["voterfile", "check", str(elm.VOTERS)])

    assert result.exit_code == 0
    assert "Surely elm: Elm County (made up), a voter file" in result.stdout
    assert "every status is a known code" in result.stdout
    assert "birth date" in result.stdout
    assert "Adams" not in result.output


def test_an_import_finds_its_layout(tmp_path):
    """The file says what it is; the note says what it was taken for."""
    made = answer("import", elm.VOTERS, "--dated", "2025-01-15", "--data", tmp_path)

    assert made["layout"] == "elm"
    assert made["people"] == 9


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "\0\0\0", ""])
def test_an_import_that_cannot_tell_refuses(tmp_path, content):
    """Exit 1 with one sentence; no snapshot is begun."""
    path = tmp_path / "list.csv"
    path.write_text(content)
    data = tmp_path / "data"
    result = RUN.invoke(app, ["voterfile", "import", str(path), "--data", str(data)])

    assert result.exit_code == 1
    assert not data.exists()


def test_a_check_leaves_nothing_behind(tmp_path, monkeypatch):
    """It reads a file and writes none."""
    shutil.copy(elm.VOTERS, tmp_path / "voters.csv")
    monkeypatch.chdir(tmp_path)
    answer("check", "voters.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["voters.csv"]


@pytest.mark.parametrize("named", ["elm", "own layout.toml"])
def test_what_is_said_to_be_next_can_be_typed(tmp_path, monkeypatch, named):
    """With the layout that was named: a shell takes the line as it stands."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(elm.VOTERS, "voters.csv")
    shutil.copy(elm.LAYOUTS / "elm.toml", "own layout.toml")
    words = ["voterfile", "check", "voters.csv", "--layout", named]
    said = RUN.invoke(app, words).output.strip().splitlines()[-1]
    done = RUN.invoke(app, [*shlex.split(said)[1:], "--json", "--data", "data"])

    assert said.startswith("groundgame voterfile import voters.csv --layout ")
    assert json.loads(done.stdout)["people"] == 9


def test_a_file_that_nobody_knows_is_said_to_fit_nothing(tmp_path):
    """It is not sent to whatever layout comes nearest, but to the page on layouts."""
    path = tmp_path / "list.csv"
    path.write_text("Who|Where\nMoss|12 Elm St\nHill|14 Elm St\n")
    said = RUN.invoke(app, ["voterfile", "check", str(path)]).output

    assert "no layout fits" in said.lower()
    assert "--layout generic" in said
    assert "add-a-state" in said
