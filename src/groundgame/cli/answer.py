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
    lines = {
        name.replace("_", " "): value
        for name, value in answer.items()
        if value is not None and not isinstance(value, list | dict)
    }
    numbers = {
        name: f"{value:,}"
        for name, value in lines.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    wide = max(map(len, lines), default=0)
    right = max(map(len, numbers.values()), default=0)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if title:
        console.print(title, style="bold")
    for name, value in lines.items():
        shown = f"{numbers[name]:>{right}}" if name in numbers else str(value)
        console.print(f"{name:<{wide}}  {shown}")


def note(message: str) -> None:
    """Tell whoever watches, on standard error."""
    Console(stderr=True, soft_wrap=True).print(message, highlight=False, markup=False)
