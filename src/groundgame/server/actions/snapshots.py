"""Voter-file snapshots: bring one in, and see what it holds."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from groundgame import voterfile
from groundgame.errors import NoSuchLayout, NotYours
from groundgame.server.actions import audit, geojson, people
from groundgame.server.actions.file import opened
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Chapter, SnapshotRow, User

SHOWN = 200


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One snapshot in a list. `counts` is the manifest: rows, accepted, refused, ..."""

    id: int
    chapter: str
    label: str
    counts: dict[str, Any]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was set aside. It repeats no cell."""

    file: str
    line: int
    column: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """One snapshot: its counts, and the first 200 of each list of what is wrong."""

    id: int
    chapter_id: int
    label: str
    snapshot: str
    layout: str
    dated: date
    counts: dict[str, Any]
    refused: list[RefusedRow]
    doors_without_place: list[str]
    """Addresses, without the people."""
    parties: list[str]
    """The party codes that occur, to help with writing a rule."""
    by: str
    at: datetime


def import_snapshot(  # noqa: PLR0913  # one for each field of the form
    *,
    chapter: Chapter,
    file: Path,
    layout: str,
    dated: date,
    addresses: Path | None = None,
    streets: Path | None = None,
    progress: voterfile.Progress | None = None,
    by: User,
) -> SnapshotRow:
    """Read a voter file into a snapshot of this chapter.

    The same file again gives the same snapshot and the same row.

    Raises:
        NotYours: `by` does not organize this chapter.
        GroundgameError: The file cannot be read; the message says why.
    """
    people.require(by, chapter)
    if layout not in layouts():  # a path would read a file of the server's
        raise NoSuchLayout("an unknown name", "choose one of " + ", ".join(layouts()))
    made = voterfile.import_file(
        file,
        layout,
        settings.DATA / "snapshots",
        dated=dated,
        addresses=addresses,
        streets=streets,
        progress=progress,
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
            row.pk, row.chapter.name, row.label, row.counts, str(row.by), row.at
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
    refused = whole.read("refused").slice(0, SHOWN).to_pylist()
    doors = whole.read("doors", ["address", "lon"])
    nowhere = doors.filter(pc.is_null(doors["lon"])).slice(0, SHOWN)
    shown = whole.read("people", ["party", "protected"])
    parties = shown.filter(pc.invert(shown["protected"]))["party"].to_pylist()
    return SnapshotPage(
        id=row.pk,
        chapter_id=row.chapter_id,
        label=row.label,
        snapshot=row.snapshot,
        layout=whole.manifest.layout,
        dated=whole.manifest.dated,
        counts=row.counts,
        refused=[RefusedRow(**each) for each in refused],
        doors_without_place=[str(each) for each in nowhere["address"].to_pylist()],
        parties=sorted({str(each) for each in parties if each is not None}),
        by=str(row.by),
        at=row.at,
    )


def snapshot_map(*, id: int, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return GeoJSON: a point a door, {"door": id}; nobody's name.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    doors = opened(row).read("doors", ["door_id", "lon", "lat"])
    named = doors.rename_columns(["door", "lon", "lat"])
    return geojson.collection(geojson.points(named, properties=["door"]))


def snapshot_streets(*, id: int, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return GeoJSON: the streets that came with a snapshot; maybe none.

    Raises:
        NotYours: There is none, or not for them.
    """
    path = opened(found(id=id, seen_by=seen_by)).streets
    return path.read_bytes() if path else geojson.collection([])
