"""A row of a walk sheet as an event of the log; the same row is always the same event.

A sheet has no clock and no counter. So the paper of a packet counts as one device, and
an event's id is made of the packet, the door and the person: photographed twice, by two
people, a sheet gives the same events, which the log knows how to tell from new ones.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any
from uuid import UUID

from groundgame.packet.key import PageKey
from groundgame.packet.layout import RESULT

SPOKEN = "canvassed"
"""The result of a row in which questions are answered and no result is marked."""


def device(packet: str) -> str:
    """Return the device that the paper of a packet counts as."""
    return _uuid7("device", packet)


def event_id(packet: str, door: str, person: str | None, turn: int = 0) -> str:
    """Return the id of what was recorded on paper with somebody at a door.

    Args:
        packet: Whose paper it is.
        door: Where.
        person: With whom; None: nobody in particular.
        turn: How often somebody has decided it before, and taken that back.
    """
    who = "" if person is None else f"={person}"
    again = (str(turn),) if turn else ()
    return _uuid7("conversation", packet, door, who, *again)


def conversation(
    key: PageKey, row: Mapping[str, Any], answers: Mapping[str, str], turn: int = 0
) -> dict[str, Any]:
    """Return the event that a row stands for, as contract/event.schema.json writes it.

    Args:
        key: Of the page.
        row: As the key has it.
        answers: What is marked, by question; with 'result' among them, or without.
        turn: How often somebody has decided it before, and taken that back.
    """
    asked = {name: value for name, value in answers.items() if name != RESULT}
    return {
        "id": event_id(key.packet, row["door"], row["person"], turn),
        "device": device(key.packet),
        "seq": row["n"],
        "packet": key.packet,
        "kind": "conversation",
        "at": 0,
        "door": row["door"],
        "person": row["person"],
        "result": answers.get(RESULT, SPOKEN),
        "script": key.says["script"],
        "answers": asked,
        "note": "",
    }


def withdrawal(key: PageKey, row: Mapping[str, Any], of: str) -> dict[str, Any]:
    """Return the event that takes a conversation back: it counts no longer."""
    return {
        "id": _uuid7("withdrawal", key.packet, of),
        "device": device(key.packet),
        "seq": row["n"],
        "packet": key.packet,
        "kind": "withdrawal",
        "at": 0,
        "of": of,
    }


def _uuid7(*parts: str) -> str:
    """Return a UUID of version 7 that is made of these parts; its time is 1970."""
    whole = "\0".join(("groundgame paper", *parts)).encode()
    number = int.from_bytes(blake2b(whole, digest_size=10).digest())
    high, low = number >> 68, number & (2**62 - 1)
    return str(UUID(int=(0x7000 | high & 0xFFF) << 64 | 0x2 << 62 | low))
