"""The screen that finds a turf for a volunteer who stands before you."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from groundgame.errors import FarPlace, UnknownPlace
from groundgame.server.actions import wishes
from groundgame.server.web.cuts.refusals import words
from groundgame.server.web.form import PlainForm
from groundgame.server.web.screen import SignedInRequest, refuse, screen

SHOWN = 8
"""Turfs that are offered; more are no help to choose."""
WHERE = _(
    "An address of this cut, such as 12 Main St; or latitude and longitude, such as "
    "42.1, -78.5."
)


class WishForm(PlainForm):
    """What a volunteer wishes."""

    near = forms.CharField(
        label=_("Near"), required=False, max_length=100, help_text=WHERE
    )
    home = forms.CharField(
        label=_("On the way to"),
        required=False,
        max_length=100,
        help_text=_("Where they want to be in the end. It is not kept."),
    )
    short = forms.BooleanField(label=_("Short"), required=False)
    no_stairs = forms.BooleanField(label=_("No stairs"), required=False)
    bicycle = forms.BooleanField(label=_("By bicycle"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Ask for wishes, and show the turfs that would do.

    Wishes are posted, so that nobody's home stands in an address or in a log.
    """
    form = WishForm(request.POST or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    try:
        found = wishes.offers(
            cut=id, wishes=wishes.Asked(**asked), seen_by=request.user
        )
    except (FarPlace, UnknownPlace) as unknown:
        form.add_error(None, words(unknown))
        asked = {}
        found = wishes.offers(cut=id, wishes=wishes.Asked(), seen_by=request.user)
    shown = {
        "form": form,
        "found": found,
        "line": found.line,
        "best": found.offers[:SHOWN],
        "wished": asked,
    }
    if form.is_bound and form.errors:
        return refuse(request, "cuts/find.html", shown)
    return render(request, "cuts/find.html", shown)
