"""Reading a list: which column is what, and that no row is lost on the way."""

import gzip
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from groundgame import match
from groundgame.errors import BadColumns, UnreadableFile
from tests.unit.match.town import listed

TEXT = b"first,last\nAda,Adams\n"


def zipped(*names: str) -> bytes:
    """Return a zip in which each of these files is the same list."""
    into = BytesIO()
    with ZipFile(into, "w") as packed:
        for name in names:
            packed.writestr(name, TEXT)
    return into.getvalue()


def test_columns_are_known_by_the_names_lists_give_them():
    """Spaces, case and underscores do not matter; what we do not know is left out."""
    known = match.recognize(["Member_ID", "FIRST NAME", "Surname", "D.O.B.", "Shoe"])

    assert known == {
        "key": "Member_ID",
        "first_name": "FIRST NAME",
        "last_name": "Surname",
        "birth_date": "D.O.B.",
    }


def test_what_is_said_about_a_column_goes_before_its_name():
    """A column may be claimed for another field, and a field be given up."""
    known = match.recognize(
        ["last", "address2", "Nom"], {"last_name": "Nom", "unit": ""}
    )

    assert known == {"last_name": "Nom"}


@pytest.mark.parametrize(
    ("header", "given"),
    [
        pytest.param(["colour", "size"], {}, id="nobody is meant"),
        pytest.param(["last"], {"last_name": "Nom"}, id="no such column"),
        pytest.param(["last"], {"shoe": "last"}, id="no such field"),
        pytest.param(["last", "st"], {"last_name": "", "street": "st"}, id="given up"),
    ],
)
def test_a_header_that_says_nothing_is_refused(header, given):
    """A list of colours is not read as a list of people; what was wanted is said."""
    with pytest.raises(BadColumns, match="A header row was wanted"):
        match.recognize(header, given)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ada,Adams,1958-03-14\nBen,Brooks,1960-01-02\n", id="no header"),
        pytest.param("Ada Adams\nBen Brooks\n", id="one column"),
        pytest.param('"Adams, Ada"\n', id="one cell"),
    ],
)
def test_a_list_without_a_header_is_refused_and_nobody_is_named(tmp_path, text):
    """The first line may be a person: the error repeats nothing of it."""
    with pytest.raises(BadColumns, match="may lack a header row") as refused:
        listed(tmp_path, text)

    assert "Ad" not in str(refused.value)


def test_a_header_with_one_known_name_is_shown(tmp_path):
    """Where it is plainly a header, its names help whoever has to say which is what."""
    with pytest.raises(BadColumns, match="there are: Town, Nom"):
        listed(tmp_path, "Town,Nom\nElmton,Adams\n")


def test_a_header_is_read_as_its_rows_are(tmp_path):
    """A quoted name may hold a comma, and columns without a name do no harm."""
    text = '"last, or family",first,,\nAdams,Ada,,\n"Cole, Jr",John,x,y\n'
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")

    read = match.read(path, {"last_name": "last, or family"})

    assert read.table["last_name"].to_pylist() == ["Adams", "Cole, Jr"]
    assert read.refused.num_rows == 0


def test_a_cell_of_140_kilobytes_is_one_refused_row(tmp_path):
    """The rows before and after it are read, and the reason repeats none of it."""
    read = listed(tmp_path, f"first,last\nAda,Adams\nBen,{'x' * 140_000}\nCleo,Cole\n")

    assert read.table["last_name"].to_pylist() == ["Adams", "Cole"]
    assert read.refused["reason"].to_pylist() == [
        "has a cell of more than 500 characters"
    ]


def test_a_first_line_without_end_is_no_header(tmp_path):
    """A file that is one long line is refused, however long the line."""
    with pytest.raises(UnreadableFile, match="no header row"):
        listed(tmp_path, "first," * 30_000)


def test_a_list_of_nobody_is_a_list_of_no_rows(tmp_path):
    """A header with nothing below it is no fault: there is nobody to match."""
    read = listed(tmp_path, "first,last\n")

    assert (read.rows, match.duplicates(read).counts()["people"]) == (0, 0)


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_a_list_is_read_whatever_stands_between_its_cells(tmp_path, mark):
    """The header says which it is."""
    text = f"first{mark}last{mark}dob\nAda{mark}Adams{mark}3/14/1958\n"

    (row,) = listed(tmp_path, text).table.to_pylist()

    assert (row["first_name"], row["last_name"]) == ("Ada", "Adams")
    assert row["birth_date"] == date(1958, 3, 14)


def test_names_and_addresses_in_one_cell_are_taken_apart(tmp_path):
    """'Adams, Ada M. Jr' and '12 Elm St Apt 2' are four parts and three."""
    text = 'name,address\n"Adams, Ada M., Jr","12 Elm St Apt 2"\n'

    (row,) = listed(tmp_path, text).table.to_pylist()

    assert (row["first_name"], row["last_name"]) == ("ADA", "ADAMS")
    assert (row["number"], row["suffix"]) == ("12", "JR")


