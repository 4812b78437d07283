"""A book for bench/load.py: large Elm County, and a packet and a claim for each phone.

    GROUNDGAME_DATA=... python bench/load_world.py PHONES

One turf is handed out as the demo does it; its packet is then copied as often as there
are phones, with its doors and people, so that each phone has a turf to itself. What
each phone holds is written into DATA/claims.json.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from groundgame.server import start

HERE = Path(__file__).parent
STRIDE = 500


@dataclass(frozen=True)
class Held:
    """What one phone has in hand; `claim` and `chapter` are for the bare view."""

    token: str
    device: str
    packet: str
    chapter: int
    claim: int
    script: str
    seal: dict[str, str]
    doors: list[tuple[str, str | None]]
    """Door, and somebody who lives there."""


def main() -> None:
    """Make it."""
    data = Path(os.environ["GROUNDGAME_DATA"])
    files = data / "files"
    make = [sys.executable, str(HERE.parent / "examples/elm/make.py"), "--large"]
    subprocess.run([*make, str(files)], check=True, capture_output=True)
    ours = [str(Path(sys.executable).with_name("groundgame")), "server", "demo"]
    demo = [*ours, str(files), "--no-experiment", "--json"]
    made = subprocess.run(demo, check=True, capture_output=True)
    start.prepare(data)
    held = copied(json.loads(made.stdout)["code"], int(sys.argv[1]))
    (data / "claims.json").write_text(json.dumps([asdict(each) for each in held]))


def copied(code: str, phones: int) -> list[Held]:
    """Copy the packet of a code for each phone, and claim the copies."""
    from django.db import transaction  # noqa: PLC0415  # Django must be set up
    from django.utils import timezone  # noqa: PLC0415

    from groundgame.server.store.models import Packet  # noqa: PLC0415

    packet = Packet.objects.select_related("turf__cut__universe__snapshot").get(
        code=code
    )
    now = timezone.now()
    held: list[Held] = []
    for first in range(0, phones, STRIDE):
        with transaction.atomic():
            numbers = range(first, min(first + STRIDE, phones))
            held += few(packet, numbers, now)
    return held


def few(packet: Any, numbers: range, now: datetime) -> list[Held]:
    """Copy a packet for some phones."""
    from groundgame.server.actions import seals, tokens  # noqa: PLC0415
    from groundgame.server.store.models import (  # noqa: PLC0415
        Claim,
        Packet,
        PacketPerson,
        PacketStop,
    )

    stops = list(packet.stops.prefetch_related("people"))
    packets, claims = [], []
    for number in numbers:
        fields = {"id": uuid4(), "code": f"L{number:07}", "turf": packet.turf}
        packets.append(Packet(**plain(packet) | fields))
        device = UUID(f"018f0000-0000-7000-8000-{number:012x}")
        claims.append(Claim(packet=packets[-1], device=device, name="Ana", at=now))
    Packet.objects.bulk_create(packets)
    Claim.objects.bulk_create(claims)
    rows = [
        PacketStop(**plain(stop) | {"id": None, "packet_id": each.pk})
        for each in packets
        for stop in stops
    ]
    PacketStop.objects.bulk_create(rows)
    sources = [stop for _ in packets for stop in stops]
    PacketPerson.objects.bulk_create(
        PacketPerson(**plain(person) | {"id": None, "stop_id": row.pk})
        for row, stop in zip(rows, sources, strict=True)
        for person in stop.people.all()
    )
    doors = [
        (stop.door, next((p.person for p in stop.people.all()), None)) for stop in stops
    ]
    chapter = packet.turf.cut.universe.snapshot.chapter_id
    seal = seals.current(chapter)
    return [
        Held(
            tokens.new_token(claim, now),
            *(str(claim.device), str(claim.packet_id)),
            *(chapter, claim.pk, packet.script_version, seal, doors),
        )
        for claim in claims
    ]


def plain(row: Any) -> dict[str, Any]:
    """Return the columns of a row."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001  # Django's way to ask
    }


if __name__ == "__main__":
    main()
