"""Counts over the log, done by hand for one evening in Elm County."""

from importlib import import_module

import pyarrow as pa
import pytest
from hypothesis import given, settings

from groundgame.canvass import (
    Entry,
    columns,
    progress,
    standing,
    standing_answers,
)
from groundgame.tables import CONVERSATIONS, RESPONSES
from tests.property.test_log import logs
from tests.unit.canvass.logs import entry, packet, talk, undo

HANDED_OUT = pa.table(
    {
        "packet_id": [packet(1), packet(1), packet(1), packet(2), packet(3)],
        "door_id": ["d1", "d2", "d3", "d3", "d4"],
    }
)


def evening() -> list[Entry]:
    """Return five attempts at three doors, one of them taken back."""
    raws = [
        talk(1, door="d1", result="not_home", person=None, answers={}),
        talk(2, door="d1", result="canvassed", answers={"support": "2", "issue": "x"}),
        talk(3, door="d2", result="come_back", person="elm:2", answers={}),
        talk(4, door="d2", result="hostile", person="elm:2", answers={"support": "5"}),
        undo(5, of=4),
        talk(
            6, door="d3", result="refused", packet=packet(2), answers={"support": "3"}
        ),
        talk(7, door="d3", result="left_flyer", packet=packet(2), answers={}),
    ]
    return [entry(raw, position) for position, raw in enumerate(raws, start=1)]


def test_an_evening_done_by_hand():
    """Four doors handed out, three knocked on, one settled; 5 attempts, 3 contacts."""
    made = progress(HANDED_OUT, *columns(evening()))

    assert (made.doors, made.attempted, made.done) == (4, 3, 1)
    assert (made.attempts, made.contacts) == (5, 3)
    assert made.contact_rate == pytest.approx(0.6)


def test_results_come_in_the_order_of_the_form_and_unknown_ones_last():
    """What a newer phone recorded is counted too, under its own name."""
    made = progress(HANDED_OUT, *columns(evening()))

    assert list(zip(*made.by_result.to_pydict().values(), strict=True)) == [
        ("canvassed", 1),
        ("not_home", 1),
        ("refused", 1),
        ("come_back", 1),
        ("left_flyer", 1),
    ]


def test_a_person_counts_once_with_the_latest_answer():
    """elm:E1001 said 2, later 3: only the 3 is counted; what was undone is not."""
    made = progress(HANDED_OUT, *columns(evening()))

    assert made.by_answer.to_pylist() == [
        {"question": "issue", "answer": "x", "people": 1},
        {"question": "support", "answer": "3", "people": 1},
    ]


def test_each_packet_has_its_row_also_where_nothing_was_done():
    """Packet 3 is still in somebody's pocket."""
    made = progress(HANDED_OUT, *columns(evening()))

    rows = made.by_packet.to_pylist()
    assert [tuple(row.values())[1:] for row in rows] == [
        (3, 2, 3, 2),
        (1, 1, 2, 1),
        (1, 0, 0, 0),
    ]
    assert [row["packet_id"] for row in rows] == [packet(1), packet(2), packet(3)]


def test_before_the_first_knock_there_is_no_rate():
    """Nothing divided by nothing is not zero."""
    made = progress(HANDED_OUT, CONVERSATIONS.empty(), RESPONSES.empty())

    assert (made.doors, made.attempted, made.attempts) == (4, 0, 0)
    assert made.contact_rate is None
    assert made.by_answer.num_rows == 0


def test_what_the_server_does_not_have_is_not_counted():
    """Counts are made of what was received."""
    unsent = [Entry(each.event) for each in evening()]

    conversations, responses = columns(unsent)

    assert (conversations.num_rows, responses.num_rows) == (0, 0)


@settings(max_examples=50, deadline=None)
@given(logs())
def test_the_columns_stand_for_what_the_log_stands_for(entries):
    """Standing answers by columns are those of the fold, entry by entry."""
    received = [each for each in entries if each.position is not None]

    _conversations, responses = columns(received)

    rows = standing_answers(responses).to_pylist()
    assert {
        (row["person_id"], row["question"]): row["answer"] for row in rows
    } == standing(received)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("_STANDING", "position desc", "position"),
        ("_STANDING", "where person_id is not null", "where true"),
        ("_TOTALS", "filter (contact)", ""),
        ("_TOTALS", "arg_max(done, position)", "bool_or(done)"),
        ("_BY_PACKET", "full join", "join"),
        ("_BY_RESULT", "order by place", "order by attempts"),
    ],
)
def test_a_planted_bug_changes_a_count(monkeypatch, question, right, wrong):
    """Each of these is seen in an evening with one more visit to a settled door."""
    module = import_module("groundgame.canvass.progress")
    more = [
        entry(talk(8, door="d1", result="not_home", answers={}), 8),
        entry(talk(9, door="d9", person=None, answers={"support": "1"}), 9),
    ]

    def counted():
        made = progress(HANDED_OUT, *columns([*evening(), *more]))
        tables = (made.by_result, made.by_answer, made.by_packet)
        return made.done, made.contacts, [table.to_pylist() for table in tables]

    before = counted()
    text = getattr(module, question)
    assert right in text
    changed = text.replace(right, wrong)
    monkeypatch.setattr(module, question, changed)
    inner = module._BY_ANSWER.replace(text, changed)
    monkeypatch.setattr(module, "_BY_ANSWER", inner)

    assert counted() != before
