"""THE WHOLE HOUSE ON ONE PAGE: from a voter file to the doors, and back.

    voter file ─ voterfile ─▶ snapshot ─ universe ─▶ wanted ─ turf ─▶ cut ─ packet ─▶ walks
                                                                                       │
                    progress ◀─ canvass ◀─ log ◀─ phones and paper ◀───────────────────┘

The command line and the server call the same rooms one by one, and keep what comes out.
"""  # noqa: E501  # the picture

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from groundgame import canvass, packet, turf, universe, voterfile
from groundgame.tables import Snapshot
from groundgame.turf import streets
from groundgame.values import Seed


@dataclass(frozen=True, slots=True)
class Register:
    """What a state or county gives, and what places its doors on a map."""

    file: Path
    layout: str
    dated: date
    addresses: Path | None = None
    streets: Path | None = None


class Balance(StrEnum):
    """What the sizes of a plan count."""

    DOORS = "doors"
    PEOPLE = "people"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Program:
    """What a program decides: whom to talk with, as of which day, in what turfs.

    `streets` is a street file to walk on; without it walks go in straight lines. With
    minutes, `pace` and `questions` say what walks and doors take.
    """

    rule: str
    as_of: date
    plan: turf.CutPlan = field(default_factory=turf.CutPlan)
    seed: Seed = field(default_factory=lambda: Seed(1))
    suppressed: pa.StringArray | None = None
    streets: Path | None = None
    balance: Balance = Balance.DOORS
    pace: turf.Pace = field(default_factory=turf.Pace)
    questions: int = 3


@dataclass(frozen=True, slots=True)
class Outing:
    """What comes of it: whom we want, the turfs, and the walks to hand out."""

    wanted: universe.Found
    cut: turf.Cut
    walks: packet.Walks


def take_in(register: Register, into: Path) -> Snapshot:
    """Read a voter file into a snapshot that accounts for each of its rows."""
    return voterfile.import_file(
        register.file,
        register.layout,
        into,
        dated=register.dated,
        addresses=register.addresses,
        streets=register.streets,
    )


def to_the_doors(snapshot: Snapshot, program: Program) -> Outing:
    """Go from a snapshot to walks that can be handed out."""
    wanted = universe.find(
        snapshot,
        universe.parse(program.rule),
        as_of=program.as_of,
        given=universe.Given(suppressed=program.suppressed),
    )
    cut = _cut(snapshot, wanted, program)
    people = snapshot.read("people")
    sought = people.filter(
        pc.is_in(people["person_id"], value_set=wanted.people["person_id"])
    )
    walks = packet.walks(cut.turfs, snapshot.read("doors"), sought, on=program.as_of)
    return Outing(wanted, cut, walks)


def _cut(snapshot: Snapshot, wanted: universe.Found, program: Program) -> turf.Cut:
    """Cut the doors that are wanted, on the streets, by what is to be balanced."""
    plan, network = program.plan, None
    if program.streets is None:
        placed = turf.on_plane(wanted.doors)
    else:
        doors = snapshot.read("doors", ["door_id", "street", "number"])
        rows = pc.index_in(
            wanted.doors["door_id"], value_set=doors["door_id"].combine_chunks()
        )
        known = wanted.doors
        for name in ("street", "number"):
            known = known.append_column(name, doors[name].take(rows))
        standing = turf.stand(known, streets.read(program.streets))
        placed, network = standing.placed, standing.network
    if program.balance is Balance.PEOPLE:
        placed = turf.weighed(placed, wanted.doors["people"].to_numpy().astype(float))
    if program.balance is Balance.MINUTES:
        placed = turf.in_minutes(placed, program.pace, program.questions)
        plan = replace(plan, metre=program.pace.metre)
    return turf.cut(placed, plan, program.seed, network=network)


def from_the_doors(
    handed_out: Mapping[str, packet.Walks], log: Iterable[canvass.Entry]
) -> canvass.Progress:
    """Go from the log to what was done, in the packets that were handed out."""
    doors = pa.concat_tables(
        pa.table({"door_id": walk.stops["door_id"]}).append_column(
            "packet_id", pa.repeat(packet_id, walk.stops.num_rows)
        )
        for packet_id, walk in handed_out.items()
    )
    conversations, responses = canvass.columns(log)
    return canvass.progress(doors, conversations, responses)
