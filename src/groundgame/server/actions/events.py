"""The conversation log: take in what phones recorded.

What was recorded under a valid packet is always taken in, however late. What cannot
count is set aside with a reason, for an organizer; nothing is refused and dropped.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone

from groundgame.errors import BadBatch
from groundgame.server.actions import audit, intake, seals, tokens
from groundgame.server.actions.arrivals import arrival
from groundgame.server.actions.intake import Batch, Handover, Known, Receipt
from groundgame.server.actions.together import Line
from groundgame.server.store.models import Event

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


def receive(*, token: str, batch: object, now: datetime | None = None) -> Receipts:
    """Keep a batch of events; once this returns they are on disk.

    Raises:
        BadToken: Nobody was given this token.
        BadBatch: It is not shaped as a batch.
    """
    claim = tokens.sender_of(token)
    device, sent = opened(batch)
    by = f"device:{claim.device}"
    handed = Handover(claim.packet, claim, by=by, verb="receive events")
    keys = seals.keys([handed.chapter_id], sent)
    arrivals = [arrival(entry, keys) for entry in sent]
    return _LINE.through((device, Batch(handed, arrivals, now or timezone.now())))


def _keep(sent: Sequence[tuple[UUID, Batch]]) -> list[Receipts]:
    """Put batches into the book, inside a transaction; say what became of each."""
    audit.hold()
    batches = [batch for _, batch in sent]
    known = Known.of(batches)
    receipts = intake.take_in(batches, known)
    loaded = {(batch.handed.packet.pk, device) for device, batch in sent}
    gaps = _gaps(device for _, device in loaded & known.devices)
    return [
        Receipts(of_batch, *gaps.get(device, (0, [])), moment(batch.at))
        for (device, batch), of_batch in zip(sent, receipts, strict=True)
    ]


_LINE = Line(_keep)
"""Batches of this process that wait for the disk."""


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


def _gaps(devices: Iterable[UUID]) -> dict[UUID, tuple[int, list[int]]]:
    """Return the largest sequence number of devices, and those missing below it.

    Only of what came with a token of its own: another phone of the packet may hand its
    entries in, but must not make it number the next ones beyond any end.
    """
    own = Event.objects.filter(
        device__in=devices, claim__device=F("device"), seq__isnull=False
    )
    found = own.values_list("device").annotate(Max("seq"), Count("seq", distinct=True))
    return {
        device: (top, [] if top == kinds else _missing(own.filter(device=device)))
        for device, top, kinds in found
    }


def _missing(own: QuerySet[Event]) -> list[int]:
    """Return the first sequence numbers that are not among a device's events."""
    missing: list[int] = []
    expected = 1
    for seq in own.order_by("seq").values_list("seq", flat=True):
        missing += range(expected, min(seq or 0, expected + MOST_MISSING))
        expected = max(expected, (seq or 0) + 1)
        if len(missing) >= MOST_MISSING:
            break
    return missing[:MOST_MISSING]
