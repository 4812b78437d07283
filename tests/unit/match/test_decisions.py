"""Decisions about links: they are added, never changed, and what holds is a fold."""

from datetime import UTC, datetime
from itertools import permutations

import pyarrow as pa
import pytest

from groundgame import match
from groundgame.errors import BadDecision
from groundgame.tables import CANDIDATES, DECISIONS, LINKS

LINKED, OPEN, BAD = "linked row", "open row", "bad row"


def made() -> tuple[pa.Table, pa.Table]:
    """Return a row linked to ana, a row that may be ana or ben, and a refused row."""
    blank = dict.fromkeys(LINKS.names)
    links = [
        blank | {"row_id": LINKED, "line": 2, "state": "linked", "person_id": "ana"},
        blank | {"row_id": OPEN, "line": 3, "state": "review", "person_id": "ana"},
        blank | {"row_id": BAD, "line": 4, "state": "refused"},
    ]
    shown = [(LINKED, "ana", 1), (OPEN, "ana", 1), (OPEN, "ben", 2)]
    plain = {"probability": 0.5, "by": "likeness", "reasons": "same surname"}
    candidates = [
        {"row_id": row, "person_id": who, "rank": rank} | plain
        for row, who, rank in shown
    ]
    return (
        pa.Table.from_pylist(links, LINKS.arrow),
        pa.Table.from_pylist(candidates, CANDIDATES.arrow),
    )


def decided(*told):
    """Return decisions: row, person, verdict, and the minute in which each was made."""
    return [
        match.decision(
            row, who, verdict, by="cyd", at=datetime(2026, 5, 1, 9, minute, tzinfo=UTC)
        )
        for minute, (row, who, verdict) in enumerate(told)
    ]


HELD = {
    "nothing decided": ([], LINKED, "linked", "ana"),
    "undone": ([(LINKED, None, "undone")], LINKED, "review", "ana"),
    "refused": ([(LINKED, "ana", "refused")], LINKED, "unmatched", None),
    "the next is shown": ([(OPEN, "ana", "refused")], OPEN, "review", "ben"),
    "accepted": ([(OPEN, "ben", "accepted")], OPEN, "linked", "ben"),
    "nobody is left": (
        [(OPEN, "ana", "refused"), (OPEN, "ben", "refused")],
        *(OPEN, "unmatched", None),
    ),
    "accepted and undone": (
        [(OPEN, "ben", "accepted"), (OPEN, None, "undone")],
        *(OPEN, "review", "ana"),
    ),
    "another is accepted": (
        [(OPEN, "ben", "accepted"), (OPEN, "ana", "accepted")],
        *(OPEN, "linked", "ana"),
    ),
    "a mind is changed": (
        [(OPEN, "ben", "refused"), (OPEN, "ben", "accepted")],
        *(OPEN, "linked", "ben"),
    ),
    "somebody else": ([(LINKED, "dee", "accepted")], LINKED, "linked", "dee"),
    "a bad row": ([(BAD, "ana", "accepted")], BAD, "refused", None),
}
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("told", "row", "state", "person_id"), HELD.values(), ids=HELD)
def test_what_holds_in_whatever_order_decisions_arrive(told, row, state, person_id):
    """The same decisions come to the same, however they are put together."""
    links, candidates = made()

    for order in permutations(decided(*told)):
        tables = pa.concat_tables([DECISIONS.empty(), *order])
        holds = match.settle(links, candidates, tables).to_pylist()
        (one,) = [each for each in holds if each["row_id"] == row]
        assert (one["state"], one["person_id"]) == (state, person_id)
        assert len(holds) == 3


def test_a_link_says_who_decided_and_when():
    """A link by hand carries its actor and its time, and what the machine thought."""
    links, candidates = made()
    (told,) = decided((OPEN, "ben", "accepted"))

    (one,) = [
        row
        for row in match.settle(links, candidates, told).to_pylist()
        if row["row_id"] == OPEN
    ]

    assert (one["by"], one["decided_by"]) == ("by hand", "cyd")
    assert one["decided_at"] == datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    assert one["reasons"] == "same surname"


@pytest.mark.parametrize(
    ("person", "verdict", "by", "at"),
    [
        pytest.param("ana", "maybe", "cyd", NOON, id="word"),
        pytest.param(None, "accepted", "cyd", NOON, id="who"),
        pytest.param("ana", "undone", "cyd", NOON, id="undo"),
        pytest.param("ana", "accepted", " ", NOON, id="by"),
        pytest.param("ana", "accepted", "cyd", datetime(2026, 5, 1), id="zone"),  # noqa: DTZ001  # that is the fault
    ],
)  # fmt: skip
def test_a_decision_that_is_not_whole_is_refused(person, verdict, by, at):
    """Who, what, about whom and when: none may be missing."""
    with pytest.raises(BadDecision):
        match.decision("row", person, verdict, by=by, at=at)
