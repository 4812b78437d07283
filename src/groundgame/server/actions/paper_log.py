"""What paper and the log know of each other: pages printed, and the last results."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from groundgame.canvass import holding
from groundgame.packet import Look, PageKey
from groundgame.packet.sheet import Last
from groundgame.server.actions import log
from groundgame.server.store.models import Packet, PacketStop, PaperPage, User


def look_of(asked: Mapping[str, Any]) -> Look:
    """Return how sheets are to be printed; what is not said, or not known, is usual."""
    usual = Look()
    language = asked.get("language")
    return Look(
        paper="a4" if asked.get("paper") == "a4" else usual.paper,
        large=bool(asked.get("large")),
        language="es" if language == "es" else usual.language,
    )


def keep(keys: Iterable[PageKey], *, by: User, at: datetime) -> None:
    """Keep what the boxes of printed pages stand for. A page printed again is there."""
    PaperPage.objects.bulk_create(
        [
            PaperPage(
                code=key.code, packet_id=UUID(key.packet), says=key.says, by=by, at=at
            )
            for key in keys
        ],
        ignore_conflicts=True,
    )


def last(packets: Sequence[Packet]) -> Last:
    """Return how the last conversation ended, at each door of some packets. One query.

    Only of the same chapters; what another one knows of a door stays there.
    """
    chapters = {each.turf.cut.universe.snapshot.chapter_id for each in packets}
    doors = PacketStop.objects.filter(packet__in=packets).values("door")
    near = Packet.objects.filter(
        stops__door__in=doors, turf__cut__universe__snapshot__chapter__in=chapters
    )
    talks = holding(log.entries(near.values("pk")))
    return {(talk.door, talk.person): talk.result for talk in talks}
