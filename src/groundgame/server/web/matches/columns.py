"""Which column of a list holds what, where the names do not say."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from groundgame.errors import UnreadableFile
from groundgame.server.actions import match_columns, orders
from groundgame.server.actions.match_columns import Look
from groundgame.server.store.models import Job
from groundgame.server.web.matches.forms import FIELDS, ColumnsForm
from groundgame.server.web.screen import REFUSED, SignedInRequest, refuse, said, screen


def next_step(request: SignedInRequest, job: Job, *, look_first: bool) -> HttpResponse:
    """Have a list matched if its columns say what they hold; else ask for them."""
    try:
        known = bool(match_columns.look(job).columns)
    except UnreadableFile:
        known = False  # the page of columns says what is wrong with it
    if known and not look_first:
        return redirect("job", orders.ask_match(job, by=request.user).pk)
    return redirect("match-columns", job.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Ask which column holds what, show how the first rows would be read, and match."""
    row = match_columns.draft(id=id, seen_by=request.user)
    if row.asked:
        return redirect("job", id)
    try:
        look = match_columns.look(row)
    except UnreadableFile as refusal:
        page = {"job": row, "problem": said(refusal)}
        return refuse(request, "matches/unreadable.html", page)
    form = ColumnsForm(request.POST or None, header=look.header, columns=look.columns)
    if request.method == "POST" and form.is_valid():
        look = match_columns.look(row, form.columns)
        if look.columns and "look" not in request.POST:
            orders.ask_match(row, columns=form.columns, by=request.user)
            return redirect("job", id)
    shown = {"form": form, "job": row, "rows": _rows(look), "problem": _problem(look)}
    if request.headers.get("HX-Request"):
        return render(request, "matches/first.html", shown)
    amiss = request.method == "POST" and "look" not in request.POST
    return render(
        request, "matches/columns.html", shown, status=REFUSED if amiss else None
    )


def _problem(look: Look) -> str:
    """Return what is wrong with the columns, without the command line's next step."""
    return look.problem.partition(" Next: ")[0]


def _rows(look: Look) -> list[tuple[str, list[str]]]:
    """Return what the first rows come to: a field in words, and a cell of each row."""
    return [
        (str(words), [row.get(field, "") for row in look.first])
        for field, words in FIELDS.items()
        if any(field in row for row in look.first)
    ]
