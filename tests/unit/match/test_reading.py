"""Reading a list: which column is what, and that no row is lost on the way."""

from datetime import date

import pytest

from groundgame import match
from groundgame.errors import BadColumns, UnreadableFile
from tests.unit.match.town import listed


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
    ],
)
def test_a_header_that_says_nothing_is_refused(header, given):
    """A list of colours is not read as a list of people."""
    with pytest.raises(BadColumns, match="there are: "):
        match.recognize(header, given)


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
        pytest.param(b"PK\x03\x04....", "spreadsheet", id="spreadsheet"),
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
