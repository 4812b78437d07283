"""groundgame turf: doors to turfs, and turfs to walk lists."""

from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import turf, voterfile
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.engine import Engine
from groundgame.cli.files import (
    LATEST,
    open_snapshot,
    read_table,
    refuse_ending,
    write_table,
)
from groundgame.cli.streets import streets
from groundgame.cli.watch import Share, progress
from groundgame.cluster import engine as workers_at
from groundgame.errors import UnreadableTable
from groundgame.tables import PLACED, TURFS
from groundgame.values import Seed

app = typer.Typer(no_args_is_help=True, help="Turfs that can be walked.")
app.command("streets")(streets)

DOOR_COLUMNS = "door_id with lon and lat in degrees, or with x and y in metres"

DoorFile = Annotated[
    str,
    typer.Argument(
        metavar="DOORS",
        help="CSV or Parquet with door_id and lon, lat (or x, y), perhaps meters: how "
        "far off a place may be; or a snapshot.",
    ),
]
TurfFile = Annotated[
    Path, typer.Argument(metavar="TURFS", help="What 'groundgame turf cut' wrote.")
]
Out = Annotated[
    Path, typer.Option("--out", "-o", help="The file to write: .csv or .parquet.")
]
SeedNumber = Annotated[
    int, typer.Option(min=0, help="The same seed and doors give the same turfs.")
]


CELLS = "cells"
By = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="Cut partition by partition, as a cluster does: a column of DOORS "
        "(county), or 'cells' of 25,000 doors or more.",
    ),
]


