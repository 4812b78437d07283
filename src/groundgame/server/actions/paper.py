"""Filled walk sheets: take in photographs of them.

A sheet is judged by the same rules as what a phone sends (intake.py). The paper of a
packet counts as one device, and the ids of its events are made of the packet, the door
and the person; so the same sheet, photographed twice, by two people, doubles nothing.
What is not clear waits until somebody has looked at it (paper_decide.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from groundgame.canvass import canonical_sha256
from groundgame.errors import UnreadablePhoto
from groundgame.packet import PageKey
from groundgame.packet.conversation import device, event_id
from groundgame.server.actions import audit, intake, people
from groundgame.server.actions.arrivals import arrival
from groundgame.server.actions.intake import Batch, Handover, Known
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import (
    Chapter,
    Claim,
    Event,
    Packet,
    PaperDoubt,
    PaperPage,
    User,
)

if TYPE_CHECKING:  # OpenCV is half a second of every start, and only this needs it
    from groundgame.packet.reading import PageRead, Seen

LARGEST = 30 * 1024 * 1024
"""Bytes of a photograph."""
MOST_FILES = 100
NAME = "Paper"
CAME_IN = Claim.Input.PAPER


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some photographs."""

    pages: int
    kept: int
    """Conversations that count from now on."""
    repeat: int
    """There already."""
    aside: int
    """Set aside in quarantine."""
    doubts: int
    """Rows that somebody has to look at."""
    notes: int
    """Doors at which something is written by hand; it stays on the paper."""
    refused: tuple[str, ...]
    """Why a photograph was not read."""


def take_in(
    *,
    photos: Iterable[tuple[str, bytes]],
    chapter: Chapter,
    by: Anyone,
    now: datetime | None = None,
) -> Taken:
    """Read photographs of filled sheets, and keep what is clear on them.

    Repeated, it changes nothing.

    Args:
        photos: Names and contents of files: JPEG, PNG, or a PDF of scans.
        chapter: Whose sheets they are. Of another's nothing is learned.
        by: An organizer of it.
        now: By default the server's clock.

    Raises:
        NotYours: `by` does not organize this chapter.
    """
    organizer = people.require(by, chapter)
    pages, refused = _read(photos, chapter)
    became: Counter[str] = Counter()
    for page in pages:
        became.update(_keep(page, organizer, now or timezone.now()))
    return Taken(
        pages=len(pages),
        kept=became["kept"],
        repeat=became["repeat"],
        aside=became["conflict"] + became["quarantined"],
        doubts=became["doubt"],
        notes=sum(len(page.notes) for page in pages),
        refused=tuple(refused),
    )


def _read(
    photos: Iterable[tuple[str, bytes]], chapter: Chapter
) -> tuple[list["PageRead"], list[str]]:
    """Read every photograph; what cannot be read is told, and the others go on."""
    from groundgame.packet import reading  # noqa: PLC0415  # as above

    pages, refused = [], []
    for name, content in photos:
        try:
            if len(content) > LARGEST:
                raise _too_large(name)
            for photo in reading.photos(name, content):
                seen = reading.look(photo)
                key = reading.which(seen, _known(seen, chapter))
                pages.append(reading.read_page(seen, key))
        except UnreadablePhoto as refusal:
            refused.append(str(refusal))
    return reading.together(pages), refused


def _too_large(name: str) -> UnreadablePhoto:
    """Return the refusal of a file that is too large."""
    wanted = f"{LARGEST // 1024**2} MiB or less"
    return UnreadablePhoto(name, "is too large", wanted, "Send it as JPEG, or smaller")


def _known(seen: "Seen", chapter: Chapter) -> dict[str, PageKey]:
    """Return the pages of a chapter that this one may be."""
    from groundgame.packet.reading import pattern  # noqa: PLC0415  # as above

    pages = PaperPage.objects.filter(
        code__regex=pattern(seen.code),
        packet__turf__cut__universe__snapshot__chapter=chapter,
    )
    return {page.code: PageKey(page.code, page.says) for page in pages}


def _keep(page: "PageRead", by: User, now: datetime) -> list[str]:
    """Keep what is clear on a page, and what is in doubt; say what became of each."""
    with transaction.atomic(durable=True):
        audit.hold()
        kept = PaperPage.objects.select_related(
            "packet__turf__cut__universe__snapshot"
        ).get(code=page.key.code)
        became = take(kept.packet, page.conversations, by, now)
        waiting = _waiting(kept, page)
        PaperDoubt.objects.filter(page=kept, decisions=None).exclude(
            row__in=[each.row["n"] for each in page.doubts]
        ).delete()
        made = PaperDoubt.objects.bulk_create(
            [
                PaperDoubt(
                    page=kept,
                    row=doubt.row["n"],
                    sure=dict(doubt.sure),
                    unsure=[[e.name, e.values, e.maybe] for e in doubt.unsure],
                    picture=doubt.picture,
                    by=by,
                    at=now,
                )
                for doubt in waiting
            ]
        )
    return became + ["doubt"] * len(made)


def _waiting(kept: PaperPage, page: "PageRead") -> list[Any]:
    """Return the doubts of a page that are new: not waiting, decided, or in the log."""
    there = set(kept.doubts.values_list("row", flat=True))
    ids = {
        doubt.row["n"]: event_id(
            page.key.packet, doubt.row["door"], doubt.row["person"]
        )
        for doubt in page.doubts
    }
    logged = set(
        Event.objects.filter(packet=kept.packet, event__in=ids.values()).values_list(
            "event", flat=True
        )
    )
    return [
        doubt
        for doubt in page.doubts
        if doubt.row["n"] not in there and ids[doubt.row["n"]] not in logged
    ]


def take(
    packet: Packet, said: Sequence[Mapping[str, Any]], by: User, now: datetime
) -> list[str]:
    """Put conversations on a packet's paper into the log; say what became of each."""
    if not said:
        return []
    claim, _new = packet.claims.get_or_create(
        device=UUID(device(str(packet.pk))),
        defaults={"name": NAME, "at": now, "input": CAME_IN},
    )
    sealed = [{"event": dict(e), "sha256": canonical_sha256(e)} for e in said]
    arrivals = [arrival(entry) for entry in sealed]
    handed = Handover(packet, claim, by=by, verb="take in walk sheet")
    batches = [Batch(handed, arrivals, now)]
    (receipts,) = intake.take_in(batches, Known.of(batches))
    return [each.status for each in receipts]
