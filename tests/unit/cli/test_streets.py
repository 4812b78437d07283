"""groundgame turf streets: a street file, prepared once, and every way it says no."""

import json

import pytest

from groundgame.cli import main
from groundgame.turf.streets import Streets
from tests.house.measure import HOUSE
from tests.unit.turf.streets.hand import extract

NODES = {
    "a": (0, 0),
    "b": (400, 0),
    "c": (800, 0),
    "d": (400, 300),
    "x": (0, 2000),
    "y": (500, 2000),
    "p": (0, 3000),
    "q": (100, 3000),
}
TOWN = [
    ("abc", {"highway": "residential", "name": "Elm Street"}),
    ("bd", {"highway": "primary", "name": "Oak Avenue"}),
    ("xy", {"highway": "residential", "name": "Isle Road"}),
    ("pq", {"highway": "residential", "name": "Lone Lane"}),
]


def run(capsys, *arguments):
    """Run the command; return its exit code, what it says, and its messages."""
    code = main(["turf", "streets", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_an_extract_is_prepared_and_counted(capsys, tmp_path):
    """Nodes, edges, kilometres by class, an island, and a scrap that goes."""
    file = extract(tmp_path / "town.osm.pbf", NODES, TOWN)

    code, out, err = run(capsys, file, "-o", tmp_path / "s.parquet", "--json")

    answer = json.loads(out)
    assert code == 0
    assert (answer["nodes"], answer["edges"]) == (6, 4)
    assert answer["km_by_class"] == {"primary": 0.3, "residential": 1.3}
    assert (answer["islands"], answer["islands_km"]) == (1, 0.5)
    assert (answer["left_out"], answer["left_out_km"]) == (1, 0.1)
    assert "1 parts hang together with no other" in err
    assert Streets.open(tmp_path / "s.parquet").a.size == 4


def test_people_read_kilometres_by_class(capsys, tmp_path):
    """A line a class of road that is there."""
    elm = HOUSE / "examples/elm/streets.geojson"

    code, out, _err = run(capsys, elm, "-o", tmp_path / "s.parquet")

    assert code == 0
    assert ["km", "residential", "1.6"] in [line.split() for line in out.splitlines()]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("s.osm.pbf", b"", "is no extract"),
        ("s.osm.pbf", b"PK\x03\x04", "is no extract"),
        ("s.osm.pbf", None, "does not exist"),
        ("s.geojson", b"[1", "is no GeoJSON"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    capsys, tmp_path, name, content, words
):
    """Exit code 1, what was found, what to do; and nothing is written."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)

    code, out, err = run(capsys, file, "-o", tmp_path / "out.parquet")

    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert words in err
    assert not (tmp_path / "out.parquet").exists()


def test_where_nothing_can_be_written_nothing_is_read(capsys, tmp_path):
    """Another ending is a misuse; a folder that is not there is a refusal."""
    file = extract(tmp_path / "town.osm.pbf", NODES, TOWN)

    assert run(capsys, file, "-o", tmp_path / "s.csv")[0] == 2
    code, _out, err = run(capsys, file, "-o", tmp_path / "none" / "s.parquet")
    assert code == 1
    assert "its folder is not there" in err
