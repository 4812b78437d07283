"""groundgame voterfile check: which layout a file is in, and what would be read."""

import shlex
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from groundgame import voterfile
from groundgame.cli.answer import AsJson, note, say
from groundgame.voterfile import Checked, Match

SHOWN = 3  # rows that are shown when they are asked for
_OTHERS = 3
_NEAR = 0.5  # of 1: below it, it is more likely a file that nobody has seen

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to look at.")]
LayoutName = Annotated[
    str | None,
    typer.Option("--layout", help="Hold it against this one, and not against all."),
]
ShowRows = Annotated[
    bool,
    typer.Option("--show-rows", help="Show three people as they would be read."),
]


def check(
    file: File,
    layout: LayoutName = None,
    show_rows: ShowRows = False,
    as_json: AsJson = False,
) -> None:
    """Say which layout a file is in, how sure that is, and what would be read.

    It reads the first thousand rows and keeps nothing. What it prints is about columns;
    only --show-rows shows people.
    """
    asked = None if layout is None else voterfile.load_layout(layout)
    checked = voterfile.check(file, asked)
    answer = _answer(checked, show_rows=show_rows)
    if as_json:
        say(answer, as_json=True)
        return
    _tell(checked, answer)
    note(_next_step(checked, file, layout))


def _answer(checked: Checked, *, show_rows: bool) -> dict[str, Any]:
    """Return what was found, as programs get it."""
    best = checked.best
    answer: dict[str, Any] = {
        "file": checked.name,
        "layout": best.layout.id if best else None,
        "kind": best.kind if best else None,
        "sure": checked.sure,
        "fit": best.fit if best else 0.0,
        "reasons": list(best.reasons) if best else [],
        "others": [
            {"layout": match.layout.id, "kind": match.kind, "fit": match.fit}
            for match in checked.matches[1 : 1 + _OTHERS]
        ],
        "rows_looked_at": checked.rows,
        "columns": checked.columns,
        "fields": [_field(one) for one in best.found] if best else [],
        "warnings": list(checked.warnings),
    }
    if show_rows and best:
        answer["rows"] = voterfile.first_people(best, SHOWN, date.today().year)
    return answer


def _field(one: voterfile.Reading) -> dict[str, Any]:
    """Return how one field reads."""
    return {
        "field": one.field,
        "columns": list(one.columns),
        "filled": round(one.filled / one.rows, 4) if one.rows else 0.0,
        "reads": None if one.share is None else round(one.share, 4),
    }


def _tell(checked: Checked, answer: dict[str, Any]) -> None:
    """Print the same for people."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    best = checked.best
    if best is None:
        console.print(f"{checked.name}: no layout fits.", style="bold")
    else:
        unsure = "Perhaps" if _near(best) else "No layout fits; the nearest is"
        sure = "Surely" if checked.sure else unsure
        console.print(
            f"{sure} {best.layout.id}: {best.layout.name}, a {best.kind} "
            f"({best.fit:.0%})",
            style="bold",
        )
        for reason in best.reasons:
            console.print(f"  {reason}")
    for other in answer["others"]:
        console.print(f"Next: {other['layout']}, {other['kind']} ({other['fit']:.0%})")
    for warning in checked.warnings:
        console.print(f"Look: {as_sentence(warning)}")
    if best:
        console.print(_table(best))
    for row in answer.get("rows", ()):
        said = ", ".join(f"{name}: {text}" for name, text in row.items())
        console.print(f"  {said}")


def _near(best: Match) -> bool:
    """Say whether a layout that is not sure is worth a try."""
    return best.fit >= _NEAR


def as_sentence(warning: str) -> str:
    """End what is odd with a full stop, if it is no question."""
    return warning if warning.endswith("?") else f"{warning}."


def _table(best: Match) -> Table:
    """Return the fields, where they come from, and how full they are."""
    table = Table(box=None, header_style="bold")
    for name in ("Field", "From", "Filled", "Reads"):
        table.add_column(
            name, justify="right" if name in ("Filled", "Reads") else "left"
        )
    for one in best.found:
        filled = f"{one.filled / one.rows:.0%}" if one.rows else ""
        if one.field == "history":
            filled = f"{one.filled:,} items"
        reads = "" if one.share is None else f"{one.share:.0%}"
        columns = ", ".join(one.columns[:4]) + (", ..." if len(one.columns) > 4 else "")  # noqa: PLR2004  # what fits on a line
        table.add_row(one.called, columns, filled, reads)
    return table


def _next_step(checked: Checked, file: Path, asked: str | None) -> str:
    """Say what to type next, so that a shell takes the name for one word."""
    name = shlex.quote(str(file))
    best = checked.best
    if best is None or (asked is None and not _near(best)):
        return (
            "If it has a header row, name its columns: groundgame voterfile import "
            f"{name} --layout generic --column person_id=NAME ...; else write "
            "a layout: docs/how-to/add-a-state.md"
        )
    if best.kind != voterfile.VOTER_FILE:
        return (
            "It goes beside the voter file: groundgame voterfile import VOTERS "
            f"--layout {shlex.quote(asked or best.layout.id)} --history {name}"
        )
    named = asked or ("" if checked.sure else best.layout.id)
    layout = f" --layout {shlex.quote(named)}" if named else ""
    return f"groundgame voterfile import {name}{layout}"
