"""Addresses in one line: where the number ends, and where the unit begins."""

import polars as pl
import pytest

from groundgame.normal import address, rest


def split(line):
    """Return number, street and unit of one line."""
    return address.split(pl.Series([line], dtype=pl.String)).row(0)


LINES = [
    ("12 Elm St", "12", "ELM ST", None),
    ("0581 Oak Ln", "0581", "OAK LN", None),
    ("12 1/2 Elm St # 4", "12 1/2", "ELM ST", "# 4"),
    ("221-31 114th Ave", "221-31", "114TH AVE", None),
    ("N6W23001 Bluemound Rd", "N6W23001", "BLUEMOUND RD", None),
    ("12 B Wesley Chapel Rd", "12B", "WESLEY CHAPEL RD", None),
    ("12 E Elm St", "12", "E ELM ST", None),
    ("100 M Street SE", "100", "M STREET SE", None),
    ("One Elm Plaza", "1", "ELM PLAZA", None),
    ("12 Elm St Apt 2-B", "12", "ELM ST", "APT 2-B"),
    ("12 Elm St, 2B", "12", "ELM ST", "2B"),
    ("12 Elm St 2B", "12", "ELM ST", "2B"),
    ("12 Elm St N", "12", "ELM ST N", None),
    ("12 Elm St Rear", "12", "ELM ST", "REAR"),
    ("12 Elm St, 14th Floor, Room 9", "12", "ELM ST", "14TH FLOOR, ROOM 9"),
    ("12 Oak Rd Lot 12", "12", "OAK RD", "LOT 12"),
    ("12 Oak Rd Trlr 3", "12", "OAK RD", "TRLR 3"),
    ("12 Elm St PMB 123", "12", "ELM ST", "PMB 123"),
    ("12 County Road 9", "12", "COUNTY ROAD 9", None),
    ("12 US Highway 30 Lot 4", "12", "US HIGHWAY 30", "LOT 4"),
    ("12 Avenue H", "12", "AVENUE H", None),
    ("12 Calle 5", "12", "CALLE 5", None),
    ("Calle 5 #12", "12", "CALLE 5", None),
    ("RR 2 Box 17", None, "RR 2 BOX 17", None),
    ("PO Box 5", None, "PO BOX 5", None),
    ("Flat 2, 14 High Street", "14", "HIGH STREET", "FLAT 2"),
    ("12 College St Smith Hall Rm 5", "12", "COLLEGE ST", "SMITH HALL RM 5"),
    ("12 Oak Rd, Elm Towers, Apt 3", "12", "OAK RD", "ELM TOWERS, APT 3"),
    ("Rose Cottage", None, "ROSE COTTAGE", None),
    ("", None, None, None),
    (None, None, None, None),
]


@pytest.mark.parametrize(("line", "number", "street", "unit"), LINES)
def test_a_line_is_taken_apart(line, number, street, unit):
    """By hand, one of each kind that voter files hold."""
    assert split(line) == (number, street, unit)


def test_a_thousand_lines_are_as_one():
    """Together, with a memory, as expressions: lines come apart as they do alone."""
    lines = pl.Series("line", [line for line, *_ in LINES], dtype=pl.String)
    alone = [tuple(parts) for _, *parts in LINES]
    known = address.Spellings()
    number, street, unit = address.split_line(pl.col("line"))

    assert address.split(lines, known).rows() == alone
    assert address.split(lines, known).rows() == alone
    assert lines.to_frame().select(number, street, unit).rows() == alone


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        pytest.param("_TELLING", r"^$", id="nothing is read"),
        pytest.param("_RULES", rest._RULES[1:], id="no Spanish numbers"),
        pytest.param("_RULES", rest._RULES[::-1], id="rules in the other order"),
    ],
)
def test_a_planted_bug_is_caught(monkeypatch, name, planted):
    """A rule that is lost, or tried too late, changes a line that was done by hand."""
    monkeypatch.setattr(rest, name, planted)
    found = [split(line) for line, *_ in LINES]

    assert found != [tuple(parts) for _, *parts in LINES]
