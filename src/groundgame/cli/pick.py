"""groundgame turf pick, turf around: turfs to wish."""

from collections.abc import Mapping
from math import isnan
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import turf
from groundgame.cli.again import Done, Rest
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.balance import OPENS, Balance, Measure, Opens, Questions
from groundgame.cli.files import refuse_ending, write_table
from groundgame.cli.pace import PaceFrom
from groundgame.cli.places import (
    DoorFile,
    Out,
    SeedNumber,
    StreetFile,
    TurfFile,
    field_of,
    read_doors,
    read_turfs,
)
from groundgame.cli.walks import place
from groundgame.values import Seed

Near = Annotated[
    str | None,
    typer.Option(
        metavar="LAT,LON",
        help="Where they set out. In metres (X,Y) where DOORS are.",
    ),
]
Meeting = Annotated[
    str,
    typer.Option(
        "--near", metavar="LAT,LON", help="The meeting place; X,Y where DOORS are so."
    ),
]
Home = Annotated[
    str | None,
    typer.Option(metavar="LAT,LON", help="Where they want to be in the end."),
]
Taken = Annotated[
    list[int] | None,
    typer.Option("--taken", help="A turf that is out; may be given several times."),
]


def pick(
    turfs: TurfFile,
    doors: DoorFile,
    near: Near = None,
    home: Home = None,
    short: Annotated[bool, typer.Option("--short", help="Little work first.")] = False,
    no_stairs: Annotated[
        bool, typer.Option("--no-stairs", help="No door above the ground.")
    ] = False,
    bicycle: Annotated[
        bool, typer.Option("--bicycle", help="Far doors are ridden to.")
    ] = False,
    count: Annotated[int, typer.Option(min=1, help="How many to show.")] = 5,
    taken: Taken = None,
    questions: Questions = 3,
    pace_from: PaceFrom = None,
    streets: StreetFile = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Find turfs for a volunteer: near, short, without stairs, on the way home.

    They come best first, with what speaks for each.
    """
    started = perf_counter()
    field = field_of(read_doors(doors, data), streets, whose=doors)
    measure = Measure.asked(Balance.MINUTES, questions, OPENS).paced(pace_from, field)
    cut = read_turfs(turfs, data)
    free = cut.filter(
        pc.invert(pc.is_in(cut["turf"], pa.array(taken or [], pa.int32())))
    )
    wishes = turf.Wishes(
        near=place(field, near, "--near") if near else None,
        home=place(field, home, "--home") if home else None,
        short=short,
        no_stairs=no_stairs,
        bicycle=bicycle,
    )
    offers = turf.pick(
        *(free, field.placed, wishes, measure.pace),
        questions=questions,
        network=field.network,
    )
    best = offers.slice(0, count).to_pylist()
    answer = {
        "free": pc.count_distinct(free["turf"]).as_py(),
        "would_do": offers.num_rows,
        "seconds": round(perf_counter() - started, 3),
        **field.told(),
    }
    if as_json:
        listed = [_told(row) | {"reasons": reasons(row, wishes)} for row in best]
        say(answer | {"turfs": listed}, as_json=True)
        return
    lines = {f"turf {row['turf']}": "; ".join(reasons(row, wishes)) for row in best}
    say(lines | answer, as_json=False, title="Turfs that would do, best first")


def around(
    doors: DoorFile,
    out: Out,
    near: Meeting,
    count: Annotated[int, typer.Option(min=1, help="How many turfs.")],
    minutes: Annotated[
        int, typer.Option(min=1, max=1000, help="How long a shift is; always kept.")
    ] = 120,
    questions: Questions = 3,
    opens: Opens = OPENS,
    pace_from: PaceFrom = None,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="TURFS", help="Turfs in hand; their doors are not cut."),
    ] = None,
    done: Done = None,
    seed: SeedNumber = 1,
    streets: StreetFile = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Cut turfs around a meeting place, one for each of tonight's volunteers.

    Doors that are farther away stay for another evening: they are in no turf.
    """
    started = perf_counter()
    measure = Measure.asked(Balance.MINUTES, questions, opens)
    refuse_ending(out, doors, streets, done, pace_from)
    rest = Rest.of(read_doors(doors, data), keep, done)
    field = field_of(rest.doors, streets, whose=doors)
    measure = measure.paced(pace_from, field)
    made = turf.meet(
        *(field.placed, place(field, near, "--near"), count, minutes, measure.pace),
        questions=questions,
        seed=Seed(seed),
        network=field.network,
    )
    write_table(out, rest.beside(made.turfs))
    turfs = made.summary.num_rows
    if turfs < count:
        note(
            f"These doors are {turfs} turfs, and {count} were asked for: with fewer "
            "--minutes, or from more doors, there are more."
        )
    answer = {
        "turfs": turfs,
        "doors": made.turfs.num_rows,
        "for_later": rest.doors.num_rows - made.turfs.num_rows,
        "least_minutes": round(pc.min(made.summary["load"]).as_py(), 1),
        "most_minutes": round(pc.max(made.summary["load"]).as_py(), 1),
        "metres": round(made.metres, 1),
        "seconds": round(perf_counter() - started, 3),
        **rest.told(),
        **field.told(),
        "seed": seed,
        "file": str(out),
    }
    say(answer, as_json=as_json, title="Around the meeting place")


def reasons(row: Mapping[str, Any], wishes: turf.Wishes) -> list[str]:
    """Return what speaks for a turf, and what is not known of it."""
    said = []
    if not isnan(row["away"]):
        said.append(f"{row['away']:.0f} m from where you set out")
    if not isnan(row["detour"]):
        home = f"{row['detour']:.0f} m longer than straight home"
        said.append("on the way home" if row["detour"] < 100 else home)  # noqa: PLR2004  # a block
    hours = f"{row['minutes'] / 60:.1f} hours for {row['doors']} doors"
    said.append(f"{hours}, {row['metres'] / 1000:.1f} km of walking")
    if wishes.bicycle:
        said.append(f"a bicycle saves {row['saved']:.0f} minutes")
    if wishes.no_stairs or row["floors"]:
        climb = f"{row['floors']} floors to climb"
        said.append(climb if row["floors"] else "no stairs that we know of")
    if row["unknown"]:
        said.append(f"{row['unknown']} doors in buildings, floor not known")
    return said


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return numbers as JSON can hold them."""
    known = {name: value for name, value in row.items() if value == value}  # noqa: PLR0124  # a NaN does not
    return {name: round(value, 1) for name, value in known.items()}
