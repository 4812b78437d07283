"""A file that reads wrongly is no file of which some rows are bad: it is refused."""

import csv
import io
import re

import pytest

from groundgame.errors import MostlyMisread
from groundgame.voterfile import generic_layout, importing, load_layout
from tests.unit.voterfile import elm, sheets

FLORIDA = load_layout("fl")
PEOPLE = sheets.florida(40)


def cells(people):
    """Return Florida's rows."""
    text = sheets.sheet(FLORIDA, people, header=False)
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


def file_of(rows):
    """Return rows as Florida's file."""
    return "".join("\t".join(row) + "\n" for row in rows)


def exchanged(text):
    """Return dates with day and month exchanged."""
    return re.sub(r"\b(\d\d)/(\d\d)/(\d{4})", r"\2/\1/\3", text)


WRONG = [
    pytest.param(
        file_of([*row[1:], ""] for row in cells(PEOPLE)), "to the left", id="left"
    ),
    pytest.param(
        file_of(["", *row[:-1]] for row in cells(PEOPLE)), "to the right", id="right"
    ),
    pytest.param(exchanged(file_of(cells(PEOPLE))), "day and month", id="dates"),
]


@pytest.mark.parametrize(("content", "why"), WRONG)
def test_a_file_that_reads_wrongly_makes_no_snapshot(tmp_path, content, why):
    """Also where the layout is named: the few rows that read would be wrong."""
    with pytest.raises(MostlyMisread, match=why) as refusal:
        elm.imported(tmp_path, content, layout="fl")

    assert "rows of voters.csv cannot be read with layout 'fl'" in str(refusal.value)
    assert not {"Moss", "Elm St"} & set(str(refusal.value).split())
    assert not list((tmp_path / "snapshots").glob("*"))


def test_the_test_of_misread_files_sees_an_import_that_does_not_look(
    tmp_path, monkeypatch
):
    """Planted bug: nobody looks closer. Somebody gets another's day of birth."""
    looked = []
    monkeypatch.setattr(importing, "misread", lambda path, *_: looked.append(path))
    days = {"Birth Date": "03/04/1958", "Registration Date": "05/06/1990"}
    people = [one | days if n < 9 else one for n, one in enumerate(PEOPLE)]
    content = exchanged(file_of(cells(people)))
    born = elm.imported(tmp_path, content, layout="fl").read("people", ["birth_date"])

    assert {path.name for path in looked} == {"voters.csv"}
    assert "1958-04-03" in {str(day) for day in born["birth_date"].to_pylist()}


def late(change):
    """Return a file whose last fifth is changed, further on than anybody looks."""
    days = {"Birth Date": "03/04/1958", "Registration Date": "05/06/1990"}
    people = sheets.florida(3_000)
    rows = cells([one | days if n % 5 == 0 else one for n, one in enumerate(people)])
    return file_of(rows[:2_400]) + change(rows[2_400:])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(
            lambda rows: file_of([*row[:5], "", *row[5:-1]] for row in rows),
            "to the right",
            id="shifted",
        ),
        pytest.param(
            lambda rows: exchanged(file_of(rows)), "day and month", id="dates"
        ),
    ],
)
def test_a_county_that_reads_wrongly_far_down_is_found(tmp_path, change, why):
    """A state put its counties together: the last one's columns, or days, are off."""
    with pytest.raises(MostlyMisread, match=f"near line 2,[4-9].*{why}") as refusal:
        elm.imported(tmp_path, late(change), layout="fl")

    assert 480 <= refusal.value.refused <= refusal.value.rows / 5


def test_the_test_of_late_rows_sees_an_import_that_looks_at_the_beginning_only(
    tmp_path, monkeypatch
):
    """Planted bug: the middle of the refused rows is line 1. Days are taken wrongly."""
    monkeypatch.setattr(importing, "_middle", lambda _: 1)
    content = late(lambda rows: exchanged(file_of(rows)))
    manifest = elm.imported(tmp_path, content, layout="fl").manifest

    assert manifest.refused == 480
    assert manifest.accepted == 2_520


def test_columns_that_slip_half_way_along_the_row_are_noticed(tmp_path):
    """Most rows still have a name and an id, and their days are nobody's: refused."""
    rows = [[*row[:15], "", *row[15:-1]] for row in cells(PEOPLE)]
    with pytest.raises(MostlyMisread, match="shifted by one to the right"):
        elm.imported(tmp_path, file_of(rows), layout="fl")


def test_a_file_of_many_bad_rows_that_is_not_shifted_is_read(tmp_path):
    """Thirty of forty rows lack their cells: they are set aside, ten are people."""
    header, *rows = elm.text(*(elm.row(n) for n in range(1, 41))).splitlines()
    short = [row if n < 10 else row[:20] for n, row in enumerate(rows)]
    manifest = elm.imported(tmp_path, "\n".join([header, *short, ""])).manifest

    assert (manifest.accepted, manifest.refused) == (10, 30)


@pytest.mark.parametrize(
    ("field", "text", "year"),
    [
        pytest.param("birth_date", "1900-01-01", None, id="nobody knows"),
        pytest.param("birth_date", "1899-12-31", None, id="as a spreadsheet says it"),
        pytest.param("birth_date", "2025-06-01", 2025, id="this year"),
        pytest.param("birth_date", "2026-01-01", None, id="not born"),
        pytest.param("birth_year", "1900", None, id="a year"),
        pytest.param("birth_year", "1905", 1905, id="the oldest"),
        pytest.param("age", "125", None, id="the age of 1900-01-01"),
        pytest.param("age", "120", 1905, id="the oldest age"),
        pytest.param("age", "999", None, id="nines"),
        pytest.param("age", "-1", None, id="below zero"),
    ],
)
def test_an_age_that_nobody_has_is_not_known(tmp_path, field, text, year):
    """However it is written: nobody is older than 120, or not born. The row is good."""
    chosen = {"person_id": "ID", "last_name": "NAME", field: "BORN"}
    content = sheets.table(("ID", "NAME", "BORN"), ("1", "Moss", text))
    snapshot = elm.imported(tmp_path, content, layout=generic_layout(chosen))
    (person,) = snapshot.read("people").to_pylist()

    assert person["birth_year"] == year
    assert (person["birth_date"] is None) == (year is None or field != "birth_date")
