"""Voter-file snapshots: bring one in, and see what it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from groundgame import voterfile
from groundgame.errors import NoSuchLayout, NotYours
from groundgame.server.actions import audit, density, drawn, geojson, ground, people
from groundgame.server.actions.file import opened
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Chapter, SnapshotRow, User

MOST_STREETS = 20_000_000
"""Bytes: more than these no browser should be given at once."""
GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One snapshot in a list. `counts` is the manifest: rows, accepted, refused, ..."""

    id: int
    chapter_id: int
    chapter: str
    label: str
    counts: dict[str, Any]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows of one file that were set aside for one reason. It repeats no cell."""

    file: str
    column: str | None
    reason: str
    rows: int
    lines: list[int]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Town:
    """How many doors a town has, and how many of them have a place."""

    name: str | None
    doors: int
    placed: int


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """One snapshot: its counts, what is wrong with it, and where its doors are.

    All of it was worked out once, so that a page about eight million people is as quick
    as one about eight.
    """

    id: int
    chapter_id: int
    label: str
    snapshot: str
    layout: str
    dated: date
    counts: dict[str, Any]
    refused: list[RefusedRows]
    """The 100 most frequent reasons."""
    towns: list[Town]
    """The 200 largest."""
    placed: list[tuple[str | None, int]]
    """How doors got their places, and how many did so; None: they have none."""
    parties: list[str]
    """The party codes that occur, to help with writing a rule."""
    by: str
    at: datetime
    without_place: int
    """How many doors have none now, or none that one could walk to."""
    walked: bool
    """Whether there are streets to cut its turfs on."""


def import_snapshot(  # noqa: PLR0913  # one for each field of the form
    *,
    chapter: Chapter,
    files: Sequence[Path],
    layout: str,
    dated: date,
    columns: Mapping[str, str] | None = None,
    history: Sequence[Path] = (),
    addresses: Path | None = None,
    streets: Path | None = None,
    place: bool = True,
    progress: voterfile.Progress | None = None,
    finishing: Callable[[int, int], None] | None = None,
    by: User,
) -> SnapshotRow:
    """Read a voter file, of one part or of several, into a snapshot of this chapter.

    The same files again give the same snapshot and the same row. `columns` says which
    column holds each field, for the layout 'generic'. Without `place`, a search that
    comes next places the doors, and reads the points.

    Raises:
        NotYours: `by` does not organize this chapter.
        GroundgameError: The file cannot be read; the message says why.
    """
    people.require(by, chapter)
    if layout not in layouts():  # a path would read a file of the server's
        raise NoSuchLayout("an unknown name", "choose one of " + ", ".join(layouts()))
    how = voterfile.generic_layout(columns or {}) if layout == GENERIC else layout
    made = voterfile.import_file(
        files,
        how,
        settings.DATA / "snapshots",
        dated=dated,
        addresses=addresses,
        streets=streets,
        history=history,
        place=place,
        progress=progress,
        finishing=finishing,
    )
    counts = made.manifest.as_dict()
    with transaction.atomic():
        row, new = SnapshotRow.objects.get_or_create(
            chapter=chapter,
            snapshot=made.id,
            defaults={"label": f"{layout}, {dated}", "counts": counts, "by": by},
        )
        if new:
            audit.add(
                by=by,
                verb="import snapshot",
                subject=f"snapshot:{row.pk}",
                details={"rows": counts["rows"], "accepted": counts["accepted"]},
            )
    return row


def layouts() -> list[str]:
    """Return the names of the layouts that a file may be read with."""
    return [layout.id for layout in voterfile.layouts()]


def found(*, id: int, seen_by: Anyone) -> SnapshotRow:  # noqa: A002  # the word that all reads use
    """Return the row of a snapshot, to an organizer of its chapter.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = SnapshotRow.objects.select_related("chapter", "by").filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(seen_by, row.chapter)
    return row


def snapshots(*, seen_by: Anyone) -> list[SnapshotLine]:
    """Return the snapshots of every chapter that `seen_by` organizes, newest first.

    Two queries.
    """
    rows = (
        SnapshotRow.objects.filter(chapter__in=people.organizes(seen_by))
        .select_related("chapter", "by")
        .order_by("-at", "-pk")
    )
    return [
        SnapshotLine(
            row.pk,
            row.chapter_id,
            row.chapter.name,
            row.label,
            row.counts,
            str(row.by),
            row.at,
        )
        for row in rows
    ]


def snapshot(*, id: int, seen_by: Anyone) -> SnapshotPage:  # noqa: A002  # the word that all reads use
    """Return one snapshot.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    whole = opened(row)
    known = density.about(drawn.of_snapshot(row))
    return SnapshotPage(
        id=row.pk,
        chapter_id=row.chapter_id,
        label=row.label,
        snapshot=row.snapshot,
        layout=whole.manifest.layout,
        dated=whole.manifest.dated,
        counts=row.counts,
        refused=[RefusedRows(*each) for each in known["refused"]],
        towns=[Town(*each) for each in known["towns"]],
        placed=[(how, doors) for how, doors in known["placed"]],
        parties=sorted(party for party, _people in known["parties"]),
        by=str(row.by),
        at=row.at,
        without_place=known["lost"],
        walked=ground.known(row),
    )


def snapshot_streets(*, id: int, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return GeoJSON: the streets that came with a snapshot, if they are few enough.

    Raises:
        NotYours: There is none, or not for them.
    """
    path = opened(found(id=id, seen_by=seen_by)).streets
    small = path is not None and path.stat().st_size <= MOST_STREETS
    return path.read_bytes() if path and small else geojson.collection([])
