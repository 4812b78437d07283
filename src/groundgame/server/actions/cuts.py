"""Cuts: a universe divided into turfs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from groundgame import turf as engine
from groundgame.errors import NotYours
from groundgame.server.actions import (
    apart,
    asked,
    audit,
    file,
    geojson,
    ground,
    loads,
    pace,
    people,
    shifts,
    standing,
    universes,
    where,
)
from groundgame.server.actions.pace import Known
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.tally import Walked, by_turf, talks
from groundgame.server.store.models import Border, Cut, Packet, Turf, User
from groundgame.tables import TURFS


@dataclass(frozen=True, slots=True)
class CutLine:
    """One cut in a list."""

    id: int
    chapter: str
    snapshot_id: int
    universe_id: int
    universe: str
    turfs: int
    doors: int
    metres: float
    listed: float | None
    """Metres of the same doors in street order, measured alike; None: not measured."""
    ground: str
    """What was measured: 'streets', 'lines' or 'elsewhere'."""
    left_out: int
    by: str
    at: datetime

    @property
    def saved(self) -> float:
        """Metres of walking less than in street order; 0: none, or not measured."""
        return max((self.listed or self.metres) - self.metres, 0.0)


@dataclass(frozen=True, slots=True)
class TurfRow:
    """One turf: its size, who has it, and how far they are.

    `state` is 'free', 'out' or 'expired'; `packet` is the packet that is out, or the
    one that was out last.
    """

    id: int
    number: int
    name: str
    doors: int
    metres: float
    minutes: float
    """Of all its work, with the walk."""
    state: str
    packet: UUID | None
    code: str
    holder: str
    """Whom it was handed to; else the names of the phones that loaded it; else ''."""
    expires: datetime | None
    attempted: int
    """Doors with at least one conversation."""
    contacts: int
    """Conversations in which somebody was spoken with."""
    streets: str
    """Where it is: the streets that most of its doors are on."""


@dataclass(frozen=True, slots=True)
class CutPage:
    """One cut, with its turfs by number."""

    line: CutLine
    least: int
    most: int
    seed: int
    measure: str
    """What `least` and `most` count, in words."""
    pace: Known
    """What its minutes are from."""
    turfs: list[TurfRow]
    quiet: int
    """Doors of it at which nobody may be visited today; in no count, on no map."""

    @property
    def made(self) -> int:
        """Doors that were cut, and that its walks were measured with."""
        return self.line.doors + self.quiet


def cut(  # noqa: PLR0913  # one for each field of the form
    *,
    universe: int,
    least: int | None = None,
    most: int | None = None,
    seed: int = 1,
    measure: str = Cut.Measure.DOORS,
    keep_apart: str = "",
    tell: Callable[[float], None] | None = None,
    by: User,
) -> Cut:
    """Cut a universe into turfs. The same plan and seed over it give the same cut.

    With something kept apart it is cut a second time without, to say what that costs.

    Args:
        universe: Which.
        least: What a turf has at least; None: as usual.
        most: What it has at most; None: as usual.
        seed: Of the draw.
        measure: What `least` and `most` count.
        keep_apart: Precincts, wards and so on, of which no turf has two; '': nothing.
        tell: Is told from time to time how much is done, from 0.0 to 1.0.
        by: Who asks.

    Raises:
        NotYours: There is no such universe, or not for them.
        GroundgameError: It cannot be cut so; the message says why.
    """
    wish = loads.Wish(least, most, seed, Cut.Measure(measure))
    row = universes.found(id=universe, seen_by=by)
    wish.plan()
    wanted = asked.found(row.snapshot, row.rule).doors
    doors = ground.doors_of(row.snapshot, wanted["door_id"])
    on = ground.under(row.snapshot, doors)
    fast = pace.learn(row.snapshot)
    placed, metre = loads.weighed(wish.measure, on, wanted, fast.pace)
    how, chance = wish.plan(metre)
    said: dict[str, Any] = {"least": how.least, "most": how.most}
    said |= {"seed": chance.number, "measure": wish.measure, "metre": metre}
    said["paced"] = fast.row if metre else None
    cutting = partial(engine.cut, plan=how, seed=chance, network=on.network)
    fenced = apart.regions(row.snapshot, keep_apart, placed)
    made, free = apart.compared(cutting, placed, fenced, tell)
    said["free_metres"] = free and free.metres
    said["more_turfs"] = apart.more_turfs(made, free) if free else 0
    for older in row.cuts.filter(version=0, **said):
        if pq.read_table(older.turfs_file).equals(made.turfs):
            return older
    in_turf = doors.filter(pc.is_in(doors["door_id"], made.turfs["door_id"]))
    sizes = made.summary["doors"].to_numpy()
    listed = on.metres(engine.street_order(in_turf, sizes))
    new = Cut(universe=row, ground=on.kind, listed_metres=listed, by=by, **said)
    return _write(new, made, placed, keep_apart, by)


def _write(
    row: Cut, made: engine.Cut, placed: pa.Table, keep_apart: str, by: User
) -> Cut:
    """Write a cut: its tables first, so that no row ever points to nothing."""
    row.doors, row.metres = made.turfs.num_rows, made.metres
    row.left_out = len(made.left_out)
    row.turfs_file.parent.mkdir(parents=True)
    pq.write_table(made.turfs, row.turfs_file)
    loads.keep(row, placed)
    with transaction.atomic():
        row.save()
        Turf.objects.bulk_create(
            Turf(
                cut=row,
                number=each["turf"],
                name=f"Turf {each['turf']}",
                doors=each["doors"],
                metres=each["metres"],
            )
            for each in made.summary.to_pylist()
        )
        if keep_apart:
            Border.objects.create(cut=row, column=keep_apart, by=by)
        audit.add(
            by=by,
            verb="cut universe",
            subject=f"cut:{row.pk}",
            details={"universe": row.universe_id, "doors": row.doors, "seed": row.seed},
        )
    return row


def found(*, id: int, seen_by: Anyone) -> Cut:  # noqa: A002  # the word that all reads use
    """Return the row of a cut, to an organizer of its chapter.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = _cuts().filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(seen_by, row.universe.snapshot.chapter)
    return row


