"""groundgame turf cut within borders: drawn, by road, by column, and what they cost."""

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from tests.unit.cli.test_turf import run, written
from tests.unit.turf.grid import geojson
from tests.unit.turf.towns import walks
from tests.unit.turf.within.fields import collection, feature, homes, line

SIZES = ("--least", 4, "--most", 8)


@pytest.fixture
def town(tmp_path):
    """Forty doors in two rows on both sides of Route 9, and what is around them."""
    x, y = np.tile(np.arange(20) * 20.0, 2), np.repeat([10.0, -10.0], 20)
    precinct = np.where(x < 200, "east", "west").tolist()
    pa_csv.write_csv(homes(x, y, precinct=precinct), tmp_path / "doors.csv")
    written(
        tmp_path,
        geojson(
            ("Route 9", [(-50, 0), (200, 0), (450, 0)]),
            ("Elm Street", [(200, -99), (200, 0), (200, 99)]),
        ),
        "streets.geojson",
    )
    written(
        tmp_path,
        collection(feature("LineString", line((-50, 0), (450, 0)))),
        "border.geojson",
    )
    return tmp_path


def cut(capsys, town, *options):
    """Cut the town; return the answer, the messages and the walks."""
    doors, out = town / "doors.csv", town / "turfs.csv"
    code, answer, err = run(capsys, "cut", doors, "-o", out, *SIZES, *options)
    assert code == 0, err
    return answer, err, walks(pa_csv.read_csv(out))


def across(walks, names):
    """Count the turfs with doors of two names."""
    return sum(len({names(door) for door in walk}) > 1 for walk in walks)


def north(door):
    """Say whether a door is north of Route 9."""
    return door < "d00020"


@pytest.mark.parametrize("streets", [True, False])
def test_a_drawn_border_holds_with_streets_and_without(capsys, town, streets):
    """Without it turfs lie across the road; with it none does."""
    on = ("--streets", town / "streets.geojson") if streets else ()
    border = ("--border", town / "border.geojson")

    _answer, _err, free = cut(capsys, town)
    answer, _err, kept = cut(capsys, town, *border, *on)

    assert across(free, north) > 0
    assert across(kept, north) == 0
    assert (answer["regions"], answer["doors"]) == (2, 40)


def test_not_across_a_road_by_its_name(capsys, town):
    """Route 9 as somebody writes it in a hurry."""
    on = ("--streets", town / "streets.geojson")

    answer, _err, kept = cut(capsys, town, *on, "--not-across", "route 9")

    assert across(kept, north) == 0
    assert answer["regions"] == 2


def test_within_a_column(capsys, town):
    """No turf has doors of two precincts; what is asked together holds together."""
    border = ("--border", town / "border.geojson")

    answer, _err, kept = cut(capsys, town, "--within", "precinct", *border)

    assert across(kept, lambda door: (north(door), int(door[1:]) % 20 < 10)) == 0
    assert answer["regions"] == 4


def test_the_cost_is_the_same_cut_without(capsys, town):
    """What is said is what two commands would have said, one after the other."""
    border = ("--border", town / "border.geojson")

    free, _err, _walks = cut(capsys, town)
    answer, err, _walks = cut(capsys, town, *border, "--cost")

    more = 100 * (answer["metres"] / free["metres"] - 1)
    assert answer["border_percent"] == pytest.approx(more, abs=0.01)
    assert answer["free_km"] == free["km"]
    assert f"costs {more:.1f} % more walking" in err


def test_a_small_region_is_a_turf_and_is_said(capsys, town):
    """Two doors behind a line are a turf of two, although four were the least."""
    text = collection(feature("LineString", line((30, -99), (30, 99))))
    border = ("--border", written(town, text, "small.geojson"))

    answer, err, _walks = cut(capsys, town, *border, "--least", 5, "--most", 6)

    assert answer["least"] == 4
    assert "1 of 2 regions cannot be divided" in err


def test_a_border_beside_the_doors_is_said_to_keep_nothing_apart(capsys, town):
    """Whoever drew it in the wrong place should know."""
    text = collection(feature("LineString", line((900, -99), (900, 99))))

    _answer, err, _walks = cut(
        capsys, town, "--border", written(town, text, "beside.geojson")
    )

    assert "keeps nothing apart" in err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--border", "none.geojson"), 1, "none.geojson"),
        (("--border", "empty.geojson"), 1, "neither a line nor an area"),
        (("--border", "far.geojson"), 1, "km from them"),
        (("--border", "swapped.geojson"), 1, "exchanged"),
        (("--not-across", "Route 9"), 1, "no streets to find"),
        (("--streets", "streets.geojson", "--not-across", "Rt 99"), 1, "'Route 9'"),
        (("--within", "ward"), 2, "precinct"),
        (("--cost",), 2, "--border"),
    ],
)
def test_what_is_no_border_is_refused_before_anything_is_written(
    capsys, town, options, code, said
):
    """Each says what was found and what would do; no file of turfs is left."""
    written(town, collection(), "empty.geojson")
    far, turned = [[10.0, 50.0], [10.1, 50.0]], [[41.5, -99.5], [41.6, -99.5]]
    written(town, collection(feature("LineString", far)), "far.geojson")
    written(town, collection(feature("LineString", turned)), "swapped.geojson")
    given = [town / one if one.endswith("json") else one for one in options]
    doors, out = town / "doors.csv", town / "turfs.csv"

    found, answer, err = run(capsys, "cut", doors, "-o", out, *given)

    assert (found, answer) == (code, None)
    assert said in err
    assert not out.exists()


def test_a_border_wants_degrees(capsys, town):
    """Doors in metres lie nowhere that a border could."""
    doors = written(town, "door_id,x,y\na,0,0\nb,9,9\n", "metres.csv")
    border = ("--border", town / "border.geojson")

    code, _answer, err = run(capsys, "cut", doors, "-o", town / "t.csv", *border)

    assert code == 1
    assert "lon and lat" in err
    assert "metres.csv" in err


def test_turfs_in_hand_stay_and_the_rest_keeps_to_the_border(capsys, town):
    """--keep and --border together: a turf in hand may lie across, a new one not."""
    out, rest = town / "kept.csv", town / "turfs.csv"
    held = {"door_id": ["d00000", "d00020"], "turf": [7, 7], "position": [1, 2]}
    pa_csv.write_csv(pa.table(held), out)

    _answer, _err, _walks = cut(
        capsys, town, "--keep", out, "--border", town / "border.geojson"
    )

    made = pa_csv.read_csv(rest)
    assert made.num_rows == 40
    assert made.slice(0, 2).to_pydict() == held
    assert across(walks(made.slice(2)), north) == 0
