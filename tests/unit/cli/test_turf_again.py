"""groundgame turf, the next evening: what is done, what is in hand, what is new."""

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from tests.unit.cli.test_turf import run, written
from tests.unit.turf.towns import street, village, walks


@pytest.fixture
def evening(capsys, tmp_path):
    """A village of 200 doors, cut last evening; turf 2 is still in hand."""
    doors, turfs = tmp_path / "doors.csv", tmp_path / "turfs.csv"
    pa_csv.write_csv(village(200), doors)
    run(capsys, "cut", doors, "-o", turfs)
    table = pa_csv.read_csv(turfs)
    in_hand = tmp_path / "in_hand.csv"
    pa_csv.write_csv(table.filter(pa.array(table["turf"].to_numpy() == 2)), in_hand)
    return doors, turfs, in_hand


def test_what_is_in_hand_stays_and_what_is_done_is_gone(capsys, evening):
    """Turf 1 is done, turf 2 stays to the letter, the rest is cut beside it."""
    doors, turfs, in_hand = evening
    first, second, *others = walks(pa_csv.read_csv(turfs))
    done = written(doors.parent, "\n".join(["door_id", *first]), "done.csv")
    out = doors.parent / "tonight.csv"

    code, answer, err = run(
        capsys, "cut", doors, "-o", out, "--keep", in_hand, "--done", done
    )

    tonight = pa_csv.read_csv(out)
    rows = [row for row in tonight.to_pylist() if row["turf"] == 2]
    assert code == 0
    assert [row["door_id"] for row in rows] == second
    assert sorted(tonight["door_id"].to_pylist()) == sorted(sum(others, second))
    assert min(set(tonight["turf"].to_pylist()) - {2}) == 3
    assert (answer["done"], answer["kept_turfs"]) == (len(first), 1)
    assert f"{len(first)} of 200 doors are done" in err


def test_cut_again_with_nothing_done_gives_the_same_turfs(capsys, evening):
    """The same seed and the same doors beside the same turf: the same evening."""
    doors, _turfs, in_hand = evening
    outs = [doors.with_name(name) for name in ("one.csv", "two.csv")]
    for out in outs:
        run(capsys, "cut", doors, "-o", out, "--keep", in_hand)

    assert pa_csv.read_csv(outs[0]) == pa_csv.read_csv(outs[1])


def test_when_all_is_in_hand_or_done_nothing_is_cut(capsys, evening):
    """Exit code 1, and no file that looks like turfs for tonight."""
    doors, turfs, _in_hand = evening
    out = doors.with_name("tonight.csv")

    code, _answer, err = run(capsys, "cut", doors, "-o", out, "--keep", turfs)

    assert (code, out.exists()) == (1, False)
    assert "none of 0 doors" in err


def test_a_list_of_what_is_done_needs_doors(capsys, evening):
    """People are not doors; it is said what was wanted."""
    doors, _turfs, _in_hand = evening
    done = written(doors.parent, "person_id\n1\n", "done.csv")

    code, _answer, err = run(
        capsys, "cut", doors, "-o", doors.with_name("t.csv"), "--done", done
    )

    assert code == 1
    assert "done.csv has no door_id" in err


def test_new_doors_are_added_and_nobody_else_moves(capsys, tmp_path):
    """A row of 12, and 3 doors that were forgotten in the middle of it."""
    doors, turfs = tmp_path / "doors.csv", tmp_path / "turfs.csv"
    whole = street(15)
    pa_csv.write_csv(pa.concat_tables([whole.slice(0, 6), whole.slice(9)]), doors)
    run(capsys, "cut", doors, "-o", turfs)
    (before,) = walks(pa_csv.read_csv(turfs))
    pa_csv.write_csv(whole, doors)
    out = tmp_path / "more.csv"

    code, answer, _err = run(capsys, "add", turfs, doors, "-o", out)

    (after,) = walks(pa_csv.read_csv(out))
    assert (code, answer["added"], answer["metres_more"]) == (0, 3, 0)
    assert [door for door in after if door in before] == before
    assert after in (sorted(after), sorted(after, reverse=True))


def test_doors_that_fit_nowhere_are_a_new_turf(capsys, tmp_path):
    """A full turf of four takes none of two more."""
    doors, turfs, out = (tmp_path / name for name in ("d.csv", "t.csv", "o.csv"))
    pa_csv.write_csv(street(4), doors)
    run(capsys, "cut", doors, "-o", turfs)
    pa_csv.write_csv(street(6), doors)

    code, answer, _err = run(
        capsys, "add", turfs, doors, "-o", out, "--least", 2, "--most", 4
    )

    assert (code, answer["added"], answer["new_turfs"]) == (0, 0, 1)
    assert answer["in_new_turfs"] == 2


def test_adding_to_a_file_without_those_doors_is_refused(capsys, evening):
    """The table of doors has to have the old ones too, and says so."""
    doors, turfs, _in_hand = evening
    pa_csv.write_csv(village(200).slice(5), doors)

    code, _answer, err = run(
        capsys, "add", turfs, doors, "-o", doors.with_name("t.csv")
    )

    assert code == 1
    assert "5 doors of these turfs are not in the table" in err
