"""Read the conversation log back out of the book, for the rooms that fold it."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from groundgame.canvass import Entry
from groundgame.canvass import Event as LogEvent
from groundgame.canvass import event_of as read_back
from groundgame.server.store.models import Event

UNKNOWN_PHONE = "an unknown phone"
"""Stands for the canvasser where an event came from no phone that had its packet."""


def counted() -> QuerySet[Event]:
    """Return the events that count: never set aside, or let in by an organizer."""
    return Event.objects.filter(
        Q(quarantine__isnull=True) | Q(quarantine__release__isnull=False)
    )


def entries(packets: Iterable[UUID] | QuerySet[Any]) -> list[Entry]:
    """Return the log of some packets, in the order of receipt. One query."""
    rows = counted().filter(packet__in=packets).order_by("position")
    return [
        Entry(event_of(body), position)
        for position, body in rows.values_list("position", "body")
    ]


def of_chapter(chapter: int) -> list[Entry]:
    """Return the log of a chapter, with the days of receipt. One query."""
    rows = counted().filter(chapter=chapter).order_by("position")
    return [
        Entry(event_of(body), position, timezone.localdate(received))
        for position, body, received in rows.values_list("position", "body", "received")
    ]


def event_of(body: str) -> LogEvent:
    """Return the event that a counted row holds; its shape was checked on arrival."""
    return read_back(json.loads(body))
