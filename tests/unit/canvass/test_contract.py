"""Python keeps the contract that the phone keeps too."""

import json

import pytest

from groundgame.canvass import RESULTS, Malformed, doors, holding, read, standing
from tests.house.measure import HOUSE
from tests.unit.canvass.logs import CONTRACT, cases, entries


@pytest.mark.parametrize("case", cases("hash"), ids=lambda case: case["name"])
def test_an_event_has_the_hash_the_contract_says(case):
    """The hash is that of the canonical text, and reading gives back the event."""
    event = read(case["event"], case["sha256"])

    assert not isinstance(event, Malformed), event.reason
    assert event.as_dict() == case["event"]


@pytest.mark.parametrize("case", cases("hash"), ids=lambda case: case["name"])
def test_the_canonical_text_is_the_event(case):
    """Whoever parses the canonical text of a case has the event of the case."""
    assert json.loads(case["canonical"]) == case["event"]


@pytest.mark.parametrize("case", cases("standing"), ids=lambda case: case["name"])
def test_a_log_comes_to_what_the_contract_says(case):
    """Python and the phone agree, case by case, on all three folds."""
    log = entries(case)

    stands = sorted([*key, answer] for key, answer in standing(log).items())
    assert [event.id for event in holding(log)] == case["holding"]
    assert stands == case["standing"]
    assert doors(log) == case["doors"]


def test_the_room_carries_the_contract_as_it_is():
    """The shipped event schema is the contract's, to the byte."""
    shipped = HOUSE / "src/groundgame/canvass/event.schema.json"

    assert shipped.read_bytes() == (CONTRACT / "event.schema.json").read_bytes()


def test_the_result_codes_are_the_contract_s():
    """Same codes, same order, same meaning as in contract/results.json."""
    ours = [
        {"id": r.id, "name": r.name, "contact": r.contact, "done": r.done}
        for r in RESULTS.values()
    ]

    assert ours == json.loads((CONTRACT / "results.json").read_text())
