"""The screens of voter files: the list with its import form, and one snapshot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import people, snapshots
from groundgame.server.store.models import SnapshotRow
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    geojson,
    refuse,
    said,
    screen,
)
from groundgame.server.web.snapshots.forms import ImportForm

LONGEST_NAME = 60
"""Characters: a disk takes 255 bytes, and a character may be four."""


class Upload(Protocol):
    """What of an uploaded file is used here."""

    name: str | None

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, a part at a time."""


@dataclass(frozen=True, slots=True)
class RefusedLines:
    """The lines of one file that were set aside for one reason."""

    file: str
    column: str | None
    reason: str
    lines: list[int] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the snapshots, and bring another in."""
    mine = [
        row
        for row in people.chapters_of(request.user)
        if row.role == people.Role.ORGANIZER
    ]
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        chapters=mine,
        layouts=snapshots.layouts(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = _bring_in(form.cleaned_data, request)
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error("file", said(refusal))
        else:
            messages.success(
                request, _("The file was read. Here is what became of each row.")
            )
            return redirect("snapshot", row.pk)
    page = {"form": form, "lines": snapshots.snapshots(seen_by=request.user)}
    if request.method == "POST":
        return refuse(request, "snapshots/snapshots.html", page)
    return render(request, "snapshots/snapshots.html", page)


def _bring_in(wanted: dict[str, Any], request: SignedInRequest) -> SnapshotRow:
    """Put what was uploaded where it can be read, and read it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return snapshots.import_snapshot(
            chapter=people.chapter(id=wanted["chapter"], seen_by=request.user),
            file=_keep(wanted["file"], folder / "file"),
            layout=wanted["layout"],
            dated=wanted["dated"],
            addresses=_keep_maybe(wanted["addresses"], folder / "addresses"),
            streets=_keep_maybe(wanted["streets"], folder / "streets"),
            by=request.user,
        )


def _keep(upload: Upload, folder: Path) -> Path:
    """Write an upload to disk under the end of its own name, which reports repeat."""
    folder.mkdir()
    path = folder / Path(upload.name or "file").name[-LONGEST_NAME:]
    with path.open("wb") as file:
        file.writelines(upload.chunks())
    return path


def _keep_maybe(upload: Upload | None, folder: Path) -> Path | None:
    """Write an upload to disk, if there is one."""
    return _keep(upload, folder) if upload else None


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show one snapshot: what became of each row, and its doors on a map."""
    found = snapshots.snapshot(id=id, seen_by=request.user)
    shown = {"snapshot": found, "refused": _by_reason(found.refused)}
    return render(request, "snapshots/snapshot.html", shown)


def _by_reason(rows: Iterable[snapshots.RefusedRow]) -> list[RefusedLines]:
    """Put refused rows together that have one reason, the most frequent first."""
    groups: dict[tuple[str, str | None, str], RefusedLines] = {}
    for row in rows:
        key = (row.file, row.column, row.reason)
        groups.setdefault(key, RefusedLines(*key)).lines.append(row.line)
    return sorted(groups.values(), key=lambda group: -len(group.lines))


@require_safe
@screen
def doors(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the doors of a snapshot for a map."""
    return geojson(snapshots.snapshot_map(id=id, seen_by=request.user))


@require_safe
@screen
def streets(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the streets of a snapshot for a map."""
    return geojson(snapshots.snapshot_streets(id=id, seen_by=request.user))
