"""The screen of turnout: two elections side by side, of registered and of eligible."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import cuts, snapshots, turnouts
from groundgame.server.web.form import PlainForm
from groundgame.server.web.screen import SignedInRequest, refuse, said, screen

NAMES = {
    "precinct": _("precinct"),
    "ward": _("ward"),
    "municipality": _("town"),
    "age": _("age"),
    "experience": _("elections voted in before"),
}


class TurnoutForm(PlainForm):
    """Which files, which elections, by what."""

    older = forms.TypedChoiceField(label=_("The file before"), coerce=int)
    earlier = forms.CharField(
        label=_("The election before"),
        max_length=100,
        help_text=_("As that file names it: 2022-11-08 general"),
    )
    election = forms.ChoiceField(label=_("The election after"))
    by = forms.ChoiceField(label=_("By"))
    eligible = forms.CharField(
        label=_("How many may vote, if somebody has counted"),
        required=False,
        max_length=20_000,
        help_text=_("A group and a number on each line: 12, 1840"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show turnout before and after, with its denominators."""
    over = snapshots.snapshot(id=id, seen_by=request.user)
    form = _form(request, id)
    shown: dict[str, Any] = {"form": form, "over": over, "rows": None}
    if not form.is_bound or not form.is_valid():
        return render(request, "experiments/turnout.html", shown)
    wanted = form.cleaned_data
    try:
        shown["rows"] = turnouts.turnout(
            older=wanted["older"],
            newer=id,
            elections=(wanted["earlier"], wanted["election"]),
            by=wanted["by"],
            eligible=turnouts.counted(wanted["eligible"]),
            seen_by=request.user,
        )
    except NotYours:
        raise
    except GroundgameError as refusal:
        form.add_error(None, said(refusal))
        return refuse(request, "experiments/turnout.html", shown)
    return render(request, "experiments/turnout.html", shown)


def _form(request: SignedInRequest, id: int) -> TurnoutForm:  # noqa: A002  # as the actions call it
    """Return the form, with what may be chosen."""
    form = TurnoutForm(request.GET if "by" in request.GET else None)
    choose: dict[str, Any] = dict(form.fields.items())
    choose["older"].choices = [
        (one.id, one.label) for one in snapshots.snapshots(seen_by=request.user)
    ]
    names = turnouts.elections(snapshot=id, seen_by=request.user)
    choose["election"].choices = [(name, name) for name in names]
    turfs = [
        (f"cut {cut.id}", f"{cut.universe}: {cut.turfs} turfs, {cut.at:%Y-%m-%d}")
        for cut in cuts.cuts(seen_by=request.user)
    ]
    choose["by"].choices = [*NAMES.items(), *turfs]
    return form
