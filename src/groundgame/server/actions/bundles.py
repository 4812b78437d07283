"""What is handed out with a packet: written into the book, and read back out of it.

In:  a turf of a cut, with its snapshot; the engines make a bundle of it.
Out: rows (stops and people), and from these rows the same bundle again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame import turf as engine
from groundgame.canvass import Script
from groundgame.errors import EmptyTurf
from groundgame.packet import Packet as Label
from groundgame.packet import Streets, Walks, bundle, walks
from groundgame.server.actions import held_out, memory, pace, placebo, seals, shifts
from groundgame.server.actions.asked import found
from groundgame.server.actions.file import opened
from groundgame.server.actions.suppression import suppressed
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
Door = tuple[PacketStop, list[PacketPerson]]


@dataclass(frozen=True, slots=True)
class Press:
    """All that the bundles of a cut are made of: read once, however many are made."""

    walks: Walks
    streets: Streets
    script: Mapping[str, Any]
    """In its bundle form."""
    fast: engine.Pace

    @classmethod
    def of(
        cls, cut: Cut, now: datetime, script: Mapping[str, Any] | None = None
    ) -> Self:
        """Read the doors of a cut, with the people whom its rule finds today.

        So nobody is among them who asked not to be contacted since the cut. Their
        script is the shipped one where no other was chosen.
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
            script or Script.listening().as_dict(),
            pace.of(cut).pace,
        )

    def bundle(self, turf: Turf, label: Label) -> dict[str, Any]:
        """Return the bundle of a turf as it would be handed out now.

        Every door has the same script. Where some of them shall have another one, a
        stop says so in `script`, and the bundle holds it in `scripts`.

        Raises:
            EmptyTurf: Nobody of this turf may be contacted any more.
        """
        walk = self.walks.turf(turf.number)
        if not walk.stops.num_rows:
            raise EmptyTurf(turf.name)
        told = shifts.told(self.fast, walk.stops["unit"].to_pylist(), self.script)
        made = bundle(label, walk, self.script, self.streets, told)
        made["turf"]["metres"] = round(turf.metres, 1)  # on streets, where there are
        return placebo.lay(made, turf.cut.universe.snapshot.chapter_id)


def write(packet: Packet, made: Mapping[str, Any]) -> None:
    """Write the stops and people of a bundle down. Two inserts, however many.

    Who was added at a door under an earlier packet is behind it from now on.

    Raises:
        HeldOut: Somebody of it is in the control of a running experiment.
    """
    held_out.refuse(
        packet.turf.cut.universe.snapshot.chapter_id,
        doors=[stop["door"] for stop in made["stops"]],
        people=[each["id"] for stop in made["stops"] for each in stop["people"]],
    )
    stops = [
        PacketStop(
            packet=packet,
            script=stop.get("script", ""),
            **{name: stop[name] for name in STOP},
        )
        for stop in made["stops"]
    ]
    PacketStop.objects.bulk_create(stops)
    gone = suppressed(packet.turf.cut.universe.snapshot.chapter_id)
    met = memory.newcomers(packet, [stop.door for stop in stops], gone)
    PacketPerson.objects.bulk_create(
        PacketPerson(
            stop=row, person=person["id"], **{name: person[name] for name in PERSON}
        )
        for row, stop in zip(stops, made["stops"], strict=True)
        for person in (*stop["people"], *met.get(row.door, ()))
    )


def bundle_of(packet: Packet, at: datetime) -> dict[str, Any]:
    """Return the bundle of a packet for a phone: who may be shown now, and the memory.

    As it was handed out, with what was said before and who else is on the turf, what
    time it is, and the key to seal with.
    """
    made = bundles_of([packet])[0]
    chapter = packet.turf.cut.universe.snapshot.chapter_id
    gone = suppressed(chapter)
    behind = {
        stop["door"]: [person["id"] for person in stop["people"]]
        for stop in made["stops"]
    }
    before = memory.said_before(packet, behind)
    for stop in made["stops"]:
        if found := before.get(stop["door"]):
            stop["before"] = found
    inside = (stop["building"] for stop in made["stops"])
    return made | {
        "buildings": memory.ways_in(packet, inside),
        "log": memory.received(packet, gone),
        "canvassers": memory.canvassers(packet),
        "time": int(at.timestamp() * 1000),
        "seal": seals.current(chapter),
    }


def bundles_of(packets: Sequence[Packet]) -> list[dict[str, Any]]:
    """Return the bundles of some packets, however many.

    Four queries a chapter, and one a cut.
    """
    paces = shifts.by_cut(packets)
    return [
        _bundle(packet, doors, paces[packet.turf.cut_id])
        for packet, doors in zip(packets, shown(packets), strict=True)
    ]


def for_paper(packets: Sequence[Packet]) -> list[dict[str, Any]]:
    """Return the bundles of some packets with how to get into their buildings."""
    made = bundles_of(packets)
    ways: dict[int, dict[str, dict[str, str]]] = {}
    for packet in packets:
        chapter = packet.turf.cut.universe.snapshot.chapter_id
        if chapter not in ways:
            inside = (stop["building"] for each in made for stop in each["stops"])
            ways[chapter] = memory.ways_in(packet, inside, own=True)
    return [
        each | {"buildings": ways[packet.turf.cut.universe.snapshot.chapter_id]}
        for each, packet in zip(made, packets, strict=True)
    ]


def shown(packets: Sequence[Packet]) -> list[list[Door]]:
    """Return the doors of some packets with who may be shown behind each, in order.

    Who has asked since then not to be contacted is no longer there; nor is a door with
    nobody left behind it.
    """
    chapters = {each.pk: each.turf.cut.universe.snapshot.chapter_id for each in packets}
    out = {chapter: suppressed(chapter) for chapter in set(chapters.values())}
    behind = defaultdict(list)
    for person in PacketPerson.objects.filter(stop__packet__in=packets):
        behind[person.stop_id].append(person)
    doors = defaultdict(list)
    for stop in PacketStop.objects.filter(packet__in=packets):
        gone = out[chapters[stop.packet_id]]
        left = [
            person
            for person in behind[stop.pk]
            if not gone.holds(door=stop.door, person=person.person)
        ]
        if left:
            doors[stop.packet_id].append((stop, left))
    return [doors[packet.pk] for packet in packets]


def _bundle(packet: Packet, doors: Sequence[Door], fast: engine.Pace) -> dict[str, Any]:
    """Return a bundle as the contract writes it."""
    turf = packet.turf
    units = [stop.unit for stop, _people in doors]
    return {
        "format": packet.format,
        "packet": str(packet.pk),
        "code": packet.code,
        "chapter": turf.cut.universe.snapshot.chapter.name,
        "turf": {
            "name": turf.name,
            "doors": len(doors),
            "metres": packet.metres,
            "pace": shifts.told(fast, units, packet.script),
        },
        "expires": packet.expires.isoformat(),
        "script": packet.script,
        "stops": [_stop(stop, people) for stop, people in doors],
        "streets": packet.streets,
    } | ({"scripts": packet.scripts} if packet.scripts else {})


def _stop(stop: PacketStop, people: Iterable[PacketPerson]) -> dict[str, Any]:
    """Return a stop as the contract writes it."""
    own = {"script": stop.script} if stop.script else {}
    return (
        {name: getattr(stop, name) for name in STOP}
        | own
        | {
            "people": [
                {"id": each.person} | {name: getattr(each, name) for name in PERSON}
                for each in people
            ]
        }
    )
