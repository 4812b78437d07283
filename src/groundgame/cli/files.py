"""Files that commands read and write: snapshots, and tables as CSV or Parquet."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import typer

from groundgame.errors import NoSnapshot, UnreadableTable
from groundgame.tables import Snapshot

LATEST = "latest"
SnapshotName = Annotated[
    str, typer.Option("--snapshot", help="Which snapshot: its id, or 'latest'.")
]

_TEXT = pa_csv.ConvertOptions(
    column_types=dict.fromkeys(("person_id", "door_id", "unit"), pa.string())
)


def snapshots(data: Path) -> list[Snapshot]:
    """Return every whole snapshot, the one with the latest date first."""
    found = (data / "snapshots").glob("[!.]*/manifest.json")
    whole = [Snapshot.open(path.parent) for path in found]
    return sorted(whole, key=lambda one: (one.manifest.dated, one.id), reverse=True)


def open_snapshot(data: Path, name: str) -> Snapshot:
    """Return a snapshot by its id, or the one with the latest date.

    Raises:
        NoSnapshot: There is none.
    """
    if name != LATEST:
        return Snapshot.open(data / "snapshots" / name)
    whole = snapshots(data)
    if not whole:
        raise NoSnapshot(LATEST)
    return whole[0]


def read_table(path: Path, wanted: str) -> pa.Table:
    """Read CSV or Parquet, ids as text. `wanted` says what the columns should be.

    Raises:
        UnreadableTable: It is empty, or no whole table.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return pq.read_table(path)
        return pa_csv.read_csv(path, convert_options=_TEXT)
    except (pa.ArrowException, UnicodeDecodeError) as problem:
        found = "is empty, or not a whole table"
        raise UnreadableTable(path.name, found, wanted) from problem


def refuse_ending(out: Path) -> None:
    """Refuse, before any work is done, a table we would not know how to write."""
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise typer.BadParameter("the file to write ends in .csv or .parquet")


def write_table(out: Path, table: pa.Table) -> None:
    """Write CSV or Parquet, as the file's ending says."""
    if out.suffix.lower() == ".parquet":
        write_whole(out, lambda part: pq.write_table(table, part))
    else:
        write_whole(out, lambda part: pa_csv.write_csv(table, part))


def write_whole(out: Path, write: Callable[[Path], object]) -> None:
    """Write a file in one step, so that it is whole or not there."""
    part = out.with_name(f".{uuid4().hex}.part")
    try:
        write(part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