@app.command("cut")
def cut(
    doors: DoorFile,
    out: Out,
    least: Annotated[int, typer.Option(help="Doors of the smallest turf.")] = 40,
    most: Annotated[int, typer.Option(help="Doors of the largest turf.")] = 50,
    seed: SeedNumber = 1,
    effort: Annotated[
        float, typer.Option(help="Twice the effort, twice the time, shorter walks.")
    ] = 1.0,
    by: By = None,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Cut doors into turfs, each in walking order. Every door is in exactly one.

    But for doors without a usable place, such as those placed only by street or ZIP
    code: they are counted, and in no turf.
    """
    started = perf_counter()
    plan = _plan(least, most, effort)
    refuse_ending(out)
    table = _doors(doors, data)
    partitions = _partitions(table, by)
    known = _numbered(table)
    with workers_at(engine) as workers, progress() as bar:
        done = turf.cut(
            _placed(known),
            plan,
            Seed(seed),
            tell=Share(bar, "cutting turf"),
            workers=workers if by or engine else None,
            by=partitions,
        )
    write_table(out, done.turfs)
    rough = int(turf.rough(known).sum())
    _explain(done, plan, rough)
    answer = {
        "doors": done.turfs.num_rows,
        "turfs": done.summary.num_rows,
        "metres": round(done.metres, 1),
        "seconds": round(perf_counter() - started, 3),
        "left_out": len(done.left_out),
        "rough": rough,
        "least": pc.min(done.summary["doors"]).as_py(),
        "most": pc.max(done.summary["doors"]).as_py(),
        "as_asked": done.limits.as_asked,
        "seed": seed,
        "file": str(out),
    }
    say(answer, as_json=as_json, title="Cut")


@app.command("order")
def order(
    turfs: TurfFile,
    doors: DoorFile,
    out: Out,
    seed: SeedNumber = 1,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Put the doors of each turf in a better walking order. No walk gets longer."""
    started = perf_counter()
    refuse_ending(out)
    placed = _placed(_numbered(_doors(doors, data)))
    before = _turfs(turfs)
    after = turf.order(before, placed, Seed(seed))
    write_table(out, after)
    old, new = (turf.measure(walks, placed) for walks in (before, after))
    answer = {
        "doors": after.num_rows,
        "turfs": new.num_rows,
        "metres": round(pc.sum(new["metres"]).as_py() or 0.0, 1),
        "metres_before": round(pc.sum(old["metres"]).as_py() or 0.0, 1),
        "seconds": round(perf_counter() - started, 3),
        "seed": seed,
        "file": str(out),
    }
    say(answer, as_json=as_json, title="Ordered")


def _plan(least: int, most: int, effort: float) -> turf.CutPlan:
    """Return the plan; a plan that nobody could follow is a misuse."""
    try:
        return turf.CutPlan(least=least, most=most, effort=effort)
    except ValueError as nonsense:
        raise typer.BadParameter(str(nonsense)) from nonsense


def _partitions(doors: pa.Table, by: str | None) -> Any:
    """Return the name of each door's partition; None where there are only cells."""
    if by is None or by == CELLS:
        return None
    if by not in doors.column_names:
        has = _listed(doors.column_names)
        raise typer.BadParameter(f"--by {CELLS}, or one of {has}; not {by}")
    return doors[by]


def _explain(done: turf.Cut, plan: turf.CutPlan, rough: int) -> None:
    """Say what somebody may not have expected."""
    if not done.limits.as_asked:
        low, high = done.limits.least, done.limits.most
        sizes = f"{low} doors" if low == high else f"{low} to {high} doors"
        note(
            f"{done.turfs.num_rows} doors cannot be divided into turfs of {plan.least} "
            f"to {plan.most}. These are as few and as equal as can be: {sizes} each."
        )
    if len(done.left_out):
        note(
            f"{len(done.left_out)} doors have no usable place and are in no turf. "
            f"Give them lon and lat, and cut again."
        )
    if rough:
        note(
            f"Of those, {rough} have a place that may be more than "
            f"{turf.FURTHEST_OFF:.0f} metres off: the middle of a street or ZIP code."
        )


def _doors(name: str, data: Path) -> pa.Table:
    """Read the doors of a file, or of a snapshot by its name.

    Of a snapshot, the doors behind which everybody is protected are left out.
    """
    path = Path(name)
    if not path.exists() and (name == LATEST or (data / "snapshots" / name).is_dir()):
        return voterfile.open_doors(open_snapshot(data, name))
    table = read_table(path, DOOR_COLUMNS)
    has = set(table.column_names)
    if not ({"door_id", "lon", "lat"} <= has or {"door_id", "x", "y"} <= has):
        raise UnreadableTable(
            path.name, f"has the columns {_listed(table.column_names)}", DOOR_COLUMNS
        )
    return table


def _turfs(path: Path) -> pa.Table:
    """Read what a cut wrote."""
    wanted = ", ".join(TURFS.names)
    table = read_table(path, wanted)
    missing = [name for name in TURFS.names if name not in table.column_names]
    if missing:
        raise UnreadableTable(
            path.name, f"has the columns {_listed(table.column_names)}", wanted
        )
    try:
        return TURFS.conform(table)
    except pa.ArrowException as problem:
        raise UnreadableTable(path.name, "is not of numbers", wanted) from problem


def _numbered(doors: pa.Table) -> pa.Table:
    """Return doors with places in numbers; a place that is none is no place."""
    ids = doors["door_id"].cast(pa.string())
    degrees = {"lon", "lat"} <= set(doors.column_names)
    first, second = ("lon", "lat") if degrees else ("x", "y")
    columns = {
        "door_id": ids,
        first: _numbers(doors[first]),
        second: _numbers(doors[second]),
    }
    if degrees and "meters" in doors.column_names:
        columns["meters"] = _numbers(doors["meters"])
    if "unit" in doors.column_names:
        columns["unit"] = doors["unit"].cast(pa.string())
    return pa.table(columns)


def _placed(doors: pa.Table) -> pa.Table:
    """Put doors on a plane, where they are not on one."""
    if "lon" in doors.column_names:
        return turf.on_plane(doors)
    PLACED.conform(doors)
    return doors


def _numbers(column: Any) -> Any:
    """Return numbers, NaN where a cell is empty or is something else."""
    cells = pl.Series(column).cast(pl.Float64, strict=False)
    return cells.fill_null(float("nan")).to_arrow()


def _listed(names: list[str]) -> str:
    """Write down column names, not endlessly."""
    shown = ", ".join(name[:40] for name in names[:20])
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown  # noqa: PLR2004  # a line