def cuts(*, seen_by: Anyone) -> list[CutLine]:
    """Return the cuts of every chapter that `seen_by` organizes, newest first.

    Two queries.
    """
    mine = people.organizes(seen_by)
    rows = _cuts().filter(universe__snapshot__chapter__in=mine)
    return [_line(row) for row in rows.order_by("-at", "-pk")]


def cut_page(*, id: int, seen_by: Anyone) -> CutPage:  # noqa: A002  # the word that all reads use
    """Return one cut. Ten queries, however many turfs.

    A door at which nobody may be visited today is not counted.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    newest = Packet.objects.select_related("returned", "to").order_by("-at")
    handed = Prefetch(
        "packets", newest.prefetch_related("claims"), to_attr="newest_first"
    )
    walked = by_turf(talks(row))
    now, streets = timezone.now(), where.streets(row)
    rows = list(
        row.turfs.filter(doors__gt=0).order_by("number").prefetch_related(handed)
    )
    known, quiet = pace.of(row), standing.quiet(row)
    minutes = shifts.of_turfs(row, rows, known.pace, quiet)
    turfs = [
        _turf_row(turf, quiet[turf.number], walked[turf.pk], now, streets, minutes)
        for turf in rows
    ]
    counted, aside = str(row.get_measure_display()), sum(map(len, quiet.values()))
    line = replace(_line(row), doors=row.doors - aside)
    return CutPage(line, row.least, row.most, row.seed, counted, known, turfs, aside)


def cut_map(*, id: int, since: int | None = None, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return GeoJSON: a line a turf, its doors in walking order; no names of people.

    {"version": n, "features": [{"id": turf, "properties": {"turf", "name"}}, ...]}; a
    turf of one door is a point.

    Args:
        id: Which cut.
        since: The number of a change: only turfs that are others since. One that has
            no doors any more has no geometry.
        seen_by: Who asks.

    Raises:
        NotYours: There is none, or not for them; or no such change yet.
    """
    row = found(id=id, seen_by=seen_by)
    doors, wanted = standing.placed(row), None
    if since is not None:
        wanted = others(row, since)
        doors = doors.filter(pc.is_in(doors["turf"], pa.array(wanted, pa.int32())))
    names = dict(row.turfs.values_list("number", "name"))
    drawn = standing.each_somewhere(doors)
    return geojson.walks(drawn, names, version=row.version, also=wanted or ())


