"""The engine finds whom a slow and obvious loop over people finds."""

import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import universe
from groundgame.errors import NoSuchElection
from groundgame.universe.about_people import Age, OneOf
from groundgame.universe.about_votes import VotedOfLast
from groundgame.universe.predicate import predicate as honest
from tests.reference import slow_universe
from tests.unit.universe import elm
from tests.unit.universe.worlds import (
    LISTS,
    as_ofs,
    fitting_rules,
    suppressions,
    worlds,
)

questions = st.tuples(worlds(), fitting_rules, as_ofs, suppressions)


def by_engine(question):
    """Return whom the engine finds, or None where it refuses."""
    world, rule, as_of, suppressed = question
    with tempfile.TemporaryDirectory() as folder:
        snapshot = elm.write(Path(folder) / "elm", *world)
        given_ids = pa.array(suppressed, pa.string())
        try:
            found, counts = (
                ask(snapshot, rule, as_of=as_of, lists=LISTS, suppressed=given_ids)
                for ask in (universe.find, universe.count)
            )
        except NoSuchElection:
            return None
    assert counts.people == found.people.num_rows
    assert counts.doors == found.doors.num_rows
    assert counts.people == counts.people_without_door + sum(
        found.doors["people"].to_pylist()
    )
    assert counts.doors_without_place == found.doors["lon"].null_count
    return sorted(found.people["person_id"].to_pylist())


def by_hand(question):
    """Return whom the loop finds, or None where it refuses."""
    world, rule, as_of, suppressed = question
    try:
        return slow_universe.wanted(rule, world, as_of, LISTS, suppressed)
    except slow_universe.NoElection:
        return None


@settings(deadline=None, max_examples=60)
@given(questions)
def test_the_engine_finds_whom_the_loop_finds(question):
    """In any small world, of any rule, on any day: the same people."""
    slow = by_hand(question)

    # The loop meets a missing election only when it comes to a person to ask about.
    if slow is not None:
        assert by_engine(question) in (slow, None if slow == [] else slow)


def _a_day_early(rule, asking):
    """A planted bug: somebody is a year older on the day after the birthday."""
    said = honest.registry[Age](rule, asking)
    return said.replace("birth_date <=", "birth_date <")


def _as_typed(rule, asking):
    """A planted bug: values are compared as they were typed."""
    said = honest.registry[OneOf](rule, asking)
    return said.replace("lower(", "(")


def _counts_one_election_twice(rule, asking):
    """A planted bug: one election more than 'the last' says."""
    more = VotedOfLast(rule.least, rule.most, rule.last + 1, rule.election)
    return honest.registry[VotedOfLast](more, asking)


@pytest.mark.parametrize(
    ("bug", "rule"),
    [
        (_a_day_early, Age(35)),
        (_as_typed, OneOf("party", ("DEM",))),
        (_counts_one_election_twice, VotedOfLast(2, 3, 3, "general")),
    ],
)
def test_a_planted_bug_is_found(bug, rule, monkeypatch):
    """With either bug in the engine, the two tell different people apart."""
    world = (elm.PEOPLE_ROWS, elm.DOOR_ROWS, elm.VOTE_ROWS)
    question = (world, rule, date(2025, 6, 1), [])
    assert by_engine(question) == by_hand(question)

    monkeypatch.setattr("groundgame.universe.ask.predicate", bug)

    assert by_engine(question) != by_hand(question)
