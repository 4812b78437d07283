"""The conversation log: take in what phones recorded.

What was recorded under a valid packet is always taken in, however late. What cannot
count is set aside with a reason, for an organizer; nothing is refused and dropped.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from groundgame.canvass import Conversation, Withdrawal
from groundgame.errors import BadBatch
from groundgame.server.actions import audit, tokens
from groundgame.server.actions.arrivals import Arrival, arrival
from groundgame.server.store.models import Claim, Event, PacketStop, Quarantine

MOST_EVENTS = 1_000
MOST_MISSING = 1_000
_UUID7 = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
Reason = Quarantine.Reason


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
class Receipts:
    """The answer to a batch: a receipt an event, in order, and what is missing."""

    receipts: list[Receipt]
    high_water: int
    missing: list[int]


def receive(*, token: str, batch: object, now: datetime | None = None) -> Receipts:
    """Keep a batch of events; once this returns they are on disk.

    Raises:
        BadToken: Nobody was given this token.
        BadBatch: It is not shaped as a batch.
    """
    claim = tokens.claim_of(token)
    device, sent = _opened(batch)
    arrivals = [arrival(entry) for entry in sent]
    with transaction.atomic(durable=True):
        audit.hold()
        intake = _Intake.of(claim, arrivals, now or timezone.now())
        receipts = [intake.take(each) for each in arrivals]
        intake.write()
        high_water, missing = _gaps(device if device in intake.devices else None)
    return Receipts(receipts, high_water, missing)


def _opened(batch: object) -> tuple[UUID, list[object]]:
    """Return the device and the entries of a batch."""
    if not isinstance(batch, dict):
        raise BadBatch("the body is not an object")
    device, events = batch.get("device"), batch.get("events")
    if not isinstance(device, str) or not _UUID7.fullmatch(device):
        raise BadBatch("'device' is not a UUID of version 7")
    if not isinstance(events, list):
        raise BadBatch("'events' is not a list")
    if len(events) > MOST_EVENTS:
        raise BadBatch(f"'events' holds {len(events):,} events")
    return UUID(device), events


@dataclass(slots=True)
class _Intake:
    """One batch on its way into the book."""

    claim: Claim
    now: datetime
    devices: frozenset[UUID]
    doors: frozenset[str]
    seen: dict[tuple[UUID, str, str], tuple[str, str]]
    """Status and reason of what is there, by packet, id and hash."""
    ids: set[str]
    """The ids that count already."""
    rows: list[Event] = field(default_factory=list)
    aside: list[Quarantine] = field(default_factory=list)

    @classmethod
    def of(cls, claim: Claim, arrivals: Sequence[Arrival], now: datetime) -> "_Intake":
        """Look up what must be known of the book before a batch is judged."""
        packet = claim.packet
        there = Event.objects.filter(
            chapter=packet.turf.cut.universe.snapshot.chapter_id,
            event__in={each.id for each in arrivals},
        ).select_related("quarantine__release")
        seen, ids = {}, set()
        for event in there:
            seen[event.packet_id, event.event, event.sha256] = _standing(event)
            if _standing(event)[0] == "repeat":
                ids.add(event.event)
        devices = packet.claims.values_list("device", flat=True)
        doors = PacketStop.objects.filter(packet=packet).values_list("door", flat=True)
        return cls(claim, now, frozenset(devices), frozenset(doors), seen, ids)

    def take(self, sent: Arrival) -> Receipt:
        """Judge one arrival, and return its receipt."""
        key = (self.claim.packet_id, sent.id, sent.sha256)
        status, says = self.seen.get(key, ("", ""))
        if not status:
            status, says = self._keep(sent)
            self.seen[key] = ("repeat", "") if status == "kept" else (status, says)
        return Receipt(sent.sent_id, sent.sent_sha256, status, says or None)

    def _keep(self, sent: Arrival) -> tuple[str, str]:
        """Put one arrival on the pile of rows; return its status and reason."""
        event = Event(
            chapter_id=self.claim.packet.turf.cut.universe.snapshot.chapter_id,
            packet_id=self.claim.packet_id,
            claim=self.claim,
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
        self.aside.append(
            Quarantine(event=event, reason=reason, says=says, entry=sent.entry)
        )
        return ("conflict" if reason is Reason.CONFLICT else "quarantined"), says

    def _objection(self, event: Conversation | Withdrawal | None) -> Reason | None:
        """Return why an event must wait for an organizer; None: it counts."""
        if event is None:
            return Reason.MALFORMED
        if event.packet != str(self.claim.packet_id):
            return Reason.PACKET
        if UUID(event.device) not in self.devices:
            return Reason.DEVICE
        if event.id in self.ids:
            return Reason.CONFLICT
        if isinstance(event, Conversation) and event.door not in self.doors:
            return Reason.DOOR
        return None

    def write(self) -> None:
        """Write the rows, in the order of arrival, and the audit link."""
        if not self.rows:
            return
        Event.objects.bulk_create(self.rows)
        Quarantine.objects.bulk_create(self.aside)
        reasons = Counter(str(each.reason) for each in self.aside)
        audit.add(
            by=f"device:{self.claim.device}",
            verb="receive events",
            subject=f"packet:{self.claim.packet_id}",
            details={
                "events": len(self.rows),
                "set_aside": dict(reasons),
                "first": self.rows[0].position,
                "last": self.rows[-1].position,
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


def _columns(event: Conversation | Withdrawal | None) -> Mapping[str, str]:
    """Return what the database must be able to ask for."""
    if isinstance(event, Conversation):
        return {"kind": "conversation", "result": event.result}
    if isinstance(event, Withdrawal):
        return {"kind": "withdrawal", "withdraws": event.of}
    return {}


def _gaps(device: UUID | None) -> tuple[int, list[int]]:
    """Return the largest sequence number of a device, and those missing below it."""
    if device is None:
        return 0, []
    of_device = Event.objects.filter(device=device, seq__isnull=False)
    found = of_device.aggregate(top=Max("seq"), kinds=Count("seq", distinct=True))
    top: int = found["top"] or 0
    missing: list[int] = []
    if top == found["kinds"]:
        return top, missing
    expected = 1
    for seq in of_device.order_by("seq").values_list("seq", flat=True):
        missing += range(expected, min(seq or 0, expected + MOST_MISSING))
        expected = max(expected, (seq or 0) + 1)
        if len(missing) >= MOST_MISSING:
            break
    return top, missing[:MOST_MISSING]
