"""The screen on which turfs are changed by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import BeyondLimits, CannotEdit, NotYours, StaleTurfs
from groundgame.server.actions import cuts, edits, picks, shifts, sides
from groundgame.server.actions.edits import Verb
from groundgame.server.web.cuts.refusals import words
from groundgame.server.web.screen import (
    SignedInRequest,
    number,
    refuse,
    screen,
)
from groundgame.server.web.words import distance, shift

MOST_CHOICES = 200
"""With more turfs, a number is typed: nobody looks through so long a list."""
MOST_TOLD = 6
"""Of no more turfs is said what became of them."""

DOES: dict[str, tuple[Any, tuple[str, ...]]] = {
    Verb.MOVE: (edits.move, ("doors", "to", "beyond")),
    Verb.MERGE: (edits.merge, ("turf", "into", "beyond")),
    Verb.SPLIT: (edits.split, ("turf", "beyond")),
    Verb.SHARE: (edits.share, ("turf", "beyond")),
    Verb.WALK: (edits.walk, ("turf", "start", "back", "one_side")),
    Verb.LOCK: (edits.lock, ("turf",)),
    Verb.UNLOCK: (edits.unlock, ("turf",)),
    Verb.UNDO: (edits.undo, ()),
    Verb.REDO: (edits.redo, ()),
}
"""What each button does, and what is sent along beside `after`."""


class EditForm(forms.Form):
    """One change, as a button sends it."""

    verb = forms.ChoiceField(choices=Verb.choices)
    after = forms.IntegerField(min_value=0)
    turf = forms.IntegerField(required=False)
    to = forms.IntegerField(required=False)
    into = forms.IntegerField(required=False)
    start = forms.CharField(required=False, max_length=200)
    back = forms.BooleanField(required=False)
    one_side = forms.BooleanField(required=False)
    beyond = forms.BooleanField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show the turfs of a cut with all that can be changed, or change them."""
    if request.method != "POST":
        return render(request, "cuts/edit.html", _shown(request, id))
    cuts.found(id=id, seen_by=request.user)
    form = EditForm(request.POST)
    if not form.is_valid():
        raise NotYours
    wanted = form.cleaned_data | {"doors": _picked(request, request.POST, id)}
    wanted |= {name: request.POST.get(name, "") for name in ("stops", "side", "seen")}
    wanted["ticked"] = request.POST.getlist("doors")
    act, names = DOES[wanted["verb"]]
    given = {name: wanted[name] for name in names}
    if any(each is None for each in given.values()) or given.get("doors") == []:
        shown = _shown(request, id) | {"refusal": _("Choose doors and a turf first.")}
        return refuse(request, "cuts/edit.html", shown)
    try:
        act(cut=id, after=wanted["after"], by=request.user, **given)
    except BeyondLimits as refusal:
        again = {"refusal": words(refusal), "wanted": wanted}
        return refuse(request, "cuts/edit.html", _shown(request, id) | again)
    except (CannotEdit, StaleTurfs) as refusal:
        shown = _shown(request, id) | {"refusal": words(refusal)}
        return refuse(request, "cuts/edit.html", shown)
    messages.success(request, _done(request, id, wanted["after"]))
    return redirect(f"{reverse('cut-edit', args=[id])}?{request.GET.urlencode()}")


@require_safe
@screen
def cost(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Say what moving doors would do to the turfs; with ?drag=1, shortly."""
    to = number(request, "to", 0)
    row = cuts.found(id=id, seen_by=request.user)
    try:
        doors = _picked(request, request.GET, id)
        shown: dict[str, Any] = {"costs": [], "doors": len(doors), "to": to}
        if doors and to:
            shown["costs"] = edits.cost(
                cut=id, doors=doors, to=to, seen_by=request.user
            )
        if "drag" in request.GET:
            _require_seen(request, row.version)
            shown["held"] = picks.said(
                cut=id, doors=doors, after=row.version, seen_by=request.user
            )
            edits.refuse(row, shown["costs"], edits.locked(row))
    except (CannotEdit, StaleTurfs) as refusal:
        shown = {"refusal": words(refusal)}
    short = "cuts/drag.html" if "drag" in request.GET else "cuts/cost.html"
    return render(request, short, shown)


def _require_seen(request: SignedInRequest, version: int) -> None:
    """Want a map that shows the turfs as they are now."""
    if request.GET.get("seen") != str(version):
        raise StaleTurfs


def _picked(request: SignedInRequest, asked: QueryDict, id: int) -> list[str]:  # noqa: A002  # as the actions call it
    """Return the ids of the doors that were picked, in a list or on a map."""
    stops, side = asked.get("stops", ""), asked.get("side", "")
    doors = asked.getlist("doors")
    if not (stops or side):
        return doors
    after = asked.get("seen", "")
    if not after.isdecimal():
        raise NotYours
    found = picks.doors(
        cut=id, stops=stops, side=side, after=int(after), seen_by=request.user
    )
    return sorted({*doors, *found})


def _done(request: SignedInRequest, id: int, after: int) -> str:  # noqa: A002  # as the actions call it
    """Return what became of the turfs that a change touched, in words."""
    row = cuts.found(id=id, seen_by=request.user)
    touched = row.turfs.filter(number__in=cuts.others(row, after), doors__gt=0)
    turfs = list(touched.order_by("number")[:MOST_TOLD])
    today = shifts.today(row, turfs)
    told = [
        _("%(turf)s: %(doors)s doors, %(walk)s, %(time)s.")
        % {
            "turf": turf.name,
            "doors": today[turf.number][0],
            "walk": distance(turf.metres),
            "time": shift(today[turf.number][1]),
        }
        for turf in turfs
    ]
    return " ".join([_("Done. You can take it back."), *told])


def _shown(request: SignedInRequest, id: int) -> dict[str, Any]:  # noqa: A002  # as the actions call it
    """Return what the screen shows."""
    found = cuts.cut_page(id=id, seen_by=request.user)
    row = cuts.found(id=id, seen_by=request.user)
    held, back = edits.stacks(row)
    picked = number(request, "turf", found.turfs[0].number)
    if picked not in {turf.number for turf in found.turfs}:  # merged, or not split
        picked = found.turfs[0].number
    return {
        "cut": found,
        "line": found.line,
        "after": row.version,
        "held": held[-1] if held else None,
        "back": back[-1] if back else None,
        "edits": row.edits.select_related("by").order_by("-number")[:10],
        "locked": edits.locked(row),
        "out": edits.out(row),
        "choose": len(found.turfs) <= MOST_CHOICES,
        "picked": picked,
        "sides": sides.sides(cut=id, turf=picked, seen_by=request.user),
    }
