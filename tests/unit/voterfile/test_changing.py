"""Files at their worst: endless cells, ten thousand columns, cut off, and growing."""

import gzip
import os

import pytest

from groundgame.errors import UnreadableFile, WrongLayout
from groundgame.values import Here
from groundgame.voterfile import importing, seen, source
from tests.unit.voterfile import elm
from tests.unit.voterfile.test_bad_input import GOOD, packed


@pytest.mark.parametrize("wrap", ["{}", '"{}"', '"{}""{}"'])
def test_a_cell_of_140_kilobytes_harms_no_other_row(tmp_path, wrap):
    """It is read as it is, or its row alone is refused."""
    long = wrap.replace("{}", "Q" * 140_000)
    lines = elm.text(*(elm.row(n) for n in (1, 2, 3))).splitlines(keepends=True)
    lines[2] = lines[2].replace("Moss", long)
    snapshot = elm.imported(tmp_path, "".join(lines))
    manifest = snapshot.manifest

    assert (manifest.rows, manifest.accepted + manifest.refused) == (3, 3)
    assert {"elm:E1", "elm:E3"} <= set(snapshot.read("people")["person_id"].to_pylist())


def test_ten_thousand_columns_are_read_past(tmp_path):
    """A file with 10,000 columns that nobody asked for costs only their width."""
    more = "," + ",".join(f"c{n}" for n in range(10_000))
    header, *rows = elm.text(elm.row(1), elm.row(2)).splitlines()
    wide = "\n".join([header + more, *(row + "," * 10_000 for row in rows), ""])

    assert elm.imported(tmp_path, wide).manifest.accepted == 2


def test_ten_thousand_unknown_columns_fit_no_layout(tmp_path):
    """And what is said of them is short."""
    with pytest.raises(WrongLayout) as refusal:
        elm.imported(tmp_path, ",".join(f"c{n}" for n in range(10_000)) + "\n1,2\n")

    assert len(str(refusal.value)) < 1_000


@pytest.mark.parametrize("pack", [gzip.compress, lambda raw: packed(**{"v.csv": raw})])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_an_archive_cut_off_anywhere_is_refused(tmp_path, pack, share):
    """Half a download is no file, wherever it broke off."""
    rows = [elm.row(n, first_name=os.urandom(9).hex()) for n in range(1, 2_000)]
    raw = pack(elm.text(*rows).encode())

    with pytest.raises(UnreadableFile, match=r"damaged|download"):
        elm.imported(tmp_path, raw[: int(len(raw) * share)])


def grown(monkeypatch, when, path, more):
    """Let a file change at a moment of its import."""
    honest = getattr(importing, when)

    def change(*given):
        found = honest(*given)
        with path.open("ab") as out:
            out.write(more)
        return found

    monkeypatch.setattr(importing, when, change)


@pytest.mark.parametrize("when", ["_readings", "finish"])
def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch, when):
    """Its hash would not be that of what was read; no snapshot is left."""
    grown(monkeypatch, when, tmp_path / "voters.csv", b"E9,Moss,Ida\n")

    with pytest.raises(UnreadableFile, match=r"changed while.*import it again"):
        elm.imported(tmp_path, GOOD)
    assert not list((tmp_path / "snapshots").glob("*"))


def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path, monkeypatch):
    """A range that ends before it should is no end of the file."""
    path = tmp_path / "voters.csv"
    honest = importing._readings

    def cut(*given):
        found = honest(*given)
        path.write_bytes(path.read_bytes()[:100])
        return found

    monkeypatch.setattr(importing, "_readings", cut)
    with pytest.raises(UnreadableFile, match="changed while"):
        elm.imported(tmp_path, GOOD)


def test_the_test_of_growing_files_sees_a_reader_that_does_not_look(
    tmp_path, monkeypatch
):
    """Planted bug: nobody looks at the file again."""
    looked = []
    monkeypatch.setattr(seen.Seen, "still", lambda one: looked.append(one.path))
    grown(monkeypatch, "finish", tmp_path / "voters.csv", b"E9,Moss,Ida\n")

    assert elm.imported(tmp_path, GOOD).manifest.accepted == 2
    assert len(looked) == 1


def test_progress_is_told_by_one_thread_at_a_time(tmp_path, monkeypatch):
    """However many read: whoever watches needs no lock, and bytes and rows add up."""
    monkeypatch.setattr(source, "PIECE", 500)
    told = []
    text = elm.text(*(elm.row(n) for n in range(1, 60)))
    elm.imported(
        tmp_path,
        text,
        progress=lambda size, rows: told.append((size, rows)),
        workers=Here(3),
    )

    assert sum(rows for _, rows in told) == 59
    assert sum(size for size, _ in told) == len(text.encode())
    assert len(told) > 5
