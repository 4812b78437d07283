"""The page on adding a state is run as it stands."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from groundgame.cli.app import app
from groundgame.tables import Snapshot
from groundgame.voterfile.form import FIELDS

PAGE = (Path(__file__).parents[3] / "docs/how-to/add-a-state.md").read_text()
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = re.findall(r"```sh\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs a command of the page where its files are."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)

    def one(command):
        asked = command.split()[1:]
        result = CliRunner().invoke(app, [*asked, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return one


def test_the_page_shows_a_file_a_layout_and_three_commands():
    """What is tested below is what the page shows."""
    assert set(FILES) == {"clerk.txt", "clerk.toml"}
    assert [command.split()[2] for command in COMMANDS] == ["check", "check", "import"]


def test_the_pages_first_look_finds_no_layout(run):
    """As the page says: none fits the new clerk's file."""
    assert run(COMMANDS[0])["sure"] is False


def test_the_pages_layout_reads_all_of_its_file(run):
    """Every cell that can be checked reads; a date that means none is no fault."""
    answer = run(COMMANDS[1])
    reads = {one["field"]: one["reads"] for one in answer["fields"]}

    assert answer["layout"] == "clerk"
    assert {reads[name] for name in ("person_id", "birth_date", "history", "zip")} == {
        1
    }


def test_the_pages_import_makes_the_people_that_its_file_holds(run):
    """Names, dates, codes, phones, languages and votes, read by eye."""
    answer = run(COMMANDS[2])
    snapshot = Snapshot.open(Path(answer["folder"]))
    ida, ben, cleo = sorted(
        snapshot.read("people").to_pylist(), key=lambda one: one["person_id"]
    )
    ballots = snapshot.read("ballots").to_pylist()

    assert (answer["rows"], answer["accepted"]) == (3, 3)
    assert (ida["last_name"], ida["first_name"]) == ("Moss", "Ida")
    assert (ida["birth_date"], cleo["birth_date"]) == (date(1958, 3, 14), None)
    assert (ida["gender"], ida["party"], ida["language"]) == ("F", "DEM", "es")
    assert (cleo["party"], cleo["status"], cleo["county"]) == ("I", "inactive", "Elm")
    assert (ida["phone"], ben["phone"]) == ("+13155550101", None)
    hers = [one for one in ballots if one["person_id"] == "clerk:E1"]
    assert [(one["election"], one["party"]) for one in hers] == [
        *(("2022-11-08 general", None), ("2024 primary", "DEM")),
        ("2024-11-05 general", None),
    ]


def test_the_page_names_only_fields_that_there_are():
    """A field in the page's layout is one of ours."""
    columns = FILES["clerk.toml"].split("[columns]")[1].split("[dates]")[0]

    assert set(re.findall(r"^(\w+)\s*=", columns, re.MULTILINE)) <= set(FIELDS)
