"""groundgame turf cut --balance: turfs of people, and of minutes of a shift."""

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from tests.unit.cli.test_turf import run, written
from tests.unit.turf.towns import placed, street, village, walks


def saved(folder, table):
    """Write doors to a file."""
    path = folder / "doors.csv"
    pa_csv.write_csv(table, path)
    return path


def test_a_shift_is_never_longer_than_asked(capsys, tmp_path):
    """Sixty minutes with the walk, at 1.3 m/s and a minute and a half a door."""
    doors, out = saved(tmp_path, village(200)), tmp_path / "t.csv"

    code, answer, _err = run(
        *(capsys, "cut", doors, "-o", out, "--balance", "minutes"),
        *("--least", 45, "--most", 60, "--questions", 0, "--opens", 0.25),
    )

    assert code == 0
    assert answer["most_minutes"] <= 60
    minutes = answer["doors"] * (75 + 0.25 * 60) / 60 + answer["metres"] / 1.3 / 60
    assert answer["turfs"] * 60 >= minutes


def test_a_longer_script_makes_smaller_turfs(capsys, tmp_path):
    """Ten questions more at a quarter of the doors are 75 seconds more a door."""
    doors, turfs = saved(tmp_path, village(200)), []
    for questions in (0, 10):
        _code, answer, _err = run(
            *(capsys, "cut", doors, "-o", tmp_path / "t.csv"),
            *("--balance", "minutes", "--questions", questions),
        )
        turfs.append(answer["turfs"])

    assert turfs[0] < turfs[1]


def test_people_behind_doors_are_counted(capsys, tmp_path):
    """Doors of 1, 5, 5 and 1 people in turfs of six: two turfs of two doors."""
    table = street(4).append_column("people", [[1, 5, 5, 1]])
    out = tmp_path / "t.csv"

    code, answer, _err = run(
        *(capsys, "cut", saved(tmp_path, table), "-o", out),
        *("--balance", "people", "--least", 6, "--most", 6),
    )

    assert (code, answer["least_people"], answer["most_people"]) == (0, 6, 6)
    cut = walks(pa_csv.read_csv(out))
    assert sorted(sorted(walk) for walk in cut) == [
        ["d00000", "d00001"],
        ["d00002", "d00003"],
    ]


def test_a_door_where_nobody_is_counted_is_one_person(capsys, tmp_path):
    """An empty cell is no door for nothing."""
    doors = written(tmp_path, "door_id,x,y,people\na,0,0,\nb,1,0,0\nc,2,0,2\n")

    _code, answer, _err = run(
        *(capsys, "cut", doors, "-o", tmp_path / "t.csv"),
        *("--balance", "people", "--least", 3, "--most", 4),
    )

    assert answer["most_people"] == 4


def test_without_a_column_of_people_it_is_said_before_the_cut(capsys, tmp_path):
    """Exit code 2, what is wanted, and no file."""
    out = tmp_path / "t.csv"

    code, _answer, err = run(
        capsys, "cut", saved(tmp_path, street(4)), "-o", out, "--balance", "people"
    )

    assert (code, out.exists()) == (2, False)
    assert "wants a column people" in " ".join(err.replace("│", " ").split())


def test_a_home_for_more_people_than_a_turf_is_refused(capsys, tmp_path):
    """It says which limit cannot be met, and what would do."""
    table = street(3).append_column("people", [[1, 200, 1]])

    code, _answer, err = run(
        *(capsys, "cut", saved(tmp_path, table), "-o", tmp_path / "t.csv"),
        *("--balance", "people"),
    )

    assert code == 1
    assert "a turf has room for 90" in err
    assert "--most 200 or more" in err


def test_a_goal_that_is_missed_is_said(capsys, tmp_path):
    """Two doors are no shift."""
    doors = saved(tmp_path, placed([0.0, 5.0]))

    code, answer, err = run(
        capsys, "cut", doors, "-o", tmp_path / "t.csv", "--balance", "minutes"
    )

    assert (code, answer["as_asked"]) == (0, False)
    assert "Nothing is above 180, but not every turf has 150" in err


@pytest.mark.parametrize(
    "misuse", [("--balance", "luck"), ("--opens", "2"), ("--questions", "-1")]
)
def test_misuse_is_said_before_any_work(capsys, tmp_path, misuse):
    """Exit code 2, and nothing was read."""
    code, _answer, _err = run(
        capsys, "cut", tmp_path / "none", "-o", tmp_path / "t.csv", *misuse
    )

    assert code == 2


def test_the_order_of_a_tower_is_kept_in_minutes(capsys, tmp_path):
    """Nobody is sent to 2B after 10A, though stairs make doors of different weight."""
    units = pa.array([f"{floor}{flat}" for floor in range(1, 9) for flat in "AB"])
    table = placed([0.0] * 16).append_column("unit", units)
    out = tmp_path / "t.csv"

    run(
        *(capsys, "cut", saved(tmp_path, table), "-o", out),
        *("--balance", "minutes", "--least", 10, "--most", 15),
    )

    cut = walks(pa_csv.read_csv(out))
    assert len(cut) > 1
    assert all(walk == sorted(walk) for walk in cut)
