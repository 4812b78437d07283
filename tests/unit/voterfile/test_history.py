"""Elections out of cells: the same election under one name, and nothing twice."""

import polars as pl
import pytest

from groundgame.voterfile import history
from groundgame.voterfile.layout import load_layout


def votes(*cells, layout="ny"):
    """Return the elections in one person's history cells, and what was not read."""
    named = {f"history_{n}": [cell] for n, cell in enumerate(cells)}
    frame = pl.DataFrame(
        {"person_id": ["ny:1"], "line": [1], **named},
        schema_overrides=dict.fromkeys(named, pl.String),
    )
    found, unread = history.from_cells(frame, load_layout(layout))
    return sorted(found["election"].unique()), unread


@pytest.mark.parametrize(
    ("cell", "elections"),
    [
        ("20241105 GE", ["2024-11-05 general"]),
        ("2012 General Election", ["2012-11-06 general"]),
        ("General Election 2012", ["2012-11-06 general"]),
        ("2004;General Election", ["2004-11-02 general"]),
        ("2012", ["2012 unknown"]),
        ("20200623 PP;20201103 GE", ["2020-06-23 primary", "2020-11-03 general"]),
        ("2013 General Election", ["2013 general"]),
        ("20240402 SP", ["2024-04-02 special"]),
        (None, []),
        (" ; ", []),
    ],
)
def test_the_ways_in_which_new_york_writes_history(cell, elections):
    """Day, year and kind are read in any of the forms in use."""
    assert votes(cell)[0] == elections


def test_one_election_in_two_cells_is_one_vote():
    """The history says '2012 General Election', the last vote '20121106'."""
    assert votes("2012 General Election", "20121106")[0] == ["2012-11-06 general"]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2016, "2016-11-08"),
        (2018, "2018-11-06"),
        (2022, "2022-11-08"),
        (2010, "2010-11-02"),
    ],
)
def test_the_day_of_a_federal_general_election(year, day):
    """The Tuesday after the first Monday of November: never the first of the month."""
    assert votes(f"{year} General Election")[0] == [f"{day} general"]


def test_what_says_no_year_is_counted():
    """'Absentee' is no election; the other item of the cell is read all the same."""
    assert votes("absentee;2012 General Election") == (["2012-11-06 general"], 1)
