"""The screens of quarantine: what waits for an organizer, and the ruling on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

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
    page = {
        "rows": quarantine.quarantined(seen_by=request.user),
        "ruled": quarantine.put_aside(seen_by=request.user),
    }
    return render(request, "quarantine/quarantine.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def release(request: SignedInRequest, event: int) -> HttpResponse:
    """Ask once, then let an entry into the log."""
    if request.method != "POST":
        row = quarantine.waits(event=event, seen_by=request.user)
        return render(request, "quarantine/release.html", {"row": row, "refusal": ""})
    try:
        quarantine.release(event=event, sha256=_seen(request), by=request.user)
    except CannotRelease as refusal:
        row = quarantine.waits(event=event, seen_by=request.user)
        page = {"row": row, "refusal": said(refusal)}
        return render(request, "quarantine/release.html", page, status=REFUSED)
    messages.success(request, _("Let in. It counts from now on."))
    return redirect("quarantine")


@require_POST
@screen
def aside(request: SignedInRequest, event: int) -> HttpResponse:
    """Rule that an entry shall not count."""
    try:
        quarantine.set_aside(event=event, sha256=_seen(request), by=request.user)
    except CannotRelease as refusal:
        messages.warning(request, said(refusal))
    else:
        messages.success(
            request,
            _("Set aside. It does not count, and is kept at the end of the list."),
        )
    return redirect("quarantine")


def _seen(request: SignedInRequest) -> str:
    """Return the hash of the entry that the form showed."""
    return request.POST.get("sha256", "")
