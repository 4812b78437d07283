"""Python keeps the contract that the phone keeps too."""

import json

import pytest

from groundgame.canvass import (
    RESULTS,
    Malformed,
    Script,
    access,
    doors,
    following,
    holding,
    kept,
    put,
    read,
    standing,
)
from groundgame.packet.said import Words
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


@pytest.mark.parametrize("case", cases("access"), ids=lambda case: case["name"])
def test_a_building_is_entered_as_the_contract_says(case):
    """Whatever the order in which the log is read, the same words hold."""
    log = entries(case)

    assert access(log) == access(log[::-1]) == case["access"]


SCRIPTS = cases("script")


@pytest.mark.parametrize("case", SCRIPTS["asking"], ids=lambda case: case["name"])
def test_the_questions_come_as_the_contract_says(case):
    """What is put, what is kept and what comes next, case by case."""
    script = SCRIPTS["scripts"][case["script"]]
    at = script, case["ended"], case["answers"]

    assert [question["id"] for question in put(*at)] == case["put"]
    assert kept(*at) == case["kept"]
    assert following(*at, case["passed"]) == case["next"]


@pytest.mark.parametrize("case", SCRIPTS["said"], ids=lambda case: case["name"])
def test_a_script_is_said_in_a_language_as_the_contract_says(case):
    """A walk sheet says what the phone says; a missing word is said as written."""
    said = Words(case["language"], {}).script(SCRIPTS["scripts"]["said"])
    questions = [
        {name: each[name] for name in ("id", "title", "ask")}
        | {"responses": [response["name"] for response in each["responses"]]}
        for each in said["questions"]
    ]

    assert said["opening"] == case["opening"]
    assert questions == case["questions"]
    assert said["results"] == case["results"]


def test_the_branching_script_of_the_contract_is_one_that_may_be_saved():
    """The cases are not about scripts that an organizer could never write."""
    plain = SCRIPTS["scripts"]["branching"]

    again = Script.from_dict(plain).as_dict()

    assert again["questions"] == plain["questions"]
    assert again["results"] == plain["results"]


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
