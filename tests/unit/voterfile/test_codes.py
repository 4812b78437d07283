"""Codes become our words; those that nobody foresaw are counted, and name nobody."""

import polars as pl
import pytest

from groundgame.voterfile import codes, load_layout, written
from tests.unit.voterfile import elm, sheets


def meant(field, *texts, layout="fl"):
    """Return what texts of a field mean."""
    frame = pl.DataFrame({field: list(texts)}, schema={field: pl.String})
    return frame.select(codes.meaning(field, load_layout(layout)))[field].to_list()


@pytest.mark.parametrize(
    ("field", "layout", "text", "word"),
    [
        ("status", "fl", "act", "active"),
        ("status", "fl", "ZZZ", "unknown"),
        ("status", "fl", None, "unknown"),
        ("gender", "co", "Female", "F"),
        ("gender", "fl", "U", None),
        ("gender", "mi", "1", None),
        ("party", "ut", "Democratic", "DEM"),
        ("party", "ut", "Personal Choice", "Personal Choice"),
        ("party", "fl", "LPF", "LPF"),
        ("county", "fl", "DAD", "Miami-Dade"),
        ("county", "fl", "ABC", "ABC"),
        ("language", "l2", "Spanish", "es"),
        ("language", "l2", "haitian creole", "ht"),
        ("language", "l2", "Other", None),
    ],
)
def test_a_code_means_what_the_layout_says(field, layout, text, word):
    """In any case; a party or a county that is not known stays as it is."""
    assert meant(field, text, layout=layout) == [word]


def test_unknown_codes_are_counted_over_batches():
    """'ABC' three times in two batches; what is known, or empty, is not counted."""
    florida = load_layout("fl")
    batches = [
        pl.DataFrame({"county": ["ABC", "ALA", "ABC"], "status": ["ACT", None, "Q"]}),
        pl.DataFrame({"county": ["ABC"], "status": ["INA"]}),
    ]
    found = codes.together(codes.unknown(one, florida) for one in batches)

    assert found == {"county": {"ABC": 3}, "status": {"Q": 1}}


def test_a_field_without_codes_has_no_unknown_ones():
    """Florida's layout says nothing of parties: none of them is unknown."""
    raw = pl.DataFrame({"party": ["DEM", "LPF"]})

    assert codes.unknown(raw, load_layout("fl")) == {}


def test_what_may_be_about_one_person_is_not_told():
    """A sentence in the status column is counted among the others, as are rare ones."""
    raw = pl.DataFrame({"status": ["Ida Moss moved"] + ["see file"] * 3 + ["ZZ"]})
    found = codes.together([codes.unknown(raw, load_layout("fl"))])

    assert found == {"status": {"see file": 3, "ZZ": 1, codes.OTHERS: 1}}


def test_no_more_than_thirty_codes_are_listed():
    """A column of numbers that is no code does not fill the manifest."""
    raw = pl.DataFrame({"status": [str(n) for n in range(1_000)]})
    found = codes.together([codes.unknown(raw, load_layout("fl"))])["status"]

    assert len(found) == 31
    assert sum(found.values()) == 1_000


VOTES = b"""
name = "Votes in codes"
source = "none"
delimiter = ","
[columns]
person_id = "ID"
last_name = "NAME"
party = "PARTY"
[dates]
formats = ["%Y-%m-%d"]
[parties]
D = "DEM"
[history]
columns = ["VOTED"]
split = ";"
items = ['^(?P<kind>[A-Z]+) (?P<year>\\d{4}) (?P<method>[A-Z]+) ?(?P<party>[A-Z]*)$']
[[kinds]]
is = "P"
kind = "primary"
[[methods]]
is = "M"
method = "mail"
"""
VOTED = sheets.table(
    ("ID", "NAME", "PARTY", "VOTED"),
    *(("1", "Moss", "D", "P 2022 M D;Q 2020 M"), ("2", "Hill", "X", "P 2022 V X")),
    *(("3", "Lake", "D", "P 2022 V D"), ("4", "Reed", "D", "")),
)


def test_codes_in_votes_are_read_and_counted_as_those_of_people_are(tmp_path):
    """Whose primary it was is said in our words; V, Q and X are counted by votes."""
    layout = written.parse("votes", VOTES, bytes)
    snapshot = elm.imported(tmp_path, VOTED, layout=layout)
    votes = snapshot.read("ballots").to_pylist()

    parties = [one["party"] for one in votes if one["election"] == "2022 primary"]
    assert sorted(parties) == ["DEM", "DEM", "X"]
    assert snapshot.manifest.unknown_codes == {
        "party": {"X": 1},
        "election": {"Q": 1},
        "voting method": {"V": 2},
        "voted party": {"X": 1},
    }
