"""The screen of who stands twice on a list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groundgame.errors import BadDecision, NotYours
from groundgame.server.actions import match_twice
from groundgame.server.web.matches.view import onwards
from groundgame.server.web.screen import SignedInRequest, number, screen


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show the next pair that is unsure, and the pairs that are joined."""
    found = match_twice.twice(
        id=id,
        seen_by=request.user,
        skip=number(request, "skip", 0),
        page=number(request, "page", 1),
    )
    return render(request, "matches/twice.html", {"found": found, "line": found.line})


@require_POST
@screen
def decide(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Write down a decision about a pair, and show the next."""
    sent = request.POST
    try:
        match_twice.decide(
            id=id,
            pair=sent.get("pair", ""),
            verdict=sent.get("verdict", ""),
            by=request.user,
        )
    except BadDecision:
        raise NotYours from None
    return onwards("twice", id, sent.get("skip", "0"))


@require_POST
@screen
def undo(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take one's last decision about a pair back."""
    match_twice.undo(id=id, by=request.user)
    return redirect("twice", id)
