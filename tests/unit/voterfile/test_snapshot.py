"""Snapshots: whole or not there, the same for the same files, each person once."""

import codecs
import gzip
from dataclasses import replace
from datetime import timedelta
from secrets import token_hex

import numpy as np
import pytest

from groundgame.errors import UnreadableFile
from groundgame.tables import Snapshot
from groundgame.voterfile import finish, import_file, importing, source, unplaced
from tests.unit.voterfile import elm
from tests.unit.voterfile.test_bad_input import packed


def test_importing_the_same_again_finds_what_is_there(tmp_path):
    """Nothing is written a second time, and the id is the same."""
    first = elm.small(tmp_path)
    made = first.paths("people")[0].stat().st_mtime_ns
    again = elm.small(tmp_path)

    assert again.id == first.id == f"elm-2025-01-15-{first.id[-8:]}"
    assert again.paths("people")[0].stat().st_mtime_ns == made


def test_the_same_file_under_another_name_is_the_same(tmp_path, monkeypatch):
    """Downloaded again as 'voters (1).csv': nothing is read, whatever day is meant."""
    first = elm.small(tmp_path)
    monkeypatch.setattr(importing, "_read", lambda *_: pytest.fail("it was read"))
    again = tmp_path / "voters (1).csv"
    again.write_bytes(elm.VOTERS.read_bytes())
    beside = {"addresses": elm.ADDRESSES, "streets": elm.STREETS}
    tomorrow = elm.DATED + timedelta(days=1)

    for dated, any_day in ((elm.DATED, False), (tomorrow, True)):
        found = import_file(
            again, "elm", tmp_path, dated=dated, any_day=any_day, **beside
        )
        assert found.id == first.id
    assert len(list(tmp_path.glob("elm-*"))) == 1


def test_another_file_as_large_as_the_last_is_another(tmp_path):
    """One letter of a status changed: sizes are no proof."""
    first = elm.imported(tmp_path, elm.text(elm.row(1)))
    second = elm.imported(tmp_path, elm.text(elm.row(1, status="I")))

    assert first.manifest.sources[0].size == second.manifest.sources[0].size
    assert first.id != second.id


def test_an_id_that_is_not_of_the_content_does_not_pass(tmp_path, monkeypatch):
    """Planted bug: the id is of the sizes alone. A new file would find the old one."""
    honest, fired = vars(importing)["_identity"], []

    def of_sizes(layout, dated, prints):
        fired.append(len(prints))
        return honest(layout, dated, [replace(one, sha256="") for one in prints])

    monkeypatch.setattr(importing, "_identity", of_sizes)

    with pytest.raises(AssertionError):
        test_another_file_as_large_as_the_last_is_another(tmp_path)
    assert fired


def test_an_import_that_looks_for_nothing_does_not_pass(tmp_path, monkeypatch):
    """Planted bug: the same file is read a second time."""
    looked = []
    monkeypatch.setattr(importing, "_same_again", lambda *given: looked.append(given))

    with pytest.raises(pytest.fail.Exception, match="it was read"):
        test_the_same_file_under_another_name_is_the_same(tmp_path, monkeypatch)
    assert len(looked) == 2


def test_other_files_make_another_snapshot(tmp_path):
    """With addresses it is another snapshot than without: snapshots never change."""
    without = import_file(elm.VOTERS, "elm", tmp_path, dated=elm.DATED)

    assert elm.small(tmp_path).id != without.id
    assert without.manifest.doors_without_place == 8


def test_an_import_that_dies_leaves_no_snapshot(tmp_path, monkeypatch):
    """Not even a folder: what is there is whole."""
    monkeypatch.setattr(importing, "_write_manifest", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        elm.small(tmp_path)
    assert not list(tmp_path.iterdir())


def test_whoever_is_second_takes_the_snapshot_of_the_first(tmp_path, monkeypatch):
    """Two imports of one file at once: both answer, with the same snapshot."""
    honest = vars(importing)["_write_manifest"]

    def while_another_finishes(folder, manifest):
        monkeypatch.undo()
        elm.small(tmp_path)
        honest(folder, manifest)

    monkeypatch.setattr(importing, "_write_manifest", while_another_finishes)

    assert elm.small(tmp_path).manifest.people == 9
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_written_can_be_opened_again(small):
    """The manifest on disk says what the import said."""
    assert Snapshot.open(small.folder).manifest == small.manifest
    assert small.streets.read_bytes() == elm.STREETS.read_bytes()


def test_the_same_row_twice_is_merged(tmp_path):
    """One person; the second row is merged, and not refused."""
    snapshot = elm.imported(tmp_path, elm.text(elm.row(1), elm.row(2), elm.row(1)))
    manifest = snapshot.manifest

    assert (manifest.rows, manifest.accepted, manifest.merged) == (3, 2, 1)
    assert manifest.refused == 0


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        pytest.param({"status": "I"}, {"status": "A"}, 3, id="active"),
        pytest.param({"status": "A"}, {"status": "R"}, 2, id="removed elsewhere"),
        pytest.param(
            {"registered": "2001-01-01"}, {"registered": "2020-01-01"}, 3, id="later"
        ),
        pytest.param({"phone": "315-555-0100"}, {"phone": "555-0199"}, 2, id="first"),
    ],
)
def test_of_two_rows_that_differ_one_stands(tmp_path, first, second, stands):
    """The active one, then the one registered last, then the first."""
    history = {"history": "2024-11-05 general mail"}
    rows = elm.row(1, **first, **history), elm.row(1, **second, house_number="8")
    snapshot = elm.imported(tmp_path, elm.text(*rows))
    ((line, column, why),) = elm.refusals(snapshot)

    assert snapshot.read("people")["source_line"].to_pylist() == [stands]
    assert (line, column) == (5 - stands, "voter_id")
    assert why == "another row with the same voter id stands"
    assert snapshot.manifest.doors == 1
    assert snapshot.manifest.votes == (1 if stands == 2 else 0)


