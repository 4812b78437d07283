"""The world of the server's tests: two chapters of Elm County, small enough to know.

Elm has twelve doors on Main Street, two people behind each, cut into two turfs of six.
Behind the last door lives, besides, somebody protected. Oak, whose organizer is
Charlie, has a file of its own. Every name is a canary: it may appear only where it may
be seen.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.server.store.models import (
    Chapter,
    Cut,
    Membership,
    SnapshotRow,
    Turf,
    Universe,
    User,
)
from groundgame.tables import (
    BALLOTS,
    DOORS,
    PEOPLE,
    REFUSED,
    TURFS,
    Manifest,
    Source,
    lay,
)

DOORS_A_CHAPTER = 12
SEALED = "Sealedcanary"


def door_id(chapter: str, n: int) -> str:
    """Return the id of the n-th door, from 1."""
    return f"{chapter}-door-{n}"


def person_id(chapter: str, n: int, who: int) -> str:
    """Return the id of one of two people behind the n-th door."""
    return f"elm:{chapter}-{n}-{who}"


def surname(chapter: str, n: int) -> str:
    """Return the surname behind the n-th door: 'Elmcanary07'."""
    return f"{chapter.capitalize()}canary{n:02}"


def write_snapshot(folder: Path, chapter: str) -> dict:
    """Write a whole snapshot of a chapter's file; return its manifest as plain data."""
    numbers = range(1, DOORS_A_CHAPTER + 1)
    doors = [_door(chapter, n) for n in numbers]
    people = [_person(chapter, n, who) for n in numbers for who in (1, 2)]
    people.append(
        _person(chapter, DOORS_A_CHAPTER, 3) | {"last_name": SEALED, "protected": True}
    )
    votes = [
        {
            "person_id": person["person_id"],
            "election": "2024-11-05 general",
            "date": date(2024, 11, 5),
            "year": 2024,
            "kind": "general",
        }
        for person in people
    ]
    refused = [{"file": "elm.csv", "line": 9, "column": "YOB", "reason": "no year"}]
    manifest = _manifest(folder.name, len(people))
    lay(
        folder,
        manifest,
        people=pa.Table.from_pylist(people, PEOPLE.arrow),
        doors=pa.Table.from_pylist(doors, DOORS.arrow),
        ballots=pa.Table.from_pylist(votes, BALLOTS.arrow),
        refused=pa.Table.from_pylist(refused, REFUSED.arrow),
    )
    return manifest.as_dict()


def _door(chapter: str, n: int) -> dict:
    """Return one door; the doors stand 20 metres apart on one street."""
    street = f"{chapter.capitalize()}canary Street"
    return {
        "door_id": door_id(chapter, n),
        "building_id": door_id(chapter, n),
        "number": str(n),
        "street": street,
        "city": "Elm",
        "address": f"{n} {street}",
        "lon": -78.0 + n * 0.00025,
        "lat": 42.0,
        "placed_by": "by hand" if n == DOORS_A_CHAPTER else "address point",
    }


def _person(chapter: str, n: int, who: int) -> dict:
    """Return one of the people behind a door: who is 1 or 2."""
    return {
        "person_id": person_id(chapter, n, who),
        "door_id": door_id(chapter, n),
        "first_name": ("Ada", "Ben", "Cy")[who - 1],
        "last_name": surname(chapter, n),
        "birth_year": 1950 + n,
        "party": ("DEM", "UNA", "DEM")[who - 1],
        "status": "active",
        "precinct": "1",
        "ward": "1" if n <= 4 else "2",  # the first four doors
        "protected": False,
        "source_line": n * 3 + who,
    }


def _manifest(name: str, people: int) -> Manifest:
    """Return a manifest that accounts for the rows."""
    return Manifest(
        snapshot=name,
        layout="elm",
        dated=date(2025, 6, 1),
        sources=(Source("elm.csv", 1000, "0" * 64),),
        rows=people + 1,
        accepted=people,
        refused=1,
        merged=0,
        people=people,
        doors=DOORS_A_CHAPTER,
        buildings=DOORS_A_CHAPTER,
        doors_without_place=0,
        people_without_door=0,
        protected=1,
        votes=people,
        elections=1,
    )


@dataclass
class World:
    """Two chapters and who is in them; Elm is cut."""

    elm: Chapter
    oak: Chapter
    alice: User
    bob: User
    cass: User
    charlie: User
    snapshot: SnapshotRow
    universe: Universe
    cut: Cut
    turfs: list[Turf]


def make_world(data: Path) -> World:
    """Write the world into the book; its files lie in `data` already."""
    users = {
        name: User.objects.create_user(name, f"{name}@elm.example", f"{name} has 12+")
        for name in ("alice", "bob", "cass", "charlie")
    }
    elm, oak = (Chapter.objects.create(name=name) for name in ("Elm", "Oak"))
    for chapter, name, role in (
        (elm, "alice", "organizer"),
        (elm, "bob", "organizer"),
        (elm, "cass", "canvasser"),
        (oak, "charlie", "organizer"),
    ):
        Membership.objects.create(chapter=chapter, user=users[name], role=role)
    snapshot, universe, cut, turfs = make_cut(data, elm, users["alice"])
    return World(
        elm=elm,
        oak=oak,
        snapshot=snapshot,
        universe=universe,
        cut=cut,
        turfs=turfs,
        **users,
    )


def make_cut(
    data: Path, chapter: Chapter, by: User
) -> tuple[SnapshotRow, Universe, Cut, list[Turf]]:
    """Write a chapter's snapshot, a universe of everybody, and a cut in two halves."""
    name = chapter.name.lower()
    snapshot = SnapshotRow.objects.create(
        chapter=chapter,
        snapshot=f"{name}-2025-06-01",
        label=f"{chapter.name}, June",
        counts=_manifest(f"{name}-2025-06-01", 25).as_dict(),
        by=by,
    )
    universe = Universe.objects.create(
        snapshot=snapshot,
        name=f"All of {chapter.name}",
        rule="everyone",
        people=24,
        doors=12,
        by=by,
    )
    cut = Cut.objects.create(
        universe=universe,
        least=6,
        most=6,
        seed=1,
        doors=12,
        metres=220,
        left_out=0,
        by=by,
    )
    rows = [
        {"door_id": door_id(name, n), "turf": 1 + n // 7, "position": 1 + (n - 1) % 6}
        for n in range(1, DOORS_A_CHAPTER + 1)
    ]
    path = data / "cuts" / str(cut.key) / "turfs.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=TURFS.arrow), path)
    turfs = [
        Turf.objects.create(
            cut=cut, number=number, name=f"Turf {number}", doors=6, metres=100
        )
        for number in (1, 2)
    ]
    return snapshot, universe, cut, turfs