def test_days_and_months_are_read_in_the_order_that_fits_the_column(tmp_path):
    """One 25/12 says that 3/4 is in April; a cell that is no date is counted."""
    text = "last,dob\nA,3/4/1958\nB,25/12/1960\nC,soon\n"

    read = listed(tmp_path, text)

    assert read.table["birth_date"].to_pylist() == [
        date(1958, 4, 3),
        date(1960, 12, 25),
        None,
    ]
    assert read.unread == {"birth_date": 1}


def test_each_row_is_listed_or_refused_with_its_line(tmp_path):
    """A short row, a row of nobody, and a cell of two lines keep their lines."""
    text = 'first,last\nAda,Adams\nBen\n"Cle\no",Brooks\n,\nx,y,z\n" ",Cole\n'

    read = listed(tmp_path, text)

    assert read.table["line"].to_pylist() == [2, 4, 8]
    assert read.refused["line"].to_pylist() == [3, 7]
    assert read.rows == 5


def test_a_quote_without_an_end_swallows_nothing(tmp_path):
    """Rows after a stray quote are read; none disappears into a cell."""
    text = 'first,last\nAda,"Adams\nBen,Brooks\nCleo,Cole\n'

    read = listed(tmp_path, text)

    assert read.table["last_name"].to_pylist() == ["Adams", "Brooks", "Cole"]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0..", "is a spreadsheet", id="spreadsheet"),
        pytest.param(zipped("[Content_Types].xml", "a"), "is a spreadsheet", id="xlsx"),
        pytest.param(zipped("a.csv", "b.csv"), "archive of 2 files", id="two lists"),
        pytest.param(zipped("a.csv")[:-9], "no whole archive", id="truncated zip"),
        pytest.param(zipped("a.csv")[:20], "no whole archive", id="head of a zip"),
        pytest.param(gzip.compress(TEXT)[:-9], "no whole archive", id="truncated gzip"),
        pytest.param(
            "first,last\nAda,Adams".encode("utf-16-le"), "no text", id="bare UTF-16"
        ),
        pytest.param(b"\xff\xd8\xff\xe0\0\x10JFIF", "no text", id="a picture"),
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"last\x00,first", "no text", id="no text"),
        pytest.param(b"last,last\na,b\n", "two columns", id="two of one name"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, raw, found):
    """A file that cannot be a list is refused before it is matched."""
    path = tmp_path / "list.csv"
    path.write_bytes(raw)

    with pytest.raises(UnreadableFile, match=found):
        match.read(path)


@pytest.mark.parametrize("raw", [zipped("list.csv"), gzip.compress(TEXT)])
def test_a_packed_list_is_read_as_a_plain_one(tmp_path, raw):
    """A list comes as it was mailed: in a zip with nothing else, or in a gzip."""
    path = tmp_path / "list.zip"
    path.write_bytes(raw)

    assert match.read(path).table["last_name"].to_pylist() == ["Adams"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_whatever_the_encoding(tmp_path, encoding):
    """Spreadsheets write Muñoz in at least three ways."""
    path = tmp_path / "list.csv"
    path.write_bytes("first,last\r\nJosé,Muñoz\r\n".encode(encoding))

    assert match.read(path).table["last_name"].to_pylist() == ["Muñoz"]


def test_a_row_has_the_same_id_wherever_it_stands(tmp_path):
    """Decisions about a row outlive a list that was sorted anew."""
    rows = ["Ada,Adams\n", "Ben,Brooks\n", "Ada,Adams\n"]
    first = listed(tmp_path, "first,last\n" + "".join(rows)).table
    again = listed(tmp_path, "first,last\n" + "".join(rows[::-1])).table

    assert len(set(first["row_id"].to_pylist())) == 3
    assert sorted(first["row_id"].to_pylist()) == sorted(again["row_id"].to_pylist())


def test_a_look_shows_what_the_first_rows_come_to(tmp_path):
    """As they would be read: a whole name in its parts, and no empty cells."""
    path = tmp_path / "list.csv"
    path.write_text("Wer,Wo\nAda Adams,7 Elm St\nBen Brooks,\n" + "Cy Cole,\n" * 5)

    look = match.look(path, {"name": "Wer", "address": "Wo"})

    assert look.header == ("Wer", "Wo")
    assert len(look.first) == 3
    first, second = look.first[:2]
    assert (first["first_name"], first["last_name"]) == ("ADA", "ADAMS")
    assert first["number"] == "7"
    assert "number" not in second


def test_a_look_at_a_list_that_says_nobody_says_so(tmp_path):
    """It is an answer, not an error: somebody is about to name the columns."""
    path = tmp_path / "list.csv"
    path.write_text("Wer,Wo\nAda Adams,7 Elm St\n")

    look = match.look(path)

    assert (look.columns, look.first, look.header) == ({}, (), ("Wer", "Wo"))
    assert "no column that says who is meant" in look.problem
