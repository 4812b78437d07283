"""What the commands of groundgame match have in common."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from groundgame import match
from groundgame.cli.answer import note, say
from groundgame.cli.files import write_table

SHOWN = 20
PLAN = match.MatchPlan()


class Verdict(StrEnum):
    """What may be decided about a row, or about a pair of rows."""

    accepted = "accepted"
    refused = "refused"
    undone = "undone"


ListFile = Annotated[Path, typer.Argument(metavar="LIST", help="CSV or TSV.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column is which, where its name does not say; FIELD= for none.",
    ),
]
Accept = Annotated[float, typer.Option(help="Linked from this probability on.")]
Review = Annotated[float, typer.Option(help="For review from this probability on.")]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Where to: FILE.csv or FILE.parquet.")
]
SaveAs = Annotated[
    str | None, typer.Option("--as", help="Save as; the file's name if left out.")
]
SavedName = Annotated[str, typer.Argument(metavar="NAME", help="As it was saved.")]
Decided = Annotated[Verdict, typer.Argument(help="What is decided.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]


def plan_of(accept: float, review: float) -> match.MatchPlan:
    """Return the plan that the options ask for."""
    try:
        return match.MatchPlan(accept=accept, review=review)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from problem


def columns_of(given: list[str] | None) -> dict[str, str]:
    """Return which column each field was said to be."""
    said = {}
    for one in given or []:
        field, mark, column = one.partition("=")
        if not mark:
            raise typer.BadParameter(f"--column is FIELD=NAME, not {one!r}")
        said[field.strip()] = column.strip()
    return said


def list_rows(
    answer: dict[str, Any], rows: pa.Table, out: Path | None, *, as_json: bool
) -> None:
    """Write rows to a file, or print them: all to programs, some to people."""
    if out is not None:
        write_table(out, rows)
        say(answer | {"file": str(out)}, as_json=as_json)
        return
    say(answer | ({"list": rows.to_pylist()} if as_json else {}), as_json=as_json)
    if not as_json:
        for row in rows.slice(0, SHOWN).to_pylist():
            typer.echo("  ".join(str(one) for one in row.values() if one is not None))
        if rows.num_rows > SHOWN:
            note(f"and {rows.num_rows - SHOWN:,} more; --out FILE writes all of them.")
