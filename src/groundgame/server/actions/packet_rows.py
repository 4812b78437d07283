"""What is shown of packets: lines of a list, and one packet's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from groundgame.server.store.models import Packet, PacketPerson, PacketStop


@dataclass(frozen=True, slots=True)
class PacketRow:
    """A packet in a list. `state` is 'out', 'expired' or 'back'."""

    id: UUID
    code: str
    turf_id: int
    turf: str
    cut_id: int
    chapter: str
    doors: int
    metres: float
    to: str
    state: str
    at: datetime
    expires: datetime
    minutes: float | None = None
    """Of all its work, with the walk; None: nobody asked."""


@dataclass(frozen=True, slots=True)
class Launch:
    """What came of handing out a whole cut."""

    made: int
    """Packets."""
    empty: int
    """Turfs where nobody may be contacted any more."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody behind a door."""

    id: str
    name: str
    age: int | None
    party: str | None
    result: str
    """How the last conversation with them ended; '' when there was none."""


@dataclass(frozen=True, slots=True)
class StopLine:
    """A door of the walk."""

    position: int
    door: str
    address: str
    unit: str | None
    lon: float
    lat: float
    result: str
    """How the last conversation at this door ended; '' when there was none."""
    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A phone that loaded the packet."""

    name: str
    at: datetime
    events: int
    shift: str = ""
    """What its canvasser clocked last: 'start', 'pause', 'resume', 'hand', 'end'."""
    clocked: datetime | None = None
    """When the server heard of it."""


@dataclass(frozen=True, slots=True)
class PacketPage:
    """One packet: the walk, the phones that have it, and how to load it."""

    row: PacketRow
    link: str
    """What the QR says: the phone app with the code, /phone/#7KQ2-MX4P."""
    devices: list[DeviceLine]
    device_limit: int
    stops: list[StopLine]


def row(packet: Packet, now: datetime) -> PacketRow:
    """Return what a list shows of a packet."""
    state = "out" if packet.in_hand(now) else "expired"
    turf = packet.turf
    return PacketRow(
        id=packet.pk,
        code=packet.code,
        turf_id=turf.pk,
        turf=turf.name,
        cut_id=turf.cut_id,
        chapter=turf.cut.universe.snapshot.chapter.name,
        doors=turf.doors,
        metres=packet.metres,
        to=packet.to.get_username() if packet.to else "",
        state="back" if hasattr(packet, "returned") else state,
        at=packet.at,
        expires=packet.expires,
    )


def stop_line(
    stop: PacketStop,
    people: Iterable[PacketPerson],
    at_door: Mapping[str, str],
    last: Mapping[str, str],
) -> StopLine:
    """Return a door of the walk, with these people behind it."""
    return StopLine(
        position=stop.position,
        door=stop.door,
        address=stop.address,
        unit=stop.unit,
        lon=stop.lon,
        lat=stop.lat,
        result=at_door.get(stop.door, ""),
        people=tuple(
            PersonLine(
                id=person.person,
                name=person.name,
                age=person.age,
                party=person.party,
                result=last.get(person.person, ""),
            )
            for person in people
        ),
    )
