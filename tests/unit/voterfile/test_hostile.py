"""What somebody may give by mistake or by malice, and what a killed run leaves."""

import fcntl
import json
import os

import pytest

from groundgame.errors import NoSuchLayout, UnreadableFile, WrongLayout
from groundgame.voterfile import importing, load_layout, open_doors, source
from groundgame.voterfile.workplace import workplace
from tests.unit.voterfile import elm
from tests.unit.voterfile.test_bad_input import GOOD, packed

LEFT = ".elm-2025-01-15-0123abcd.abcdefgh"


def test_an_import_clears_away_what_a_killed_one_left(tmp_path):
    """But not the folder of one that is running, nor anything else that is hidden."""
    into = tmp_path / "snapshots"
    for name in (LEFT, LEFT.replace("0123", "4567"), ".keep"):
        (into / name / "parts").mkdir(parents=True)
    running = os.open(into / LEFT, os.O_RDONLY)
    fcntl.flock(running, fcntl.LOCK_EX)

    snapshot = elm.imported(tmp_path, GOOD)

    os.close(running)
    assert {path.name for path in into.iterdir()} == {LEFT, ".keep", snapshot.id}


def test_a_folder_in_use_is_not_cleared_away(tmp_path):
    """Of two imports at once, neither takes the other's folder."""
    identity = "elm-2025-01-15-0123abcd"
    with workplace(tmp_path, identity) as one, workplace(tmp_path, identity) as two:
        assert one.is_dir()
        assert two.is_dir()

    assert not list(tmp_path.iterdir())


def test_a_zip_that_says_how_large_it_is_is_refused_unread(tmp_path, monkeypatch):
    """Two gigabytes are not unpacked to learn that they are too much."""
    monkeypatch.setattr(source, "SOME", 1 << 20)
    monkeypatch.setattr(source, "_guarded", lambda *_: pytest.fail("it was unpacked"))

    with pytest.raises(UnreadableFile, match="200 times its size"):
        elm.imported(tmp_path, packed(**{"v.csv": GOOD + "a,b\n" * 1_000_000}))


def test_a_header_with_an_endless_name_is_no_traceback(tmp_path):
    """A column's name of 140 kB fits no layout."""
    with pytest.raises(WrongLayout, match="none of the"):
        elm.imported(tmp_path, "Q" * 140_000 + "," + GOOD)


@pytest.mark.parametrize("folder", ["da[t]a", "d'a t*a?", "ü #1"])
def test_a_data_folder_may_be_called_anything(tmp_path, folder):
    """Marks that mean something in patterns of names mean nothing here."""
    (tmp_path / folder).mkdir()
    snapshot = elm.imported(tmp_path / folder, GOOD)

    assert snapshot.read("people").num_rows == 2


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('delimiter = ","', 'delimiter = ""'),
        ('delimiter = ","', 'delimiter = "||"'),
        ('delimiter = ","', 'delimiter = ","\nquote = "\'"'),
        ("items   = [", "items   = [ '(((',"),
        ("name", "\udcff"),
        ("name", "x = " + "[" * 50_000),
        ("[columns]", "columns = 3\n[other]"),
    ],
)
def test_a_layout_that_cannot_be_read_with_is_refused_at_once(tmp_path, line, instead):
    """Not in the middle of a file, by whatever it breaks there."""
    good = (elm.LAYOUTS / "elm.toml").read_text()
    assert line in good
    path = tmp_path / "own.toml"
    text = good.replace(line, instead, 1)
    path.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(NoSuchLayout, match=r"own\.toml that is no layout"):
        load_layout(path)


@pytest.mark.parametrize(
    "coordinates",
    [
        pytest.param([["a", "b"], ["c", "d"]], id="words"),
        pytest.param([[980000, 200000], [980100, 200000]], id="feet"),
        pytest.param([[float("nan"), 42.4], [-101.6, 42.4]], id="NaN"),
        pytest.param([[-101.6], [-101.7]], id="one number"),
    ],
)
def test_streets_that_no_map_can_draw_are_refused(tmp_path, coordinates):
    """At the import, and not when a turf is printed in the evening."""
    path = tmp_path / "streets.geojson"
    shape = {"type": "LineString", "coordinates": coordinates}
    path.write_text(json.dumps({"features": [{"geometry": None}, {"geometry": shape}]}))

    with pytest.raises(UnreadableFile, match="lines in degrees"):
        elm.imported(tmp_path, GOOD, streets=path)


def test_who_is_protected_in_one_of_two_rows_is_protected(tmp_path):
    """Also where the other row is active and newer, and so would have stood."""
    rows = (
        elm.row(1, registered="2024-01-01"),
        elm.row(1, registered="2001-01-01", status="I", confidential="Y"),
        elm.row(2),
    )
    snapshot = elm.imported(tmp_path, elm.text(*rows))

    assert snapshot.manifest.protected == 1
    assert open_doors(snapshot)["number"].to_pylist() == ["2"]


@pytest.mark.parametrize(("word", "protected"), [("n", 0), ("", 0), ("T", 1), ("?", 1)])
def test_a_word_that_nobody_foresaw_protects(tmp_path, word, protected):
    """Only 'no' in its usual spellings, or nothing, leaves somebody in the lists."""
    rows = elm.row(1, confidential=word), elm.row(2)

    assert elm.imported(tmp_path, elm.text(*rows)).manifest.protected == protected


def test_the_test_of_killed_runs_sees_a_sweep_that_does_not_sweep(
    tmp_path, monkeypatch
):
    """Planted bug: nothing is cleared away."""
    swept = []
    monkeypatch.setattr("groundgame.voterfile.workplace._sweep", swept.append)

    with pytest.raises(AssertionError):
        test_an_import_clears_away_what_a_killed_one_left(tmp_path)

    assert swept == [tmp_path / "snapshots"]
    assert importing.workplace is workplace
