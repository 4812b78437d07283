"""The screens of quarantine: what waits for an organizer, and letting it in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import CannotRelease
from groundgame.server.actions import quarantine
from groundgame.server.web.screen import (
    REFUSED,
    SignedInRequest,
    for_organizers,
    said,
    screen,
)


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List what waits."""
    rows = quarantine.quarantined(seen_by=request.user)
    return render(request, "quarantine/quarantine.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def release(request: SignedInRequest, event: int) -> HttpResponse:
    """Ask once, then let an entry into the log."""
    if request.method != "POST":
        row = quarantine.waits(event=event, seen_by=request.user)
        return render(request, "quarantine/release.html", {"row": row, "refusal": ""})
    try:
        quarantine.release(event=event, by=request.user)
    except CannotRelease as refusal:
        row = quarantine.waits(event=event, seen_by=request.user)
        page = {"row": row, "refusal": said(refusal)}
        return render(request, "quarantine/release.html", page, status=REFUSED)
    messages.success(request, _("Let in. It counts from now on."))
    return redirect("quarantine")
