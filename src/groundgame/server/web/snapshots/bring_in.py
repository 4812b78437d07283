"""Bring a voter file in: first the files, then how they are laid out, then a job."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundgame.errors import NotYours
from groundgame.server.actions import jobs, kept, layouts, people, snapshots, work
from groundgame.server.actions.jobs import Kind
from groundgame.server.store.models import Job
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    refuse,
    screen,
)
from groundgame.server.web.snapshots.forms import FilesForm, LayoutForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the snapshots, and take the files of another."""
    mine = [
        row
        for row in people.chapters_of(request.user)
        if row.role == people.Role.ORGANIZER
    ]
    form = FilesForm(
        request.POST or None,
        request.FILES or None,
        chapters=mine,
        inboxes=kept.inboxes(seen_by=request.user),
    )
    if request.method == "POST" and form.is_valid():
        return redirect("import-layout", _take(form, request).pk)
    page = {
        "form": form,
        "lines": snapshots.snapshots(seen_by=request.user),
        "jobs": [
            each
            for each in jobs.jobs(seen_by=request.user)
            if each.open and each.kind == Kind.IMPORT
        ],
    }
    if request.method == "POST":
        return refuse(request, "snapshots/snapshots.html", page)
    return render(request, "snapshots/snapshots.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def layout(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Ask how the files of a draft are laid out, and hand the import to a worker."""
    row = jobs.found(id=id, seen_by=request.user)
    if row.kind != Kind.IMPORT:
        raise NotYours
    if row.asked:
        return redirect("job", id)
    waits = layouts.waiting(row)
    if waits.problem or not waits.files:
        return refuse(request, "snapshots/unreadable.html", {"waiting": waits})
    form = LayoutForm(request.POST or None, waiting=waits, initial=row.wanted)
    if request.method == "POST" and form.is_valid():
        wanted = {
            "layout": form.cleaned_data["layout"],
            "dated": form.cleaned_data["dated"].isoformat(),
            "columns": form.columns,
        }
        work.ask(jobs.wish(row, wanted, by=request.user), by=request.user)
        messages.success(request, _("The file is being read in the background."))
        return redirect("job", id)
    page = {"form": form, "waiting": waits, "job": row}
    if request.method == "POST":
        return refuse(request, "snapshots/layout.html", page)
    return render(request, "snapshots/layout.html", page)


def _take(form: FilesForm, request: SignedInRequest) -> Job:
    """Keep what was sent for a draft."""
    chapter = people.chapter(id=form.cleaned_data["chapter"], seen_by=request.user)
    names = [file.name or "" for role, file in form.uploads if role == "file"]
    names += form.inbox.get("file", [])
    row = jobs.draft(
        kind=Kind.IMPORT,
        chapter=chapter,
        label=", ".join(names),
        wanted={"inbox": form.inbox},
        by=request.user,
    )
    for role, file in form.uploads:
        kept.keep(row, role, file)
    return row
