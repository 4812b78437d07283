"""groundgame voterfile import: a voter file into a snapshot."""

from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from groundgame import voterfile
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.engine import Engine
from groundgame.cli.files import snapshots
from groundgame.cli.voterfile.check import as_sentence
from groundgame.cli.voterfile.lists import account
from groundgame.cli.watch import Reading, progress
from groundgame.cluster import engine as workers_at
from groundgame.tables import Manifest

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="The voter file; or several, a file a county."),
]
LayoutName = Annotated[
    str | None,
    typer.Option(
        "--layout",
        help="nc, van, ..., generic, or a TOML file; else it is found out.",
    ),
]
Dated = Annotated[
    datetime | None,
    typer.Option(
        "--dated",
        formats=["%Y-%m-%d"],
        help="The day of which the file speaks; today, if it is new.",
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


def import_(  # one for each option
    files: Files,
    layout: LayoutName = None,
    dated: Dated = None,
    addresses: Addresses = None,
    streets: Streets = None,
    history: HistoryFiles = None,
    column: Columns = None,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Read a voter file into a snapshot, and account for every row of it."""
    began = monotonic()
    how = _layout(files, layout, column)
    before = {one.id for one in snapshots(data)}
    with workers_at(engine) as workers, progress() as bar:
        watch = Reading(bar, [*files, *(history or [])])
        snapshot = voterfile.import_file(
            files,
            how,
            data / "snapshots",
            dated=date.today() if dated is None else dated.date(),
            any_day=dated is None,
            addresses=addresses,
            streets=streets,
            history=history or [],
            progress=watch,
            finishing=watch.finishing,
            workers=workers,
        )
        watch.end()
    answer = account(snapshot) | {"seconds": round(monotonic() - began, 2)}
    say(answer, as_json=as_json, title="Imported")
    if snapshot.id in before:
        note(f"These files were imported before, as {snapshot.id}: it stands.")
    _look([*files, *(history or [])], how, snapshot.manifest)


def _look(files: list[Path], layout: voterfile.Layout, made: Manifest) -> None:
    """Say what somebody should look at: what is odd, and what was set aside."""
    for file in files:
        for said in voterfile.check(file, layout).warnings:
            note(f"Look: {file.name}: {as_sentence(said)}")
    if made.refused:
        note(
            f"{made.refused:,} of {made.rows:,} rows were set aside; 'groundgame "
            f"voterfile refused {made.snapshot}' says which, and why."
        )


def _layout(
    files: list[Path], name: str | None, columns: list[str] | None
) -> voterfile.Layout:
    """Return the layout that is asked for, with the columns that were named.

    Without a name it is the one that the first file is in, if that is sure.
    """
    chosen = {}
    for one in columns or []:
        field, equals, column = one.partition("=")
        if not (field and equals and column):
            raise typer.BadParameter(f"write --column FIELD=NAME, not {one!r}")
        chosen[field] = column
    if name is None:
        found = voterfile.recognized(files[0])
        note(f"{files[0].name} is read as {found.id}: {found.name}.")
        return found.with_columns(chosen)
    if name == "generic":
        return voterfile.generic_layout(chosen)
    return voterfile.load_layout(name).with_columns(chosen)
