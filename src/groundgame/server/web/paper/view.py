"""The screens of paper: photographs come in, and doubtful rows are decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.server.actions import paper, paper_doubts
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
    """Ask for photographs, and read them."""
    form = PhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["photos"]
        taken = paper.take_in(
            photos=((each.name or "photo", each.read()) for each in files),
            by=request.user,
        )
        _tell(request, taken)
        return redirect("paper")
    waiting = paper_doubts.waiting(seen_by=request.user)
    page = {"form": form, "left": len(waiting), "first": next(iter(waiting), None)}
    if request.method == "POST":
        return refuse(request, "paper/paper.html", page)
    return render(request, "paper/paper.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def doubt(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show a row that is in doubt beside its choices, and write down what is marked."""
    found = paper_doubts.doubt(id=id, seen_by=request.user)
    page = {"doubt": found}
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
    became = paper.decide(doubt=id, answers=answers, by=request.user)
    if became in {"conflict", "quarantined"}:
        messages.warning(request, _("It is set aside in quarantine: it did not fit."))
    return redirect("paper-doubt", found.next) if found.next else redirect("paper")


@require_safe
@screen
def picture(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the picture of a row that is in doubt."""
    png = paper_doubts.picture(id=id, seen_by=request.user)
    return HttpResponse(png, content_type="image/png")


def _tell(request: SignedInRequest, taken: paper.Taken) -> None:
    """Say in words what became of the photographs; what needs a look, as a warning."""
    told = (
        (
            taken.kept,
            ngettext(
                "%(n)s conversation was taken in.",
                "%(n)s conversations were taken in.",
                taken.kept,
            ),
        ),
        (
            taken.repeat,
            ngettext(
                "%(n)s conversation was there already.",
                "%(n)s conversations were there already.",
                taken.repeat,
            ),
        ),
    )
    for count, words in told:
        if count:
            messages.success(request, words % {"n": count})
    look_at = (
        (
            taken.doubts,
            ngettext(
                "%(n)s row is in doubt: look at it below.",
                "%(n)s rows are in doubt: look at them below.",
                taken.doubts,
            ),
        ),
        (
            taken.aside,
            ngettext(
                "%(n)s conversation is set aside in quarantine.",
                "%(n)s conversations are set aside in quarantine.",
                taken.aside,
            ),
        ),
        (
            taken.notes,
            ngettext(
                "At %(n)s door something is written by hand. It stays on the paper.",
                "At %(n)s doors something is written by hand. It stays on the paper.",
                taken.notes,
            ),
        ),
    )
    for count, words in look_at:
        if count:
            messages.warning(request, words % {"n": count})
    for refusal in taken.refused:
        messages.error(request, refusal)
    if taken.pages and not (taken.kept or taken.repeat or taken.doubts or taken.aside):
        messages.success(request, _("Nothing is marked on these sheets."))
