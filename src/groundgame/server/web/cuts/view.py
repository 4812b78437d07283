"""The screens of cuts: the list, and one cut with its turfs on a map and in a table."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from groundgame.server.actions import cuts, recut, scripts, universes
from groundgame.server.actions.cuts import TurfRow
from groundgame.server.web.screen import (
    SignedInRequest,
    for_organizers,
    geojson,
    number,
    screen,
)


@dataclass(frozen=True, slots=True)
class Launch:
    """How many turfs of a cut are in which state."""

    free: int
    out: int
    expired: int

    @property
    def idle(self) -> int:
        """How many could be handed out now."""
        return self.free + self.expired


TURFS = 200
"""Turfs that one page of the table holds; a map shows all of them."""


@dataclass(frozen=True, slots=True)
class TurfsPage:
    """A page of the turfs of a cut."""

    turfs: list[TurfRow]
    page: int
    pages: int

    @classmethod
    def of(cls, turfs: list[TurfRow], *, page: int, turf: int) -> Self:
        """Return the page that holds a turf; where there is none of it, that page."""
        pages = max(1, -(-len(turfs) // TURFS))
        places = (n for n, one in enumerate(turfs) if one.number == turf)
        page = next((n // TURFS + 1 for n in places), min(max(page, 1), pages))
        return cls(turfs[(page - 1) * TURFS : page * TURFS], page, pages)


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the cuts."""
    page = {
        "lines": cuts.cuts(seen_by=request.user),
        "universes": universes.universes(seen_by=request.user),
    }
    return render(request, "cuts/cuts.html", page)


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show one cut: its turfs, who has which, and how far they are.

    With ?turf=, the page of the table that this turf is on; with ?page=, that page.
    """
    found = cuts.cut_page(id=id, seen_by=request.user)
    rows = TurfsPage.of(
        found.turfs, page=number(request, "page", 1), turf=number(request, "turf", 0)
    )
    if request.headers.get("HX-Request"):
        return render(request, "cuts/turfs.html", {"rows": rows})
    states = [turf.state for turf in found.turfs]
    launch = Launch(*(states.count(state) for state in ("free", "out", "expired")))
    row = cuts.found(id=id, seen_by=request.user)
    chapter = row.universe.snapshot.chapter
    shown = {
        "cut": found,
        "line": found.line,
        "rows": rows,
        "launch": launch,
        "price": recut.price(row),
        "scripts": scripts.choices(chapter=chapter, seen_by=request.user),
    }
    return render(request, "cuts/cut.html", shown)


@require_safe
@gzip_page
@screen
def doors(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the walks of a cut for a map; with ?since=, those that changed since."""
    since = number(request, "since", 0) if "since" in request.GET else None
    return geojson(cuts.cut_map(id=id, since=since, seen_by=request.user))


@require_safe
@gzip_page
@screen
def streets(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the streets under a cut for a map."""
    return geojson(cuts.cut_streets(id=id, seen_by=request.user))
