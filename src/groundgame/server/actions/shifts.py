"""How long turfs take: one number on every screen, on paper and on the phone.

In:  the doors of a turf that may be visited today, the stairs up to them, its walk, and
     the pace of its cut (actions/pace.py).
Out: minutes. A turf that is out has the questions of its script; any other those of the
     script that turf goes out with where nobody chose one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import polars as pl
import pyarrow.parquet as pq
from django.utils import timezone

from groundgame import turf as engine
from groundgame.canvass import Script
from groundgame.server.actions import file, pace, standing
from groundgame.server.store.models import Cut, Packet, PacketStop, Turf

Size = tuple[int, float]
"""Doors, and metres of their walk."""


def questions(script: Mapping[str, Any] | None = None) -> int:
    """Return how many questions a script has; the usual one where none is given."""
    asked: Sequence[Any] = (script or Script.listening().as_dict())["questions"]
    return len(asked)


def of_turfs(
    row: Cut,
    turfs: Iterable[Turf],
    fast: engine.Pace,
    quiet: Mapping[int, set[str]],
) -> dict[int, float]:
    """Return the minutes of turfs of a cut, by their numbers. One query.

    Args:
        row: The cut.
        turfs: Of it.
        fast: Its pace.
        quiet: The doors of each turf at which nobody may be visited today.
    """
    out = Packet.objects.filter(
        turf__cut=row, returned__isnull=True, expires__gt=timezone.now()
    )
    scripts = out.values_list("turf__number", "script")
    asked = {turf: questions(script) for turf, script in scripts}
    floors, usual = _climbed(row, quiet), questions()
    return {
        turf.number: fast.minutes(
            float(turf.doors - len(quiet.get(turf.number, ()))),
            turf.metres,
            float(floors.get(turf.number, 0)),
            asked.get(turf.number, usual),
        )
        for turf in turfs
    }


def today(row: Cut, turfs: Sequence[Turf]) -> dict[int, tuple[int, float]]:
    """Return how many doors of some turfs may be visited today, and their minutes.

    Two queries, and what the pace takes.
    """
    quiet = standing.quiet(row)
    minutes = of_turfs(row, turfs, pace.of(row).pace, quiet)
    return {
        turf.number: (turf.doors - len(quiet[turf.number]), minutes[turf.number])
        for turf in turfs
    }


def of_packets(packets: Sequence[Packet]) -> dict[UUID, float]:
    """Return the minutes of packets. One query a cut, and one for their stairs."""
    stops = PacketStop.objects.filter(packet__in=packets)
    units = dict[UUID, list[str | None]]()
    for packet, unit in stops.values_list("packet", "unit"):
        units.setdefault(packet, []).append(unit)
    paces = by_cut(packets)
    return {
        each.pk: _packet(each, units.get(each.pk, []), paces[each.turf.cut_id])
        for each in packets
    }


def of_shown(packet: Packet, units: Sequence[str | None]) -> float:
    """Return the minutes of a packet of which doors with these units are shown."""
    return _packet(packet, units, pace.of(packet.turf.cut).pace)


def _packet(packet: Packet, units: Sequence[str | None], fast: engine.Pace) -> float:
    """Return the minutes of a packet."""
    doors, up = float(len(units)), float(climbed(units))
    return fast.minutes(doors, packet.metres, up, questions(packet.script))


def by_cut(packets: Sequence[Packet]) -> dict[int, engine.Pace]:
    """Return the paces of packets by their cuts. One query a cut, however many."""
    found = {packet.turf.cut_id: packet.turf.cut for packet in packets}
    return {number: pace.of(cut).pace for number, cut in found.items()}


def of_changed(
    row: Cut, doors: pl.DataFrame, sizes: Mapping[int, Size]
) -> dict[int, float]:
    """Return the minutes that turfs take as they are or would be, by number.

    Args:
        row: The cut that they are of.
        doors: turf and unit of each door.
        sizes: Of each turf.
    """
    fast, usual = pace.of(row).pace, questions()
    floors = _by_turf(doors)
    return {
        turf: fast.minutes(float(many), metres, float(floors.get(turf, 0)), usual)
        for turf, (many, metres) in sizes.items()
    }


def told(
    fast: engine.Pace, units: Sequence[str | None], script: Mapping[str, Any]
) -> dict[str, float]:
    """Return the pace that a packet carries, of doors with these units."""
    return fast.told(units, questions(script))


def climbed(units: Iterable[str | None]) -> int:
    """Return the floors that are climbed to some doors, by their units."""
    return int(engine.stairs(list(units)).sum())


def _climbed(row: Cut, quiet: Mapping[int, set[str]]) -> dict[int, int]:
    """Return the floors that are climbed in each turf of a cut."""
    walks = pl.DataFrame(pq.read_table(row.turfs_file))
    doors = file.opened(row.universe.snapshot).read("doors", ["door_id", "unit"])
    up = pl.DataFrame(doors).filter(pl.col("unit").is_not_null())
    gone = [door for shut in quiet.values() for door in shut]
    return _by_turf(walks.join(up, on="door_id").filter(~pl.col("door_id").is_in(gone)))


def _by_turf(doors: pl.DataFrame) -> dict[int, int]:
    """Return the floors that are climbed, by turf."""
    floors = pl.Series("floors", engine.stairs(doors["unit"].to_arrow()))
    told = doors.with_columns(floors).group_by("turf").agg(pl.sum("floors"))
    return dict(told.iter_rows())
