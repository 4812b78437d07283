"""What is handed out with a packet: written into the book, and read back out of it.

In:  a turf of a cut, with its snapshot; the engines make a bundle of it.
Out: rows (stops and people), and from these rows the same bundle again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame.canvass import Script
from groundgame.errors import EmptyTurf
from groundgame.packet import Packet as Label
from groundgame.packet import Streets, bundle, walks
from groundgame.server.actions.file import found, opened
from groundgame.server.actions.suppression import Suppressed, suppressed
from groundgame.server.store.models import Packet, PacketPerson, PacketStop, Turf

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


def make(turf: Turf, label: Label, now: datetime) -> dict[str, Any]:
    """Return the bundle of a turf as it would be handed out now.

    In it are the people whom the universe's rule finds today and their doors, so nobody
    who asked not to be contacted since the cut.

    Raises:
        EmptyTurf: Nobody of this turf may be contacted any more.
    """
    universe = turf.cut.universe
    snapshot = opened(universe.snapshot)
    wanted = found(universe.snapshot, universe.rule)
    cut = pq.read_table(turf.cut.turfs_file, filters=[("turf", "=", turf.number)])
    here = cut.filter(pc.is_in(cut["door_id"], wanted.doors["door_id"]))
    people = snapshot.read("people")
    behind = people.filter(pc.is_in(people["person_id"], wanted.people["person_id"]))
    walk = walks(here, snapshot.read("doors"), behind, on=now.date()).turf(turf.number)
    if not walk.stops.num_rows:
        raise EmptyTurf(turf.name)
    streets = Streets.load(snapshot.streets)
    return bundle(label, walk, Script.listening().as_dict(), streets)


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