def others(row: Cut, since: int) -> list[int]:
    """Return the turfs that hold other doors, or in another order, than at a change.

    Raises:
        NotYours: There is no such change yet.
    """
    if since > row.version:
        raise NotYours
    old, new = (
        pl.DataFrame(pq.read_table(row.file_of(each))).select(TURFS.names)
        for each in (since, row.version)
    )
    whole = list(TURFS.names)
    parts = [
        old.join(new, on=whole, how="anti"),
        new.join(old, on=whole, how="anti"),
    ]
    turfs: list[int] = pl.concat(parts)["turf"].unique().sort().to_list()
    return turfs


def cut_streets(*, id: int, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return GeoJSON: the streets under a cut; maybe none.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    path = file.opened(row.universe.snapshot).streets
    return path.read_bytes() if path else geojson.collection([])


def turf(*, id: int, seen_by: Anyone) -> Turf:  # noqa: A002  # the word that all reads use
    """Return one turf, to hand it out.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = (
        Turf.objects.select_related("cut__universe__snapshot__chapter")
        .filter(pk=id)
        .first()
    )
    if row is None:
        raise NotYours
    people.require(seen_by, row.cut.universe.snapshot.chapter)
    return row


def _cuts() -> QuerySet[Cut]:
    """Return cuts with all that a line says, in one query."""
    return Cut.objects.select_related("universe__snapshot__chapter", "by").annotate(
        turf_count=Count("turfs", filter=Q(turfs__doors__gt=0))
    )


def _line(row: Cut) -> CutLine:
    """Return what a list shows of a cut."""
    return CutLine(
        id=row.pk,
        chapter=row.universe.snapshot.chapter.name,
        snapshot_id=row.universe.snapshot_id,
        universe_id=row.universe_id,
        universe=row.universe.name,
        turfs=getattr(row, "turf_count", 0),
        doors=row.doors,
        metres=row.metres,
        listed=row.listed_metres,
        ground=row.ground,
        left_out=row.left_out,
        by=str(row.by),
        at=row.at,
    )


def _turf_row(  # noqa: PLR0913, PLR0917  # what each column is from
    turf: Turf,
    quiet: set[str],
    walked: Walked,
    now: datetime,
    streets: Mapping[int, str],
    minutes: Mapping[int, float],
) -> TurfRow:
    """Return what a list shows of a turf."""
    packets: list[Packet] = getattr(turf, "newest_first", [])
    last = next((each for each in packets if each.in_hand(now)), None)
    out = last is not None
    last = last or next(iter(packets), None)
    expired = last is not None and not hasattr(last, "returned")
    return TurfRow(
        id=turf.pk,
        number=turf.number,
        name=turf.name,
        doors=turf.doors - len(quiet),
        metres=turf.metres,
        minutes=minutes[turf.number],
        state="out" if out else "expired" if expired else "free",
        packet=last.pk if last else None,
        code=last.code if last and out else "",
        holder=_holder(last) if last and out else "",
        expires=last.expires if last else None,
        attempted=len(walked.doors - quiet),
        contacts=walked.contacts,
        streets=streets.get(turf.number, ""),
    )


def _holder(packet: Packet) -> str:
    """Return whom a packet was handed to, else who loaded it."""
    if packet.to is not None:
        return packet.to.get_username()
    return ", ".join(sorted({claim.name for claim in packet.claims.all()}))
