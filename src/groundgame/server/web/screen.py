"""What every screen has in common: a stranger learns nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import people
from groundgame.server.store.models import User
from groundgame.server.web.words import on_a_page

P = ParamSpec("P")
DEEPEST = 24
"""Zooms beyond this one no map has."""
MOST = 10**6
"""No page, and no number of rows skipped, is beyond it."""
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


class SignedInRequest(HttpRequest):
    """A request from somebody who signed in."""

    user: User


def screen(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Make a view into a screen.

    Who is not signed in is asked to. What is not there and what is not theirs answer
    alike, so nobody learns what other chapters have. No browser or proxy keeps a copy,
    so the back button shows nothing after signing out.
    """

    @cache_control(private=True, no_store=True)
    @login_required
    @wraps(view)
    def shown(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            return view(cast("SignedInRequest", request), *args, **kwargs)
        except NotYours:
            raise Http404 from None

    return shown


def for_organizers(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Make a view into a screen for whoever organizes a chapter; one query more."""

    @screen
    @wraps(view)
    def shown(
        request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not people.organizes(request.user):
            raise NotYours
        return view(request, *args, **kwargs)

    return shown


def number(request: HttpRequest, name: str, usual: int) -> int:
    """Return a number that an address asks for, such as ?page=2; else the usual one."""
    asked = request.GET.get(name, "")
    short = asked.isdecimal() and len(asked) <= len(str(MOST))
    return min(int(asked), MOST) if short else usual


def refuse(request: HttpRequest, template: str, page: dict[str, Any]) -> HttpResponse:
    """Show the page again, with what was wrong in it."""
    return render(request, template, page, status=REFUSED)


def said(refusal: GroundgameError) -> str:
    """Return what a refusal says, without a next step for the command line.

    On a page the form that stands there is the next step.
    """
    return on_a_page(str(refusal))


def geojson(body: bytes) -> HttpResponse:
    """Answer with GeoJSON."""
    return HttpResponse(body, content_type="application/geo+json")


def map_part(
    read: Callable[..., dict[str, Any]], request: SignedInRequest, **asked: Any
) -> HttpResponse:
    """Answer with what is in view of a map: ?box=west,south,east,north&zoom=7.

    Without a box, or with one that makes no sense, with how far all of it reaches.
    """
    try:
        west, south, east, north = map(float, request.GET.get("box", "").split(","))
        zoom = float(request.GET.get("zoom", "0"))
        sensible = west < east and south < north and 0 <= zoom <= DEEPEST
        box = (west, south, east, north) if sensible else None
    except ValueError:
        box, zoom = None, 0.0
    shown: dict[str, Any] = read(seen_by=request.user, box=box, zoom=zoom, **asked)
    return JsonResponse(shown, json_dumps_params={"separators": (",", ":")})
