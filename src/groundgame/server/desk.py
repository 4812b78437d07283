"""What whoever runs the server may do at its own command line.

Import it once Django is set up: see start.prepare.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from groundgame.errors import NoReason, NoSuchChapter, NoSuchUser
from groundgame.server import demo_trial, sign_in
from groundgame.server.actions import (
    asked,
    audit,
    cuts,
    packets,
    people,
    seals,
    snapshots,
    universes,
)
from groundgame.server.actions.exports import SHORTEST_REASON
from groundgame.server.actions.people import Role
from groundgame.server.actions.suppression import Suppressed, behind, suppressed
from groundgame.server.demo import last_year
from groundgame.server.store.models import Chapter, Cut, Turf, User
from groundgame.tables import Snapshot

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


def seal_key(chapter: str) -> dict[str, Any]:
    """Make a new key for phones to seal with, and return its name. Old ones open on.

    Raises:
        NoSuchChapter: No local group has that name.
    """
    return {"key": seals.renew(chapter=_group(chapter), by="host")}


def _group(chapter: str) -> Chapter:
    """Return the local group of that name."""
    group = Chapter.objects.filter(name=chapter).first()
    if group is None:
        raise NoSuchChapter(chapter)
    return group


def conversations(chapter: str, reason: str) -> dict[str, pa.Table]:
    """Return what a chapter's log comes to, as rules at the command line take it.

    `attempts` and `answers` hold nobody who asked not to be contacted: those are in
    `suppressed-people` and `suppressed-doors`, to be left out of everything. That it
    was taken out, and why, is in the audit log.

    Raises:
        NoSuchChapter: No local group has that name.
        NoReason: No reason was given.
    """
    group = _group(chapter)
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    attempts, answers = asked.conversations(group.pk)
    out = suppressed(group)
    people = pa.array(sorted(out.people), pa.string())
    doors = pa.array(sorted(out.doors), pa.string())
    attempts = _without(_without(attempts, "person_id", people), "door_id", doors)
    answers = _without(answers, "person_id", people)
    with transaction.atomic():
        audit.add(
            by="host",
            verb="export attempts and answers",
            subject=f"chapter:{group.pk}",
            details={
                "attempts": attempts.num_rows,
                "answers": answers.num_rows,
                "reason": reason.strip()[:500],
            },
        )
    return {
        "attempts": attempts,
        "answers": answers,
        "suppressed-people": pa.table({"person_id": people}),
        "suppressed-doors": pa.table({"door_id": doors}),
    }


def left_alone() -> tuple[frozenset[str], frozenset[str]]:
    """Return the people, and the doors, that any chapter of this host leaves alone.

    Raises:
        LostUnits: The list of arms of a running experiment is gone.
    """
    gone = [suppressed(chapter) for chapter in Chapter.objects.order_by("pk")]
    return (
        frozenset().union(*(each.people for each in gone)),
        frozenset().union(*(each.doors for each in gone)),
    )


def shut(
    snapshot: Snapshot, people: frozenset[str], doors: frozenset[str], among: pl.Series
) -> frozenset[str]:
    """Return those of some doors at which nobody may be visited.

    Args:
        snapshot: It says who lives behind a door, and who is protected.
        people: Who is left alone.
        doors: Doors that are left alone as a whole.
        among: The doors that are asked about.
    """
    return behind(snapshot, Suppressed(people, doors), among)


def _without(table: pa.Table, column: str, ids: "pa.Array[Any]") -> pa.Table:
    """Return the rows whose id is none of these; an empty cell is none."""
    return table.filter(pc.invert(pc.is_in(table[column], value_set=ids)))


def demo(
    folder: Path,
    *,
    reading: Callable[[int, int], None],
    cutting: Callable[[float], None],
    experiment: bool = True,
) -> dict[str, Any]:
    """Fill the book with a chapter from the files in `folder`, through the actions.

    Repeated, it finds what is there, and returns new links.

    Args:
        folder: Where voters.csv and perhaps addresses.csv and streets.geojson lie.
        reading: Told how many bytes and rows were just read.
        cutting: Told what share of the cut is done, from 0.0 to 1.0.
        experiment: Whether it holds a finished experiment; that takes half a minute.
    """
    chapter = DEMO_CHAPTER
    people.seat(chapter=chapter, username="organizer", role=Role.ORGANIZER)
    people.seat(chapter=chapter, username="canvasser", role=Role.CANVASSER)
    by = User.objects.get(username="organizer")
    to = User.objects.get(username="canvasser")
    snapshot = snapshots.import_snapshot(
        chapter=by.memberships.get(chapter__name=chapter).chapter,
        files=[folder / "voters.csv"],
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
    if not packets.my_packets(seen_by=to):
        last_year(turf=turf, by=by, now=timezone.now())
    found = None
    if experiment:
        kept = settings.DATA / "demo"
        kept.mkdir(exist_ok=True)
        found = demo_trial.finished(over=snapshot, folder=folder, kept=kept, by=by)
    packet = packets.hand_out(turf=turf, to=to, by=by)  # none is out at a launch
    read = {"report": f"/findings/{found.pk}/"} if found else {}
    return read | {
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
