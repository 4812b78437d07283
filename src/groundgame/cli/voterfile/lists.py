"""What a snapshot holds: its account, the rows refused, the doors without a place."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from groundgame import voterfile
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import LATEST, open_snapshot, snapshots, write_table
from groundgame.tables import Snapshot

SHOWN = 20  # rows of a list that are shown to people

SnapshotName = Annotated[
    str, typer.Argument(metavar="SNAPSHOT", help="Its id, or 'latest'.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write all of it to this CSV.")
]


def list_(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the snapshots, the latest first."""
    found = [account(snapshot) for snapshot in snapshots(data)]
    say({"count": len(found), "snapshots": found}, as_json=as_json)
    if not as_json:
        for one in found:
            typer.echo(f"{one['snapshot']}  {one['people']:,} people")


def show(
    snapshot: SnapshotName = LATEST, data: DataDir = DATA, as_json: AsJson = False
) -> None:
    """Show what a snapshot holds, and what became of every row."""
    say(account(open_snapshot(data, snapshot)), as_json=as_json, title="Snapshot")


def refused(
    snapshot: SnapshotName = LATEST,
    output: Output = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List the rows that were set aside: file, line, column and reason."""
    asked = open_snapshot(data, snapshot)
    rows = asked.read("refused")
    reasons = Counter(str(reason) for reason in rows["reason"].to_pylist())
    answer = {"snapshot": asked.id, "refused": rows.num_rows, "reasons": dict(reasons)}
    _list(answer, "rows", rows, output, as_json=as_json)


Rough = Annotated[
    bool,
    typer.Option("--rough", help="Also doors placed only by street or zip code."),
]


def unplaced(
    snapshot: SnapshotName = LATEST,
    rough: Rough = False,
    output: Output = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List the doors of which nobody knows where they are, and why."""
    asked = open_snapshot(data, snapshot)
    rows = voterfile.worklist(asked, rough=rough)
    located = voterfile.account(asked)
    answer = {
        "snapshot": asked.id,
        "doors_without_place": (
            asked.manifest.doors_without_place if located is None else located.unplaced
        ),
        "listed": rows.num_rows,
    }
    _list(answer, "doors", rows, output, as_json=as_json)


MoreThan = Annotated[
    int,
    typer.Option("--more-than", min=1, help="The most people that one household has."),
]


def crowded(
    snapshot: SnapshotName = LATEST,
    more_than: MoreThan = 12,
    output: Output = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List doors with more people than a house has, and count shelters and the like.

    Dormitories, shelters, care homes, and buildings whose units were left out. A rule
    can ask for those that an address names: door_kind in (shelter).
    """
    asked = open_snapshot(data, snapshot)
    rows = voterfile.crowded(asked, more_than)
    answer = {
        "snapshot": asked.id,
        "kinds": voterfile.door_kinds(asked),
        "crowded": rows.num_rows,
    }
    _list(answer, "doors", rows, output, as_json=as_json)


def layouts_(as_json: AsJson = False) -> None:
    """List the layouts that are built in."""
    found = {layout.id: layout.name for layout in voterfile.layouts()}
    if as_json:
        say({"layouts": found}, as_json=True)
        return
    say(found, as_json=False, title="Layouts")


def account(snapshot: Snapshot) -> dict[str, object]:
    """Return a snapshot's counts, by the names that programs rely on."""
    known = snapshot.manifest.as_dict()
    known["sources"] = list(known["sources"])
    return {"snapshot": known.pop("snapshot"), "folder": str(snapshot.folder)} | known


def _list(
    answer: dict[str, object],
    name: str,
    rows: pa.Table,
    output: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write rows to a CSV, or print them: all to programs, some to people."""
    if output is not None:
        write_table(output, rows)
        say(answer | {"output": str(output)}, as_json=as_json)
        return
    say(answer | ({name: rows.to_pylist()} if as_json else {}), as_json=as_json)
    if not as_json:
        for row in rows.slice(0, SHOWN).to_pylist():
            typer.echo(
                "  ".join(str(cell) for cell in row.values() if cell is not None)
            )
        if rows.num_rows > SHOWN:
            note(
                f"and {rows.num_rows - SHOWN:,} more; --output FILE writes all of them."
            )
