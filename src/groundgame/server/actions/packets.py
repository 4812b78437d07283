"""Packets: hand a turf out, take it back, look at one, print it."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from groundgame.canvass import doors as state_of_doors
from groundgame.canvass import holding
from groundgame.errors import EmptyTurf, NotYours, PaperTells, TurfTaken
from groundgame.packet import Packet as Label
from groundgame.packet import code as turf_code
from groundgame.packet import sheet
from groundgame.packet.drawing import link
from groundgame.server.actions import (
    audit,
    bundles,
    cuts,
    log,
    pace,
    paper_log,
    people,
    placebo,
    scripts,
    shifts,
)
from groundgame.server.actions.packet_rows import (
    DeviceLine,
    Launch,
    PacketPage,
    PacketRow,
    row,
    stop_line,
)
from groundgame.server.actions.people import Anyone, Role
from groundgame.server.store.models import (
    Chapter,
    Packet,
    PacketReturn,
    Turf,
    User,
)

LONGEST_HOURS = 24 * 14
USUAL = "listening"
"""The script that turf goes out with where nobody chose one."""


def hand_out(
    *,
    turf: Turf,
    by: User,
    to: User | None = None,
    hours: int = 12,
    script: str = USUAL,
) -> PacketRow:
    """Put `turf` in somebody's hands: write its doors and people down, make a code.

    Handing it again to whoever has it gives the same packet, so a lost reply may be
    retried. A packet that expired is followed by a new one.

    Args:
        turf: Which.
        by: Who hands it out.
        to: Whose it is; None: whoever has the code.
        hours: For how long, 1 to 336.
        script: Which script its doors have: a key of `scripts.choices`.

    Raises:
        NotYours: `by` does not organize this chapter, or `to` is not in it, or it has
            no such script.
        TurfTaken: Somebody else has it.
        EmptyTurf: Nobody of it may be contacted any more.
    """
    people.require(by, _chapter(turf))
    if to is not None:
        people.require(to, _chapter(turf), Role.CANVASSER)
    said = scripts.chosen(key=script, chapter=_chapter(turf))
    now = timezone.now()
    if (there := _in_hand(turf, to, now)) is not None:
        return row(there, now)
    pace.learn(turf.cut.universe.snapshot)
    press = bundles.Press.of(turf.cut, now, said)
    return _hand_out(turf, press, to=to, by=by, hours=hours)


def _hand_out(
    turf: Turf, press: bundles.Press, *, to: User | None, by: User, hours: int
) -> PacketRow:
    """Write a packet, unless there is one; somebody has asked whether `by` may."""
    now = timezone.now().replace(microsecond=0)
    expires = now + timedelta(hours=max(1, min(hours, LONGEST_HOURS)))
    name = _chapter(turf).name
    label = Label(str(uuid.uuid4()), _new_code(), name, turf.name, expires)
    made = press.bundle(turf, label)
    with transaction.atomic():
        audit.hold()
        if (there := _in_hand(turf, to, now)) is not None:
            return row(there, now)
        packet = _write(turf, made, to=to, by=by)
        audit.add(
            by=by,
            verb="hand out turf",
            subject=f"packet:{packet.pk}",
            details={"turf": turf.pk, "to": to.pk if to else None},
        )
    return row(packet, now)


def hand_out_free(
    *, cut: int, by: User, hours: int = 12, script: str = USUAL
) -> Launch:
    """Hand out every turf of a cut that is not out, each to whoever has its code.

    Repeated, it hands out what is left.

    Raises:
        NotYours: There is no such cut or script, or not for them.
    """
    row = cuts.found(id=cut, seen_by=by)
    now = timezone.now()
    out = Packet.objects.filter(
        turf=OuterRef("pk"), returned__isnull=True, expires__gt=now
    )
    free = row.turfs.filter(~Exists(out), doors__gt=0).order_by("number")
    said = scripts.chosen(key=script, chapter=row.universe.snapshot.chapter)
    pace.learn(row.universe.snapshot)
    press = bundles.Press.of(row, now, said)
    made, empty = 0, 0
    for turf in free.select_related("cut__universe__snapshot__chapter"):
        try:
            _hand_out(turf, press, to=None, by=by, hours=hours)
            made += 1
        except EmptyTurf:
            empty += 1
    return Launch(made, empty)


@transaction.atomic
def take_back(*, packet: UUID, by: User) -> PacketRow:
    """Take a packet out of hand. What was recorded under it is still accepted.

    Raises:
        NotYours: There is none, or not for them.
    """
    audit.hold()
    found = _found(packet)
    people.require(by, _chapter(found.turf))
    now = timezone.now()
    _, new = PacketReturn.objects.get_or_create(
        packet=found, defaults={"by": by, "at": now}
    )
    if new:
        audit.add(by=by, verb="take packet back", subject=f"packet:{packet}")
    return row(_found(packet), now)


def packet_page(*, id: UUID, seen_by: Anyone) -> PacketPage:  # noqa: A002  # the word that all reads use
    """Return one packet: to organizers, and to the canvasser who has it in hand.

    Of those who asked not to be contacted, nothing.

    Raises:
        NotYours: There is none, or not for them, or no longer in their hand.
    """
    packet = _seen([id], seen_by)[0]
    held = log.entries([packet.pk])
    last = {talk.person: talk.result for talk in holding(held) if talk.person}
    at_door = state_of_doors(held)
    clocked = log.clocked(packet.pk)
    devices = packet.claims.annotate(sent=Count("events")).order_by("at")
    stops = [
        stop_line(stop, behind, at_door, last)
        for stop, behind in bundles.shown([packet])[0]
    ]
    return PacketPage(
        row=replace(
            row(packet, timezone.now()),
            doors=len(stops),
            minutes=shifts.of_shown(packet, [stop.unit for stop in stops]),
        ),
        link=_link(packet),
        devices=[
            DeviceLine(each.name, each.at, each.sent, *clocked.get(each.pk, ("", None)))
            for each in devices
        ],
        device_limit=packet.device_limit,
        stops=stops,
    )


def my_packets(*, seen_by: Anyone) -> list[PacketRow]:
    """Return the packets that were handed to `seen_by` and are in hand, newest first.

    Four queries, and one a cut. Who has left the chapter has none.
    """
    chapters = [row.id for row in people.chapters_of(seen_by)]
    if not chapters:
        return []
    now = timezone.now()
    mine = _packets().filter(
        to=seen_by.pk,
        returned__isnull=True,
        expires__gt=now,
        turf__cut__universe__snapshot__chapter__in=chapters,
    )
    held = list(mine.order_by("-at", "turf__number"))
    minutes = shifts.of_packets(held)
    return [replace(row(each, now), minutes=minutes[each.pk]) for each in held]


def qr_svg(*, id: UUID, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return an SVG of the QR that opens the packet on a phone.

    Raises:
        NotYours: There is none, or not for them.
    """
    out = BytesIO()
    square = segno.make_qr(_link(_seen([id], seen_by)[0]), error="m")
    square.save(out, kind="svg", border=4, scale=6)
    return out.getvalue()


