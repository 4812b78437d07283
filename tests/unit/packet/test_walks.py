"""Who is behind which door, in walking order; protected people never are."""

from datetime import date
from importlib import import_module

import pyarrow as pa
import pytest

from groundgame.errors import WrongTable
from groundgame.packet import walks
from groundgame.tables import PEOPLE
from tests.unit.packet.elm import (
    ELECTION_DAY,
    WALKED,
    doors,
    elm_bundle,
    elm_walks,
    people,
    turfs,
)


def test_the_doors_come_in_walking_order():
    """The stops are the turf's doors as cut, numbered from 1 without a gap."""
    stops = elm_walks().stops

    assert stops["door_id"].to_pylist() == ["d9", "d14-2", "d14-1", "d12", "d15"]
    assert stops["position"].to_pylist() == [1, 2, 3, 4, 5]


def test_a_door_with_only_protected_people_is_left_out():
    """Fay Evans is protected: her door is counted as left out, and no gap shows it."""
    assert "d7" not in elm_walks().stops["door_id"].to_pylist()
    assert elm_walks().left_out == 1


def test_protected_and_removed_people_are_not_among_the_residents():
    """Of the three behind one door, the protected and the removed are not named."""
    behind = elm_walks().residents.to_pylist()

    assert [row["name"] for row in behind if row["door_id"] == "d9"] == ["Ivy Hill"]


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("_RESIDENTS", "not protected and"),
        ("_STOPS", "bool_or(protected) and"),
    ],
)
def test_a_planted_bug_lets_a_protected_person_show(monkeypatch, question, rule):
    """Without either rule the names or the door of Fay Evans would be in a packet."""
    room = import_module("groundgame.packet.walks")
    right = getattr(room, question)
    wrong = right.replace(rule, "" if question == "_RESIDENTS" else "false and")
    assert wrong != right

    def seen():
        made = str(elm_bundle())
        return "Evans" in made or "Hidden" in made or "'d7'" in made

    assert not seen()
    monkeypatch.setattr(room, question, wrong)
    assert seen()


@pytest.mark.parametrize(
    ("on", "age"),
    [
        pytest.param(date(2026, 3, 13), 67, id="the day before the birthday"),
        pytest.param(date(2026, 3, 14), 68, id="the birthday"),
        pytest.param(date(2026, 12, 1), 68, id="a later month, an earlier day"),
        pytest.param(date(2027, 2, 28), 68, id="the next year, an earlier month"),
        pytest.param(date(1950, 1, 1), None, id="before birth"),
        pytest.param(date(2199, 1, 1), None, id="older than anybody"),
    ],
)
def test_age_is_as_of_the_day_that_is_given(on, age):
    """Ada Adams was born on 14 March 1958."""
    made = walks(turfs("d12"), doors(), people(), on=on)

    ages = {row["name"]: row["age"] for row in made.residents.to_pylist()}
    assert ages["Ada Adams"] == age


def test_where_only_the_year_is_known_age_is_the_difference_of_years():
    """Dan Cole was born in 1999; of Eve Diaz nothing is known."""
    made = walks(turfs("d14-2", "d15"), doors(), people(), on=ELECTION_DAY)

    ages = {row["name"]: row["age"] for row in made.residents.to_pylist()}
    assert ages == {"Dan Cole": 27, "Eve Diaz": None}


def test_a_name_is_one_line_whatever_the_file_holds():
    """Empty parts and runs of blanks leave single spaces."""
    odd = people(first_name=" Ada ", middle_name="", last_name="van\n der  Elm ")

    made = walks(turfs("d15"), doors(), odd, on=ELECTION_DAY)

    assert made.residents["name"].to_pylist() == ["Ada van der Elm"]


@pytest.mark.parametrize("door", ["d200", "d-unknown"])
def test_a_door_that_has_no_place_is_refused(door):
    """A turf of another snapshot is told apart from an empty one."""
    with pytest.raises(WrongTable, match="1 doors that the snapshot does not place"):
        walks(turfs("d12", door), doors(), people(), on=ELECTION_DAY)


def test_one_turf_of_many_has_its_own_people_only():
    """Turf 2 has none of the people of turf 1."""
    both = turfs(*WALKED)
    number = pa.array([1, 1, 1, 2, 2, 2], pa.int32())
    both = both.set_column(1, both.schema.field(1), number)

    made = walks(both, doors(), people(), on=ELECTION_DAY)

    assert made.numbers == [1, 2]
    second = made.turf(2)
    assert second.stops["position"].to_pylist() == [1, 2, 3]
    assert set(second.residents["door_id"].to_pylist()) == {"d14-1", "d12", "d15"}


def test_marks_that_turn_writing_round_are_taken_out_of_names():
    """They would print the age and the party behind the name from right to left."""
    names = {"first_name": "\u202eIda", "last_name": "\u2066Moss\u200f"}
    row = people().to_pylist()[0] | names
    someone = pa.Table.from_pylist([row], schema=PEOPLE.arrow)

    walk = walks(turfs(*WALKED), doors(), someone, on=ELECTION_DAY)

    assert walk.residents["name"].to_pylist() == ["Ida Moss"]
