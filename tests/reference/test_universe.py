"""The engine finds whom a slow and obvious loop over people finds."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import universe
from groundgame.errors import NoSuchElection
from groundgame.universe import (
    ask,
    asking,
    parse,
    where_draws,
    where_given,
    where_homes,
    where_people,
    where_places,
    where_results,
)
from groundgame.universe.about_days import Born, LastTried
from groundgame.universe.about_draws import Draw
from groundgame.universe.about_given import InUniverse, Scored, Since
from groundgame.universe.about_households import AtHome, BuildingOf
from groundgame.universe.about_people import Age, Measured, OneOf
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.about_steps import Steps
from groundgame.universe.about_votes import How, VotedIn, VotedOfLast
from groundgame.universe.asking import predicate
from groundgame.universe.rule import Everyone
from groundgame.universe.span import Span
from groundgame.values import Seed
from tests.reference import slow_universe
from tests.reference.slow_person import NoElection
from tests.unit.universe.worlds import (
    DISTRICTS,
    GIVEN,
    as_ofs,
    fitting_rules,
    of_given,
    of_people,
    of_places,
    of_votes,
    suppressions,
    town,
    worlds,
    write,
)


def names(found):
    """Return the ids of those who were found."""
    return sorted(found.people["person_id"].to_pylist())


def by_engine(snapshot, rule, as_of, suppressed):
    """Return whom the engine finds, or None; its three questions agree."""
    asked = replace(GIVEN, suppressed=pa.array(suppressed, pa.string()))
    try:
        found, counts, explained = (
            question(snapshot, rule, as_of=as_of, given=asked)
            for question in (universe.find, universe.count, universe.explain)
        )
    except NoSuchElection:
        return None
    assert counts.people == found.people.num_rows == explained.wanted
    assert counts.doors == found.doors.num_rows
    behind_doors = sum(found.doors["people"].to_pylist())
    assert counts.people == counts.people_without_door + behind_doors
    assert counts.doors_without_place == found.doors["lon"].null_count
    return names(found)


def by_hand(world, rule, as_of, suppressed):
    """Return whom the loop finds, or None where it refuses."""
    try:
        return slow_universe.wanted(rule, world, as_of, GIVEN, suppressed, DISTRICTS)
    except NoElection:
        return None


def agree(world, rules, as_of, suppressed):
    """Hold the engine against the loop, rule by rule, in one world."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = write(Path(folder) / "elm", world)
        for rule in rules:
            slow = by_hand(world, rule, as_of, suppressed)
            # The loop meets a missing election only when somebody is asked about it.
            if slow is not None:
                quick = by_engine(snapshot, rule, as_of, suppressed)
                assert quick in (slow, None if slow == [] else slow), rule.text()


@settings(deadline=None, max_examples=12)
@given(worlds(), st.lists(fitting_rules, min_size=8, max_size=8), as_ofs, suppressions)
def test_the_engine_finds_whom_the_loop_finds(world, rules, as_of, suppressed):
    """In any small world, of any rule, on any day: the same people."""
    agree(world, rules, as_of, suppressed)


@settings(deadline=None, max_examples=10)
@given(
    worlds(),
    st.tuples(*(kind for kind in (of_people, of_votes, of_places, of_given) * 5)),
    as_ofs,
    suppressions,
)
def test_each_condition_finds_whom_the_loop_finds(world, rules, as_of, suppressed):
    """Every kind of condition alone, not only those that a random tree has."""
    agree(world, rules, as_of, suppressed)


TOWN = town()


@pytest.fixture(scope="module")
def the_town(tmp_path_factory):
    """Sixty people, laid out once."""
    return write(tmp_path_factory.mktemp("town") / "town", TOWN)


def replaced(kind, bug):
    """Plant a bug in the condition of one kind of rule: it is asked as another."""
    honest = predicate.dispatch(kind)
    return _asked_so(kind, lambda rule, asking: honest(bug(rule), asking))


def _asked_so(kind, instead_of_it):
    """Ask rules of one kind by a bug, wherever they stand."""

    def bugged(rule, asking):
        asked = instead_of_it if type(rule) is kind else predicate.dispatch(type(rule))
        return asked(rule, asking)

    def plant(monkeypatch):
        for module in (asking, ask):
            monkeypatch.setattr(module, "predicate", bugged)

    return plant


def said(kind, one, other):
    """Plant a bug in the text of a condition."""
    honest = predicate.dispatch(kind)
    return _asked_so(kind, lambda *asked: honest(*asked).replace(one, other))


