"""What arrived in a batch, before it is known what becomes of it.

Whatever a phone sends is readable here: an event, or the text of what is none. Nothing
in this file can refuse.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import rfc8785

from groundgame.canvass import Event, Malformed, box, read

LARGEST_SEQ = 2**53 - 1
MOST_ID = 64
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry of a batch: as it was sent, as it is kept, and what it says."""

    sent_id: Any
    """Of a box: what is written on it."""
    sent_sha256: Any
    sent: object
    """All that was sent."""
    body: str
    """The event's canonical form; where it has none, JSON in ASCII."""
    sha256: str
    """The hash of `body`: our own, whatever was claimed."""
    event: Event | None
    """What it says, if its hash is right as well."""
    said: Event | None
    """What it says, whatever hash was claimed."""
    problem: str
    packet: UUID | None
    """The packet that it says it is of, whatever it is."""
    device: UUID | None
    seq: int | None

    @property
    def entry(self) -> str:
        """All that was sent, as JSON in ASCII."""
        return json.dumps(self.sent)

    @property
    def id(self) -> str:
        """The event's id, as far as it has one that can be kept in a column."""
        sent = self.sent_id
        usable = isinstance(sent, str) and len(sent) <= MOST_ID and sent.isascii()
        return sent if usable and sent.isprintable() else ""


def arrival(entry: object, keys: Mapping[str, bytes] | None = None) -> Arrival:
    """Return what one entry of a batch holds.

    Args:
        entry: As it was sent: an event with its hash, or a box that holds both.
        keys: What opens boxes, by name.
    """
    if isinstance(entry, dict) and "box" in entry:
        return _out_of_box(entry, keys or {})
    return _plain(entry)


def _out_of_box(entry: Mapping[str, Any], keys: Mapping[str, bytes]) -> Arrival:
    """Return what a box holds, under what is written on it.

    What cannot be opened is kept as it is. What was opened counts if the box is the
    one that its sender hashed, and holds what is written on it.
    """
    inner = box.unsealed(entry, keys)
    shut = isinstance(inner, box.Shut)
    found = _plain({"event": entry} if shut else inner)
    own = hashlib.sha256(str(entry["box"]).encode(errors="replace")).hexdigest()
    if shut:
        problem = inner.reason
    elif entry.get("sha256") != own:
        problem = "the hash is not that of the box"
    elif found.event and _label(entry) != (found.event.id, found.event.packet):
        problem = "the box holds another event than is written on it"
    else:
        problem = found.problem
    return replace(
        found,
        sent_id=entry.get("id"),
        sent_sha256=entry.get("sha256"),
        sent=entry,
        event=None if problem else found.event,
        problem=problem,
        packet=found.packet or _uuid(entry.get("packet")),
    )


def _label(entry: Mapping[str, Any]) -> tuple[object, object]:
    """Return what is written on a box."""
    return entry.get("id"), entry.get("packet")


def _plain(entry: object) -> Arrival:
    """Return what an entry holds that lies open."""
    fields = entry if isinstance(entry, dict) else {}
    raw, claimed = fields.get("event"), fields.get("sha256")
    text = _canonical(raw if "event" in fields else entry)
    own = hashlib.sha256(text.encode()).hexdigest()
    found = read(raw, claimed, own)
    event = None if isinstance(found, Malformed) else found
    said = raw if isinstance(raw, dict) else {}
    return Arrival(
        sent_id=said.get("id"),
        sent_sha256=claimed,
        sent=entry,
        body=text,
        sha256=own,
        event=event,
        said=event or reread(text),
        problem=found.reason if isinstance(found, Malformed) else "",
        packet=_uuid(said.get("packet")),
        device=_uuid(said.get("device")),
        seq=_seq(said.get("seq")),
    )


def reread(body: str) -> Event | None:
    """Return the event that a kept body holds by its own hash; None: it is none."""
    try:
        own = hashlib.sha256(body.encode()).hexdigest()
        found = read(json.loads(body), own)
    except RecursionError:  # kept by a shorter way in than this one
        return None
    return None if isinstance(found, Malformed) else found


def _canonical(raw: object) -> str:
    """Return the RFC 8785 form, or plain JSON of what has none (a lone surrogate)."""
    try:
        text = rfc8785.dumps(raw).decode()  # type: ignore[arg-type]  # it refuses what it cannot write
    except (ValueError, RecursionError):
        return json.dumps(raw)
    return json.dumps(raw) if "\0" in text else text


def _uuid(sent: object) -> UUID | None:
    """Return the device or packet that something names, if it does so readably."""
    return UUID(sent) if isinstance(sent, str) and _UUID.fullmatch(sent) else None


def _seq(sent: object) -> int | None:
    """Return the sequence number that something says it has, if it can be one."""
    if not isinstance(sent, int | float) or isinstance(sent, bool):
        return None
    return int(sent) if 1 <= sent <= LARGEST_SEQ and sent == int(sent) else None
