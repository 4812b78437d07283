"""Bad input: a bad row is set aside with its line; a bad file is refused whole."""

import gzip
import io
import zipfile

import numpy as np
import pytest

from groundgame.errors import NothingRead, UnreadableFile, WrongLayout
from groundgame.voterfile import records, source
from tests.unit.voterfile import elm

GOOD = elm.text(elm.row(1), elm.row(2))
LINES = GOOD.splitlines()


def third(line):
    """Return a file of two good rows with this line between them, on line 3."""
    return "\n".join([LINES[0], LINES[1], line, LINES[2], ""])


def packed(**members):
    """Return a zip archive with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        pytest.param("E9,Moss,Ida", None, "fewer cells", id="short"),
        pytest.param(LINES[1] + ",,", None, "more cells", id="long"),
        pytest.param(LINES[1].replace("Ida", '"Ida'), None, "quotation", id="quote"),
        pytest.param(LINES[1].replace("Ida", '"I"da'), None, "quotation", id="inside"),
        pytest.param(LINES[1].replace("Ida", "I\0a"), None, "NUL", id="NUL"),
        pytest.param(LINES[1][2:], "voter_id", "id is empty", id="no id"),
        pytest.param(LINES[1].replace("1970", "197O"), "birth_date", "date", id="date"),
        pytest.param(
            LINES[1].replace("Moss,Ida", ","), "last_name", "names", id="name"
        ),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line(tmp_path, line, column, reason):
    """The good rows before and after it are read; the reason repeats no cell."""
    snapshot = elm.imported(tmp_path, third(line))
    ((where, what, why),) = elm.refusals(snapshot)

    assert (where, what) == (3, column)
    assert reason in why
    assert "Moss" not in why
    assert snapshot.read("people")["source_line"].to_pylist() == [2, 4]


def test_a_lonely_quotation_mark_costs_one_row(tmp_path):
    """Not the half of the file that follows it, as with a plain CSV reader."""
    rows = [elm.row(n) for n in range(1, 101)]
    lines = elm.text(*rows).splitlines(keepends=True)
    lines[10] = lines[10].replace("Ida", '"Ida')
    snapshot = elm.imported(tmp_path, "".join(lines))

    assert snapshot.manifest.accepted == 99
    assert [line for line, _, _ in elm.refusals(snapshot)] == [11]


def test_a_quoted_cell_may_hold_a_comma_a_quote_and_a_line_end(tmp_path):
    """What a spreadsheet quotes is read as it was typed; lines are still counted."""
    cells = {"last_name": 'Moss, "Red"', "middle_name": "one\ntwo"}
    snapshot = elm.imported(tmp_path, elm.text(elm.row(1, **cells), elm.row(2)))
    first, second = snapshot.read("people").to_pylist()

    assert (first["last_name"], first["middle_name"]) == ('Moss, "Red"', "one\ntwo")
    assert (first["source_line"], second["source_line"]) == (2, 4)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_an_accent_is_read_in_any_usual_encoding(tmp_path, encoding):
    """Peña stays Peña, with a mark at the start of the file or without."""
    content = elm.text(elm.row(1, last_name="Peña"), elm.row(2)).encode(encoding)
    snapshot = elm.imported(tmp_path, content)

    assert snapshot.read("people")["last_name"].to_pylist() == ["Peña", "Moss"]


def test_one_line_in_another_encoding_changes_no_other(tmp_path):
    """Two offices wrote one file: each line is read in its own encoding."""
    one = elm.text(elm.row(1, last_name="Peña")).encode()
    other = elm.text(elm.row(2, last_name="Müller")).splitlines()[1].encode("cp1252")
    snapshot = elm.imported(tmp_path, one + other + b"\n")

    assert snapshot.read("people")["last_name"].to_pylist() == ["Peña", "Müller"]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n\n", "\n \n"])
def test_line_ends_of_other_machines(tmp_path, ending):
    """Windows, an old Mac, and blank lines between rows, which are no rows."""
    snapshot = elm.imported(tmp_path, GOOD.replace("\n", ending))

    assert (snapshot.manifest.rows, snapshot.manifest.accepted) == (2, 2)


def test_the_last_line_needs_no_end(tmp_path):
    """Half the world's files lack it; and some end in an old end-of-file mark."""
    assert elm.imported(tmp_path, GOOD.rstrip("\n")).manifest.accepted == 2
    assert elm.imported(tmp_path, GOOD + "\x1a\n").manifest.rows == 2


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(gzip.compress(GOOD.encode()), id="gzip"),
        pytest.param(packed(**{"v.csv": GOOD}), id="zip"),
        pytest.param(packed(**{"__MACOSX/._v.csv": "x", "v.csv": GOOD}), id="mac zip"),
    ],
)
def test_packed_files_are_read_as_they_are(tmp_path, content):
    """Whatever the file is called: its first bytes say how it is packed."""
    assert elm.imported(tmp_path, content).manifest.accepted == 2


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"\n \n\n", "is empty", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "is empty", id="only a mark"),
        pytest.param(b"%PDF-1.7 ...", "is a PDF", id="PDF"),
        pytest.param(b"PAR1" + bytes(99), "is a Parquet file", id="Parquet"),
        pytest.param(bytes(range(256)) * 9, "is no text", id="binary"),
        pytest.param(gzip.compress(GOOD.encode())[:-9], "damaged", id="cut gzip"),
        pytest.param(packed(**{"v.csv": GOOD})[:-9], "damaged", id="cut zip"),
        pytest.param(packed(), "0 files", id="empty zip"),
        pytest.param(packed(a="1", b="2"), "2 files (a, b)", id="two files"),
        pytest.param(gzip.compress(packed(a=GOOD)), "packed twice", id="twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, found):
    """With what it is and what to do; and no folder is left behind."""
    with pytest.raises(UnreadableFile, match="Next: ") as refusal:
        elm.imported(tmp_path, content)

    assert found in str(refusal.value)
    assert not list((tmp_path / "snapshots").glob("*"))


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    """Neither is a file; each is told apart."""
    with pytest.raises(UnreadableFile, match="is no file"):
        source.fingerprint(tmp_path)
    with pytest.raises(UnreadableFile, match="does not exist"):
        source.fingerprint(tmp_path / "none.csv")


def test_a_zip_bomb_is_refused_before_it_fills_the_disk(tmp_path, monkeypatch):
    """Twenty megabytes in twenty kilobytes are read no further than they must."""
    monkeypatch.setattr(source, "SOME", 1 << 20)
    bomb = packed(**{"v.csv": GOOD + "a,b\n" * 5_000_000})

    with pytest.raises(UnreadableFile, match="200 times its size"):
        elm.imported(tmp_path, bomb)


@pytest.mark.parametrize("layout", ["nc", "ny", "wa"])
def test_a_file_read_with_another_layout_is_refused(tmp_path, layout):
    """And says which to choose, without a word of what the file holds."""
    with pytest.raises(WrongLayout, match="voterfile check") as refusal:
        elm.imported(tmp_path, GOOD, layout=layout)

    assert "Moss" not in str(refusal.value)


def test_a_missing_column_is_named(tmp_path):
    """The layout's word for it, so that it can be mended."""
    with pytest.raises(WrongLayout, match="lacks the column voter_id, which"):
        elm.imported(tmp_path, GOOD.replace("voter_id", "id"))


def test_a_file_of_which_no_row_can_be_read_makes_no_snapshot(tmp_path):
    """The most common reason is said; an empty snapshot would help nobody."""
    with pytest.raises(NothingRead, match=r"has 2 rows.*voter id is empty"):
        elm.imported(tmp_path, GOOD.replace("\nE1,", "\n,").replace("\nE2,", "\n,"))
    with pytest.raises(NothingRead, match="no row under the header"):
        elm.imported(tmp_path, LINES[0] + "\n")

    assert not list((tmp_path / "snapshots").glob("*"))


@pytest.mark.parametrize("block", [b"x", b"a,b\nc,d"])
def test_a_block_without_a_last_line_end_never_reaches_the_loops(block):
    """They stop at a line end: without one they would read what is not theirs."""
    shape = records.Shape(",", '"', 2, (0, 1))

    with pytest.raises(ValueError, match="whole lines"):
        records._take_apart(np.frombuffer(block, np.uint8), shape, nul=False)
