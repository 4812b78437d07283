"""The screen that takes a rescue file in, and says what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from groundgame.errors import NoRescueFile
from groundgame.server.actions import rescue
from groundgame.server.web.rescue.forms import RescueForm
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    refuse,
    said,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """Ask for a rescue file, and take it in."""
    if request.method != "POST":
        return render(request, "rescue/rescue.html", {"form": RescueForm()})
    form = RescueForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"].read(rescue.LARGEST + 1)
        try:
            became = rescue.take_in(file=file, by=request.user)
        except NoRescueFile as refusal:
            form.add_error("file", said(refusal))
        else:
            _tell(request, became)
            return redirect("rescue")
    return refuse(request, "rescue/rescue.html", {"form": form})


@require_safe
@for_organizers
def squares(request: SignedInRequest) -> HttpResponse:
    """Read what a phone shows as squares; it comes back as a rescue file."""
    return render(request, "rescue/squares.html")


def _tell(request: SignedInRequest, became: rescue.Rescued) -> None:
    """Say in words what became of each entry; what needs a look, as a warning."""
    kept, repeat = became.kept, became.repeat
    if kept:
        words = ngettext(
            "%(n)s entry was taken in. It counts from now on.",
            "%(n)s entries were taken in. They count from now on.",
            kept,
        )
        messages.success(request, words % {"n": kept})
    if repeat:
        words = ngettext(
            "%(n)s entry was there already. Nothing counts twice.",
            "%(n)s entries were there already. Nothing counts twice.",
            repeat,
        )
        messages.success(request, words % {"n": repeat})
    if became.aside:
        words = ngettext(
            "%(n)s entry is set aside, for it did not fit.",
            "%(n)s entries are set aside, for they did not fit.",
            became.aside,
        )
        link = format_html(
            '{} <a href="{}">{}</a>',
            words % {"n": became.aside},
            reverse("quarantine"),
            _("Look at what waits."),
        )
        messages.warning(request, link)
    if became.elsewhere:
        words = ngettext(
            "%(n)s entry is of no packet of your chapters, and was not taken in. Give "
            "the file to an organizer of the chapter that it was recorded for.",
            "%(n)s entries are of no packet of your chapters, and were not taken in. "
            "Give the file to an organizer of the chapter that they were recorded for.",
            became.elsewhere,
        )
        messages.warning(request, words % {"n": became.elsewhere})
    if became == rescue.Rescued(0, 0, 0, 0, 0):
        messages.warning(
            request,
            _("No entry is in this file: all had been sent when it was saved."),
        )
