"""What is handed out with a packet: written into the book, and read back out of it.

In:  a turf of a cut, with its snapshot; the engines make a bundle of it.
Out: rows (stops and people), and from these rows the same bundle again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame.canvass import Script
from groundgame.errors import EmptyTurf
from groundgame.packet import Packet as Label
from groundgame.packet import Streets, Walks, bundle, walks
from groundgame.server.actions.file import found, opened
from groundgame.server.actions.suppression import Suppressed, suppressed
from groundgame.server.store.models import (
    Cut,
    Packet,
    PacketPerson,
    PacketStop,
    Turf,
)

STOP = (
    "position",
    "door",
    "building",
    "number",
    "street",
    "unit",
    "city",
    "address",
    "lon",
    "lat",
)
PERSON = ("name", "age", "party")


@dataclass(frozen=True, slots=True)
class Press:
    """All that the bundles of a cut are made of: read once, however many are made."""

    walks: Walks
    streets: Streets

    @classmethod
    def of(cls, cut: Cut, now: datetime) -> Self:
        """Read the doors of a cut, with the people whom its rule finds today.

        So nobody is among them who asked not to be contacted since the cut.
        """
        universe = cut.universe
        snapshot = opened(universe.snapshot)
        wanted = found(universe.snapshot, universe.rule)
        turfs = pq.read_table(cut.turfs_file)
        here = turfs.filter(pc.is_in(turfs["door_id"], wanted.doors["door_id"]))
        people = snapshot.read("people")
        ours = pc.is_in(people["person_id"], wanted.people["person_id"])
        doors = snapshot.read("doors")
        return cls(
            walks(here, doors, people.filter(ours), on=now.date()),
            Streets.load(snapshot.streets),
        )

    def bundle(self, turf: Turf, label: Label) -> dict[str, Any]:
        """Return the bundle of a turf as it would be handed out now.

        Raises:
            EmptyTurf: Nobody of this turf may be contacted any more.
        """
        walk = self.walks.turf(turf.number)
        if not walk.stops.num_rows:
            raise EmptyTurf(turf.name)
        return bundle(label, walk, Script.listening().as_dict(), self.streets)


def write(packet: Packet, made: Mapping[str, Any]) -> None:
    """Write the stops and people of a bundle down. Two inserts, however many."""
    stops = [
        PacketStop(packet=packet, **{name: stop[name] for name in STOP})
        for stop in made["stops"]
    ]
    PacketStop.objects.bulk_create(stops)
    PacketPerson.objects.bulk_create(
        PacketPerson(
            stop=row, person=person["id"], **{name: person[name] for name in PERSON}
        )
        for row, stop in zip(stops, made["stops"], strict=True)
        for person in stop["people"]
    )


def bundle_of(packet: Packet) -> dict[str, Any]:
    """Return the bundle of a packet, as it was handed out. Four queries.

    Who has asked since then not to be contacted is no longer in it.
    """
    turf = packet.turf
    chapter = turf.cut.universe.snapshot.chapter
    out = suppressed(chapter)
    rows = packet.stops.prefetch_related("people")
    stops = [stop for row in rows if (stop := _stop(row, out)) is not None]
    return {
        "format": packet.format,
        "packet": str(packet.pk),
        "code": packet.code,
        "chapter": chapter.name,
        "turf": {"name": turf.name, "doors": len(stops), "metres": packet.metres},
        "expires": packet.expires.isoformat(),
        "script": packet.script,
        "stops": stops,
        "streets": packet.streets,
    }


def _stop(row: PacketStop, out: Suppressed) -> dict[str, Any] | None:
    """Return a stop as the contract writes it; None when nobody is left behind it."""
    people = [
        {"id": person.person} | {name: getattr(person, name) for name in PERSON}
        for person in row.people.all()
        if not out.holds(door=row.door, person=person.person)
    ]
    if not people:
        return None
    return {name: getattr(row, name) for name in STOP} | {"people": people}
