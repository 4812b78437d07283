"""The screens of scripts: the list, and the editor with its preview."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import BadScript
from groundgame.server.actions import people, scripts
from groundgame.server.store.models import ScriptRow
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    number,
    refuse,
    screen,
)

STARTS = ("listening", "deep_canvass", "nothing")


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the scripts, and what another could begin with."""
    page = {
        "lines": scripts.scripts(seen_by=request.user),
        "chapters": _organized(request),
    }
    return render(request, "scripts/scripts.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def new(request: SignedInRequest) -> HttpResponse:
    """Write a new script, beginning with one that is shipped, or with nothing."""
    mine = _organized(request)
    asked = number(request, "chapter", mine[0].id)
    chapter = people.chapter(id=asked, seen_by=request.user, role=people.Role.ORGANIZER)
    begin = scripts.start(shipped=request.GET.get("from", "nothing"))
    page = {"chapter": chapter, "body": _text(begin), "page": None, "refusal": ""}
    if request.method != "POST":
        return render(request, "scripts/edit.html", page)
    return _save(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def edit(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Change a script: what is saved is its next version."""
    found = scripts.script(id=id, seen_by=request.user)
    chapter = people.chapter(id=found.line.chapter_id, seen_by=request.user)
    body = _text(found.body)
    page = {"chapter": chapter, "body": body, "page": found, "refusal": ""}
    if request.method != "POST":
        return render(request, "scripts/edit.html", page)
    return _save(request, page)


def _save(request: SignedInRequest, page: dict[str, Any]) -> HttpResponse:
    """Save what the editor sent; what cannot be asked is shown again, and why."""
    sent = request.POST.get("body", "")
    old = page["page"]
    of = old.line.id if old else None
    chapter = page["chapter"]
    try:
        row = scripts.save(body=sent, by=request.user, chapter=chapter, of=of)
    except BadScript as refusal:
        kept = page | {"body": _again(sent, page["body"]), "refusal": refusal.problem}
        return refuse(request, "scripts/edit.html", kept)
    _say_what_was_saved(request, row, old)
    return redirect("script", row.pk)


def _say_what_was_saved(
    request: SignedInRequest, row: ScriptRow, old: scripts.ScriptPage | None
) -> None:
    """Say whether there is a new version, and what to do with it."""
    latest = scripts.script(id=row.pk, seen_by=request.user).line.version
    if old and latest == old.line.version:
        messages.info(request, _("Nothing was changed, so there is no new version."))
        return
    messages.success(
        request,
        _(
            "Saved as version %(version)s. Turf that is handed out from now on can "
            "have it; packets that are out keep the script they went out with."
        )
        % {"version": latest},
    )


def _again(sent: str, before: str) -> str:
    """Return what was sent, for the editor to go on with; or what was there before."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        return before
    whole = isinstance(found, dict) and isinstance(found.get("questions"), list)
    return sent if whole else before


def _text(body: dict[str, Any]) -> str:
    """Return a script as the editor reads it."""
    return json.dumps(body, ensure_ascii=False, indent=1)


def _organized(request: SignedInRequest) -> list[people.ChapterRow]:
    """Return the chapters that somebody organizes."""
    mine = people.chapters_of(request.user)
    return [row for row in mine if row.role == people.Role.ORGANIZER]
