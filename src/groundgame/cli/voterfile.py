"""groundgame voterfile: voter files in, snapshots out, and what became of every row."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import pyarrow as pa
import typer

from groundgame import voterfile
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import LATEST, open_snapshot, snapshots, write_table
from groundgame.cli.watch import Reading, progress
from groundgame.tables import Snapshot

app = typer.Typer(no_args_is_help=True, help="Voter files, and snapshots of them.")

SHOWN = 20  # rows of a list that are shown to people

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="The voter file; or several, a file a county."),
]
LayoutName = Annotated[
    str, typer.Option("--layout", help="elm, nc, ny, wa, generic, or a TOML file.")
]
Dated = Annotated[
    datetime | None,
    typer.Option(
        "--dated", formats=["%Y-%m-%d"], help="The day of which the file speaks; today."
    ),
]
Addresses = Annotated[
    Path | None,
    typer.Option("--addresses", help="Address points (OpenAddresses CSV), for places."),
]
Streets = Annotated[
    Path | None, typer.Option("--streets", help="GeoJSON lines to draw under maps.")
]
HistoryFiles = Annotated[
    list[Path] | None,
    typer.Option("--history", help="Ballots cast, where they are a file of their own."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column holds a field: person_id=VANID. Once for each.",
    ),
]
SnapshotName = Annotated[
    str, typer.Argument(metavar="SNAPSHOT", help="Its id, or 'latest'.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write all of it to this CSV.")
]


@app.command("import")
def import_(  # one for each option
    files: Files,
    layout: LayoutName,
    dated: Dated = None,
    addresses: Addresses = None,
    streets: Streets = None,
    history: HistoryFiles = None,
    column: Columns = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Read a voter file into a snapshot, and account for every row of it."""
    began = monotonic()
    how = _layout(layout, column)
    with progress() as bar:
        watch = Reading(bar, [*files, *(history or [])])
        snapshot = voterfile.import_file(
            files,
            how,
            data / "snapshots",
            dated=date.today() if dated is None else dated.date(),
            addresses=addresses,
            streets=streets,
            history=history or [],
            progress=watch,
        )
        watch.end()
    answer = _account(snapshot) | {"seconds": round(monotonic() - began, 2)}
    say(answer, as_json=as_json, title="Imported")
    if snapshot.manifest.refused:
        note(f"'groundgame voterfile refused {snapshot.id}' says which, and why.")


@app.command("list")
def list_(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the snapshots, the latest first."""
    found = [_account(snapshot) for snapshot in snapshots(data)]
    say({"count": len(found), "snapshots": found}, as_json=as_json)
    if not as_json:
        for one in found:
            typer.echo(f"{one['snapshot']}  {one['people']:,} people")


@app.command()
def show(
    snapshot: SnapshotName = LATEST, data: DataDir = DATA, as_json: AsJson = False
) -> None:
    """Show what a snapshot holds, and what became of every row."""
    say(_account(open_snapshot(data, snapshot)), as_json=as_json, title="Snapshot")


@app.command()
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


@app.command()
def unplaced(
    snapshot: SnapshotName = LATEST,
    output: Output = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List the doors of which nobody knows where they are."""
    asked = open_snapshot(data, snapshot)
    rows = voterfile.unplaced(asked).select(["door_id", "address", "city", "zip"])
    answer = {
        "snapshot": asked.id,
        "doors_without_place": asked.manifest.doors_without_place,
        "listed": rows.num_rows,
    }
    _list(answer, "doors", rows, output, as_json=as_json)


@app.command("layouts")
def layouts_(as_json: AsJson = False) -> None:
    """List the layouts that are built in."""
    found = {layout.id: layout.name for layout in voterfile.layouts()}
    if as_json:
        say({"layouts": found}, as_json=True)
        return
    say(found, as_json=False, title="Layouts")


def _layout(name: str, columns: list[str] | None) -> voterfile.Layout:
    """Return the layout that is asked for, with the columns that were named."""
    chosen = {}
    for one in columns or []:
        field, equals, column = one.partition("=")
        if not (field and equals and column):
            raise typer.BadParameter(f"write --column FIELD=NAME, not {one!r}")
        chosen[field] = column
    if name == "generic":
        return voterfile.generic_layout(chosen)
    return voterfile.load_layout(name).with_columns(chosen)


def _account(snapshot: Snapshot) -> dict[str, object]:
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
