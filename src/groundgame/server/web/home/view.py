"""The first page: what to do next, for whoever is signed in.

An organizer sees the five steps from a voter file to results; a canvasser, the turfs in
their hands; somebody without a role, where to get one, and no voter.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from groundgame.server.actions import cuts, packets, people, snapshots, universes
from groundgame.server.actions.cuts import CutLine, TurfRow
from groundgame.server.actions.snapshots import SnapshotLine
from groundgame.server.actions.universes import UniverseLine
from groundgame.server.web.screen import SignedInRequest, screen


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the chapter's work is; `next` is the number of the step to take now."""

    snapshots: list[SnapshotLine]
    universes: list[UniverseLine]
    cuts: list[CutLine]
    turfs: list[TurfRow]

    @property
    def out(self) -> int:
        """How many turfs of the newest cut were handed out at least once."""
        return sum(turf.packet is not None for turf in self.turfs)

    @property
    def attempted(self) -> int:
        """How many doors of the newest cut have a conversation."""
        return sum(turf.attempted for turf in self.turfs)

    @property
    def next(self) -> int:
        """The first step that is not done."""
        done = [self.snapshots, self.universes, self.cuts, self.out, self.attempted]
        return next((n for n, any_ in enumerate(done, 1) if not any_), 5)


@screen
def home(request: SignedInRequest) -> HttpResponse:
    """Show what to do next."""
    page = {
        "steps": _steps(request) if people.organizes(request.user) else None,
        "packets": packets.my_packets(seen_by=request.user),
        "chapters": people.chapters_of(request.user),
    }
    return render(request, "home/home.html", page)


def _steps(request: SignedInRequest) -> Steps:
    """Ask how far each step is."""
    made = cuts.cuts(seen_by=request.user)
    turfs = cuts.cut_page(id=made[0].id, seen_by=request.user).turfs if made else []
    return Steps(
        snapshots=snapshots.snapshots(seen_by=request.user),
        universes=universes.universes(seen_by=request.user),
        cuts=made,
        turfs=turfs,
    )
