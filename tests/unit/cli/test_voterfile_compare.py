"""groundgame voterfile compare, as programs and people call it."""

import json
from datetime import date

import pytest

from groundgame.cli import main
from tests.unit.voterfile.test_compare import NEW, OLD, SAID, snapshot


@pytest.fixture
def run(capsys, tmp_path):
    """Run the command on two snapshots of Elm; return exit code, answer, messages."""
    old = snapshot(tmp_path, OLD, date(2025, 1, 15))
    snapshot(tmp_path, NEW, date(2026, 1, 15))

    def call(*words):
        where = ("--data", str(tmp_path))
        code = main(["voterfile", "compare", old.id, *map(str, words), *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_program_gets_one_object(run):
    """Counts by kind, and the elections that are new."""
    code, out, _ = run("latest", "--json")
    answer = json.loads(out)

    assert code == 0
    assert answer["people"] == SAID
    assert answer["elections"] == ["2025-11-04 general"]


def test_people_get_a_column_of_numbers(run):
    """In words, with the new election beside."""
    code, out, err = run()

    assert code == 0
    assert "moved to another door" in out
    assert "2025-11-04 general" in err


def test_each_kind_is_written_as_csv(run, tmp_path):
    """A file a kind, with who changed and how; nobody who is protected."""
    folder = tmp_path / "changes"
    code, _, _ = run("--output", folder, "--json")

    assert code == 0
    assert {path.stem for path in folder.iterdir()} == set(SAID)
    assert "elm:E2" in (folder / "party.csv").read_text()
    assert not any("elm:E7" in path.read_text() for path in folder.iterdir())


def test_the_wrong_order_is_refused_in_one_line(run):
    """The older stands first; there is no snapshot after the latest."""
    code, out, err = run("nowhere")

    assert (code, out) == (1, "")
    assert "nowhere" in err
