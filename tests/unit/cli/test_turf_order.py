"""groundgame turf order: starts and ends, one side of the street, two canvassers."""

import pyarrow.csv as pa_csv
import pytest

from tests.unit.cli.test_turf import run, written

TWO_SIDES = "door_id,x,y,street,number\n" + "".join(
    f"d{n:02},{6 * n},{10 * (n % 2)},ELM ST,{100 + n}\n" for n in range(20)
)
TURFS = "door_id,turf,position\n" + "".join(f"d{n:02},1,{n + 1}\n" for n in range(20))


@pytest.fixture
def files(tmp_path):
    """One street of twenty doors, walked from side to side."""
    return (
        written(tmp_path, TURFS, "turfs.csv"),
        written(tmp_path, TWO_SIDES),
        tmp_path / "out.csv",
    )


def test_one_side_at_a_time_is_up_and_down(capsys, files):
    """Nine legs of 12 m on each side, and one across."""
    turfs, doors, out = files

    code, answer, _err = run(capsys, "order", turfs, doors, "-o", out, "--sides", "one")

    assert code == 0
    assert answer["metres"] == pytest.approx(18 * 12 + (36 + 100) ** 0.5, abs=0.1)


def test_a_walk_from_the_car_and_back(capsys, files):
    """From 100 m before the street there and back are 200 m and the street twice."""
    turfs, doors, out = files

    code, answer, _err = run(
        capsys, "order", turfs, doors, "-o", out, "--start=-100,5", "--back"
    )

    assert code == 0
    assert 430 < answer["metres"] < 450


def test_two_get_a_list_each(capsys, files):
    """Ten doors each; the column says whose, and both are done together."""
    turfs, doors, out = files

    code, answer, _err = run(capsys, "order", turfs, doors, "-o", out, "--pair")

    whose = pa_csv.read_csv(out)["canvasser"].to_pylist()
    assert code == 0
    assert (answer["walks"], whose) == (2, ["A"] * 10 + ["B"] * 10)
    assert answer["most_minutes_apart"] <= 1


@pytest.mark.parametrize(
    "misuse",
    [
        ("--start", "somewhere"),
        ("--start", "nan,nan"),
        ("--back", "--finish", "1,1"),
        ("--sides", "three"),
    ],
)
def test_what_nobody_can_walk_is_a_misuse(capsys, files, misuse):
    """Exit code 2, and nothing is written."""
    turfs, doors, out = files

    code, _answer, _err = run(capsys, "order", turfs, doors, "-o", out, *misuse)

    assert (code, out.exists()) == (2, False)


@pytest.mark.parametrize(
    ("start", "says"),
    [("-80.0,40.0", "latitude and longitude exchanged"), ("48.1,11.6", "300 km")],
)
def test_a_start_that_is_far_from_all_doors_is_refused(capsys, tmp_path, start, says):
    """A walk from another continent is a typing error, and the common one is named."""
    doors = written(tmp_path, "door_id,lon,lat\na,-80.0,40.00\nb,-80.0,40.01\n")
    turfs = written(tmp_path, "door_id,turf,position\na,1,1\nb,1,2\n", "turfs.csv")
    out = tmp_path / "o.csv"

    code, _answer, err = run(
        capsys, "order", turfs, doors, "-o", out, f"--start={start}"
    )

    assert (code, out.exists()) == (1, False)
    assert says in err
    assert start not in err


def test_sides_need_streets_or_addresses(capsys, tmp_path, files):
    """It says what is missing, before anything is written."""
    turfs, _doors, out = files
    bare = "".join(
        ",".join(line.split(",")[:3]) + "\n" for line in TWO_SIDES.splitlines()
    )

    code, _answer, err = run(
        *(capsys, "order", turfs, written(tmp_path, bare, "b.csv"), "-o", out),
        *("--sides", "one"),
    )

    assert (code, out.exists()) == (1, False)
    assert "number" in err
