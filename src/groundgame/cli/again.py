"""groundgame turf, the next evening: what is done, what is in hand, what is new."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import turf
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.balance import (
    OPENS,
    Balance,
    BalanceIn,
    Least,
    Measure,
    Most,
    Opens,
    Questions,
)
from groundgame.cli.files import read_table, refuse_ending, write_table
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
from groundgame.errors import UnreadableTable
from groundgame.values import Seed

Keep = Annotated[
    Path | None,
    typer.Option(
        metavar="TURFS",
        help="Turfs that stay as they are, numbers and order: those in hand. The rest "
        "is cut beside them.",
    ),
]
Done = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Doors that are done: CSV or Parquet with door_id. No new turf has them.",
    ),
]


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to cut, and the turfs that stay."""

    doors: pa.Table
    kept: pa.Table | None
    done: int

    @classmethod
    def of(cls, doors: pa.Table, keep: Path | None, done: Path | None) -> "Rest":
        """Take away the doors of turfs that stay, and those that are done."""
        before = doors.num_rows
        if done is not None:
            listed = read_table(done, "a column door_id")
            if "door_id" not in listed.column_names:
                raise UnreadableTable(done.name, "has no door_id", "a column door_id")
            doors = doors.filter(pa.array(turf.without(doors, listed)))
            note(f"{before - doors.num_rows} of {before} doors are done.")
        gone = before - doors.num_rows
        if keep is None:
            return cls(doors, None, gone)
        kept = read_turfs(keep)
        return cls(doors.filter(pa.array(turf.without(doors, kept))), kept, gone)

    def beside(self, turfs: pa.Table) -> pa.Table:
        """Return new turfs after those that stay."""
        return turfs if self.kept is None else turf.beside(self.kept, turfs)

    def told(self) -> dict[str, int]:
        """Return what an answer says of it."""
        if self.kept is None:
            return {"done": self.done} if self.done else {}
        turfs = pc.count_distinct(self.kept["turf"]).as_py()
        kept = {"kept_turfs": turfs, "kept_doors": self.kept.num_rows}
        return {"done": self.done, **kept}


def add(
    turfs: TurfFile,
    doors: DoorFile,
    out: Out,
    least: Least = None,
    most: Most = None,
    balance: BalanceIn = Balance.DOORS,
    questions: Questions = 3,
    opens: Opens = OPENS,
    seed: SeedNumber = 1,
    streets: StreetFile = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Add the doors that are in no turf yet where they lengthen a walk least.

    No door that is in a turf leaves it, and all stay in their order. A full turf takes
    none; doors that fit nowhere become new turfs.
    """
    started = perf_counter()
    measure = Measure.asked(balance, questions, opens)
    plan = measure.plan(least, most, 1.0)
    refuse_ending(out, doors, streets)
    field = field_of(
        read_doors(doors, data, peopled=balance is Balance.PEOPLE), streets, whose=doors
    )
    before = read_turfs(turfs, data)
    after = turf.add(
        before, measure.weighed(field), plan, Seed(seed), network=field.network
    )
    write_table(out, after.turfs)
    if len(after.left_out):
        note(
            f"{len(after.left_out)} new doors have no usable place and are in no turf. "
            f"Give them lon and lat, and add them again."
        )
    answer: dict[str, Any] = {
        "doors": after.turfs.num_rows,
        "turfs": pc.count_distinct(after.turfs["turf"]).as_py(),
        "added": after.fitted,
        "metres_more": round(after.metres, 1),
        "new_turfs": after.fresh,
        "in_new_turfs": after.turfs.num_rows - before.num_rows - after.fitted,
        "left_out": len(after.left_out),
        "seconds": round(perf_counter() - started, 3),
        **field.told(),
        "seed": seed,
        "file": str(out),
    }
    say(answer, as_json=as_json, title="Added")
