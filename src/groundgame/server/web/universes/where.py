"""Where, and how likely: what is drawn or brought in beside a rule, and put into it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from groundgame.errors import BadArea, GroundgameError, NotYours
from groundgame.server.actions import areas, scores, snapshots, universes
from groundgame.server.web.screen import SignedInRequest, said, screen
from groundgame.server.web.universes.forms import (
    LONGEST_RULE,
    AreaForm,
    PointForm,
    ScoresForm,
)
from groundgame.server.web.universes.view import builder


@require_POST
@screen
def lives(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Say who lives near a point, or inside what was drawn, while it is drawn."""
    over = snapshots.found(id=snapshot, seen_by=request.user)
    where, problem = None, ""
    point = PointForm(request.POST)
    try:
        if request.GET.get("of") == "area":
            corners = request.POST.get("corners", "")
            drawn = areas.of_corners(corners) if corners.strip() else ""
            if drawn:
                where = areas.inside(
                    snapshot=over.pk, geojson=drawn, seen_by=request.user
                )
        elif point.is_valid():
            where = areas.near(
                snapshot=over.pk, seen_by=request.user, **point.cleaned_data
            )
    except BadArea as refusal:
        problem = said(refusal)
    return render(request, "universes/lives.html", {"where": where, "problem": problem})


@require_POST
@screen
def add(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Put one more condition into a rule: a point, or one that has a name."""
    over = snapshots.found(id=snapshot, seen_by=request.user)
    piece = request.POST.get("piece", "")[:LONGEST_RULE]
    if not piece:
        point = PointForm(request.POST)
        if not point.is_valid():
            return builder(request, over.pk, point=point)
        piece = areas.near_rule(**point.cleaned_data)
    return _with(request, over.pk, piece)


@require_POST
@screen
def area(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Keep an area under a name, and put it into the rule."""
    form = AreaForm(request.POST, request.FILES)
    snapshots.found(id=snapshot, seen_by=request.user)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            drawn = wanted["geojson"] or areas.of_corners(wanted["corners"])
            kept = areas.keep(
                snapshot=snapshot,
                name=wanted["area_name"],
                geojson=drawn,
                by=request.user,
            )
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
        else:
            messages.success(
                request, _("The area %(name)s is kept.") % {"name": kept.name}
            )
            return _with(request, snapshot, areas.rule_of(kept.name))
    return builder(request, snapshot, area=form)


@require_POST
@screen
def area_gone(request: SignedInRequest, snapshot: int, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take an area away."""
    snapshots.found(id=snapshot, seen_by=request.user)
    gone = areas.take_away(id=id, by=request.user)
    messages.success(
        request, _("The area %(name)s is taken away.") % {"name": gone.name}
    )
    return _back(snapshot, request.POST.get("rule", ""))


@require_POST
@screen
def take_scores(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Take scores in, for rules to ask about."""
    form = ScoresForm(request.POST, request.FILES)
    snapshots.found(id=snapshot, seen_by=request.user)
    if form.is_valid():
        try:
            done = scores.take_in(
                snapshot=snapshot, upload=form.cleaned_data["scores"], by=request.user
            )
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
        else:
            messages.success(
                request,
                _(
                    "%(given)s scores = %(kept)s kept + %(refused)s refused (no id, no "
                    "number) + %(repeated)s repeated. Of those kept, %(elsewhere)s are "
                    "of nobody in this file."
                )
                % {
                    name: f"{getattr(done, name):,}"
                    for name in ("given", "kept", "refused", "repeated", "elsewhere")
                },
            )
            return _back(snapshot, request.POST.get("rule", ""))
    return builder(request, snapshot, scores=form)


def _with(request: SignedInRequest, snapshot: int, piece: str) -> HttpResponse:
    """Answer with the rule narrowed: in place for a script, else as a page."""
    rule = universes.joined(request.POST.get("rule", "")[:LONGEST_RULE], piece)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        return trigger_client_event(answer, "rule-joined", {"rule": rule})
    return _back(snapshot, rule)


def _back(snapshot: int, rule: str) -> HttpResponseRedirect:
    """Go back to the builder with a rule in it."""
    asked = urlencode({"rule": rule[:LONGEST_RULE]})
    return redirect(f"{reverse('universe-new', args=[snapshot])}?{asked}")
