"""The screens of lists from outside: all of them, and the review of what is unsure."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundgame.errors import BadDecision, NotYours
from groundgame.server.actions import matches, orders, snapshots
from groundgame.server.web.matches.forms import ListForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    refuse,
    screen,
)

MOST_SKIPPED = 10**6


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the lists, and bring another in."""
    over = snapshots.snapshots(seen_by=request.user)
    form = ListForm(request.POST or None, request.FILES or None, snapshots=over)
    if request.method == "POST" and form.is_valid():
        job = orders.ask_match(
            snapshot=form.cleaned_data["snapshot"],
            upload=form.cleaned_data["file"],
            by=request.user,
        )
        return redirect("job", job.pk)
    page = {"form": form, "lines": matches.matches(seen_by=request.user), "over": over}
    if request.method == "POST":
        return refuse(request, "matches/matches.html", page)
    return render(request, "matches/matches.html", page)


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show the next row that is unsure."""
    asked = request.GET.get("skip", "0")
    skip = min(int(asked), MOST_SKIPPED) if asked.isdecimal() else 0
    found = matches.review(id=id, seen_by=request.user, skip=skip)
    return render(request, "matches/review.html", {"review": found, "line": found.line})


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
    skip = sent.get("skip", "0")
    place = reverse("match", args=[id])
    return redirect(f"{place}?skip={skip}" if skip.isdecimal() else place)


@require_POST
@screen
def undo(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take one's last decision back."""
    matches.undo(id=id, by=request.user)
    return redirect("match", id)
