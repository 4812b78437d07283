"""Who was tried how often and what they answered, done by hand for two days in Elm."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.canvass import Entry, answered, columns, holding, standing, tried
from groundgame.tables import ANSWERS, ATTEMPTS, CONVERSATIONS, RESPONSES
from tests.property.test_log import logs
from tests.unit.canvass.logs import MIDNIGHT, entry, talk, undo

MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)
ADA, BEN = "elm:ada", "elm:ben"


def two_days() -> list[Entry]:
    """Return five attempts; the last is taken back, and one clock says 1970."""
    raws = [
        (talk(1, door="d1", person=ADA, result="come_back", answers={}), MONDAY),
        (talk(2, door="d1", person=None, result="not_home", answers={}), MONDAY),
        (
            talk(3, door="d1", person=ADA, at=0, answers={"support": "2", "bus": "x"}),
            TUESDAY,
        ),
        (talk(4, door="d2", person=BEN, answers={"support": "5"}), MONDAY),
        (
            talk(5, door="d1", person=ADA, result="refused", answers={"support": "1"}),
            TUESDAY,
        ),
        (undo(6, of=5), TUESDAY),
    ]
    return [
        replace(entry(raw, position), received=day)
        for position, (raw, day) in enumerate(raws, start=1)
    ]


def told(entries):
    """Return attempts and answers as rows."""
    conversations, responses = columns(entries)
    tables = tried(conversations), answered(responses)
    return [[tuple(row.values()) for row in table.to_pylist()] for table in tables]


def test_two_days_done_by_hand():
    """Ada twice, her door once, Ben once; what was taken back is no attempt."""
    attempts, answers = told(two_days())

    assert attempts == [
        ("d1", None, 1, "not_home", MONDAY, 2),
        ("d1", ADA, 2, "canvassed", TUESDAY, 3),
        ("d2", BEN, 1, "canvassed", MONDAY, 4),
    ]
    assert answers == [
        (ADA, "bus", "x"),
        (ADA, "support", "2"),
        (BEN, "support", "5"),
    ]


def test_the_day_is_the_servers_and_not_the_devices():
    """Every clock at 1970, or a year ahead: the days are those of receipt."""
    clocks = (0, MIDNIGHT + 365 * 86_400_000)
    before = told(two_days())

    for at in clocks:
        moved = [
            replace(e, event=entry(e.event.as_dict() | {"at": at}).event)
            for e in two_days()
        ]
        assert told(moved) == before


def test_where_no_day_is_known_there_is_none():
    """A log from elsewhere may say only the order."""
    attempts, _answers = told(replace(each, received=None) for each in two_days())

    assert [row[4] for row in attempts] == [None, None, None]


def test_nobody_was_tried_before_the_first_knock():
    """Empty in, empty out, in the shape that a rule takes."""
    assert tried(CONVERSATIONS.empty()).schema == ATTEMPTS.arrow
    assert answered(RESPONSES.empty()).schema == ANSWERS.arrow


@settings(max_examples=60, deadline=None)
@given(logs(), st.randoms(use_true_random=False))
def test_every_conversation_is_one_attempt_in_any_order(entries, shuffler):
    """The attempts add up to what holds, and the rows do not depend on the order."""
    received = [each for each in entries if each.position is not None]
    shuffled = list(received)
    shuffler.shuffle(shuffled)

    attempts, answers = told(received)

    assert sum(row[2] for row in attempts) == len(holding(received))
    assert {(who, asked): said for who, asked, said in answers} == standing(received)
    assert told(shuffled) == [attempts, answers]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("count(*)", "count(distinct person_id)"),
        ("arg_max(result, position)", "arg_min(result, position)"),
        ("max(day)", "min(day)"),
        ("group by door_id, person_id", "group by all having person_id is not null"),
        ("from conversations", "from (from conversations limit 3)"),
    ],
)
def test_a_planted_bug_is_seen_by_hand(monkeypatch, right, wrong):
    """Each of these changes a row of the two days."""
    module = import_module("groundgame.canvass.tried")
    assert module._TRIED.count(right) == 1
    monkeypatch.setattr(module, "_TRIED", module._TRIED.replace(right, wrong))

    with pytest.raises(AssertionError):
        test_two_days_done_by_hand()


def test_a_fold_that_forgets_withdrawals_is_seen(monkeypatch):
    """The planted bug lets every conversation hold; Ada then refused."""
    module = import_module("groundgame.canvass.log")
    fired = []
    monkeypatch.setattr(module, "_undone", lambda log: fired.append(log) or set())

    with pytest.raises(AssertionError):
        test_two_days_done_by_hand()
    assert fired
