"""What whoever runs the server may do at its own command line.

Import it once Django is set up: see start.prepare.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from groundgame.errors import NoSuchUser
from groundgame.server import sign_in
from groundgame.server.actions import cuts, packets, people, snapshots, universes
from groundgame.server.actions.people import Role
from groundgame.server.store.models import Cut, Turf, User

DEMO_CHAPTER = "Elm County"
DEMO_DAY = date(2025, 1, 15)


def link(username: str) -> str:
    """Return an address that signs somebody in once, within the hour.

    Raises:
        NoSuchUser: Nobody has that name.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NoSuchUser(username)
    return sign_in.link(user)


def seat(username: str, chapter: str, role: str, email: str) -> dict[str, Any]:
    """Give somebody a role in a chapter, and return what to tell them."""
    member = people.seat(chapter=chapter, username=username, role=role, email=email)
    return {
        "user": username,
        "chapter": chapter,
        "role": member.role,
        "link": sign_in.link(member.user),
    }


def demo(
    folder: Path,
    *,
    reading: Callable[[int, int], None],
    cutting: Callable[[float], None],
) -> dict[str, Any]:
    """Fill the book with a chapter from the files in `folder`, through the actions.

    Repeated, it finds what is there, and returns new links.

    Args:
        folder: Where voters.csv and perhaps addresses.csv and streets.geojson lie.
        reading: Told how many bytes and rows were just read.
        cutting: Told what share of the cut is done, from 0.0 to 1.0.
    """
    chapter = DEMO_CHAPTER
    people.seat(chapter=chapter, username="organizer", role=Role.ORGANIZER)
    people.seat(chapter=chapter, username="canvasser", role=Role.CANVASSER)
    by = User.objects.get(username="organizer")
    to = User.objects.get(username="canvasser")
    snapshot = snapshots.import_snapshot(
        chapter=by.memberships.get(chapter__name=chapter).chapter,
        file=folder / "voters.csv",
        layout="elm",
        dated=DEMO_DAY,
        addresses=_there(folder / "addresses.csv"),
        streets=_there(folder / "streets.geojson"),
        progress=reading,
        by=by,
    )
    universe = universes.save(
        snapshot=snapshot.pk, name="Everybody", rule="everyone", by=by
    )
    cut = universe.cuts.first() or cuts.cut(universe=universe.pk, tell=cutting, by=by)
    turf = _middling(cut)
    packet = packets.hand_out(turf=turf, to=to, by=by)
    return {
        "chapter": chapter,
        "people": snapshot.counts["people"],
        "doors": snapshot.counts["doors"],
        "turfs": cut.turfs.count(),
        "code": packet.code,
        "packet": str(packet.id),
        "organizer": sign_in.link(by),
        "canvasser": sign_in.link(to),
    }


def _middling(cut: Cut) -> Turf:
    """Return a turf whose walk is neither the shortest nor the longest."""
    by_walk = cut.turfs.select_related("cut__universe__snapshot__chapter").order_by(
        "metres", "number"
    )
    return by_walk[cut.turfs.count() // 2]


def _there(path: Path) -> Path | None:
    """Return a path, if something is there."""
    return path if path.exists() else None
