"""groundgame turf on streets: a fence is a fence, and what the list would have cost."""

import json
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from groundgame.turf.streets import prepare
from tests.unit.cli.test_turf import run, written
from tests.unit.turf.grid import FENCED, homes
from tests.unit.turf.towns import street, walks


@pytest.fixture
def village(tmp_path):
    """Forty doors back to back across a fence, and their streets, as files."""
    doors, streets = tmp_path / "doors.csv", tmp_path / "streets.geojson"
    pa_csv.write_csv(homes(gap=60.0), doors)
    streets.write_text(FENCED)
    return doors, streets, tmp_path / "turfs.csv"


def test_nobody_is_sent_over_a_fence(capsys, village):
    """In straight lines neighbours across the fence share a turf; on streets, none."""
    doors, streets, out = village
    sizes = ("--least", 10, "--most", 10)

    run(capsys, "cut", doors, "-o", out, *sizes)
    straight = across(out)
    code, answer, err = run(
        capsys, "cut", doors, "-o", out, *sizes, "--streets", streets
    )

    assert (code, answer["streets"], answer["outside"]) == (0, True, 0)
    assert straight > 0
    assert across(out) == 0
    assert "straight lines" not in err


def across(out):
    """Count the legs of walks that lead from Ash to Birch Street."""
    ends = [
        (a < "d020") != (b < "d020")
        for walk in walks(pa_csv.read_csv(out))
        for a, b in pairwise(walk)
    ]
    return sum(ends)


@pytest.mark.parametrize("kind", ["lines", "prepared"])
def test_every_kind_of_street_file_gives_the_same_walks(capsys, village, kind):
    """A prepared file is only quicker to open."""
    doors, streets, out = village
    if kind == "prepared":
        streets, lines = streets.with_name("streets.parquet"), streets
        prepare(lines).streets.write(streets)

    code, answer, _err = run(capsys, "cut", doors, "-o", out, "--streets", streets)

    assert (code, answer["turfs"]) == (0, 1)
    assert answer["metres"] == pytest.approx(1140 + 70 + 1140, abs=25)


def test_without_streets_it_says_that_lines_are_straight(capsys, village):
    """Nobody takes a walk through a river for a figure to rely on."""
    doors, _streets, out = village

    _code, answer, err = run(capsys, "cut", doors, "-o", out)

    assert "straight lines, through fences and rivers" in err
    assert "--streets" in err
    assert answer["streets"] is False


def test_hours_saved_are_those_of_the_printed_list(capsys, tmp_path):
    """Elm 1 to 4 at 0, 300, 100 and 200 m: 600 m by number and 300 by us."""
    doors = street(4).set_column(1, "x", [np.array([0.0, 300.0, 100.0, 200.0])])
    doors = doors.append_column("street", [["ELM ST"] * 4])
    doors = doors.append_column("number", [["1", "2", "3", "4"]])
    path = tmp_path / "doors.csv"
    pa_csv.write_csv(doors, path)

    _code, answer, _err = run(capsys, "cut", path, "-o", tmp_path / "t.csv")

    assert (answer["km"], answer["street_order_km"]) == (0.3, 0.6)
    assert answer["hours"] == pytest.approx(300 / 1.3 / 3600, abs=0.005)
    assert answer["hours_saved"] == pytest.approx(300 / 1.3 / 3600, abs=0.005)


def test_order_walks_on_streets_too(capsys, village):
    """An order across the fence is 1,500 metres longer once it goes around."""
    doors, streets, out = village
    to_and_fro = [f"d{n + side:03}" for n in range(20) for side in (0, 20)]
    turfs = out.with_name("before.csv")
    table = {"door_id": to_and_fro, "turf": [1] * 40, "position": range(1, 41)}
    pa_csv.write_csv(pa.table({k: list(v) for k, v in table.items()}), turfs)

    code, answer, _err = run(
        capsys, "order", turfs, doors, "-o", out, "--streets", streets
    )

    assert code == 0
    assert answer["metres_before"] > 8_000
    assert answer["metres"] == pytest.approx(1140 + 70 + 1140, abs=25)
    assert answer["hours_saved"] == pytest.approx(
        (answer["metres_before"] - answer["metres"]) / 1.3 / 3600, abs=0.01
    )


def test_doors_outside_the_street_file_are_counted_and_cut(capsys, village):
    """A door a mile out is in a turf, and somebody is told that its way is a guess."""
    doors, streets, out = village
    with doors.open("a") as file:
        file.write("far,-99.5,41.53,COUNTY RD 1,7\n")

    code, answer, err = run(capsys, "cut", doors, "-o", out, "--streets", streets)

    assert (code, answer["outside"], answer["doors"]) == (0, 1, 41)
    assert "1 doors have no street of that file within 250 metres" in err


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        pytest.param("not a map", "s.osm.pbf", "s.osm.pbf", id="a broken pbf"),
        pytest.param("{}", "s.geojson", "no GeoJSON of lines", id="no GeoJSON"),
        pytest.param("PAR1", "s.parquet", "no prepared street file", id="no Parquet"),
        pytest.param(
            FENCED.replace("41.5", "45.5"),
            "s.geojson",
            "km from theirs",
            id="elsewhere",
        ),
    ],
)
def test_a_street_file_that_is_none_is_refused(capsys, village, text, name, says):
    """Before anything is cut: in one line, and no file that looks like turfs."""
    doors, _streets, out = village
    streets = written(out.parent, text, name)

    code, answer, err = run(capsys, "cut", doors, "-o", out, "--streets", streets)

    assert (code, answer, out.exists()) == (1, None, False)
    assert says in err


def test_places_in_metres_have_no_streets(capsys, tmp_path):
    """Streets are in degrees; nobody can say where x = 0 is."""
    doors = written(tmp_path, "door_id,x,y\na,1,2\nb,3,4\n")
    streets = written(tmp_path, FENCED, "s.geojson")

    code, _answer, err = run(
        capsys, "cut", doors, "-o", tmp_path / "t.csv", "--streets", streets
    )

    assert code == 1
    assert "doors.csv has places in metres" in err


def test_the_village_has_a_fence():
    """The fixture is as told: Ash and Birch Street meet only by Cedar Street."""
    names = [one["properties"]["name"] for one in json.loads(FENCED)["features"]]

    assert names == ["Ash Street", "Birch Street", "Cedar Street"]
