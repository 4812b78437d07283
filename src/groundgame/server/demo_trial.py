"""A finished experiment in Elm County, for a demo: drawn, walked, voted, and read.

In:  the chapter's snapshot, and the files it was made of.
Out: an experiment that is over, with its report. All of it goes the way that a real one
     goes: half of a ward's doors are left alone, the others are handed out and walked,
     a newer voter file says who voted. Who opens and who votes is drawn by a seed.

Import it once Django is set up: see start.prepare. Nobody is meant.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from groundgame.canvass import canonical_sha256
from groundgame.errors import CannotAssign
from groundgame.server.actions import (
    claims,
    contact,
    cuts,
    events,
    experiments,
    findings,
    foresight,
    held_out,
    known,
    packets,
    snapshots,
    universes,
)
from groundgame.server.actions.outcomes import Asked
from groundgame.server.actions.taking_part import Design
from groundgame.server.store.models import Cut, Experiment, Finding, SnapshotRow, User
from groundgame.values import Seed

WARD, NAME = "Ward 2", "Ward 2, spring visits"
ELECTION = "2025-11-04 municipal"
LATER = date(2025, 12, 15)
SEED = Seed(20)
OPENS, ANYWAY, MORE = 0.42, 0.2, 0.16
"""Shares of doors that open, of people who vote anyway, and of those whom it moved."""
HABIT = 0.12
"""How much likelier somebody votes for each earlier election in their history."""
GONE = 0.015
FEWEST = 100
"""Doors of a county below which there is no experiment to show."""
HOURS = 95.0


def finished(
    *, over: SnapshotRow, folder: Path, kept: Path, by: User
) -> Finding | None:
    """Return a finished experiment's report; None: the county is too small for one.

    Repeated, it finds what is there.

    Args:
        over: The chapter's snapshot.
        folder: Where voters.csv and perhaps addresses.csv lie.
        kept: Where the newer voter file is written.
        by: Who organizes the chapter.
    """
    made = Finding.objects.filter(
        experiment__name=NAME, experiment__universe__snapshot=over
    ).first()
    if made is not None or over.counts["doors"] < FEWEST:
        return made
    ward = universes.save(snapshot=over.pk, name=WARD, rule="ward = 2", by=by)
    row = _launched(ward.pk, by)
    if row is None:
        return None
    _walk(cuts.cut(universe=ward.pk, by=by), by)
    newer = kept / "voters-later.csv"
    newer.write_text("\n".join(_later(row, folder / "voters.csv")), encoding="utf-8")
    addresses = folder / "addresses.csv"
    later = snapshots.import_snapshot(
        chapter=over.chapter,
        files=[newer],
        layout="elm",
        dated=LATER,
        addresses=addresses if addresses.exists() else None,
        by=by,
    )
    asked = Asked(snapshot=later.pk, election=ELECTION, by=known.AGE, hours=HOURS)
    made = findings.read(experiment=row.pk, asked=asked, by=by)
    experiments.stop(id=row.pk, by=by)
    return made


def _launched(ward: int, by: User) -> Experiment | None:
    """Register and launch it, with the power that was planned for."""
    design = Design(
        ward,
        NAME,
        "Do visits in spring bring out voters in the fall?",
        about=ELECTION,
        seed=SEED.number,
    )
    expected = foresight.Expected(contact=OPENS, baseline=ANYWAY)
    try:
        seen = foresight.foresee(design, expected, seen_by=by)
    except CannotAssign:
        return None
    planned = replace(design, plan=foresight.plan(seen, expected))
    row = experiments.register(planned, by=by, drawn=seen.drawn)
    experiments.launch(id=row.pk, by=by)
    return experiments.found(id=row.pk, seen_by=by)


def _walk(cut: Cut, by: User) -> None:
    """Walk every turf of a cut once, as a phone would record it."""
    chance = SEED.stream("demo.walk")
    for turf in cut.turfs.select_related("cut__universe__snapshot__chapter"):
        packet = packets.hand_out(turf=turf, by=by)
        device = _uuid7("phone", str(turf.pk))
        claimed = claims.claim(
            code=packet.code, device=UUID(device), name="Ines", network="demo"
        )
        batch = list(_shift(claimed.bundle, device, chance))
        events.receive(token=claimed.token, batch={"device": device, "events": batch})
        packets.take_back(packet=packet.id, by=by)


def _shift(
    bundle: dict[str, Any], device: str, chance: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """Yield what was recorded at each door: somebody opened, or nobody was home."""
    for seq, stop in enumerate(bundle["stops"], start=1):
        opened = chance.random() < OPENS
        event = {
            "id": _uuid7(device, str(seq)),
            "device": device,
            "seq": seq,
            "packet": bundle["packet"],
            "kind": "conversation",
            "at": 0,
            "door": stop["door"],
            "person": stop["people"][0]["id"] if opened else None,
            "result": "canvassed" if opened else "not_home",
            "script": bundle["script"]["id"],
            "answers": {"support": "2"} if opened else {},
            "note": "",
        }
        yield {"event": event, "sha256": canonical_sha256(event)}


def _later(row: Experiment, voters: Path) -> Iterator[str]:
    """Yield the lines of the newer file: who voted since, and without who is gone.

    A line that was spoiled in the older one is as spoiled in the newer one.
    """
    opened = contact.reached(row).doors
    reached = {
        person.partition(":")[2]
        for person, door in held_out.arms(row)
        .select("person_id", "door_id")
        .iter_rows()
        if door in opened
    }
    chance = SEED.stream("demo.vote")
    header, *lines = voters.read_text(encoding="utf-8").splitlines()
    yield header
    for line in lines:
        luck, gone = chance.random(2)
        voter, _, _ = line.partition(",")
        _, _, history = line.rpartition(",")
        if gone < GONE and voter not in reached:
            continue
        habit = history.count("general") * HABIT
        likely = min(ANYWAY + habit + MORE * (voter in reached), 1.0)
        if luck < likely and line.count(",") == header.count(","):
            line += f"{';' if history else ''}{ELECTION} in person"  # noqa: PLW2901  # the same line, one vote longer
        yield line
    yield ""


def _uuid7(*parts: str) -> str:
    """Return a UUID of version 7 that is made of these parts; its time is 1970."""
    whole = "\0".join(("groundgame demo trial", *parts)).encode()
    number = int.from_bytes(blake2b(whole, digest_size=10).digest())
    high, low = number >> 68, number & (2**62 - 1)
    return str(UUID(int=(0x7000 | high & 0xFFF) << 64 | 0x2 << 62 | low))
