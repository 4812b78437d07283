"""Events that wait for an organizer: see them, and rule on them.

A ruling names by its hash what the organizer saw, so that it never falls on anything
else: not on what a book brought back from a backup has in that place.
"""

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
from groundgame.server.store.models import Quarantine, Release, SetAside, User

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
    sha256: str
    """Names what is seen here, to be given back with the ruling."""
    releasable: bool
    body: str
    """The event as it came, as JSON; the beginning of a very long one."""


def quarantined(*, seen_by: Anyone, limit: int = 200) -> list[QuarantineRow]:
    """Return what waits in the chapters that `seen_by` organizes, newest first."""
    return _newest(_waiting(seen_by).filter(set_aside__isnull=True), limit)


def put_aside(*, seen_by: Anyone, limit: int = 50) -> list[QuarantineRow]:
    """Return what somebody has set aside there, newest first."""
    return _newest(_waiting(seen_by).filter(set_aside__isnull=False), limit)


def waits(*, event: int, seen_by: Anyone) -> QuarantineRow:
    """Return one event that waits, or was set aside.

    Raises:
        NotYours: There is none, or not for them.
    """
    found = _waiting(seen_by).filter(event__position=event).first()
    if found is None:
        raise NotYours
    return _row(found)


@transaction.atomic
def release(*, event: int, sha256: str, by: User) -> Release:
    """Let a quarantined event into the log. Repeated, it changes nothing.

    Args:
        event: Its place in the log.
        sha256: The hash of what `by` saw.
        by: An organizer.

    Raises:
        NotYours: There is none, or not for them.
        CannotRelease: It is not what they saw, is not shaped as an event, or its id is
            taken.
    """
    waiting = _held(event, sha256, by)
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
    _tell(waiting, by, "release event")
    return freed


@transaction.atomic
def set_aside(*, event: int, sha256: str, by: User) -> SetAside:
    """Rule that a quarantined event shall not count. Repeated, it changes nothing.

    It stays in the book, may be let in later, and its phone is told that it is safe.

    Args:
        event: Its place in the log.
        sha256: The hash of what `by` saw.
        by: An organizer.

    Raises:
        NotYours: There is none, or not for them.
        CannotRelease: It is not what they saw, or it counts already.
    """
    waiting = _held(event, sha256, by)
    if hasattr(waiting, "release"):
        raise CannotRelease("it counts already")
    if hasattr(waiting, "set_aside"):
        return waiting.set_aside
    ruled = SetAside.objects.create(quarantine=waiting, by=by, at=timezone.now())
    _tell(waiting, by, "set event aside")
    return ruled


def _held(event: int, sha256: str, by: User) -> Quarantine:
    """Return what a ruling is about; nobody else writes until it is made.

    Raises:
        NotYours: There is none, or not for them.
        CannotRelease: It is not what they saw.
    """
    audit.hold()
    waiting = (
        Quarantine.objects.filter(event__position=event)
        .select_related("event__chapter", "release", "set_aside")
        .first()
    )
    if waiting is None:
        raise NotYours
    people.require(by, waiting.event.chapter)
    if waiting.event.sha256 != sha256:
        raise CannotRelease("it is not the one that you looked at")
    return waiting


def _tell(waiting: Quarantine, by: User, verb: str) -> None:
    """Write a ruling into the audit log, with the hash of what it is about."""
    event = waiting.event
    audit.add(
        by=by,
        verb=verb,
        subject=f"event:{event.position}",
        details={"sha256": event.sha256},
    )


def _newest(held: QuerySet[Quarantine], limit: int) -> list[QuarantineRow]:
    """Return the newest of what is held, as a screen shows it."""
    return [_row(each) for each in held.order_by("-event__position")[:limit]]


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
        sha256=event.sha256,
        releasable=free and waiting.reason != Quarantine.Reason.CONFLICT,
        body=event.body[:SHOWN],
    )
