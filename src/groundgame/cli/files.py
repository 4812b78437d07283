"""Files that commands read and write: snapshots, and tables as CSV or Parquet."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import typer

from groundgame.cli import alone
from groundgame.cli.answer import note
from groundgame.cli.text import look
from groundgame.errors import CannotWrite, NoSnapshot, UnreadableTable
from groundgame.tables import Snapshot, TableSchema

LATEST = "latest"
SnapshotName = Annotated[
    str, typer.Option("--snapshot", help="Which snapshot: its id, or 'latest'.")
]

SuppressFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--suppress",
        help="People or doors to leave out of everything: CSV or Parquet, as a list.",
    ),
]

AttemptFile = Annotated[
    Path | None,
    typer.Option(
        "--attempts",
        help="Attempts so far: a table of door_id, person_id, attempts, last_result, "
        "last_day, position.",
    ),
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


class EarlierSnapshots(Mapping[str, pa.Table]):
    """The snapshots of a data folder by id, as a rule compares with them."""

    def __init__(self, data: Path) -> None:
        """Look at a data folder; nothing is read before it is asked for."""
        self._data = data

    def __getitem__(self, name: str) -> pa.Table:
        """Return who was where, and of which party, in one snapshot."""
        if name not in set(self):
            raise KeyError(name)
        known = open_snapshot(self._data, name)
        return known.read("people", ["person_id", "door_id", "party"])

    def __iter__(self) -> Iterator[str]:
        """Give the ids, the one with the latest date first."""
        return iter([one.id for one in snapshots(self._data)])

    def __len__(self) -> int:
        """Count the snapshots."""
        return len(snapshots(self._data))


def read_table(path: Path, wanted: str, *, lines: bool = False) -> pa.Table:
    """Read CSV (as text.py looks at it) or Parquet, ids as text.

    `wanted` says what the columns should be; `lines`, that a cell may hold several.

    Raises:
        UnreadableTable: It is not there, is empty, or is no whole table.
    """
    if not path.is_file():
        found = "is no file" if path.exists() else "does not exist"
        raise UnreadableTable(path.name, found, wanted)
    try:
        if path.suffix.lower() == ".parquet":
            table = pq.read_table(path)
        else:
            text = look(path, wanted)
            parse = pa_csv.ParseOptions(
                delimiter=text.separator, newlines_in_values=lines
            )
            table = pa_csv.read_csv(
                text.opened(), parse_options=parse, convert_options=_TEXT
            )
    except (pa.ArrowException, UnicodeDecodeError) as problem:
        found = "is empty, or not a whole table"
        raise UnreadableTable(path.name, found, wanted) from problem
    if len(set(table.column_names)) < table.num_columns:
        raise UnreadableTable(path.name, "has two columns of one name", wanted)
    return table


def given_table(path: Path | None, schema: TableSchema) -> pa.Table | None:
    """Return a table that was given, with the columns of its schema."""
    if path is None:
        return None
    table = read_table(path, f"the columns {', '.join(schema.names)}")
    return schema.conform(table)


def read_ids(path: Path) -> pa.Table:
    """Read a list of ids; person_id comes first where it has both columns.

    Raises:
        UnreadableTable: It has neither.
    """
    wanted = "a column person_id or door_id"
    table = read_table(path, wanted)
    if not {"person_id", "door_id"} & set(table.column_names):
        raise UnreadableTable(path.name, "has neither person_id nor door_id", wanted)
    return table


def suppressed(files: list[Path] | None) -> list[str]:
    """Return the ids of everybody, and of every door, to leave out.

    A row that names nobody means its door, in a list of both too.
    """
    ids: list[str] = []
    for path in files or []:
        table = read_ids(path)
        there = {"person_id", "door_id"} & set(table.column_names)
        columns = [table[name].to_pylist() for name in sorted(there, reverse=True)]
        for row in zip(*columns, strict=True):
            said = (str(one).strip() for one in row if one is not None)
            ids.extend(list(filter(None, said))[:1])
    return ids


def heeded(files: list[Path] | None, snapshot: Snapshot) -> list[str]:
    """Return whom to leave out, and say how many of them are in this snapshot.

    These are the ids of the files, and whom the book of its data folder leaves alone.
    An id that is written otherwise than here leaves nobody out: that must be seen.
    """
    given = suppressed(files)
    how = "" if given else "with --suppress FILE"
    left = alone.of_book(snapshot.folder.parent.parent, how)
    by_book = left.ids if left else []
    for ids, whose in (
        (given, "to leave out"),
        (by_book, "that the book leaves alone"),
    ):
        if ids:
            _say_there(ids, snapshot, whose)
    return given + by_book


def _say_there(ids: list[str], snapshot: Snapshot, whose: str) -> None:
    """Say how many of some ids are in a snapshot."""
    wanted = pa.array(ids, pa.string()).unique()
    known = snapshot.read("people", ["person_id", "door_id"])
    there = pc.is_in(wanted, value_set=pa.chunked_array(known["person_id"].chunks))
    doors = pc.is_in(wanted, value_set=pa.chunked_array(known["door_id"].chunks))
    found = int(pc.or_(there, doors).to_numpy(zero_copy_only=False).sum())
    some = str(known["person_id"][0]).partition(":")[0] if known.num_rows else ""
    how = "" if found == len(wanted) else f" Here a person's id begins with {some}:"
    note(f"{found:,} of {len(wanted):,} ids {whose} are in this snapshot.{how}")


def refuse_ending(out: Path, *read: Path | str | None) -> None:
    """Refuse, before any work is done, a table we would not know how to write.

    Raises:
        CannotWrite: As `refuse_place` does.
    """
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise typer.BadParameter("the file to write ends in .csv or .parquet")
    refuse_place(out, *read)


def refuse_place(out: Path, *read: Path | str | None) -> None:
    """Refuse, before any work is done, a file where none can be.

    Raises:
        CannotWrite: Its folder is not there, or it is a folder itself, or it is what is
            `read` for it: that would be lost.
    """
    if out.resolve() in {Path(each).resolve() for each in read if each}:
        raise CannotWrite(str(out), "it is what is read, and would be lost")
    if out.is_dir():
        raise CannotWrite(str(out), "it is a folder")
    if not out.parent.is_dir():
        raise CannotWrite(str(out), "its folder is not there")


def write_table(out: Path, table: pa.Table) -> None:
    """Write CSV or Parquet, as the file's ending says."""
    if out.suffix.lower() == ".parquet":
        write_whole(out, lambda part: pq.write_table(table, part))
    else:
        write_whole(out, lambda part: pa_csv.write_csv(table, part))


def write_whole(out: Path, write: Callable[[Path], object]) -> None:
    """Write a file in one step, so that it is whole or not there.

    Raises:
        CannotWrite: It cannot be written there.
    """
    refuse_place(out)
    part = out.with_name(f".{uuid4().hex}.part")
    try:
        write(part)
        part.replace(out)
    except OSError as problem:
        reason = os.strerror(problem.errno) if problem.errno else "it was refused"
        raise CannotWrite(str(out), reason) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
