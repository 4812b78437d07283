"""Days and months in the other order: refused where it shows, and only there."""

import re
from dataclasses import replace
from itertools import cycle

import polars as pl
import pytest

from groundgame.errors import ExchangedDates
from groundgame.voterfile import importing, load_layout
from groundgame.voterfile.exchanged import Order, order
from tests.unit.voterfile import elm, sheets

NC = load_layout("nc")
LENIENT = replace(NC, optional=tuple(NC.columns), extra={})
HIS = ("ncid", "election_lbl", "election_desc", "voting_method", "voted_party_cd")
HELD = ("11/05/2024", "11/08/2022", "05/17/2022", "11/03/2020")


def other(text):
    """Return dates with day and month exchanged."""
    return re.sub(r"\b(\d\d)/(\d\d)/(\d{4})", r"\2/\1/\3", text)


def people(*registered):
    """Return forty people of North Carolina, who registered on these days in turn."""
    days = cycle(registered or ("01/02/1999",))
    rows = [(f"A{n}", "Moss", "Ida", "1960", next(days)) for n in range(40)]
    names = ("ncid", "last_name", "first_name", "birth_year", "registr_dt")
    return sheets.table(names, *rows, mark="\t")


def cast(days):
    """Return ballots of all of them on some days."""
    rows = [
        (f"A{n}", day, f"{day} GENERAL", "IN-PERSON", "UNA")
        for n in range(40)
        for day in days
    ]
    return sheets.table(HIS, *rows, mark="\t")


def imported(tmp_path, voters, ballots):
    """Import both."""
    his = tmp_path / "ncvhis.txt"
    his.write_text(ballots)
    return elm.imported(tmp_path, voters, layout=LENIENT, history=[his])


@pytest.mark.parametrize(
    ("days", "tells"),
    [
        pytest.param(HELD, 160, id="a day after the 12th, and federal days"),
        pytest.param(HELD[:2], 80, id="no day after the 12th"),
    ],
)
def test_a_history_in_the_other_order_is_refused(tmp_path, days, tells):
    """Though most of it reads: there would be an election on 11 May, a Saturday."""
    with pytest.raises(ExchangedDates) as refusal:
        imported(tmp_path, people(), other(cast(days)))

    said = str(refusal.value)
    assert f"{tells:,} make sense only with day and month exchanged" in said
    assert "MM/DD/YYYY were wanted. Next: " in said
    assert "ncvhis.txt" in said
    assert not {"A1", "Moss"} & set(re.split(r"\W", said))
    assert not list((tmp_path / "snapshots").glob("*"))


def test_a_history_in_its_own_order_is_read(tmp_path):
    """Every ballot is a vote, also with one slip of a pen in it."""
    slip = cast(HELD).replace("05/17/2022", "17/05/2022", 1)
    told = imported(tmp_path, people(), slip).manifest

    assert (told.votes, told.refused) == (159, 1)


def test_registrations_in_the_other_order_are_refused(tmp_path):
    """Three of four rows read, and those people would have registered otherwise."""
    voters = people("03/04/1999", "05/06/2001", "07/08/2003", "31/12/1999")

    with pytest.raises(ExchangedDates, match="registration dates in the first rows"):
        imported(tmp_path, voters, cast(HELD))


def test_the_test_sees_an_import_that_does_not_look(tmp_path, monkeypatch):
    """Planted bug: nobody looks. There are elections on Saturdays in May."""
    looked = []
    monkeypatch.setattr(importing, "refuse_exchanged", lambda *at: looked.append(at))
    snapshot = imported(tmp_path, people(), other(cast(HELD[:2])))

    assert len(looked) == 2
    days = {str(day) for day in snapshot.read("elections")["date"].to_pylist()}
    assert days == {"2024-05-11", "2022-08-11"}


@pytest.mark.parametrize(
    ("dates", "elections", "so", "there"),
    [
        (["11/05/2024"], True, 1, 0),
        (["05/11/2024"], True, 0, 1),
        (["05/11/2024"], False, 0, 0),
        (["14/05/2019"], True, 0, 1),
        (["05/14/2019"], False, 1, 0),
        (["08/08/2022", "nothing", None], True, 0, 0),
    ],
)
def test_what_one_date_says(dates, elections, so, there):
    """Done by hand: 5 November 2024 was a Tuesday after the first Monday."""
    text = pl.Series(dates, dtype=pl.String)

    found = order(text, ["%m/%d/%Y"], elections=elections)

    assert (found.so, found.other) == (so, there)


@pytest.mark.parametrize(
    ("found", "exchanged"),
    [
        (Order(1000, 0, 10), True),
        (Order(1000, 0, 9), False),
        (Order(10, 5, 5), False),
        (Order(0, 0, 0), False),
    ],
)
def test_a_slip_is_no_other_order(found, exchanged):
    """One of a hundred at least, and more than speak for the layout."""
    assert found.exchanged is exchanged