def walk_sheet(
    *, packet: UUID, by: User, look: Mapping[str, Any] | None = None
) -> bytes:
    """Return the packet on paper, as PDF. That it was printed is in the audit log.

    Args:
        packet: Which.
        by: Who prints it.
        look: Of 'paper', 'large' and 'language', what is not as usual.

    Raises:
        NotYours: There is none, or not for them.
    """
    return walk_sheets(packets=[packet], by=by, look=look)


def walk_sheets(
    *, packets: Sequence[UUID], by: User, look: Mapping[str, Any] | None = None
) -> bytes:
    """Return several packets as one PDF, each beginning on a page of its own.

    What each box stands for is kept, so that a photograph can be read. A dozen
    queries, however many.

    Raises:
        NotYours: One of them is not there, or not for them.
        PaperTells: Some of their doors have another script than the others.
    """
    found = _seen(packets, by)
    made = bundles.for_paper(found)
    walked: dict[Chapter, set[str]] = {}
    for packet, each in zip(found, made, strict=True):
        doors = walked.setdefault(_chapter(packet.turf), set())
        doors.update(stop["door"] for stop in each["stops"])
    if any(placebo.tells(chapter, doors) for chapter, doors in walked.items()):
        raise PaperTells
    last = paper_log.last(found)
    how = paper_log.look_of(look or {})
    printed = sheet(made, how, base_url=settings.BASE_URL, last=last)
    ids = [str(each.pk) for each in found]
    with transaction.atomic():
        paper_log.keep(printed.keys, by=by, at=timezone.now())
        audit.add(
            by=by, verb="print packet", subject="packets", details={"packets": ids}
        )
    return printed.pdf


def _packets() -> QuerySet[Packet]:
    """Return packets with all that a row says, in one query."""
    return Packet.objects.select_related(
        "returned", "to", "turf__cut__universe__snapshot__chapter"
    )


def _found(packet: UUID) -> Packet:
    """Return a packet, or say that there is nothing to see."""
    found = _packets().filter(pk=packet).first()
    if found is None:
        raise NotYours
    return found


def _seen(packets: Sequence[UUID], by: Anyone) -> list[Packet]:
    """Return packets that `by` may look at, all of them: deny by default.

    Two queries for a chapter's packets, however many.
    """
    found = _packets().in_bulk(packets)
    if not set(packets) <= set(found):
        raise NotYours
    now = timezone.now()
    needed = set()
    for packet in found.values():
        holds = by.pk is not None and by.pk == packet.to_id and packet.in_hand(now)
        role = Role.CANVASSER if holds else Role.ORGANIZER
        needed.add((_chapter(packet.turf), role))
    for chapter, role in needed:
        people.require(by, chapter, role)
    return [found[packet] for packet in packets]


def _chapter(turf: Turf) -> Chapter:
    """Return whose turf it is."""
    return turf.cut.universe.snapshot.chapter


def _in_hand(turf: Turf, to: User | None, now: datetime) -> Packet | None:
    """Return the packet of a turf that is out, if it is out to `to`."""
    out = _packets().filter(turf=turf, returned__isnull=True, expires__gt=now).first()
    if out is not None and out.to_id != (to.pk if to else None):
        raise TurfTaken(turf.name)
    return out


def _new_code() -> str:
    """Return a code that nobody can guess."""
    return turf_code.make(secrets.token_bytes(turf_code.BYTES))


def _write(turf: Turf, made: Mapping[str, Any], *, to: User | None, by: User) -> Packet:
    """Write a packet and what is handed out with it."""
    packet = Packet.objects.create(
        id=UUID(made["packet"]),
        turf=turf,
        code=made["code"],
        script_version=made["script"]["id"],
        script=made["script"],
        scripts=made.get("scripts", []),
        streets=made["streets"],
        format=made["format"],
        metres=made["turf"]["metres"],
        to=to,
        by=by,
        at=timezone.now(),
        expires=datetime.fromisoformat(made["expires"]),
    )
    bundles.write(packet, made)
    return packet


def _link(packet: Packet) -> str:
    """Return the address that opens a packet on a phone."""
    return link(settings.BASE_URL, packet.code)
