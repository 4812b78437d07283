"""--engine: five commands take it, and say no when it is no engine."""

from pathlib import Path

import pytest

from groundgame.cli import main

ELM = Path(__file__).parent.parent.parent.parent / "examples" / "elm"
FILE = ["voterfile", "import", str(ELM / "voters.csv"), "--layout", "elm"]
POINTS = str(ELM / "addresses.csv")


@pytest.fixture
def data(tmp_path):
    """Return a data folder that has small Elm, and a list."""
    assert main([*FILE, "--addresses", POINTS, "--data", str(tmp_path)]) == 0
    (tmp_path / "list.csv").write_text("first_name,last_name\nAda,Adams\n")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(FILE, id="import"),
        pytest.param(["voterfile", "locate", "--points", POINTS], id="locate"),
        pytest.param(["universe", "count", "everyone"], id="count"),
        pytest.param(["universe", "list", "everyone", "-o", "DATA/o.csv"], id="list"),
        pytest.param(["turf", "cut", "latest", "-o", "DATA/o.csv"], id="cut"),
        pytest.param(["match", "DATA/list.csv"], id="match"),
    ],
)
def test_what_is_no_engine_is_refused(command, data, capsys):
    """Each command asks the engine it is told, so an address of nothing is refused."""
    words = [word.replace("DATA", str(data)) for word in command]

    code = main([*words, "--engine", "elm", "--data", str(data)])

    assert code == 1
    assert "spark://host:7077" in capsys.readouterr().err


def test_cells_are_cut_here_as_on_a_cluster(data):
    """--by cells cuts partition by partition without any cluster; so does a column."""
    for by in ("cells", "city"):
        words = ["turf", "cut", "latest", "--by", by, "-o", str(data / "turfs.csv")]
        assert main([*words, "--data", str(data)]) == 0


def test_a_column_that_is_not_there_is_misuse(data):
    """--by names a column of the doors; another word is refused, with a list."""
    words = ["turf", "cut", "latest", "--by", "moon", "-o", str(data / "turfs.csv")]

    assert main([*words, "--data", str(data)]) == 2
