"""groundgame turf order: in which order the doors of turfs are walked, and by whom."""

from enum import StrEnum
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import turf
from groundgame.cli.answer import DATA, AsJson, DataDir, say
from groundgame.cli.files import refuse_ending, write_table
from groundgame.cli.places import (
    DoorFile,
    Field,
    Out,
    SeedNumber,
    StreetFile,
    TurfFile,
    field_of,
    read_doors,
    read_turfs,
)
from groundgame.values import Seed

QUESTIONS = 3
"""Of the script, where nobody says how many."""


class Sides(StrEnum):
    """How a walk deals with the two sides of a street."""

    BOTH = "both"
    ONE = "one"


Start = Annotated[
    str | None,
    typer.Option(
        metavar="LAT,LON",
        help="Where walks start: the car, the bus stop. In metres (X,Y) where DOORS "
        "are.",
    ),
]
Finish = Annotated[
    str | None,
    typer.Option(metavar="LAT,LON", help="Where walks end: the bus stop, home."),
]
Back = Annotated[
    bool, typer.Option("--back", help="Walks go back to where they began.")
]
SidesIn = Annotated[
    Sides,
    typer.Option(
        "--sides",
        help="Cross a street wherever that is shorter (both), or only at the ends of a "
        "block (one). Sides are those of --streets; else odd and even numbers.",
    ),
]
ForTwo = Annotated[
    bool,
    typer.Option(
        "--pair",
        help="Share each turf between two canvassers, A and B, on opposite sides of "
        "the street, who keep abreast.",
    ),
]


def order(
    turfs: TurfFile,
    doors: DoorFile,
    out: Out,
    start: Start = None,
    finish: Finish = None,
    back: Back = False,
    sides: SidesIn = Sides.BOTH,
    pair: ForTwo = False,
    seed: SeedNumber = 1,
    streets: StreetFile = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Put the doors of each turf in a better walking order.

    No walk gets longer, unless it is to keep to one side of the street, or is shared
    by two. What is written for two has a column more, canvasser: 'packet print' makes
    a list for A and one for B.
    """
    started = perf_counter()
    refuse_ending(out, doors, streets)
    field = field_of(read_doors(doors, data), streets, whose=doors)
    plan = _plan(field, start, finish, back=back, one_side=sides is Sides.ONE)
    placed = _at_streets(field) if plan.one_side or pair else field.placed
    before, on = read_turfs(turfs, data), field.network
    old = turf.measure(before, placed, plan, network=on)["metres"].to_numpy().sum()
    if pair:
        takes = turf.in_minutes(placed, turf.Pace(), QUESTIONS)
        two = turf.pair(before, takes, Seed(seed), plan=plan, network=on)
        after, walks = two.turfs, two.walks
    else:
        after = turf.order(before, placed, Seed(seed), plan=plan, network=on)
        walks = turf.measure(after, placed, plan, network=on)
    write_table(out, after)
    new = float(walks["metres"].to_numpy().sum())
    pace = turf.Pace()
    answer = {
        "doors": after.num_rows,
        "turfs": pc.count_distinct(after["turf"]).as_py(),
        "metres": round(new, 1),
        "metres_before": round(float(old), 1),
        "km": round(new / 1000, 2),
        "hours": round(pace.hours(new), 2),
        **(_apart(walks) if pair else {}),
        "hours_saved": round(pace.hours(float(old) - new), 2),
        "seconds": round(perf_counter() - started, 3),
        **field.told(),
        "seed": seed,
        "file": str(out),
    }
    say(answer, as_json=as_json, title="Ordered")


def place(field: Field, said: str, option: str) -> tuple[float, float]:
    """Return a place on the plane of the doors; what is none is a misuse.

    Raises:
        FarPlace: It is far from all doors.
    """
    degrees = "lon" in field.doors.column_names
    try:
        first, second = (float(part) for part in said.split(","))
    except ValueError as nonsense:
        wanted = "LAT,LON in degrees, as 42.1,-78.5" if degrees else "X,Y in metres"
        raise typer.BadParameter(f"{option} is {wanted}; not {said}") from nonsense
    if not degrees:
        return first, second
    plane = field.plane or turf.plane_of(field.doors)
    return turf.place_near(field.placed, plane, first, second)


def _plan(
    field: Field, start: str | None, finish: str | None, *, back: bool, one_side: bool
) -> turf.WalkPlan:
    """Return how to walk; what nobody could walk is a misuse."""
    ends = {
        "start": place(field, start, "--start") if start else None,
        "finish": place(field, finish, "--finish") if finish else None,
    }
    try:
        return turf.WalkPlan(**ends, back=back, one_side=one_side)
    except ValueError as nonsense:
        raise typer.BadParameter(str(nonsense)) from nonsense


def _at_streets(field: Field) -> pa.Table:
    """Return doors that say on which side of which street they stand."""
    if field.network is not None:
        return field.placed
    return turf.by_address(field.placed, field.doors)


def _apart(walks: pa.Table) -> dict[str, Any]:
    """Say by how much the two of a turf are done before one another, at most."""
    pace = turf.Pace()
    doors, metres = walks["doors"].to_numpy(), walks["metres"].to_numpy()
    minutes = pace.minutes(doors.astype(float), metres, np.zeros(len(doors)), QUESTIONS)
    sign = np.where(np.asarray(walks[turf.CANVASSER]) == "A", 1.0, -1.0)
    gap = np.abs(np.bincount(walks["turf"].to_numpy(), minutes * sign))
    return {"walks": walks.num_rows, "most_minutes_apart": round(float(gap.max()), 1)}