def test_files_of_several_counties_are_one_snapshot(tmp_path):
    """Each refused row says which file it is from."""
    one, other = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(elm.text(elm.row(1), elm.row(2, birth_date="never")))
    other.write_text(elm.text(elm.row(3), elm.row(1)))
    snapshot = import_file([one, other], "elm", tmp_path / "s", dated=elm.DATED)
    manifest = snapshot.manifest

    assert (manifest.rows, manifest.people, manifest.merged) == (4, 2, 1)
    assert snapshot.read("refused")["file"].to_pylist() == ["one.csv"]


def test_an_unplaced_door_is_listed_unless_all_behind_it_are_protected(tmp_path):
    """Door 2 is counted, and is in no list: who lives there is hidden."""
    rows = elm.row(1), elm.row(2, confidential="Y")
    snapshot = elm.imported(tmp_path, elm.text(*rows))

    assert snapshot.manifest.doors_without_place == 2
    assert unplaced(snapshot)["address"].to_pylist() == ["1 Elm St"]


def test_a_date_that_stands_for_not_known_is_empty(tmp_path):
    """1800-01-01 is a clerk's way to say nothing: the row is good."""
    snapshot = elm.imported(tmp_path, elm.text(elm.row(1, birth_date="1800-01-01")))
    (person,) = snapshot.read("people").to_pylist()

    assert (person["birth_date"], person["birth_year"]) == (None, None)


RAW = elm.VOTERS.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(RAW, id="plain"),
        pytest.param(codecs.BOM_UTF8 + RAW, id="a mark at the start"),
        pytest.param(RAW.decode().encode("utf-16"), id="utf-16"),
        pytest.param(gzip.compress(RAW), id="gzip"),
        pytest.param(packed(**{"v.csv": RAW.decode()}), id="zip"),
    ],
)
def test_progress_adds_up_to_the_file(tmp_path, content):
    """Whoever watches is told of every byte that lies there, and of every row."""
    told = []
    elm.imported(
        tmp_path, content, progress=lambda size, rows: told.append((size, rows))
    )

    assert sum(rows for _, rows in told) == 10
    assert sum(size for size, _ in told) == len(content)
    assert all(size >= 0 for size, _ in told)


def test_a_packed_file_is_told_of_while_it_is_unpacked(tmp_path, monkeypatch):
    """The time that is left can be told before the first row is read."""
    monkeypatch.setattr(source, "BLOCK", 64 << 10)
    rows = [elm.row(n, first_name=token_hex(99)) for n in range(1, 2_000)]
    content = gzip.compress(elm.text(*rows).encode())
    told = []
    elm.imported(
        tmp_path, content, progress=lambda size, rows: told.append((size, rows))
    )
    unpacking = [size for size, rows in told if not rows]

    assert len(unpacking) > 3
    assert sum(unpacking) == len(content) // 2
    assert sum(size for size, _ in told) == len(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("lines", "is no GeoJSON"),
        ('{"features": []}', "GeoJSON without a line"),
        ('{"features": [{"geometry": {"type": "Point"}}]}', "without a line"),
    ],
)
def test_streets_must_be_lines(tmp_path, content, found):
    """A map drawn from something else would be empty."""
    streets = tmp_path / "streets.geojson"
    streets.write_text(content)

    with pytest.raises(UnreadableFile, match=found):
        elm.imported(tmp_path, elm.text(elm.row(1)), streets=streets)


GUARDED = {"confidential": "Y", "registered": "9999-99-99"}


@pytest.mark.parametrize("first", [0, 1])
def test_who_is_protected_in_a_refused_row_is_protected(tmp_path, first):
    """A row with a date that is none is set aside, but not what it says of safety."""
    rows = [elm.row(1), elm.row(1, **GUARDED)]
    snapshot = elm.imported(
        tmp_path, elm.text(rows[first], rows[1 - first], elm.row(2))
    )

    people = snapshot.read("people", ["person_id", "protected"]).to_pylist()
    assert {one["person_id"]: one["protected"] for one in people} == {
        "elm:E1": True,
        "elm:E2": False,
    }
    assert snapshot.manifest.protected == snapshot.manifest.refused == 1


def test_a_planted_bug_that_forgets_refused_rows_is_found(tmp_path, monkeypatch):
    """Were the refused rows not asked, the person above would be exposed."""
    monkeypatch.setattr(finish, "_guarded", lambda _: np.zeros(0, np.uint64))
    text = elm.text(elm.row(1), elm.row(1, **GUARDED))

    assert elm.imported(tmp_path, text).manifest.protected == 0
