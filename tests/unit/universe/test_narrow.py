"""Short ways to an answer: few rows looked up, pieces shared, blocks passed over."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import universe
from groundgame.universe import narrow, tally
from groundgame.universe.electorate import dice
from groundgame.universe.electorate.index import Days
from groundgame.universe.electorate.spots import Blocks, Spots
from groundgame.universe.predicate import either
from groundgame.values import Seed
from tests.unit.universe import elm
from tests.unit.universe.test_ask import LISTS

RULES = (
    'on list "members"',
    'on list "knocked"',
    'on list "members" and status = removed',
    'on list "members" and on list "mixed"',
    'on list "mixed" and party = DEM',
    'on list "knocked" and not on list "members"',
    'not on list "mixed" and a door where somebody is party = DEM',
    "a building where at least 2 are (age > 20)",
    "random 100% of doors seed 1",
    "random 50% of doors seed 1 and random 50% of people seed 2",
    "registered since 2015",
    "registered before 2016 and status = removed",
    "registered since 2010 and registered before 2020",
    'registered between 2010 and 2020 and not on list "members"',
    "registered since 2010 and party = DEM",
    "registered since 2024-01-01 and registered before 2024-01-02",
    "not registered since 2024-01-02 and party = DEM",
)


def answers(snapshot):
    """Return who is found by each rule, and how many are counted."""
    told = universe.Given(lists=LISTS, suppressed=pa.array(["elm:cyd"]))
    asked = {"as_of": elm.AS_OF, "given": told}
    found = {}
    for text in RULES:
        rule = universe.parse(text)
        counts = universe.count(snapshot, rule, **asked)
        people = universe.find(snapshot, rule, **asked).people
        assert counts.people == people.num_rows
        found[text] = (elm.names(people), counts)
    return found


@pytest.mark.parametrize("few", [0, 10**9], ids=["looked up", "read past"])
def test_few_rows_looked_up_are_those_that_are_read_past(snapshot, monkeypatch, few):
    """However few is called few, and in whatever pieces: the answer is the same."""
    expected = answers(snapshot)
    monkeypatch.setattr(narrow, "_FEW", few)
    monkeypatch.setattr(narrow, "_PIECE", 2)
    monkeypatch.setattr(tally, "_STEP", 1)
    monkeypatch.setattr(tally, "_PIECE", 2)

    assert answers(snapshot) == expected


def test_a_status_that_is_not_looked_at_is_caught(snapshot, monkeypatch):
    """With what the rule says of status forgotten, few rows looked up are too many."""
    monkeypatch.setattr(narrow, "_FEW", 0)
    rule = universe.parse('on list "members" and status = inactive')
    asked = {"as_of": elm.AS_OF, "given": universe.Given(lists=LISTS)}
    honest = universe.count(snapshot, rule, **asked)

    monkeypatch.setattr(
        "groundgame.universe.question.Question._status",
        lambda self, _: np.ones(len(self.electorate.words("status")) + 1, np.bool_),
    )

    assert honest.people < universe.count(snapshot, rule, **asked).people


def test_many_days_and_few_on_a_list_are_both_asked_for(tmp_path, monkeypatch):
    """Ana is on the list and registered too early: few are looked up, without her."""
    early, late = {"registered": date(1990, 1, 1)}, {"registered": date(2020, 1, 1)}
    people = [
        row | (early if row["person_id"] == "elm:ana" else late)
        for row in elm.PEOPLE_ROWS
    ]
    snapshot = elm.write(tmp_path / "elm", people)
    rule = universe.parse('registered since 2000 and on list "members"')
    asked = {"as_of": elm.AS_OF, "given": universe.Given(lists=LISTS)}

    for few in (0, 3, 10**9):
        monkeypatch.setattr(narrow, "_FEW", few)
        found = universe.find(snapshot, rule, **asked).people
        assert elm.names(found) == "gus", few


def test_an_index_of_days_that_takes_one_more_is_caught(snapshot, monkeypatch):
    """With the day before which somebody registered taken in, one too many is found."""
    rule = universe.parse("registered before 2024-01-01")
    monkeypatch.setattr(narrow, "_FEW", 0)
    honest = universe.count(snapshot, rule, as_of=elm.AS_OF)
    right = Days.between

    def wrong(self, since, before):
        return right(self, since, before + timedelta(1))

    monkeypatch.setattr(Days, "between", wrong)

    assert universe.count(snapshot, rule, as_of=elm.AS_OF).people == honest.people + 1


def test_throws_in_threads_are_the_same_throws():
    """A state's doors are thrown for in pieces, side by side, like one by one."""
    numbers = np.arange(dice._MANY + 5, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)

    at_once = dice.throws(numbers, "doors", Seed(3))
    alone = [dice.throws(numbers[n : n + 999], "doors", Seed(3)) for n in (0, 200_000)]

    assert at_once[:999].tolist() == alone[0].tolist()
    assert at_once[200_000:200_999].tolist() == alone[1].tolist()


DOORS = 5000
CHANCE = Seed(8).stream("test.spots")
LON = np.sort(CHANCE.random(DOORS)) * 4 - 2  # doors of one street stand together
LAT = CHANCE.random(DOORS)
LON[::50], LAT[::75] = np.nan, np.nan
PLACES = pa.table(
    {"lon": pa.array(LON, from_pandas=True), "lat": pa.array(LAT, from_pandas=True)}
)
sides = st.tuples(st.floats(-2, 2), st.floats(-2, 2)).map(sorted)


def inside(box):
    """Return the numbers of doors in a box, by a look at every one."""
    west, south, east, north = box
    lon, lat = LON, LAT
    held = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return (np.flatnonzero(held) + 1).tolist()


@settings(deadline=None)
@given(sides, sides)
def test_blocks_hold_all_doors_of_a_box(wide, high):
    """To pass over blocks of doors loses none that lies in the box."""
    box = (wide[0], high[0], wide[1], high[1])

    spots = Blocks.of(LON, LAT).within(PLACES, box)

    assert spots.door_no.tolist() == inside(box)


def test_a_block_that_is_drawn_too_small_is_caught():
    """With the eastern side of each block lost, the look at every door differs."""
    box = (0.5, 0.0, 1.0, 1.0)
    boxes = Blocks.of(LON, LAT).boxes.copy()
    boxes[:, 2] = boxes[:, 0]
    spots: Spots = Blocks(boxes).within(PLACES, box)

    assert spots.door_no.tolist() != inside(box)
    assert Blocks.of(LON[:0], LAT[:0]).within(PLACES[:0], box).door_no.tolist() == []


@pytest.mark.parametrize(
    ("parts", "test"),
    [
        (
            ["(county = 3)", "(county in (5, 9))"],
            "((county = 3) or (county in (5, 9)))",
        ),
        (
            ["(county = 3)", "(party = 1)"],
            "(((county = 3)::utinyint | (party = 1)::utinyint) = 1)",
        ),
        (["(k0 = 1)", "true"], "(((k0 = 1)::utinyint | true::utinyint) = 1)"),
    ],
)
def test_one_column_keeps_its_blocks_and_several_are_joined_whole(parts, test):
    """Of one column, blocks of rows can be passed over; of several, none can."""
    assert either(parts) == test
