"""groundgame packet: from turfs in a file to paper and to a phone."""

import json
from datetime import date

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from pypdf import PdfReader

from groundgame.cli import main
from groundgame.cli import packet as room
from groundgame.tables import Manifest, lay
from groundgame.values import SnapshotId
from tests.unit.packet import elm

SNAPSHOT = "elm-2026-09-01-0000"


@pytest.fixture
def data(tmp_path):
    """Return a data folder with the snapshot of Elm, and its turf beside it."""
    folder = tmp_path / "data" / "snapshots" / SNAPSHOT
    folder.mkdir(parents=True)
    (folder / "streets.geojson").write_text(json.dumps(elm.STREETS))
    counts = dict.fromkeys(
        (
            *("rows", "accepted", "refused", "merged", "people", "doors", "votes"),
            *("buildings", "doors_without_place", "people_without_door"),
            *("protected", "elections"),
        ),
        0,
    )
    manifest = Manifest(SnapshotId(SNAPSHOT), "elm", date(2026, 9, 1), (), **counts)
    lay(folder, manifest, people=elm.people(), doors=elm.doors())
    pq.write_table(elm.turfs(*elm.WALKED), tmp_path / "turfs.parquet")
    pa_csv.write_csv(elm.turfs(*elm.WALKED), tmp_path / "turfs.csv")
    return tmp_path


def run(capsys, data, command, *more, turfs="turfs.parquet"):
    """Run a command over Elm; return its exit code, its answer, and its messages."""
    code = main(
        [
            *("packet", command, str(data / turfs), "--snapshot", SNAPSHOT),
            *("--data", str(data / "data"), "--json", *more),
        ]
    )
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


@pytest.mark.parametrize("turfs", ["turfs.parquet", "turfs.csv"])
def test_print_writes_a_pdf_and_says_what_is_in_it(capsys, data, turfs):
    """One turf, five doors, one left out, one page; the names stay as promised."""
    out = data / "walk.pdf"

    code, answer, _err = run(capsys, data, "print", "-o", str(out), turfs=turfs)

    assert code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert answer.pop("seconds") > 0
    assert answer == {
        "turfs": 1,
        "doors": 5,
        "left_out": 1,
        "pages": 1,
        "file": str(out),
        "key": str(data / "walk.key.json"),
    }


@pytest.mark.parametrize("command", ["print", "bundle"])
def test_nothing_is_written_over_the_turfs(capsys, data, command):
    """A slip after -o, and tonight's cut would be gone."""
    turfs = data / "turfs.csv"
    before = turfs.read_bytes()
    more = ["--turf", "all", "-o", str(turfs)]

    code, answer, err = run(capsys, data, command, *more, turfs="turfs.csv")

    assert (code, answer) == (1, None)
    assert "it is what is read, and would be lost" in err
    assert turfs.read_bytes() == before


def test_the_bundle_of_one_turf_is_an_object_and_of_all_a_list(capsys, data):
    """Printing and bundling the same cut give the same code."""
    out = data / "turf.json"

    code, answer, _err = run(capsys, data, "bundle", "--turf", "1", "-o", str(out))
    one = json.loads(out.read_text())
    run(capsys, data, "bundle", "--turf", "all", "-o", str(out))

    assert (code, answer["doors"]) == (0, 5)
    assert one["turf"]["name"] == "Turf 1"
    assert [each["code"] for each in json.loads(out.read_text())] == [one["code"]]


def test_a_turf_for_two_is_a_list_for_a_and_one_for_b(capsys, data):
    """Each door is on one of them; each list has its own code and its own name."""
    table = elm.turfs(*elm.WALKED)
    whose = pa.array(["A", "B"] * table.num_rows)[: table.num_rows]
    pa_csv.write_csv(table.append_column("canvasser", whose), data / "two.csv")
    out = data / "two.json"

    code, answer, _err = run(
        capsys, data, "bundle", "--turf", "all", "-o", str(out), turfs="two.csv"
    )

    bundles = json.loads(out.read_text())
    assert (code, answer["turfs"]) == (0, 2)
    assert [each["turf"]["name"] for each in bundles] == ["Turf 1 A", "Turf 1 B"]
    assert len({each["code"] for each in bundles}) == 2
    doors = [stop["door"] for each in bundles for stop in each["stops"]]
    assert len(doors) == len(set(doors)) == answer["doors"] == 5


def test_a_script_of_one_s_own_is_carried(capsys, data):
    """Its words are in the bundle."""
    script, out = data / "mine.toml", data / "turf.json"
    script.write_text('name = "Mine"\nopening = "Good evening, Elmton."')

    run(
        *(capsys, data, "bundle", "--turf", "1", "-o", str(out)),
        *("--script", str(script), "--chapter", "Elm Neighbors"),
    )

    made = json.loads(out.read_text())
    assert made["script"]["opening"] == "Good evening, Elmton."
    assert made["chapter"] == "Elm Neighbors"


