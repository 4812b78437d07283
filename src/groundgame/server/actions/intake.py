"""Put what arrived into the book: what counts, and what is set aside and why.

The same rules hold however it came, from a phone or in a rescue file.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Q

from groundgame.canvass import Access, Conversation, Withdrawal
from groundgame.canvass import Event as LogEvent
from groundgame.server.actions import audit
from groundgame.server.actions.arrivals import Arrival
from groundgame.server.store.models import (
    Claim,
    Event,
    Packet,
    PacketStop,
    Quarantine,
    Release,
    User,
)

Reason = Quarantine.Reason
_NEW = re.compile(r"new:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Who was not on the list, as the phone that met them calls them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one event. Each of the four means: safe, the phone may let go."""

    id: Any
    """As it was sent."""
    sha256: Any
    """As it was sent."""
    status: str
    """'kept', 'repeat', 'conflict' or 'quarantined'."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class Handover:
    """Who hands entries in, and for which packet."""

    packet: Packet
    """With its turf, cut, universe and snapshot."""
    claim: Claim | None
    """The phone's; None: a phone that never loaded this packet."""
    by: User | str
    verb: str
    """What the audit log calls it."""

    @property
    def chapter_id(self) -> int:
        """The chapter whose packet it is."""
        return self.packet.turf.cut.universe.snapshot.chapter_id