def instead(module, name, bug):
    """Plant a bug in a function of a module; it is given the honest one first."""
    honest = getattr(module, name)

    def plant(monkeypatch):
        monkeypatch.setattr(module, name, lambda *given: bug(honest, *given))

    return plant


def _no_doors(honest, column, where, given):
    """A planted bug: what was tried at doors is forgotten."""
    return honest(column, where, given if column == "person_id" else given[:0])


def _whoever_has_no_door_moved(honest, then, rows, asking):
    """A planted bug: no door then, and one now, is taken for a move."""
    before = asking.electorate.door_nos_of(then["door_id"].fill_null(""))
    return before != asking.electorate.numbers("door_no")[rows]


ADDED = parse('start with party = DEM, add on list "members", remove precinct = 1')
DEMS = parse("party = DEM")
HOW = How(method="mail")
BUGS = [
    (Age(35), said(Age, "born <=", "born <")),
    (DEMS, replaced(OneOf, lambda rule: OneOf(rule.column, ("zz",)))),
    (Born(date(2000, 1, 1)), said(Born, "born >=", "born >")),
    (Born(None, date(2000, 1, 1)), said(Born, "born <", "born <=")),
    (
        Measured("race", Span(7.5, 30.0)),
        instead(where_people, "_number", lambda *_: 12),
    ),
    (
        VotedOfLast(1, 1, 1, "general"),
        replaced(VotedOfLast, lambda rule: replace(rule, last=rule.last + 1)),
    ),
    (VotedIn(2024, "general", HOW), replaced(VotedIn, lambda r: replace(r, how=How()))),
    (Near(112_000.0, 0, 0), replaced(Near, lambda rule: replace(rule, meters=1.6e5))),
    (InArea("ring"), replaced(InArea, lambda _: InArea("square"))),
    (
        InDistrict(("ocd-division/x",)),
        instead(
            where_places,
            "_district",
            lambda honest, row, asked: honest({**row, "county": None}, asked),
        ),
    ),
    (AtHome("door", (DEMS,), 3), replaced(AtHome, lambda rule: replace(rule, least=2))),
    (
        AtHome("door", (DEMS,), 3),
        replaced(AtHome, lambda r: replace(r, home="building")),
    ),
    (
        AtHome("door", (Everyone(),), 6),
        instead(where_homes, "wanted", lambda _, rule, asked: predicate(rule, asked)),
    ),
    (BuildingOf(2), said(BuildingOf, ">= 2", "> 2")),
    (
        Draw(1, "people", Seed(1), None, (Everyone(),)),
        instead(where_draws, "_lowest", lambda h, d, s, n: h(d, s, n + 1)),
    ),
    (
        Draw(1, "doors", Seed(1), "party", (Everyone(),)),
        instead(
            where_draws,
            "_strata",
            lambda honest, _, electorate: honest(None, electorate),
        ),
    ),
    (ADDED, replaced(Steps, lambda rule: replace(rule, verbs=("add", "narrow to")))),
    (
        InUniverse("dems"),
        instead(where_given, "wanted", lambda _, rule, __: f"({rule.column} <> 0)"),
    ),
    (Scored("turnout", Span(high=30.0)), replaced(Scored, lambda r: Scored(r.name))),
    (
        Since("moved", "then"),
        instead(where_given, "_moved", _whoever_has_no_door_moved),
    ),
    (Since("changed_party", "then"), replaced(Since, lambda _: Since("moved", "then"))),
    (
        Answered("support", ("lean",)),
        replaced(Answered, lambda r: Answered(r.question)),
    ),
    (Tried(1), instead(where_results, "_by", _no_doors)),
    (LastTried(date(2025, 4, 1)), instead(where_results, "_by", _no_doors)),
    (LastResult(("lit dropped",)), instead(where_results, "_by", _no_doors)),
    (LastResult(("not home",)), instead(where_results, "_code", lambda _, one: one)),
]


@pytest.mark.parametrize(("rule", "plant"), BUGS, ids=lambda one: type(one).__name__)
def test_a_planted_bug_is_found(rule, plant, the_town, monkeypatch):
    """The town tells each of these bugs from the honest engine, which agrees."""
    asked = (rule, date(2025, 6, 1), ["elm:p5"])
    slow = by_hand(TOWN, *asked)
    assert by_engine(the_town, *asked) == slow

    plant(monkeypatch)
    _, as_of, out = asked
    given = replace(GIVEN, suppressed=pa.array(out))

    assert names(universe.find(the_town, rule, as_of=as_of, given=given)) != slow
