"""Pairs of one list: what people decide about them, and who is then one person."""

from datetime import UTC, datetime
from itertools import permutations

import pyarrow as pa
import pytest

from groundgame import match
from groundgame.match import pairs as room
from groundgame.tables import DECISIONS, PAIRS

ROWS = pa.table({"row_id": ["ada", "ben", "cleo", "dora"], "line": [2, 3, 4, 5]})
FOUND = {
    "ada-ben": ("ada", "ben", "same"),
    "ben-cleo": ("ben", "cleo", "same"),
    "ada-cleo": ("ada", "cleo", "review"),
    "cleo-dora": ("cleo", "dora", "review"),
}


def found():
    """Return PAIRS: ada is ben, ben is cleo, and two pairs are unsure."""
    plain = dict.fromkeys(PAIRS.names) | {"probability": 0.5, "reasons": "same phone"}
    rows = [
        plain | {"pair": pair, "row_id": row, "other_id": other, "state": state}
        for pair, (row, other, state) in FOUND.items()
    ]
    return pa.Table.from_pylist(rows, PAIRS.arrow)


def decided(*told):
    """Return decisions, a minute apart: the pair, and the verdict."""
    return [
        match.decision(
            pair,
            None if verdict == "undone" else FOUND[pair][1],
            verdict,
            by="cyd",
            at=datetime(2026, 5, 1, 9, minute, tzinfo=UTC),
        )
        for minute, (pair, verdict) in enumerate(told)
    ]


def groups(pairs):
    """Return who is together with whom, in the order of the list."""
    clusters = match.clusters(ROWS, pairs).to_pylist()
    names = {row["cluster"] for row in clusters}
    return sorted(
        " ".join(row["row_id"] for row in clusters if row["cluster"] == name)
        for name in names
    )


HELD = {
    "nothing decided": ([], ["ada ben cleo", "dora"]),
    "joined": ([("cleo-dora", "accepted")], ["ada ben cleo dora"]),
    "joined and undone": (
        [("cleo-dora", "accepted"), ("cleo-dora", "undone")],
        ["ada ben cleo", "dora"],
    ),
    "told apart": ([("ben-cleo", "refused")], ["ada ben", "cleo", "dora"]),
    "a sure pair undone": ([("ben-cleo", "undone")], ["ada ben", "cleo", "dora"]),
    "a mind changed": (
        [("ben-cleo", "refused"), ("ben-cleo", "accepted")],
        ["ada ben cleo", "dora"],
    ),
    "apart, though a chain joins them": (
        [("ada-cleo", "refused")],
        ["ada", "ben", "cleo", "dora"],
    ),
    "a chain of which one pair was looked at": (
        [("ada-ben", "accepted"), ("ada-cleo", "refused")],
        ["ada ben", "cleo", "dora"],
    ),
}


@pytest.mark.parametrize(("told", "people"), HELD.values(), ids=HELD)
def test_what_holds_in_whatever_order_decisions_arrive(told, people):
    """The same decisions come to the same people, however they are put together."""
    for order in permutations(decided(*told)):
        table = pa.concat_tables([DECISIONS.empty(), *order])
        assert groups(match.settle_pairs(found(), table)) == people


def test_what_a_chain_joined_in_vain_is_for_review():
    """Nothing falls silently: pairs that are not believed any more are asked."""
    (told,) = decided(("ada-cleo", "refused"))

    states = match.settle_pairs(found(), told).to_pylist()

    assert {row["pair"]: row["state"] for row in states} == {
        "ada-ben": "review",
        "ben-cleo": "review",
        "ada-cleo": "apart",
        "cleo-dora": "review",
    }
    (one,) = [row for row in states if row["pair"] == "ada-cleo"]
    assert (one["decided_by"], one["decided_at"].minute) == ("cyd", 0)


def test_a_chain_that_overrules_people_is_found(monkeypatch):
    """Planted: nobody looks whether a chain joins two whom people told apart."""
    fired = []

    def trusting(held):
        fired.append(held)
        return held

    monkeypatch.setattr(room, "_without_contradiction", trusting)
    told, people = HELD["apart, though a chain joins them"]

    (table,) = decided(*told)
    assert groups(match.settle_pairs(found(), table)) != people
    assert fired


def test_decisions_about_other_pairs_change_nothing():
    """Decisions about links, or of another list, are not about these pairs."""
    other = match.decision(
        "ada", "elm:1", "refused", by="cyd", at=datetime(2026, 5, 1, tzinfo=UTC)
    )

    assert match.settle_pairs(found(), other).equals(found())
