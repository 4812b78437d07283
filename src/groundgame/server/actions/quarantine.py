"""Events that wait for an organizer: see them, and let them into the log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from groundgame.errors import CannotRelease, NotYours
from groundgame.server.actions import audit, people
from groundgame.server.actions.arrivals import reread
from groundgame.server.actions.log import UNKNOWN_PHONE, counted
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Quarantine, Release, User

SHOWN = 2_000
"""Characters of an event: one that counts is shorter, and a screen holds 200."""


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """An event that waits for an organizer."""

    position: int
    received: datetime
    chapter: str
    packet: UUID
    turf: str
    canvasser: str
    reason: str
    says: str
    """The reason, as a sentence."""
    releasable: bool
    body: str
    """The event as it came, as JSON; the beginning of a very long one."""


def quarantined(*, seen_by: Anyone, limit: int = 200) -> list[QuarantineRow]:
    """Return what waits in the chapters that `seen_by` organizes, newest first."""
    newest = _waiting(seen_by).order_by("-event__position")[:limit]
    return [_row(each) for each in newest]


def waits(*, event: int, seen_by: Anyone) -> QuarantineRow:
    """Return one event that waits.

    Raises:
        NotYours: There is none, or not for them.
    """
    found = _waiting(seen_by).filter(event__position=event).first()
    if found is None:
        raise NotYours
    return _row(found)


@transaction.atomic
def release(*, event: int, by: User) -> Release:
    """Let a quarantined event into the log. Repeated, it changes nothing.

    Raises:
        NotYours: There is none, or not for them.
        CannotRelease: It is not shaped as an event, or its id is taken.
    """
    audit.hold()
    waiting = (
        Quarantine.objects.filter(event__position=event)
        .select_related("event__chapter")
        .first()
    )
    if waiting is None:
        raise NotYours
    people.require(by, waiting.event.chapter)
    if hasattr(waiting, "release"):
        return waiting.release
    said = reread(waiting.event.body)
    if said is None:
        raise CannotRelease(waiting.says)
    if said.packet != str(waiting.event.packet_id):
        raise CannotRelease("it names another packet than the one it was sent for")
    if counted().filter(chapter=waiting.event.chapter_id, event=said.id).exists():
        raise CannotRelease("another event with its id counts already")
    freed = Release.objects.create(quarantine=waiting, by=by, at=timezone.now())
    audit.add(by=by, verb="release event", subject=f"event:{event}")
    return freed


def _waiting(seen_by: Anyone) -> QuerySet[Quarantine]:
    """Return what waits where `seen_by` organizes, with all that a row says."""
    return Quarantine.objects.filter(
        release__isnull=True, event__chapter__in=people.organizes(seen_by)
    ).select_related("event__chapter", "event__claim", "event__packet__turf")


def _row(waiting: Quarantine) -> QuarantineRow:
    """Return one line of the list."""
    event = waiting.event
    said = reread(event.body)
    free = said is not None and said.packet == str(event.packet_id)
    return QuarantineRow(
        position=event.position,
        received=event.received,
        chapter=event.chapter.name,
        packet=event.packet_id,
        turf=event.packet.turf.name,
        canvasser=event.claim.name if event.claim else UNKNOWN_PHONE,
        reason=waiting.reason,
        says=waiting.says,
        releasable=free and waiting.reason != Quarantine.Reason.CONFLICT,
        body=event.body[:SHOWN],
    )
