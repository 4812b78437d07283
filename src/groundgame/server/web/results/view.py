"""The screens of results: numbers, map and charts of a cut, and its live feed."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import cuts, exports, results
from groundgame.server.web.results.forms import ExportForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    geojson,
    refuse,
    said,
    screen,
)

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the map (its drawing is in base/shapes.js), in words."""

    id: str
    words: str | Promise


MARKS = (
    Mark("not_yet", _("Not knocked on yet")),
    Mark("talked", _("Canvassed")),
    Mark("again", _("Try again: not home, come back, no way in, language")),
    Mark("closed", _("Done without talking: lit dropped, moved, vacant, deceased")),
    Mark("refused", _("Refused, hostile, or do not contact")),
)


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the cuts whose results can be seen."""
    return render(
        request, "results/index.html", {"lines": cuts.cuts(seen_by=request.user)}
    )


@require_safe
@screen
def page(request: SignedInRequest, cut: int) -> HttpResponse:
    """Show what came of a cut so far."""
    seen = results.seen(cut=cut, seen_by=request.user)  # first: what comes now is new
    return render(
        request, "results/result.html", _page(request, cut, seen) | {"marks": MARKS}
    )


@require_safe
@screen
def live(request: SignedInRequest, cut: int) -> HttpResponse:
    """Give what changes as conversations come in; nothing, when it was seen."""
    seen = results.seen(cut=cut, seen_by=request.user)
    if request.GET.get("seen") == seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "results/live.html", _page(request, cut, seen))


def _page(request: SignedInRequest, cut: int, seen: str) -> dict[str, object]:
    """Ask for the numbers and the latest conversations, as of the mark `seen`."""
    numbers = results.results(cut=cut, seen_by=request.user)
    return {
        "results": numbers,
        "seen": seen,
        "most_an_hour": max((hour.attempts for hour in numbers.by_hour), default=1),
        "conversations": results.conversations(
            cut=cut, seen_by=request.user, limit=SHOWN
        ),
    }


@require_safe
@screen
def doors(request: SignedInRequest, cut: int) -> HttpResponse:
    """Give the doors of a cut with what came of each, for a map."""
    return geojson(results.results_map(cut=cut, seen_by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def export(request: SignedInRequest, cut: int) -> HttpResponse:
    """Ask why, then give the conversations of a cut as a file."""
    line = cuts.cut_page(id=cut, seen_by=request.user).line
    form = ExportForm(request.POST or None)
    page = {"form": form, "line": line}
    if request.method != "POST":
        return render(request, "results/export.html", page)
    if not form.is_valid():
        return refuse(request, "results/export.html", page)
    try:
        csv = exports.export_csv(
            cut=cut, reason=form.cleaned_data["reason"], by=request.user
        )
    except NotYours:
        raise
    except GroundgameError as refusal:
        form.add_error("reason", said(refusal))
        return refuse(request, "results/export.html", page)
    disposition = f'attachment; filename="conversations-cut-{cut}.csv"'
    return HttpResponse(
        csv,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )
