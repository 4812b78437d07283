"""groundgame turf: files of doors to files of turfs, and every way it says no."""

import json
import os

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from groundgame.cli import main
from tests.unit.turf.towns import placed, street, village, walks
from tests.unit.voterfile import elm

HEAD = "door_id,x,y\n"


def run(capsys, *arguments):
    """Run a command; return its exit code, its answer, and its messages."""
    code = main(["turf", *map(str, arguments), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def written(folder, text, name="doors.csv"):
    """Write a file as a spreadsheet might leave it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_cut_writes_turfs_and_says_what_they_are(capsys, tmp_path, ending):
    """The promised names, and a table whose doors are each in one turf."""
    doors, out = tmp_path / "doors.parquet", tmp_path / f"turfs.{ending}"
    pq.write_table(village(120), doors)

    code, answer, _err = run(capsys, "cut", doors, "-o", out)

    assert code == 0
    assert {"doors", "turfs", "metres", "seconds", "left_out"} <= answer.keys()
    assert (answer["doors"], answer["left_out"]) == (120, 0)
    read = pq.read_table if ending == "parquet" else pa_csv.read_csv
    assert read(out).column_names == ["door_id", "turf", "position"]
    assert len(walks(read(out))) == answer["turfs"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "door_id,lon,lat\n7,-80.0,40.00\n8,-80.0,40.01\n",
        "door_id;lon;lat\n7;-80,0;40,00\n8;-80,0;40,01\n",
    ],
)
def test_degrees_become_metres(capsys, tmp_path, text):
    """Two doors a hundredth of a degree of latitude apart are about 1,111 m apart."""
    doors = written(tmp_path, text)

    code, answer, _err = run(capsys, "cut", doors, "-o", tmp_path / "t.csv")

    assert code == 0
    assert answer["metres"] == pytest.approx(1110.4, abs=0.5)


@pytest.mark.parametrize("named", ["its id", "latest"])
def test_a_snapshot_can_be_named_instead_of_a_file(capsys, tmp_path, named):
    """Its doors are where --data says; the door of a protected person is not cut."""
    rows = elm.row(1), elm.row(2, confidential="Y"), elm.row(3)
    points = tmp_path / "points.csv"
    points.write_text(
        "lon,lat,number,street\n"
        "-101.6,42.4,1,Elm St\n-101.6,42.5,2,Elm St\n-101.6,42.6,3,Elm St\n"
    )
    snapshot = elm.imported(tmp_path, elm.text(*rows), addresses=points)
    name = snapshot.id if named == "its id" else named

    code, answer, _err = run(
        *(capsys, "cut", name, "-o", tmp_path / "t.csv", "--data", tmp_path)
    )

    assert (code, answer["doors"], answer["left_out"]) == (0, 2, 0)
    assert snapshot.manifest.doors == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("door_id,turf,position\nd00000,-5,1\n", "numbers a turf below 1"),
        ("door_id,turf,position\nd00000,99999999999,1\n", "another type"),
        ("door_id,turf,turf,position\nd00000,1,1,1\n", "two columns of one name"),
    ],
)
def test_order_refuses_turfs_that_no_cut_wrote(capsys, tmp_path, text, says):
    """In one line, without a traceback."""
    doors = tmp_path / "doors.csv"
    pa_csv.write_csv(street(4), doors)
    turfs = written(tmp_path, text, "turfs.csv")

    code, answer, err = run(capsys, "order", turfs, doors, "-o", tmp_path / "o.csv")

    assert (code, answer) == (1, None)
    assert says in err
    assert err.splitlines()[-1].startswith("groundgame: ")
    assert err.count("groundgame: ") == 1


def test_a_huge_turf_number_costs_nothing(capsys, tmp_path):
    """Turf 2,000,000,000 is one turf, and not a table of so many."""
    doors = tmp_path / "doors.csv"
    pa_csv.write_csv(street(2), doors)
    for number in (1, 2_000_000_000):  # the first of them loads the kernels
        text = f"door_id,turf,position\nd00000,{number},1\nd00001,{number},2\n"
        code, answer, _err = run(
            *(capsys, "order", written(tmp_path, text, "turfs.csv"), doors),
            *("-o", tmp_path / "o.csv"),
        )
        assert (code, answer["turfs"]) == (0, 1)

    assert answer["seconds"] < 1


def test_what_is_no_file_is_refused_and_not_waited_for(capsys, tmp_path):
    """A pipe that nobody writes to, a folder, and nothing at all."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for doors, says in [
        (pipe, "is no file"),
        (tmp_path, "is no file"),
        (tmp_path / "none.csv", "does not exist"),
    ]:
        code, _answer, err = run(capsys, "cut", doors, "-o", tmp_path / "t.csv")
        assert (code, says in err, "wanted" in err) == (1, True, True)


@pytest.mark.parametrize("out", ["none/t.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_to_is_refused_at_once(capsys, tmp_path, out):
    """Before the doors are read: what was found, what was wanted, what to do."""
    (tmp_path / "folder.csv").mkdir()

    code, _answer, err = run(capsys, "cut", tmp_path / "none.csv", "-o", tmp_path / out)

    assert code == 1
    assert f"{out} cannot be written" in err
    assert "Name another." in err


@pytest.mark.parametrize("command", ["cut", "order", "add"])
def test_turfs_are_not_written_over_the_doors(capsys, tmp_path, command):
    """They would be lost; another name for the same file is seen through."""
    doors, turfs = tmp_path / "doors.csv", tmp_path / "turfs.csv"
    pa_csv.write_csv(street(4), doors)
    run(capsys, "cut", doors, "-o", turfs, "--least", 1)
    before = doors.read_bytes()
    same = tmp_path / "sub" / ".." / "doors.csv"
    (tmp_path / "sub").mkdir()
    given = [doors] if command == "cut" else [turfs, doors]

    code, answer, err = run(capsys, command, *given, "-o", same)

    assert (code, answer) == (1, None)
    assert "it is what is read, and would be lost" in err
    assert doors.read_bytes() == before


def test_metres_that_are_called_degrees_are_recognized(capsys, tmp_path):
    """A map projection's places; the door without one does not make a turf alone."""
    rows = "a,-11310193.7,5221102.1\nb,-11310165.9,5221105.2\nc,0,0\n"
    doors = written(tmp_path, f"door_id,lon,lat\n{rows}")

    code, _answer, err = run(capsys, "cut", doors, "-o", tmp_path / "t.csv")

    assert code == 1
    assert "2 doors have a lon beyond 180" in err
    assert "degrees (WGS 84) were wanted" in err


def test_order_shortens_and_says_by_how_much(capsys, tmp_path):
    """Doors at 0, 10, 20 and 30 walked 0, 30, 10, 20: 60 metres before, 30 after."""
    doors, turfs = tmp_path / "doors.csv", tmp_path / "turfs.csv"
    pa_csv.write_csv(street(4), doors)
    walk = ["d00000", "d00003", "d00001", "d00002"]
    table = {"door_id": walk, "turf": [1] * 4, "position": [1, 2, 3, 4]}
    pa_csv.write_csv(pa.table(table), turfs)

    code, answer, _err = run(capsys, "order", turfs, doors, "-o", tmp_path / "o.csv")

    assert code == 0
    assert (answer["metres_before"], answer["metres"]) == (60, 30)


@pytest.mark.parametrize(
    ("cells", "left_out"),
    [
        pytest.param("a,1,2\nb,,5\n", 1, id="an empty cell"),
        pytest.param("a,1,2\nb,NaN,5\n", 1, id="NaN"),
        pytest.param("a,1,2\nb,five,5\n", 1, id="a word"),
        pytest.param("a,1,2\nb,inf,5\n", 1, id="infinity"),
        pytest.param("a,1,2\nb,1,2\n", 0, id="all in one place"),
    ],
)
def test_a_door_without_a_place_is_counted_and_said(capsys, tmp_path, cells, left_out):
    """A bad row is a result: the others are cut, and somebody is told."""
    doors = written(tmp_path, HEAD + cells)

    code, answer, err = run(capsys, "cut", doors, "-o", tmp_path / "t.csv")

    assert code == 0
    assert (answer["doors"], answer["left_out"]) == (2 - left_out, left_out)
    assert ("no usable place" in err) == bool(left_out)


def test_doors_with_only_a_rough_place_are_counted_and_said(capsys, tmp_path):
    """One of three stands in the middle of its ZIP code: it is said, not cut."""
    cells = "door_id,lon,lat,meters\na,-78,42,5\nb,-78,42,\nc,-78,42,1800\n"

    code, answer, err = run(
        capsys, "cut", written(tmp_path, cells), "-o", tmp_path / "t.csv"
    )

    assert (code, answer["doors"], answer["left_out"], answer["rough"]) == (0, 2, 1, 1)
    assert "Of those, 1 have a place that may be more than 250 metres off" in err


def test_fewer_doors_than_the_least_are_one_turf_and_it_is_said(capsys, tmp_path):
    """Nobody is refused for having a small village."""
    doors = written(tmp_path, HEAD + "a,1,2\nb,3,4\n")

    code, answer, err = run(capsys, "cut", doors, "-o", tmp_path / "t.csv")

    assert (code, answer["turfs"], answer["as_asked"]) == (0, 1, False)
    assert "cannot be divided into turfs of 40 to 50" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "is empty, or not a whole table", id="empty file"),
        pytest.param("door_id,street\na,b\n", "door_id, street", id="no places"),
        pytest.param(HEAD + "a,1\n", "not a whole table", id="a ragged row"),
        pytest.param(
            HEAD + "a,1,2\na,3,4\n",
            "doors.csv repeats 1 values of door_id",
            id="one door twice",
        ),
        pytest.param(HEAD, "none of 0 doors", id="no rows"),
        pytest.param(HEAD + "a,x,y\n", "none of 1 doors", id="only words"),
        pytest.param(
            "door_id,lon,lat\na,40.7,-73.7\n", "lon and lat exchanged", id="swapped"
        ),
    ],
)
def test_a_table_that_cannot_be_cut_is_refused_in_one_line(
    capsys, tmp_path, text, said
):
    """Exit code 1, what was found, and no file that looks like turfs."""
    out = tmp_path / "t.csv"

    code, answer, err = run(capsys, "cut", written(tmp_path, text), "-o", out)

    assert (code, answer, out.exists()) == (1, None, False)
    assert said in err


