"""groundgame voterfile locate: a snapshot's doors on the map."""

from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from groundgame import voterfile
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.engine import Engine
from groundgame.cli.files import LATEST, open_snapshot, read_table
from groundgame.cli.voterfile.lists import SnapshotName
from groundgame.cli.watch import progress
from groundgame.cluster import engine as workers_at

Points = Annotated[
    list[Path],
    typer.Option(
        "--points",
        help="Address points: OpenAddresses (CSV, GeoJSON), the National Address"
        " Database, OpenStreetMap (.osm.pbf). Once for each, the most trusted first.",
    ),
]
Streets = Annotated[
    list[Path] | None,
    typer.Option("--streets", help="GeoJSON lines with names. Once for each."),
]
ByHand = Annotated[
    Path | None,
    typer.Option("--by-hand", help="Places that always win: door_id, lon, lat."),
]
Coarsest = Annotated[
    str,
    typer.Option(
        "--coarsest",
        help="The last method to try: address point, spelling, interpolation, street"
        " or zip.",
    ),
]


def locate_(
    points: Points,
    snapshot: SnapshotName = LATEST,
    streets: Streets = None,
    by_hand: ByHand = None,
    coarsest: Coarsest = "zip",
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Find where doors are, and how far each place may be off."""
    if coarsest not in voterfile.METHODS:
        raise typer.BadParameter(f"--coarsest is {', '.join(voterfile.METHODS)}")
    began = monotonic()
    asked = open_snapshot(data, snapshot)
    hand = None
    if by_hand is not None:
        hand = read_table(by_hand, "columns door_id, lon and lat")
    with workers_at(engine) as workers, progress() as bar:
        located = voterfile.locate(
            asked,
            points,
            streets=streets or (),
            by_hand=hand,
            coarsest=coarsest,
            workers=workers,
            progress=_Doing(bar),
        )
    _say(located, round(monotonic() - began, 2), as_json=as_json)


class _Doing:
    """Told what is done and how much of it; one line for each thing."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, doing: str, done: int, whole: int) -> None:
        """Take note of how much is done."""
        if doing not in self._tasks:
            self._tasks[doing] = self._bar.add_task(doing, total=whole)
        self._bar.update(self._tasks[doing], completed=done, total=whole)


def _say(located: voterfile.Located, seconds: float, *, as_json: bool) -> None:
    """Print what became of every door."""
    methods = {
        by: {"doors": count.doors, "meters": round(count.meters, 1)}
        for by, count in located.methods.items()
    }
    sources = [
        {"name": one.name, "rows": one.rows, "points": one.points}
        for one in located.sources
    ]
    answer = {
        "snapshot": located.snapshot,
        "doors": located.doors,
        "doors_without_place": located.unplaced,
        "unknown_by_hand": located.unknown_by_hand,
        "methods": methods,
        "sources": sources,
        "seconds": seconds,
    }
    say(answer, as_json=as_json, title="Located")
    if as_json:
        return
    table = Table("placed by", "doors", "share", "expected to be off by", box=None)
    for by, count in located.methods.items():
        if count.doors:
            off = f"{count.meters:,.0f} m" if by != "none" else ""
            share = f"{count.doors / max(located.doors, 1):.1%}"
            table.add_row(by, f"{count.doors:,}", share, off)
    Console().print(table)
    rest = located.unplaced + sum(located.methods[by].doors for by in ("street", "zip"))
    if rest:
        note(
            f"'groundgame voterfile unplaced {located.snapshot} --rough' lists"
            f" {rest:,} doors to look for, and why."
        )
