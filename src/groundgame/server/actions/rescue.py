"""Take in a rescue file: what a phone could not send, in the hands of an organizer.

The file is a phone's word and nobody's proof, like a batch that a phone sends. So each
entry is judged by the same rules (intake.py); only, nobody's token says of which packet
it is. Whoever brings the file in must organize the chapter of that packet.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from groundgame.errors import BadBatch, NoRescueFile, NotYours
from groundgame.server.actions import audit, intake, people, seals
from groundgame.server.actions.arrivals import Arrival, arrival
from groundgame.server.actions.events import opened
from groundgame.server.actions.intake import Batch, Handover, Known
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Claim, Packet, User

FORMAT = 1
LARGEST = 5 * 1024 * 1024
"""Bytes: some thousand entries; a shift is a hundred."""
MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of the entries of a rescue file; together they are all of them."""

    kept: int
    repeat: int
    """There already."""
    conflict: int
    quarantined: int
    elsewhere: int
    """Not taken in: of no packet of the chapters that whoever asks organizes."""

    @property
    def aside(self) -> int:
        """How many wait in quarantine."""
        return self.conflict + self.quarantined


def take_in(*, file: bytes, by: Anyone, now: datetime | None = None) -> Rescued:
    """Keep what a rescue file holds of the chapters that `by` organizes.

    Repeated, it changes nothing; and what the phone sends later is a repeat too.

    Args:
        file: As it was uploaded.
        by: An organizer. Of packets that are not theirs they learn nothing, not even
            whether these exist.
        now: By default the server's clock.

    Raises:
        NotYours: `by` organizes no chapter.
        NoRescueFile: It is none, or not a whole one; nothing was taken in.
    """
    mine = people.organizes(by)
    if not mine or not isinstance(by, User):
        raise NotYours
    device, entries = _read(file)
    keys, at = seals.keys(mine, entries), now or timezone.now()
    arrivals = [arrival(entry, keys) for entry in entries]
    with transaction.atomic(durable=True):
        audit.hold()
        batches = [
            Batch(Handover(packet, claim, by, "take in rescue file"), own, at)
            for (packet, claim), own in _batches(arrivals, device, mine).items()
        ]
        receipts = intake.take_in(batches, Known.of(batches))
        became = Counter(each.status for of_batch in receipts for each in of_batch)
    return Rescued(
        kept=became["kept"],
        repeat=became["repeat"],
        conflict=became["conflict"],
        quarantined=became["quarantined"],
        elsewhere=len(arrivals) - became.total(),
    )


def _read(file: bytes) -> tuple[UUID, list[object]]:
    """Return whose file it is, and what is in it.

    Raises:
        NoRescueFile: It is none.
    """
    if len(file) > LARGEST:
        raise NoRescueFile(f"it is larger than {LARGEST // 1024**2} MiB")
    try:
        found = json.loads(file)
        if not isinstance(found, dict) or "format" not in found:
            raise NoRescueFile("it does not say its format")
        if found["format"] != FORMAT or isinstance(found["format"], bool):
            raise NoRescueFile(f"it is not of format {FORMAT}, the one known here")
        return opened(found, most=MOST_ENTRIES)
    except BadBatch as refusal:
        raise NoRescueFile(refusal.problem) from None
    except (ValueError, RecursionError):
        raise NoRescueFile("it breaks off, or is some other file") from None


def _batches(
    arrivals: Iterable[Arrival], device: UUID, chapters: Sequence[int]
) -> Mapping[tuple[Packet, Claim | None], list[Arrival]]:
    """Sort entries by their packet and phone, as the phone would have sent them.

    An entry is from the device that it names; if that never loaded the packet, from
    the one whose file it is. What is of no packet of these chapters is left out.
    """
    named = {each.packet for each in arrivals if each.packet}
    packets = (
        Packet.objects.filter(
            pk__in=named, turf__cut__universe__snapshot__chapter__in=chapters
        )
        .select_related("turf__cut__universe__snapshot")
        .prefetch_related("claims")
        .in_bulk()
    )
    claims = {
        (packet.pk, claim.device): claim
        for packet in packets.values()
        for claim in packet.claims.all()
    }
    batches = defaultdict(list)
    for each in arrivals:
        packet = packets.get(each.packet) if each.packet else None
        if packet:
            own = claims.get((packet.pk, each.device)) if each.device else None
            claim = own or claims.get((packet.pk, device))
            batches[packet, claim].append(each)
    return batches