@pytest.mark.parametrize(
    "misuse",
    [
        pytest.param(("--least", 0), id="turfs of nothing"),
        pytest.param(("--least", 60), id="least above most"),
        pytest.param(("--seed", -1), id="no seed"),
        pytest.param(("-o", "turfs.doc"), id="an ending nobody knows"),
    ],
)
def test_misuse_is_said_before_any_work(capsys, tmp_path, misuse):
    """Exit code 2, and nothing was read or written."""
    out = tmp_path / "t.csv"

    code, answer, _err = run(capsys, "cut", tmp_path / "none", "-o", out, *misuse)

    assert (code, answer) == (2, None)


@pytest.mark.parametrize("name", ["no/folder/t.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_is_refused(capsys, tmp_path, name):
    """A folder that is not there, or a folder where the file should be."""
    (tmp_path / "folder.csv").mkdir()
    doors = tmp_path / "doors.csv"
    pa_csv.write_csv(placed([0.0, 1.0]), doors)

    code, answer, err = run(capsys, "cut", doors, "-o", tmp_path / name)

    assert (code, answer) == (1, None)
    assert "groundgame:" in err
    assert not list(tmp_path.glob(".*.part"))


def test_a_file_that_is_not_there_is_refused(capsys, tmp_path):
    """One line with its name."""
    code, _answer, err = run(
        capsys, "cut", tmp_path / "none.csv", "-o", tmp_path / "t.csv"
    )

    assert code == 1
    assert "none.csv" in err
