"""Doors, turfs and streets as commands are given them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import pyarrow as pa
import typer

from groundgame import turf, voterfile
from groundgame.cli import alone
from groundgame.cli.answer import note
from groundgame.cli.files import LATEST, open_snapshot, read_table, snapshots
from groundgame.errors import UnreadableTable, WrongTable
from groundgame.tables import PLACED, TURFS
from groundgame.turf import streets as street_files
from groundgame.turf.streets import Laid

DOOR_COLUMNS = "door_id with lon and lat in degrees, or with x and y in metres"
LEFT = "from a list of doors, or with --suppress where it is printed"
ADDRESS = ("unit", "street", "number", "city")

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
StreetFile = Annotated[
    Path | None,
    typer.Option(
        "--streets",
        metavar="FILE",
        help="Walk on streets: an extract of OpenStreetMap (.osm.pbf), GeoJSON lines, "
        "or what 'groundgame turf streets' wrote (.parquet).",
    ),
]

Out = Annotated[
    Path, typer.Option("--out", "-o", help="The file to write: .csv or .parquet.")
]
SeedNumber = Annotated[
    int, typer.Option(min=0, help="The same seed and doors give the same turfs.")
]


@dataclass(frozen=True, slots=True)
class Field:
    """Doors on a plane, and what there is to walk on."""

    doors: pa.Table
    """As they were given, with places in numbers."""
    placed: pa.Table
    """The same rows on the plane, at their streets if there are any."""
    network: turf.Network | None
    """The streets; None for straight lines."""
    outside: int
    """Doors that have a place, and no street within reach."""
    given: pa.Table
    """The same rows, with all their columns."""
    laid: Laid | None = None
    """The streets with their names and lines; None for straight lines."""

    @property
    def plane(self) -> turf.Plane | None:
        """The plane that the streets are on; None: the doors' own."""
        return self.laid.plane if self.laid else None

    def told(self) -> dict[str, Any]:
        """Return what an answer says of the ground; tell people what is a guess."""
        if self.network is None:
            note(
                "Walks go in straight lines, through fences and rivers. "
                "Give --streets FILE to walk on streets."
            )
            return {"streets": False}
        if self.outside:
            note(
                f"{self.outside} doors have no street of that file within "
                f"{street_files.REACH:.0f} metres: the way to them is a guess."
            )
        return {"streets": True, "outside": self.outside}


def field_of(doors: pa.Table, streets: Path | None, *, whose: str) -> Field:
    """Put doors on a plane, and at their streets where those are given.

    Raises:
        UnreadableTable: There are streets, and the doors have no degrees; or a door has
            no id, or more rows than one.
    """
    known = numbered(doors)
    if streets is not None and "lon" not in known.column_names:
        found = "has places in metres, and streets are in degrees"
        raise UnreadableTable(Path(whose).name, found, "door_id, lon and lat")
    try:
        if streets is None:
            return Field(known, _placed(known), None, 0, doors)
        standing = turf.stand(known, street_files.read(streets))
    except WrongTable as wrong:
        wanted = f"{DOOR_COLUMNS}, a row for each door"
        raise UnreadableTable(Path(whose).name, wrong.problem, wanted) from wrong
    on = standing.network
    return Field(known, standing.placed, on, standing.outside, doors, standing.laid)


def read_doors(name: str, data: Path, *, peopled: bool = False) -> pa.Table:
    """Read the doors of a file, or of a snapshot by its name.

    Doors that the book of the data folder leaves alone are not among them. Of a
    snapshot, the doors behind which everybody is protected are left out; if it is
    `peopled`, the others are counted behind each door.
    """
    path = Path(name)
    if not path.exists() and (name == LATEST or (data / "snapshots" / name).is_dir()):
        read = voterfile.peopled_doors if peopled else voterfile.open_doors
        whole = open_snapshot(data, name)
        return alone.open_doors(read(whole), data, [whole], how=LEFT)
    table = read_table(path, DOOR_COLUMNS)
    has = set(table.column_names)
    if not ({"door_id", "lon", "lat"} <= has or {"door_id", "x", "y"} <= has):
        raise UnreadableTable(
            path.name, f"has the columns {listed(table.column_names)}", DOOR_COLUMNS
        )
    return alone.open_doors(table, data, snapshots(data)[:1], how=LEFT)


def read_turfs(path: Path, data: Path | None = None) -> pa.Table:
    """Read what a cut wrote; with a data folder, without whom its book leaves alone."""
    wanted = ", ".join(TURFS.names)
    table = read_table(path, wanted)
    missing = [name for name in TURFS.names if name not in table.column_names]
    if missing:
        raise UnreadableTable(
            path.name, f"has the columns {listed(table.column_names)}", wanted
        )
    if data is not None:
        table = alone.open_doors(table, data, snapshots(data)[:1])
    try:
        return TURFS.conform(table)
    except pa.ArrowException as problem:
        raise UnreadableTable(path.name, "is not of numbers", wanted) from problem
    except WrongTable as wrong:
        raise UnreadableTable(path.name, wrong.problem, wanted) from wrong


def numbered(doors: pa.Table) -> pa.Table:
    """Return doors with places in numbers; a place that is none is no place."""
    ids = doors["door_id"].cast(pa.string())
    degrees = {"lon", "lat"} <= set(doors.column_names)
    first, second = ("lon", "lat") if degrees else ("x", "y")
    columns = {
        "door_id": ids,
        first: _numbers(doors[first], comma=degrees),
        second: _numbers(doors[second], comma=degrees),
    }
    if degrees and "meters" in doors.column_names:
        columns["meters"] = _numbers(doors["meters"])
    for name in ADDRESS:
        if name in doors.column_names:
            columns[name] = doors[name].cast(pa.string())
    if "people" in doors.column_names:
        columns["people"] = _numbers(doors["people"])
    return pa.table(columns)


def _placed(doors: pa.Table) -> pa.Table:
    """Put doors on a plane, where they are not on one."""
    if "lon" in doors.column_names:
        return turf.on_plane(doors)
    PLACED.conform(doors)
    return doors


def _numbers(column: Any, *, comma: bool = False) -> Any:
    """Return numbers, NaN where a cell is empty or is something else.

    Where no number has thousands, a comma may stand for the point, as in 48,137.
    """
    cells = pl.Series(column)
    if comma and cells.dtype == pl.String:
        cells = cells.str.replace(",", ".", literal=True)
    cells = cells.cast(pl.Float64, strict=False)
    return cells.fill_null(float("nan")).to_arrow()


def listed(names: list[str]) -> str:
    """Write down column names, not endlessly."""
    shown = ", ".join(name[:40] for name in names[:20])
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown  # noqa: PLR2004  # a line
