"""The conversations of a cut that hold, with what the book knows of each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from groundgame.canvass import Conversation, Entry, holding, is_contact
from groundgame.server.actions.log import UNKNOWN_PHONE, counted, event_of
from groundgame.server.store.models import Claim, Cut, Packet

Asked = Mapping[str, Mapping[str, Any]]
"""Scripts in their bundle form, by their version."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that holds: what was said, and when and by whom it came in."""

    said: Conversation
    position: int
    received: datetime
    packet: UUID
    turf: int
    """The turf's id."""
    canvasser: str
    input: str
    """How it came in: 'Phone' or 'Paper'."""
    phone: bool
    """Whether it was written down at the door."""
    contact: bool
    """Whether somebody was spoken with, as its script means the result."""


@dataclass(slots=True)
class Walked:
    """How far one turf is."""

    doors: set[str]
    attempts: int = 0
    contacts: int = 0


def talks(cut: Cut, asked: Asked | None = None) -> list[Talk]:
    """Return the conversations of a cut that hold, oldest first. Two queries at most.

    Args:
        cut: Which.
        asked: Its scripts, where they were read already.
    """
    rows = (
        counted()
        .filter(packet__turf__cut=cut)
        .order_by("position")
        .values_list(
            "position",
            "body",
            "received",
            "packet_id",
            "packet__turf_id",
            "claim__name",
            "claim__input",
            F("event"),
        )
    )
    known = {row[7]: row for row in rows}
    log = [Entry(event_of(row[1]), row[0]) for row in known.values()]
    meant = scripts(cut) if asked is None else asked
    return [_talk(said, known[said.id], meant) for said in holding(log)]


def scripts(cut: Cut) -> dict[str, dict[str, Any]]:
    """Return the scripts that a cut was walked with, by their version. One query."""
    packets = Packet.objects.filter(turf__cut=cut).order_by("at")
    found: dict[str, dict[str, Any]] = {}
    for version, script, others in packets.values_list(
        "script_version", "script", "scripts"
    ):
        found |= {version: script} | {each["id"]: each for each in others}
    return found


def by_turf(found: list[Talk]) -> dict[int, Walked]:
    """Count by turf."""
    walked: dict[int, Walked] = defaultdict(lambda: Walked(set()))
    for talk in found:
        turf = walked[talk.turf]
        turf.doors.add(talk.said.door)
        turf.attempts += 1
        turf.contacts += talk.contact
    return walked


def _talk(
    said: Conversation,
    row: tuple[int, str, datetime, UUID, int, str | None, str | None, str],
    asked: Asked,
) -> Talk:
    """Return a conversation with its row."""
    position, _, received, packet, turf, canvasser, how, _ = row
    came = str(Claim.Input(how or Claim.Input.PHONE).label)
    contact = is_contact(asked.get(said.script, {}), said.result)
    who = canvasser or UNKNOWN_PHONE
    phone = how != Claim.Input.PAPER
    return Talk(said, position, received, packet, turf, who, came, phone, contact)
