"""The screen on which borders are drawn, and what is left is cut again within them."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import (
    BadBorder,
    NotYours,
    OtherBorder,
    RoadsWithoutStreets,
    UnknownRoad,
)
from groundgame.server.actions import borders, cuts, orders, recut
from groundgame.server.actions.apart import Column
from groundgame.server.web.screen import (
    SignedInRequest,
    geojson,
    refuse,
    said,
    screen,
)

VERBS = ("draw", "follow", "apart", "remove", "back", "recut")
LONGEST = 100_000
"""Letters of a line as a page sends it."""


class BorderForm(forms.Form):
    """What a button of the screen sends."""

    verb = forms.ChoiceField(
        choices=[
            (each, each)
            for each in ("draw", "follow", "apart", "remove", "back", "recut")
        ]
    )
    line = forms.CharField(required=False, max_length=LONGEST)
    road = forms.CharField(required=False, max_length=200)
    column = forms.CharField(required=False, max_length=16)
    border = forms.IntegerField(required=False)
    after = forms.IntegerField(required=False, min_value=0)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show the borders of a cut, or change them, or cut again within them."""
    if request.method != "POST":
        return render(request, "cuts/borders.html", _shown(request, id))
    cuts.found(id=id, seen_by=request.user)
    form = BorderForm(request.POST)
    if not form.is_valid():
        raise NotYours
    wanted = form.cleaned_data
    if wanted["verb"] == "recut":
        after = wanted["after"] or 0
        job = orders.ask_recut(cut=id, after=after, by=request.user)
        return redirect("job", job.pk)
    try:
        _change(request, id, wanted)
    except (BadBorder, OtherBorder, RoadsWithoutStreets, UnknownRoad) as refusal:
        shown = _shown(request, id) | {"refusal": said(refusal)}
        return refuse(request, "cuts/borders.html", shown)
    return redirect("cut-borders", id)


@require_safe
@screen
def lines(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the borders of a cut for a map."""
    return geojson(borders.border_map(cut=id, seen_by=request.user))


def _change(request: SignedInRequest, cut: int, wanted: dict[str, Any]) -> None:
    """Do what a button asks for."""
    by = request.user
    if wanted["verb"] == "draw":
        borders.draw(cut=cut, line=_line(wanted["line"]), by=by)
        messages.success(request, _("The border is drawn. Cut again to keep to it."))
    elif wanted["verb"] == "follow":
        if not wanted["road"].strip():
            raise BadBorder(_("no road was named"))
        borders.follow(cut=cut, road=wanted["road"], by=by)
        messages.success(request, _("The road is a border. Cut again to keep to it."))
    elif wanted["verb"] == "apart":
        borders.keep_apart(cut=cut, column=wanted["column"], by=by)
        messages.success(request, _("They are kept apart. Cut again to keep to it."))
    else:
        if wanted["border"] not in {
            each.id for each in borders.borders(cut=cut, seen_by=by)
        }:
            raise NotYours
        act = borders.remove if wanted["verb"] == "remove" else borders.put_back
        act(border=wanted["border"], by=by)


def _line(text: str) -> list[Any]:
    """Return the places that a page sends; what is none is no line."""
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return line if isinstance(line, list) else []


def _shown(request: SignedInRequest, id: int) -> dict[str, Any]:  # noqa: A002  # as the actions call it
    """Return what the screen shows."""
    found = cuts.cut_page(id=id, seen_by=request.user)
    row = cuts.found(id=id, seen_by=request.user)
    return {
        "cut": found,
        "line": found.line,
        "after": row.version,
        "borders": borders.borders(cut=id, seen_by=request.user),
        "roads": borders.roads(cut=id, seen_by=request.user),
        "columns": Column.choices,
        "left": recut.left(cut=id, seen_by=request.user),
        "price": recut.price(row),
    }