@dataclass(slots=True)
class Intake:
    """One batch on its way into the book."""

    handed: Handover
    now: datetime
    devices: frozenset[UUID]
    behind: frozenset[tuple[str, str | None]]
    """The doors of the packet with each who lives there, and with nobody."""
    buildings: frozenset[str]
    seen: dict[tuple[UUID, str, str], tuple[str, str]]
    """Status and reason of what is there, by packet, id and hash."""
    ids: set[str]
    """The ids that count already."""
    unproved: dict[tuple[UUID, str, str], Quarantine]
    """What waits for its shape alone, as a wrong hash has it; nobody ruled on it."""
    rows: list[Event] = field(default_factory=list)
    aside: list[Quarantine] = field(default_factory=list)
    freed: list[Release] = field(default_factory=list)

    @classmethod
    def of(cls, handed: Handover, arrivals: Sequence[Arrival], now: datetime) -> Self:
        """Look up what must be known of the book before a batch is judged."""
        packet = handed.packet
        named = Q(event__in={each.id for each in arrivals if each.id})
        unnamed = Q(event="", sha256__in=[x.sha256 for x in arrivals if not x.id])
        there = (
            Event.objects.filter(named | unnamed, chapter=handed.chapter_id)
            .select_related("quarantine__release", "quarantine__set_aside")
            .defer("body", "quarantine__entry")
        )
        seen, ids, unproved = {}, set(), {}
        for event in there:
            key = (event.packet_id, event.event, event.sha256)
            seen[key] = _standing(event)
            if _unproved(event):
                unproved[key] = event.quarantine
            if _standing(event)[0] == "repeat":
                ids.add(event.event)
        devices = packet.claims.values_list("device", flat=True)
        stops = PacketStop.objects.filter(packet=packet)
        lives = list(stops.values_list("door", "people__person", "building"))
        nobody = frozenset((door, None) for door, _, _ in lives)
        behind = nobody.union((door, person) for door, person, _ in lives)
        inside = frozenset(building for _, _, building in lives)
        known = (behind, inside, seen, ids, unproved)
        return cls(handed, now, frozenset(devices), *known)

    def take(self, sent: Arrival) -> Receipt:
        """Judge one arrival, and return its receipt."""
        key = (self.handed.packet.pk, sent.id, sent.sha256)
        status, says = self.seen.get(key, ("", ""))
        if not status:
            status, says = self._keep(sent)
            self.seen[key] = ("repeat", "") if status == "kept" else (status, says)
        elif key in self.unproved and self._objection(sent.event) is None:
            status, says = self._free(key)
        return Receipt(sent.sent_id, sent.sent_sha256, status, says or None)

    def _keep(self, sent: Arrival) -> tuple[str, str]:
        """Put one arrival on the pile of rows; return its status and reason."""
        event = Event(
            chapter_id=self.handed.chapter_id,
            packet_id=self.handed.packet.pk,
            claim=self.handed.claim,
            event=sent.id,
            sha256=sent.sha256,
            received=self.now,
            body=sent.body,
            device=sent.device if sent.device in self.devices else None,
            seq=sent.seq,
            **_columns(sent.said),
        )
        self.rows.append(event)
        reason = self._objection(sent.event)
        if reason is None:
            self.ids.add(sent.id)
            return "kept", ""
        says = sent.problem or str(reason.label)
        held = Quarantine(event=event, reason=reason, says=says, entry=sent.entry)
        self.aside.append(held)
        if reason is Reason.MALFORMED and sent.said is not None:
            self.unproved[event.packet_id, sent.id, sent.sha256] = held
        return ("conflict" if reason is Reason.CONFLICT else "quarantined"), says

    def _free(self, key: tuple[UUID, str, str]) -> tuple[str, str]:
        """Let in what came with a wrong hash, and now has come with its own."""
        held = self.unproved.pop(key)
        self.freed.append(Release(quarantine=held, at=self.now))
        self.seen[key] = ("repeat", "")
        self.ids.add(key[1])
        return "kept", ""

    def _objection(self, event: LogEvent | None) -> Reason | None:
        """Return why an event must wait for an organizer; None: it counts."""
        if event is None:
            return Reason.MALFORMED
        if event.packet != str(self.handed.packet.pk):
            return Reason.PACKET
        if UUID(event.device) not in self.devices:
            return Reason.DEVICE
        if event.id in self.ids:
            return Reason.CONFLICT
        return None if self._within(event) else Reason.DOOR

    def _within(self, event: LogEvent) -> bool:
        """Return whether what an event is about is in the packet."""
        if isinstance(event, Access):
            return event.building in self.buildings
        return not isinstance(event, Conversation) or self._lives(event)

    def _lives(self, event: Conversation) -> bool:
        """Return whether somebody is behind this door, or was found there."""
        found = event.added is not None and _NEW.fullmatch(event.person or "")
        return (event.door, None if found else event.person) in self.behind

    def write(self) -> None:
        """Write the rows, in the order of arrival, and the audit link."""
        if not self.rows and not self.freed:
            return
        Event.objects.bulk_create(self.rows)
        Quarantine.objects.bulk_create(self.aside)
        Release.objects.bulk_create(self.freed)
        reasons = Counter(str(each.reason) for each in self.aside)
        audit.add(
            by=self.handed.by,
            verb=self.handed.verb,
            subject=f"packet:{self.handed.packet.pk}",
            details={
                "events": len(self.rows),
                "set_aside": dict(reasons),
                "let_in": [each.quarantine.event_id for each in self.freed],
                "first": self.rows[0].position if self.rows else None,
                "last": self.rows[-1].position if self.rows else None,
            },
            at=self.now,
        )


def _standing(event: Event) -> tuple[str, str]:
    """Return the status and reason that a repeat of a row is answered with."""
    aside = getattr(event, "quarantine", None)
    if aside is None or hasattr(aside, "release"):
        return "repeat", ""
    conflict = aside.reason == Reason.CONFLICT
    return ("conflict" if conflict else "quarantined"), aside.says


def _unproved(event: Event) -> bool:
    """Return whether a row waits for its shape, and nobody has ruled on it."""
    aside = getattr(event, "quarantine", None)
    if aside is None or aside.reason != Reason.MALFORMED:
        return False
    return not (hasattr(aside, "release") or hasattr(aside, "set_aside"))


def _columns(event: LogEvent | None) -> Mapping[str, str]:
    """Return what the database must be able to ask for."""
    if isinstance(event, Conversation):
        told = {"result": event.result, "place": event.door}
        return {"kind": "conversation"} | told
    if isinstance(event, Withdrawal):
        return {"kind": "withdrawal", "withdraws": event.of}
    if isinstance(event, Access):
        return {"kind": "access", "place": event.building}
    return {} if event is None else {"kind": "shift"}
