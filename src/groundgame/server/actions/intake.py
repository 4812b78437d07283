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

from django.db.models import Q, QuerySet

from groundgame.canvass import Access, Conversation, Withdrawal
from groundgame.canvass import Event as LogEvent
from groundgame.server.actions import audit
from groundgame.server.actions.arrivals import Arrival
from groundgame.server.store.insert import insert
from groundgame.server.store.models import (
    AuditLink,
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


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one packet, and who hands them in."""

    handed: Handover
    arrivals: Sequence[Arrival]
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of some batches, and learns as they are judged in turn."""

    devices: frozenset[tuple[UUID, UUID]]
    """Packets, each with who loaded it."""
    behind: frozenset[tuple[UUID, str, str | None]]
    """Packets, each with its doors, and who lives there or nobody."""
    buildings: frozenset[tuple[UUID, str]]
    seen: dict[tuple[UUID, str, str], tuple[str, str]]
    """Status and reason of what is there, by packet, id and hash."""
    ids: set[tuple[int, str]]
    """The ids that count already, each with its chapter."""
    unproved: dict[tuple[UUID, str, str], Quarantine]
    """What waits for its shape alone, as a wrong hash has it; nobody ruled on it."""

    @classmethod
    def of(cls, batches: Sequence[Batch]) -> Self:
        """Look it up. Three queries, however many batches there are."""
        packets = {each.handed.packet.pk for each in batches}
        arrivals = [each for batch in batches for each in batch.arrivals]
        seen, ids, unproved = {}, set(), {}
        for event in _there({each.handed.chapter_id for each in batches}, arrivals):
            key = (event.packet_id, event.event, event.sha256)
            seen[key] = _standing(event)
            if _unproved(event):
                unproved[key] = event.quarantine
            if _standing(event)[0] == "repeat":
                ids.add((event.chapter_id, event.event))
        loaded = Claim.objects.filter(packet__in=packets)
        places = {_place(each.event) for each in arrivals}
        stops = PacketStop.objects.filter(
            Q(door__in=places) | Q(building__in=places), packet__in=packets
        ).order_by()
        lives = list(stops.values_list("packet", "door", "people__person", "building"))
        nobody = frozenset((packet, door, None) for packet, door, _, _ in lives)
        return cls(
            frozenset(loaded.values_list("packet", "device")),
            nobody.union((packet, door, person) for packet, door, person, _ in lives),
            frozenset((packet, building) for packet, _, _, building in lives),
            *(seen, ids, unproved),
        )


@dataclass(slots=True)
class Intake:
    """One batch on its way into the book."""

    handed: Handover
    now: datetime
    known: Known
    rows: list[Event] = field(default_factory=list)
    aside: list[Quarantine] = field(default_factory=list)
    freed: list[Release] = field(default_factory=list)

    def take(self, sent: Arrival) -> Receipt:
        """Judge one arrival, and return its receipt."""
        key = (self.handed.packet.pk, sent.id, sent.sha256)
        status, says = self.known.seen.get(key, ("", ""))
        if not status:
            status, says = self._keep(sent)
            self.known.seen[key] = (
                ("repeat", "") if status == "kept" else (status, says)
            )
        elif key in self.known.unproved and self._objection(sent.event) is None:
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
            device=sent.device if self._loaded(sent.device) else None,
            seq=sent.seq,
            **_columns(sent.said),
        )
        self.rows.append(event)
        reason = self._objection(sent.event)
        if reason is None:
            self.known.ids.add((self.handed.chapter_id, sent.id))
            return "kept", ""
        says = sent.problem or str(reason.label)
        held = Quarantine(event=event, reason=reason, says=says, entry=sent.entry)
        self.aside.append(held)
        if reason is Reason.MALFORMED and sent.said is not None:
            self.known.unproved[event.packet_id, sent.id, sent.sha256] = held
        return ("conflict" if reason is Reason.CONFLICT else "quarantined"), says

    def _free(self, key: tuple[UUID, str, str]) -> tuple[str, str]:
        """Let in what came with a wrong hash, and now has come with its own."""
        held = self.known.unproved.pop(key)
        self.freed.append(Release(quarantine=held, at=self.now))
        self.known.seen[key] = ("repeat", "")
        self.known.ids.add((self.handed.chapter_id, key[1]))
        return "kept", ""

    def _objection(self, event: LogEvent | None) -> Reason | None:
        """Return why an event must wait for an organizer; None: it counts."""
        if event is None:
            return Reason.MALFORMED
        if event.packet != str(self.handed.packet.pk):
            return Reason.PACKET
        if not self._loaded(UUID(event.device)):
            return Reason.DEVICE
        if (self.handed.chapter_id, event.id) in self.known.ids:
            return Reason.CONFLICT
        return None if self._within(event) else Reason.DOOR

    def _loaded(self, device: UUID | None) -> bool:
        """Return whether a device has loaded the packet."""
        return (self.handed.packet.pk, device) in self.known.devices

    def _within(self, event: LogEvent) -> bool:
        """Return whether what an event is about is in the packet."""
        if isinstance(event, Access):
            return (self.handed.packet.pk, event.building) in self.known.buildings
        return not isinstance(event, Conversation) or self._lives(event)

    def _lives(self, event: Conversation) -> bool:
        """Return whether somebody is behind this door, or was found there."""
        found = event.added is not None and _NEW.fullmatch(event.person or "")
        person = None if found else event.person
        return (self.handed.packet.pk, event.door, person) in self.known.behind

    def link(self) -> AuditLink:
        """Return what the audit log says of it."""
        reasons = Counter(str(each.reason) for each in self.aside)
        return audit.link(
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


def take_in(batches: Sequence[Batch], known: Known) -> list[list[Receipt]]:
    """Judge some batches in turn, and write what is new of them.

    Call it in a transaction that holds the audit chain.
    """
    intakes = [Intake(each.handed, each.at, known) for each in batches]
    receipts = [
        [intake.take(each) for each in batch.arrivals]
        for intake, batch in zip(intakes, batches, strict=True)
    ]
    write([each for each in intakes if each.rows or each.freed])
    return receipts


def write(intakes: Sequence[Intake]) -> None:
    """Write the rows, in the order of arrival, and a link of the audit log for each."""
    insert([row for each in intakes for row in each.rows])
    Quarantine.objects.bulk_create([row for each in intakes for row in each.aside])
    Release.objects.bulk_create([row for each in intakes for row in each.freed])
    audit.append([each.link() for each in intakes])


def _there(chapters: set[int], arrivals: Sequence[Arrival]) -> QuerySet[Event]:
    """Return what the book may have of some arrivals already."""
    wanted = Q(event__in={each.id for each in arrivals if each.id})
    if unnamed := [each.sha256 for each in arrivals if not each.id]:
        wanted |= Q(event="", sha256__in=unnamed)
    return (
        Event.objects.filter(wanted, chapter__in=chapters)
        .select_related("quarantine__release", "quarantine__set_aside")
        .defer("body", "quarantine__entry")
    )


def _place(event: LogEvent | None) -> str:
    """Return the door or building that an event is about, if it is about one."""
    if isinstance(event, Access):
        return event.building
    return event.door if isinstance(event, Conversation) else ""


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
