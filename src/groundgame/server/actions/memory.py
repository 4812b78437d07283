"""What a phone is told besides its doors: what was said before, and by whom.

Of other packets: what the chapter heard at these doors in the last two years, of those
who may be shown now and of nobody in particular; and how to get into the buildings. Of
this packet: that somebody was there, without answers and notes, so that two who share a
turf see each other's doors.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from groundgame.canvass import Conversation, Entry, Shift, access
from groundgame.packet.said import Words
from groundgame.server.actions.log import counted, event_of
from groundgame.server.actions.suppression import Suppressed
from groundgame.server.store.models import Claim, Event, Packet, ScriptVersion

KEPT = timedelta(days=730)
MOST_VISITS = 3
"""A canvasser at a door reads no more."""
MOST_ANSWERS = 8
LONGEST_WORDS = 300
Asked = Mapping[str, Mapping[str, Any]]
"""Scripts in their bundle form, by their version."""


def said_before(
    packet: Packet, behind: Mapping[str, Iterable[str]], now: datetime | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return what was said at some doors under other packets, latest first.

    Args:
        packet: Whose phone asks.
        behind: The doors, each with the ids of whoever may be shown behind it.
        now: By default the server's clock.
    """
    since = (now or timezone.now()) - KEPT
    others = (
        _chapter(packet)
        .exclude(packet=packet.pk)
        .filter(kind="conversation", place__in=list(behind), received__gt=since)
        .select_related("claim")
        .order_by("-position")
    )
    rows = list(others)
    undone = _undone(packet, [row.event for row in rows])
    visits: dict[str, list[Event]] = defaultdict(list)
    for row in rows:
        at_door = visits[row.place]
        if (row.packet_id, row.event) in undone or len(at_door) >= MOST_VISITS:
            continue
        person = _told(row).person
        if person is None or person in set(behind[row.place]):
            at_door.append(row)
    words = _scripts(packet, [row for each in visits.values() for row in each])
    return {
        door: [_visit(row, words) for row in each]
        for door, each in visits.items()
        if each
    }


def ways_in(packet: Packet, buildings: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return how to get into some buildings, as other packets found out."""
    rows = (
        _chapter(packet)
        .exclude(packet=packet.pk)
        .filter(kind="access", place__in=sorted(set(buildings)))
        .order_by("position")
    )
    log = [Entry(event_of(row.body), row.position) for row in rows]
    if not log:
        return {}
    named = [entry.event.id for entry in log]
    undone = counted().filter(
        chapter=_chapter_id(packet), kind="withdrawal", withdraws__in=named
    )
    log += [Entry(event_of(row.body), row.position) for row in undone]
    return access(log)


def received(packet: Packet, gone: Suppressed) -> list[dict[str, Any]]:
    """Return what counts of a packet, as it was received, without what was said."""
    rows = counted().filter(packet=packet.pk).order_by("position")
    log = [(row.position, event_of(row.body)) for row in rows]
    return [
        {"position": position, "event": _bare(event, gone)}
        for position, event in log
        if not isinstance(event, Shift)
    ]


def canvassers(packet: Packet) -> list[dict[str, str]]:
    """Return the phones that have a packet, and who holds them."""
    phones = packet.claims.filter(input=Claim.Input.PHONE).order_by("at", "pk")
    return [{"device": str(each.device), "name": each.name} for each in phones]


def _bare(event: Any, gone: Suppressed) -> dict[str, Any]:
    """Return an event without what people said, and without who asked for peace."""
    plain: dict[str, Any] = event.as_dict()
    if isinstance(event, Conversation):
        plain |= {"answers": {}, "note": ""}
        if gone.holds(door=event.door, person=event.person):
            plain.pop("added", None)
    return plain


def _chapter_id(packet: Packet) -> int:
    """Return whose packet it is."""
    return packet.turf.cut.universe.snapshot.chapter_id


def _chapter(packet: Packet) -> Any:
    """Return the events that count in a packet's chapter."""
    return counted().filter(chapter=_chapter_id(packet))


def _undone(packet: Packet, events: Sequence[str]) -> set[tuple[Any, str]]:
    """Return which of some events were withdrawn, as packet and id."""
    found = _chapter(packet).filter(kind="withdrawal", withdraws__in=events)
    return set(found.values_list("packet_id", "withdraws"))


def _told(row: Event) -> Conversation:
    """Return the conversation of a row that is one."""
    event = event_of(row.body)
    if not isinstance(event, Conversation):
        raise TypeError("a row of another kind")
    return event


def _scripts(packet: Packet, rows: Sequence[Event]) -> Asked:
    """Return what some conversations were held with, by the version of the script."""
    packets = {row.packet_id for row in rows}
    handed = Packet.objects.filter(pk__in=packets).values_list("script", flat=True)
    found = {script["id"]: script for script in handed}
    more = {_told(row).script for row in rows} - set(found)
    own = ScriptVersion.objects.filter(
        version__in=more, script__chapter=_chapter_id(packet)
    )
    return found | dict(own.values_list("version", "body"))


def _visit(row: Event, words: Asked) -> dict[str, Any]:
    """Return one visit as the contract writes it, its answers in words.

    In the language of whoever asks, as far as the script was written in it.
    """
    said = _told(row)
    script = words.get(said.script, {"opening": "", "questions": []})
    language = (get_language() or "en").split("-")[0]
    asked = Words(language, {}).script(script)["questions"]
    answers = [
        {
            "ask": question["title"],
            "answer": in_words(question, said.answers[question["id"]])[:LONGEST_WORDS],
        }
        for question in asked
        if question["id"] in said.answers
    ]
    return {
        "day": timezone.localdate(row.received).isoformat(),
        "by": row.claim.name if row.claim else "",
        "person": said.person,
        "result": said.result,
        "answers": answers[:MOST_ANSWERS],
        "note": said.note[:LONGEST_WORDS],
    }


def in_words(question: Mapping[str, Any], answer: str) -> str:
    """Return an answer as it is named; of an open question, the answer itself."""
    named = {each["id"]: each["name"] for each in question.get("responses", [])}
    chosen = answer.split(",") if question["kind"] == "many" else [answer]
    return ", ".join(str(named.get(each, each)) for each in chosen)
