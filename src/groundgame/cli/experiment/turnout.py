"""groundgame experiment turnout: who voted since, with its denominator."""

from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import (
    open_snapshot,
    read_table,
    refuse_ending,
    write_table,
)
from groundgame.errors import UnreadableTable
from groundgame.experiment import turnout as room

Units = Annotated[
    Path | None,
    typer.Option(
        "--units",
        help="People of an experiment (person_id): who of them voted is written to -o.",
    ),
]
Eligible = Annotated[
    Path | None,
    typer.Option(help="CSV with the group and a column eligible: how many may vote."),
]
Only = Annotated[
    Path | None,
    typer.Option(help="People who count (person_id), perhaps with the column --by."),
]
WANTED = "the columns person_id and door_id"


def turnout(
    election: Annotated[str, typer.Option(help="As the later file names it.")],
    after: Annotated[str, typer.Option(help="The later snapshot, by its id.")],
    before: Annotated[str, typer.Option(help="The earlier snapshot, by its id.")] = "",
    earlier: Annotated[str, typer.Option(help="An election to compare with.")] = "",
    by: Annotated[
        str, typer.Option(help="precinct, age, experience, or a column of people.")
    ] = "precinct",
    only: Only = None,
    eligible: Eligible = None,
    units: Units = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="CSV or Parquet.")] = Path(
        "turnout.csv"
    ),
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Say who voted: of registered and of eligible, before and after, or of units."""
    refuse_ending(out, only, eligible)
    later = open_snapshot(data, after)
    if units:
        people = read_table(units, WANTED)
        if not {"person_id", "door_id"} <= set(people.column_names):
            raise UnreadableTable(units.name, "lacks one of them", WANTED)
        told, fate = room.outcomes(people, later, election)
        beside = people.append_column("voted", told["voted"])
        write_table(out, beside)
        answer = {
            "people": fate.people,
            "same_door": fate.here,
            "moved": fate.moved,
            "gone": fate.gone,
            "voted": fate.voted,
        }
        say(answer, as_json=as_json)
        note(f"Written to {out}: voted is empty for those who are in the file no more.")
        return
    if not (before and earlier):
        raise typer.BadParameter("give --before and --earlier, or --units")
    found = room.before_and_after(
        (open_snapshot(data, before), later),
        (earlier, election),
        by,
        only=read_table(only, "a column person_id") if only else None,
        eligible=_eligible(eligible, by),
    )
    write_table(out, found)
    rows = found.to_pylist()
    if as_json:
        say({"by": by, "groups": rows}, as_json=True)
        return
    _show(rows, by, earlier, election)
    note(f"Written to {out}.")


def _eligible(path: Path | None, by: str) -> dict[str, int]:
    """Read how many may vote in each group."""
    if path is None:
        return {}
    wanted = f"the columns {by} and eligible"
    table = pl.DataFrame(read_table(path, wanted))
    if not {by, "eligible"} <= set(table.columns):
        raise UnreadableTable(path.name, "lacks one of them", wanted)
    return dict(
        table.select(
            pl.col(by).cast(pl.String), pl.col("eligible").cast(pl.Int64, strict=False)
        )
        .drop_nulls()
        .iter_rows()
    )


def _show(rows: list[dict[str, Any]], by: str, earlier: str, election: str) -> None:
    """Print a table of groups."""
    table = Table(title=f"Turnout, {earlier} and {election}")
    heads = ("registered", "voted", "turnout")
    for name in (by, *heads, *heads, "change", "of eligible"):
        table.add_column(name, justify="left" if name == by else "right")
    for row in rows:
        sides = [
            cell
            for when in ("before", "after")
            for cell in (
                _count(row[f"registered_{when}"]),
                _count(row[f"voted_{when}"]),
                _share(row[f"turnout_{when}"]),
            )
        ]
        change = "" if row["change"] is None else f"{100 * row['change']:+.1f}"
        table.add_row(
            row["group"] or "unknown", *sides, change, _share(row["of_eligible_after"])
        )
    Console(soft_wrap=True, highlight=False, markup=False).print(table)


def _count(value: int | None) -> str:
    """Return a count."""
    return "" if value is None else f"{value:,}"


def _share(value: float | None) -> str:
    """Return a share of a hundred."""
    return "" if value is None else f"{100 * value:.1f} %"
