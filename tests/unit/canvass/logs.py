"""Events and logs that tests are made of; everything happens in Elm County."""

import json
from typing import Any

from groundgame.canvass import Entry, Event, Malformed, canonical_sha256, read
from tests.house.measure import HOUSE

CONTRACT = HOUSE / "contract"
ELM_STREET_12 = "elm-street-12"
MIDNIGHT = 1_793_998_800_000


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of one contract."""
    return json.loads((CONTRACT / name / "cases.json").read_text(encoding="utf-8"))


def device(number: int) -> str:
    """Return the id of a phone."""
    return f"0190a000-0000-7000-8000-{number:012x}"


def packet(number: int) -> str:
    """Return the id of a packet."""
    return f"00000000-0000-4000-8000-{number:012x}"


def event_id(number: int) -> str:
    """Return the id of an event."""
    return f"0190b000-0000-7000-8000-{number:012x}"


def talk(number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a conversation as a phone writes it."""
    return {
        "id": event_id(number),
        "device": device(1),
        "seq": number,
        "packet": packet(1),
        "kind": "conversation",
        "at": MIDNIGHT,
        "door": ELM_STREET_12,
        "person": "elm:E1001",
        "result": "canvassed",
        "script": "listening-00000000",
        "answers": {"support": "2"},
        "note": "",
    } | fields


def undo(number: int, of: int, **fields: Any) -> dict[str, Any]:
    """Return a withdrawal as a phone writes it."""
    return {
        "id": event_id(number),
        "device": device(1),
        "seq": number,
        "packet": packet(1),
        "kind": "withdrawal",
        "at": MIDNIGHT,
        "of": event_id(of),
    } | fields


def read_it(raw: dict[str, Any]) -> Event:
    """Return the event, with the hash that its content has."""
    event = read(raw, canonical_sha256(raw))
    assert not isinstance(event, Malformed), event.reason
    return event


def entry(raw: dict[str, Any], position: int | None = None) -> Entry:
    """Return an entry of the log."""
    return Entry(read_it(raw), position)


def entries(case: dict[str, Any]) -> list[Entry]:
    """Return the entries of a case of contract/standing."""
    return [entry(each["event"], each["position"]) for each in case["entries"]]
