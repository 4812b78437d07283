"""The screens of lists from outside: all of them, and the review of what is unsure."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundgame.errors import BadDecision, NotYours
from groundgame.server.actions import match_links, matches, orders, snapshots
from groundgame.server.web.matches import columns
from groundgame.server.web.matches.forms import ListForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    number,
    refuse,
    screen,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the lists, and bring another in."""
    over = snapshots.snapshots(seen_by=request.user)
    form = ListForm(request.POST or None, request.FILES or None, snapshots=over)
    if request.method == "POST" and form.is_valid():
        job = orders.draft_match(
            snapshot=form.cleaned_data["snapshot"],
            upload=form.cleaned_data["file"],
            by=request.user,
        )
        return columns.next_step(request, job, look_first=form.cleaned_data["look"])
    page = {"form": form, "lines": matches.matches(seen_by=request.user), "over": over}
    if request.method == "POST":
        return refuse(request, "matches/matches.html", page)
    return render(request, "matches/matches.html", page)


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show the next row that is unsure."""
    skip = number(request, "skip", 0)
    found = matches.review(id=id, seen_by=request.user, skip=skip)
    return render(request, "matches/review.html", {"review": found, "line": found.line})


@require_safe
@screen
def links(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show the links that hold, the least probable first."""
    page = number(request, "page", 1)
    found = match_links.links(id=id, seen_by=request.user, page=page)
    return render(request, "matches/links.html", {"found": found, "line": found.line})


@require_POST
@screen
def take_back(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take a link back, whoever or whatever made it."""
    row = request.POST.get("row", "")
    match_links.take_back(id=id, row=row, by=request.user)
    messages.success(request, _("Taken back; the row is unsure again."))
    return redirect("match-links", id)


@require_POST
@screen
def decide(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Write down a decision about a row, and show the next."""
    sent = request.POST
    try:
        matches.decide(
            id=id,
            row=sent.get("row", ""),
            person=sent.get("person", ""),
            verdict=sent.get("verdict", ""),
            by=request.user,
        )
    except BadDecision:
        raise NotYours from None
    return onwards("match", id, sent.get("skip", "0"))


def onwards(to: str, id: int, skip: str) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Go on to the next that is unsure, past those that were skipped."""
    place = reverse(to, args=[id])
    return redirect(f"{place}?skip={skip}" if skip.isdecimal() else place)


@require_POST
@screen
def undo(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take one's last decision back."""
    matches.undo(id=id, by=request.user)
    return redirect("match", id)
