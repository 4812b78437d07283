"""The screens of one snapshot: what became of each row, and its doors on a map."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groundgame.errors import NotYours
from groundgame.server.actions import maps, orders, snapshots
from groundgame.server.web.screen import (
    SignedInRequest,
    geojson,
    map_part,
    refuse,
    screen,
)
from groundgame.server.web.snapshots.forms import WalkedForm


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show one snapshot: what became of each row, and its doors on a map."""
    return render(request, "snapshots/snapshot.html", _shown(request, id))


@require_POST
@screen
def walked(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take streets to walk on, and have them prepared."""
    form = WalkedForm(request.POST, request.FILES)
    if not form.is_valid():
        shown = _shown(request, id) | {"form": form}
        return refuse(request, "snapshots/snapshot.html", shown)
    upload = form.cleaned_data["streets"]
    job = orders.ask_streets(snapshot=id, upload=upload, by=request.user)
    return redirect("job", job.pk)


def _shown(request: SignedInRequest, id: int) -> dict[str, Any]:  # noqa: A002  # as the actions call it
    """Return what the page of a snapshot shows."""
    found = snapshots.snapshot(id=id, seen_by=request.user)
    return {
        "snapshot": found,
        "form": WalkedForm(),
        "older": [
            line
            for line in snapshots.snapshots(seen_by=request.user)
            if line.chapter_id == found.chapter_id
            and line.counts["layout"] == found.layout
            and line.counts["dated"] < found.dated.isoformat()
        ],
    }


@require_POST
@screen
def compare(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Have a snapshot compared with an older one."""
    old = request.POST.get("old", "")
    if not old.isdecimal():
        raise NotYours
    job = orders.ask_compare(old=int(old), new=id, by=request.user)
    return redirect("job", job.pk)


@require_safe
@screen
def doors(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the doors of a snapshot for a map."""
    return map_part(maps.of_snapshot, request, id=id)


@require_safe
@screen
def streets(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the streets of a snapshot for a map."""
    return geojson(snapshots.snapshot_streets(id=id, seen_by=request.user))
