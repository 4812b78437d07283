"""The conversation log: take in what phones recorded.

What was recorded under a valid packet is always taken in, however late. What cannot
count is set aside with a reason, for an organizer; nothing is refused and dropped.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from groundgame.errors import BadBatch
from groundgame.server.actions import audit, seals, tokens
from groundgame.server.actions.arrivals import Arrival, arrival
from groundgame.server.actions.intake import Handover, Intake, Receipt
from groundgame.server.actions.together import Line
from groundgame.server.store.models import Claim, Event

MOST_EVENTS = 1_000
MOST_MISSING = 1_000
_UUID7 = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)


@dataclass(frozen=True, slots=True)
class Receipts:
    """The answer to a batch: a receipt an event, in order, and what is missing."""

    receipts: list[Receipt]
    high_water: int
    missing: list[int]
    time: int
    """The server's clock: milliseconds since 1970."""


_LINE = Line[Receipts](audit.hold)
"""Batches of this process that wait for the disk."""


def receive(*, token: str, batch: object, now: datetime | None = None) -> Receipts:
    """Keep a batch of events; once this returns they are on disk.

    Raises:
        BadToken: Nobody was given this token.
        BadBatch: It is not shaped as a batch.
    """
    claim = tokens.sender_of(token)
    device, sent = opened(batch)
    at = now or timezone.now()
    chapter = claim.packet.turf.cut.universe.snapshot.chapter_id
    keys = seals.keys([chapter], sent)
    arrivals = [arrival(entry, keys) for entry in sent]
    return _LINE.through(lambda: _keep(claim, device, arrivals, at))


def _keep(
    claim: Claim, device: UUID, arrivals: list[Arrival], at: datetime
) -> Receipts:
    """Put a batch into the book, inside a transaction that holds the audit chain."""
    handed = Handover(
        claim.packet, claim, by=f"device:{claim.device}", verb="receive events"
    )
    intake = Intake.of(handed, arrivals, at)
    receipts = [intake.take(each) for each in arrivals]
    intake.write()
    high_water, missing = _gaps(device if device in intake.devices else None)
    return Receipts(receipts, high_water, missing, moment(at))


def moment(at: datetime) -> int:
    """Return a time as phones count it: milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def opened(batch: object, *, most: int = MOST_EVENTS) -> tuple[UUID, list[object]]:
    """Return the device and the entries of a batch.

    Raises:
        BadBatch: It is not shaped as one, or holds more than `most` entries.
    """
    if not isinstance(batch, dict):
        raise BadBatch("the body is not an object")
    device, events = batch.get("device"), batch.get("events")
    if not isinstance(device, str) or not _UUID7.fullmatch(device):
        raise BadBatch("'device' is not a UUID of version 7")
    if not isinstance(events, list):
        raise BadBatch("'events' is not a list")
    if len(events) > most:
        raise BadBatch(f"'events' holds {len(events):,} events")
    return UUID(device), events


def _gaps(device: UUID | None) -> tuple[int, list[int]]:
    """Return the largest sequence number of a device, and those missing below it.

    Only of what came with a token of its own: another phone of the packet may hand its
    entries in, but must not make it number the next ones beyond any end.
    """
    if device is None:
        return 0, []
    of_device = Event.objects.filter(
        device=device, claim__device=device, seq__isnull=False
    )
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
