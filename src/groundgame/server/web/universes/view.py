"""The screens of universes: the list, the builder with its live count, one universe."""

from urllib.parse import urlencode

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
from django_htmx.http import trigger_client_event

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import (
    areas,
    cuts,
    maps,
    orders,
    scores,
    snapshots,
    universes,
)
from groundgame.server.web.form import PlainForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    map_part,
    refuse,
    said,
    screen,
)
from groundgame.server.web.universes.forms import (
    LONGEST_RULE,
    AreaForm,
    CutForm,
    PointForm,
    RuleForm,
    ScoresForm,
)
from groundgame.server.web.universes.words import EXAMPLES, REFERENCE


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the universes, and the snapshots that another could be made over."""
    page = {
        "lines": universes.universes(seen_by=request.user),
        "snapshots": snapshots.snapshots(seen_by=request.user),
    }
    return render(request, "universes/universes.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def build(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Build a rule over a snapshot, and save it under a name."""
    snapshots.found(id=snapshot, seen_by=request.user)
    form = RuleForm(request.POST or None, initial={"rule": request.GET.get("rule", "")})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            saved = universes.save(
                snapshot=snapshot,
                name=wanted["name"],
                rule=wanted["rule"],
                by=request.user,
            )
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
        else:
            messages.success(request, _("Saved. Now cut it into turf."))
            return redirect("universe", saved.pk)
    return builder(request, snapshot, form=form)


def builder(
    request: SignedInRequest, snapshot: int, **bound: PlainForm
) -> HttpResponse:
    """Show the builder, with the rule that was sent and what was wrong with a form.

    Args:
        request: Whose page it is.
        snapshot: Over which.
        bound: Forms that were filled in: 'form', 'point', 'area', 'scores'.
    """
    sent = request.method == "POST"
    over = snapshots.snapshot(id=snapshot, seen_by=request.user)
    typed = {name: request.POST.get(name, "") for name in ("rule", "name")}
    page = {
        "form": RuleForm(initial=typed),
        "point": PointForm(),
        "area": AreaForm(),
        "scores": ScoresForm(),
        "over": over,
        "areas": areas.areas(snapshot=snapshot, seen_by=request.user),
        "scored": scores.scores(snapshot=snapshot, seen_by=request.user),
        "names": universes.names(snapshot=snapshot, seen_by=request.user),
        "examples": EXAMPLES,
        "reference": REFERENCE,
    }
    page |= bound
    if sent:
        return refuse(request, "universes/build.html", page)
    return render(request, "universes/build.html", page)


@require_POST
@screen
def preview(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Say what a rule would find, while it is being typed."""
    rule = request.POST.get("rule", "")[:LONGEST_RULE].strip()
    found = universes.preview(snapshot=snapshot, rule=rule, seen_by=request.user)
    page = {"preview": found if rule else None}
    answer = render(request, "universes/preview.html", page)
    address = reverse("universe-preview-map", args=[snapshot])
    where = "" if found.error else f"{address}?{urlencode({'rule': rule})}"
    if not rule:  # there must be ground to draw on before there is a rule
        where = reverse("snapshot-map", args=[snapshot])
    return trigger_client_event(answer, "rule-read", {"map": where})


@require_safe
@screen
def preview_map(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Give the doors that a rule would find, for a map."""
    rule = request.GET.get("rule", "")[:LONGEST_RULE]
    try:
        return map_part(maps.of_rule, request, snapshot=snapshot, rule=rule)
    except NotYours:
        raise
    except GroundgameError as refusal:
        return HttpResponse(said(refusal), status=422, content_type="text/plain")


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show one universe, and cut it."""
    form = CutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            left, plan = form.control(), form.plan()
            if left:
                job = orders.ask_cut_beside_control(
                    universe=id, left=left, plan=plan, by=request.user
                )
            else:
                job = orders.ask_cut(universe=id, by=request.user, **plan)
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
        else:
            return redirect("job", job.pk)
    found = universes.universe(id=id, seen_by=request.user)
    mine = [
        line for line in cuts.cuts(seen_by=request.user) if line.id in set(found.cuts)
    ]
    shown = {"universe": found, "form": form, "cuts": mine}
    if request.method == "POST":
        return refuse(request, "universes/universe.html", shown)
    return render(request, "universes/universe.html", shown)


@require_safe
@screen
def doors(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the doors of a universe for a map."""
    return map_part(maps.of_universe, request, id=id)