@pytest.mark.parametrize(
    ("more", "code", "why"),
    [
        pytest.param(("--turf", "2"), 1, "no turf 2", id="no such turf"),
        pytest.param(("--turf", "one"), 2, "a number or 'all'", id="not a number"),
        pytest.param(("--snapshot", "oak"), 1, "no whole snapshot", id="snapshot"),
        pytest.param(("--paper", "a5"), 2, "a5", id="paper"),
        pytest.param(("--script", "none.toml"), 1, "none.toml", id="script"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_one_line(capsys, data, more, code, why):
    """Exit 1 for a refusal, 2 for misuse; no file is written, nothing is answered."""
    out = data / "walk.pdf"

    got, answer, err = run(capsys, data, "print", "-o", str(out), *more)

    assert (got, answer) == (code, None)
    assert why in err
    assert not out.exists()
    assert not list(data.glob(".*.part"))


def test_who_asked_not_to_be_contacted_is_on_no_sheet(capsys, data):
    """Neither that person, nor a door behind which nobody else lives."""
    (data / "people.csv").write_text("person_id\nE1002\n")
    (data / "doors.csv").write_text("door_id\nd15\n")
    out = data / "turf.json"

    _code, answer, _err = run(
        *(capsys, data, "bundle", "--turf", "1", "-o", str(out)),
        *("--suppress", str(data / "people.csv")),
        *("--suppress", str(data / "doors.csv")),
    )

    stops = json.loads(out.read_text())["stops"]
    assert (answer["doors"], answer["left_out"]) == (4, 2)
    behind = {stop["door"]: [one["id"] for one in stop["people"]] for stop in stops}
    assert "d15" not in behind
    assert behind["d12"] == ["E1001"]


def test_a_planted_bug_prints_who_asked_not_to_be_contacted(capsys, data, monkeypatch):
    """Were the lists of the suppressed not read, the test above would fail."""
    asked = []
    monkeypatch.setattr(room, "heeded", lambda files, _: asked.extend(files) or [])

    with pytest.raises(AssertionError):
        test_who_asked_not_to_be_contacted_is_on_no_sheet(capsys, data)

    assert len(asked) == 2


def it_says_how_it_went_last_time(capsys, data):
    """Nobody home at d9; Ada at d12 wants somebody to come back; d99 is elsewhere."""
    table = "door_id,person_id,attempts,last_result,last_day,position"
    rows = ("d9,,1,not_home,,1", "d12,E1001,2,come_back,,2", "d99,,1,vacant,,3")
    (data / "attempts.csv").write_text("\n".join([table, *rows]))
    out = data / "walk.pdf"

    code, _answer, _err = run(
        *(capsys, data, "print", "-o", str(out)),
        *("--attempts", str(data / "attempts.csv")),
    )

    assert code == 0
    words = " ".join(PdfReader(out).pages[0].extract_text().split())
    assert "Last: Not Home" in words
    assert "68, DEM, Come Back" in words


def test_a_sheet_says_how_it_went_last_time(capsys, data):
    """As 'server conversations' writes it down: a result a door, and a person."""
    it_says_how_it_went_last_time(capsys, data)


def test_a_planted_bug_forgets_the_last_time(capsys, data, monkeypatch):
    """Were the table read and not passed on, the test above would fail."""
    fired = []
    monkeypatch.setattr(
        room._Job, "last", lambda _self, table: fired.append(table) or {}
    )

    with pytest.raises(AssertionError):
        it_says_how_it_went_last_time(capsys, data)

    assert fired[0].num_rows == 3


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--turf", "9" * 5000), 1),
        (("--base-url", "javascript:x"), 2),
        (("--base-url", "https://" + "x" * 5000), 2),
        (("--script", "/dev/zero"), 1),
        (("--suppress", "/dev/zero"), 1),
    ],
)
def test_absurd_options_are_refused_without_a_traceback(capsys, data, more, code):
    """And without waiting for a file that never ends."""
    out = str(data / "walk.pdf")

    assert run(capsys, data, "print", "-o", out, *more)[:2] == (code, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("door_id,turf\nd12,1\n", "has no column position"),
        ("door_id,turf,position\nd12,one,1\n", "another type"),
        ("door_id,turf,position\nd12,1,1\nd12,1,2\n", "repeats 1 values"),
        ("door_id,turf,position\nd200,1,1\n", "1 doors that the snapshot"),
        ("door_id,turf,position\nd7,1,1\n", "no door that may be knocked on"),
        ("", "not a whole table"),
        ("a\n1,2\n", "not a whole table"),
    ],
)
def test_a_file_that_is_no_cut_is_refused(capsys, data, text, why):
    """The refusal names the table and what is wrong with it."""
    (data / "odd.csv").write_text(text)

    code, _answer, err = run(
        capsys, data, "print", "-o", str(data / "x.pdf"), turfs="odd.csv"
    )

    assert code == 1
    assert why in err
