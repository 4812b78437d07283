"""The screens of experiments: the list, the design, one experiment, its report."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import (
    balances,
    cuts,
    experiments,
    findings,
    foresight,
    orders,
    scripts,
    snapshots,
    universes,
    watched,
)
from groundgame.server.actions.outcomes import Asked
from groundgame.server.web.experiments.forms import DesignForm
from groundgame.server.web.experiments.reading import ReadForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    number,
    refuse,
    said,
    screen,
)

KINDS = {"html": "text/html", "pdf": "application/pdf", "json": "application/json"}


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the experiments, and the universes that another could be drawn from."""
    page = {
        "lines": experiments.experiments(seen_by=request.user),
        "alarms": watched.alarms(seen_by=request.user),
        "universes": universes.universes(seen_by=request.user),
    }
    return render(request, "experiments/experiments.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def design(request: SignedInRequest, universe: int) -> HttpResponse:
    """Design an experiment over a universe, and register it."""
    line = universes.universe(id=universe, seen_by=request.user).line
    form = _form(request, universe)
    changes = number(request, "changes", 0) or None
    seen = None
    if request.method == "POST" and form.is_valid():
        wanted = form.design(universe, changes, _other(request, form, universe))
        try:
            seen = foresight.foresee(wanted, form.expected(), seen_by=request.user)
            planned = replace(wanted, plan=foresight.plan(seen, form.expected()))
            row = experiments.register(planned, by=request.user, drawn=seen.drawn)
            balances.of(row)  # is kept, for whoever looks at it
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
        else:
            messages.success(request, _("Registered. Publish its number, then launch."))
            return redirect("experiment", row.pk)
    page = {"form": form, "universe": line, "seen": seen, "problem": ""}
    if request.method == "POST":
        return refuse(request, "experiments/design.html", page)
    return render(request, "experiments/design.html", page)


@require_POST
@screen
def power(request: SignedInRequest, universe: int) -> HttpResponse:
    """Say what a design would show, while it is being thought about."""
    universes.found(id=universe, seen_by=request.user)
    form = _form(request, universe)
    page: dict[str, object] = {"seen": None, "problem": ""}
    form.fields["name"].required = form.fields["question"].required = False
    if form.is_valid():
        try:
            page["seen"] = foresight.foresee(
                form.design(universe, other=_other(request, form, universe)),
                form.expected(),
                tried="try" in request.POST,
                seen_by=request.user,
            )
        except NotYours:
            raise
        except GroundgameError as refusal:
            page["problem"] = said(refusal)
    return render(request, "experiments/power.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show one experiment, and read what it came to."""
    found = experiments.page(id=id, seen_by=request.user)
    form = ReadForm(
        request.POST or None,
        request.FILES or None,
        outcome=found.line.outcome,
        snapshots=snapshots.snapshots(seen_by=request.user),
        initial={"election": found.line.about},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _read(request, id, form.asked())
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
    shown = {
        "experiment": found,
        "balance": balances.balance(id=id, seen_by=request.user),
        "watched": watched.watched(id=id, seen_by=request.user),
        "findings": findings.findings(experiment=id, seen_by=request.user),
        "form": form,
    }
    if request.method == "POST":
        return refuse(request, "experiments/experiment.html", shown)
    return render(request, "experiments/experiment.html", shown)


def _read(request: SignedInRequest, id: int, asked: Asked) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show what was found when the same was asked, or have it read."""
    there = findings.known(experiment=id, asked=asked, by=request.user)
    if there is not None:
        messages.info(request, _("Nothing has changed since this was read."))
        return redirect("finding", there.pk)
    job = orders.ask_finding(experiment=id, asked=asked, by=request.user)
    return redirect("job", job.pk)


@require_POST
@screen
def launch(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Let an experiment run."""
    return _turn(request, id, experiments.launch)


@require_POST
@screen
def stop(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """End an experiment."""
    return _turn(request, id, experiments.stop)


@require_safe
@screen
def registration(request: SignedInRequest, id: int, kind: str) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give what was fixed, as one page or for a program."""
    found = experiments.page(id=id, seen_by=request.user)
    if kind not in KINDS:
        raise Http404
    return _file(getattr(found, kind), kind, f"design-{id}")


@require_safe
@screen
def finding(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show a report."""
    made = findings.finding(id=id, seen_by=request.user)
    return render(request, "experiments/finding.html", {"finding": made})


@require_safe
@screen
def report(request: SignedInRequest, id: int, kind: str) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give a report as a file."""
    made = findings.finding(id=id, seen_by=request.user)
    if kind not in KINDS:
        raise Http404
    return _file(getattr(made, kind), kind, f"report-{id}")


def _form(request: SignedInRequest, universe: int) -> DesignForm:
    """Return the form of a design, with the cuts of its universe."""
    mine = universes.universe(id=universe, seen_by=request.user).cuts
    lines = [one for one in cuts.cuts(seen_by=request.user) if one.id in set(mine)]
    chapter = universes.found(id=universe, seen_by=request.user).snapshot.chapter
    own = scripts.choices(chapter=chapter, seen_by=request.user)
    return DesignForm(request.POST or None, cuts=lines, scripts=own)


def _other(
    request: SignedInRequest, form: DesignForm, universe: int
) -> dict[str, Any] | None:
    """Return the script of the chapter that placebo doors hear; None: the shipped."""
    key = form.cleaned_data["other"]
    chapter = universes.found(id=universe, seen_by=request.user).snapshot.chapter
    return scripts.chosen(key=key, chapter=chapter) if key else None


def _turn(request: SignedInRequest, id: int, act: object) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Launch or stop, or say why not."""
    try:
        act(id=id, by=request.user)  # type: ignore[operator]  # one of two verbs
    except NotYours:
        raise
    except GroundgameError as refusal:
        messages.error(request, said(refusal))
    return redirect("experiment", id)


def _file(body: str | bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    return HttpResponse(
        body,
        content_type=KINDS[kind],
        status=HTTPStatus.OK,
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )
