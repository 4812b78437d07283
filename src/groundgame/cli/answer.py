"""How a command answers: a table for people, or one JSON object for programs.

The answer is on standard output; progress and messages are on standard error.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output.")
]
DataDir = Annotated[
    Path,
    typer.Option("--data", envvar="GROUNDGAME_DATA", help="Where snapshots live."),
]
DATA = Path("data")


def say(answer: Mapping[str, Any], *, as_json: bool, title: str = "") -> None:
    """Print `answer`: its keys are names that programs may rely on."""
    if as_json:
        json.dump(answer, sys.stdout, ensure_ascii=False, default=str)
        sys.stdout.write("\n")
        return
    table = Table(
        title=title or None, show_header=False, box=None, title_justify="left"
    )
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name, value in answer.items():
        if isinstance(value, list | dict):
            continue
        shown = f"{value:,}" if isinstance(value, int | float) else str(value)
        table.add_row(name.replace("_", " "), shown)
    Console().print(table)


def note(message: str) -> None:
    """Tell whoever watches, on standard error."""
    Console(stderr=True, soft_wrap=True).print(message, highlight=False, markup=False)


def progress() -> Progress:
    """Return a progress display on standard error, with the time that is left."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
