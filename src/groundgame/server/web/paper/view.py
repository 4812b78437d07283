"""The screens of paper: photographs come in, and doubtful rows are decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundgame.server.actions import orders, paper_decide, paper_doubts, people
from groundgame.server.web.paper.forms import PhotosForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    refuse,
    screen,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """Ask for photographs, and have them read."""
    mine = [
        row
        for row in people.chapters_of(request.user)
        if row.role == people.Role.ORGANIZER
    ]
    form = PhotosForm(request.POST or None, request.FILES or None, chapters=mine)
    if request.method == "POST" and form.is_valid():
        job = orders.ask_paper(
            chapter=people.chapter(
                id=form.cleaned_data["chapter"], seen_by=request.user
            ),
            photos=form.cleaned_data["photos"],
            by=request.user,
        )
        return redirect("job", job.pk)
    waiting = paper_doubts.waiting(seen_by=request.user)
    page = {
        "form": form,
        "left": len(waiting),
        "first": next(iter(waiting), None),
        "may_undo": paper_decide.may_undo(seen_by=request.user),
    }
    if request.method == "POST":
        return refuse(request, "paper/paper.html", page)
    return render(request, "paper/paper.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def doubt(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show a row that is in doubt beside its choices, and write down what is marked."""
    found = paper_doubts.doubt(id=id, seen_by=request.user)
    may_undo = paper_decide.may_undo(seen_by=request.user)
    page = {"doubt": found, "may_undo": may_undo}
    if request.method != "POST":
        return render(request, "paper/doubt.html", page)
    answers = {
        each.name: request.POST[each.name]
        for each in found.asked
        if each.name in request.POST
    }
    if len(answers) < len(found.asked):
        messages.warning(request, _("Choose an answer to every question."))
        return refuse(request, "paper/doubt.html", page)
    became = paper_decide.decide(doubt=id, answers=answers, by=request.user)
    if became in {"conflict", "quarantined"}:
        messages.warning(request, _("It is set aside in quarantine: it did not fit."))
    return redirect("paper-doubt", found.next) if found.next else redirect("paper")


@require_POST
@screen
def undo(request: SignedInRequest) -> HttpResponse:
    """Take the last decision back, and show its row again."""
    row = paper_decide.undo(by=request.user)
    messages.success(request, _("Taken back; the row is in doubt again."))
    return redirect("paper-doubt", row)


@require_safe
@screen
def picture(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the picture of a row that is in doubt."""
    png = paper_doubts.picture(id=id, seen_by=request.user)
    return HttpResponse(png, content_type="image/png")
