"""groundgame turf pick and around, and a pace from conversations."""

import pyarrow.csv as pa_csv
import pytest

from tests.unit.cli.test_turf import run, written
from tests.unit.turf.test_fit import BRISK, evenings
from tests.unit.turf.towns import placed, village

DOORS = "door_id,x,y,unit\na,0,0,\nb,10,0,\nc,1000,0,3A\nd,1010,0,2\n"
TURFS = "door_id,turf,position\na,1,1\nb,1,2\nc,2,1\nd,2,2\n"


@pytest.fixture
def files(tmp_path):
    """Two turfs: one of houses, one a kilometre away with stairs."""
    return written(tmp_path, TURFS, "turfs.csv"), written(tmp_path, DOORS)


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        (("--near", "0,0"), [1, 2]),
        (("--near", "1000,0"), [2, 1]),
        (("--near", "1000,0", "--no-stairs"), [1]),
        (("--near", "1000,0", "--count", "1"), [2]),
        (("--near", "1000,0", "--taken", "2"), [1]),
        (("--near", "500,0", "--home", "1500,0", "--bicycle", "--short"), [2, 1]),
    ],
)
def test_turfs_come_best_first(capsys, files, wishes, found):
    """Near, without stairs, free, on the way home."""
    code, answer, _err = run(capsys, "pick", *files, *wishes)

    assert code == 0
    assert [each["turf"] for each in answer["turfs"]] == found


def test_reasons_are_in_words(capsys, files):
    """Distance, home, hours, the bicycle, stairs, and what is not known."""
    _code, answer, _err = run(
        *(capsys, "pick", *files, "--near", "990,0", "--home", "1020,0"),
        *("--bicycle", "--count", "1"),
    )

    (best,) = answer["turfs"]
    assert best["reasons"] == [
        "10 m from where you set out",
        "on the way home",
        "0.1 hours for 2 doors, 0.0 km of walking",
        "a bicycle saves 0 minutes",
        "2 floors to climb",
        "1 doors in buildings, floor not known",
    ]


def test_as_many_turfs_around_a_place_as_volunteers(capsys, tmp_path):
    """Three turfs of an hour at most; other doors stay for another evening."""
    doors, out = tmp_path / "doors.csv", tmp_path / "t.csv"
    pa_csv.write_csv(village(400), doors)

    code, answer, err = run(
        *(capsys, "around", doors, "-o", out, "--near", "500,500"),
        *("--count", "3", "--minutes", "60"),
    )

    assert (code, answer["turfs"]) == (0, 3)
    assert "were asked for" not in err
    assert answer["most_minutes"] <= 60
    assert answer["doors"] + answer["for_later"] == 400
    assert pa_csv.read_csv(out).num_rows == answer["doors"]


def test_more_volunteers_than_turfs_are_told(capsys, tmp_path):
    """Else somebody stands at the meeting place with nothing in hand."""
    doors, out = tmp_path / "doors.csv", tmp_path / "t.csv"
    pa_csv.write_csv(village(60), doors)

    code, answer, err = run(
        *(capsys, "around", doors, "-o", out, "--near", "0,0", "--count", "900")
    )

    assert (code, answer["doors"], answer["for_later"]) == (0, 60, 0)
    assert f"{answer['turfs']} turfs, and 900 were asked for" in err


def test_a_pace_from_conversations_makes_other_turfs(capsys, tmp_path):
    """Knocks of 45 s instead of 75, at more doors that open; and it says so."""
    knocks, town = evenings(BRISK, walks=6)
    log, doors = tmp_path / "log.csv", tmp_path / "doors.csv"
    pa_csv.write_csv(knocks, log)
    pa_csv.write_csv(town, doors)
    cut = ("cut", doors, "-o", tmp_path / "t.csv", "--balance", "minutes")

    code, fitted, err = run(capsys, *cut, "--pace-from", log)
    _code, assumed, _err = run(capsys, *cut)

    assert code == 0
    assert f"From {sum(knocks['contact'].to_pylist())} conversations at 360" in err
    assert fitted["turfs"] != assumed["turfs"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("walk,at\nw,1\n", "lacks door_id, contact; a CSV"),
        ("walk,at,door_id,result\nw,soon,a,not_home\n", "no time, result or number"),
        ("walk,at,door_id,contact,answers\nw,1,a,true,many\n", "no time, result or"),
    ],
)
def test_a_file_that_is_no_log_is_refused(capsys, tmp_path, text, says):
    """It says what was wanted, and repeats no cell."""
    doors = tmp_path / "doors.csv"
    pa_csv.write_csv(placed([0.0, 1.0]), doors)

    code, _answer, err = run(
        *(capsys, "cut", doors, "-o", tmp_path / "t.csv", "--balance", "minutes"),
        *("--pace-from", written(tmp_path, text, "log.csv")),
    )

    assert code == 1
    assert says in " ".join(err.split())
    assert "soon" not in err


def test_times_and_result_codes_are_read(capsys, tmp_path):
    """As an export has them: dates with a time, and result codes."""
    doors = tmp_path / "doors.csv"
    pa_csv.write_csv(placed([0.0, 1.0]), doors)
    text = (
        "walk,at,door_id,result\nw,2026-09-01T18:00:00,d00000,canvassed\n"
        "w,2026-09-01T18:02:00,d00001,not_home\n"
    )

    code, _answer, err = run(
        *(capsys, "cut", doors, "-o", tmp_path / "t.csv", "--balance", "minutes"),
        *("--pace-from", written(tmp_path, text, "log.csv")),
    )

    assert code == 0
    assert "Only 1 times from door to door" in err
    assert "From 1 conversations at 2 doors" in err


def test_a_pace_is_of_no_use_for_doors(capsys, tmp_path):
    """Misuse: exit code 2, before anything is read."""
    code, _answer, _err = run(
        *(capsys, "cut", tmp_path / "no", "-o", tmp_path / "t.csv"),
        *("--pace-from", tmp_path / "log.csv"),
    )

    assert code == 2
