"""groundgame universe: who is wanted, by a rule, in one snapshot."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from groundgame import universe
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import (
    LATEST,
    SnapshotName,
    SuppressFiles,
    open_snapshot,
    read_ids,
    refuse_ending,
    suppressed,
    write_table,
)

app = typer.Typer(no_args_is_help=True, help="Who is wanted: a rule, asked of a file.")


class What(StrEnum):
    """What a list is made of."""

    people = "people"
    doors = "doors"


RuleText = Annotated[
    str, typer.Argument(metavar="RULE", help="For example: party = DEM and age < 35")
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is saved as.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        help="The day for ages, after which no election counts; today if left out.",
    ),
]
ListFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--list",
        metavar="NAME=FILE",
        help="A list the rule may name: CSV or Parquet with person_id or door_id.",
    ),
]


@app.command()
def count(
    rule: RuleText,
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Count the people, doors and buildings that a rule wants."""
    parsed = universe.parse(rule)
    asked, day = open_snapshot(data, snapshot), _day(as_of)
    counts = universe.count(
        asked,
        parsed,
        as_of=day,
        lists=_lists(data, list_),
        suppressed=suppressed(suppress),
    )
    say(
        counts.as_dict()
        | {"rule": parsed.text(), "snapshot": asked.id, "as_of": day.isoformat()},
        as_json=as_json,
        title=parsed.sentence(),
    )


@app.command("list")
def list_people_or_doors(
    rule: RuleText,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where to: FILE.csv or FILE.parquet.")
    ],
    what: Annotated[What, typer.Option(help="A row for each person or door.")] = (
        What.doors
    ),
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Write the people or the doors that a rule wants to a file."""
    refuse_ending(out)
    parsed = universe.parse(rule)
    asked, day = open_snapshot(data, snapshot), _day(as_of)
    lists, away = _lists(data, list_), suppressed(suppress)
    found = universe.find(asked, parsed, as_of=day, lists=lists, suppressed=away)
    counts = universe.count(asked, parsed, as_of=day, lists=lists, suppressed=away)
    rows = found.people if what is What.people else found.doors
    write_table(out, rows)
    note(f"{rows.num_rows:,} {what} written to {out}")
    say(
        counts.as_dict()
        | {"what": what.value, "rows": rows.num_rows, "file": str(out)},
        as_json=as_json,
        title=parsed.sentence(),
    )


@app.command()
def save(
    name: Name,
    rule: RuleText,
    frozen: Annotated[
        bool, typer.Option("--frozen", help="Save these people, not the rule.")
    ] = False,
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Save a rule as a search, asked again each time, or its people as a list."""
    folder = data / "universes"
    parsed = universe.parse(rule)
    if frozen:
        found = universe.find(
            open_snapshot(data, snapshot),
            parsed,
            as_of=_day(as_of),
            lists=_lists(data, list_),
            suppressed=suppressed(suppress),
        )
        saved = universe.save_list(folder, name, parsed, found)
    else:
        saved = universe.save_search(folder, name, parsed)
    say(saved.as_dict(), as_json=as_json)


@app.command()
def show(
    name: Name,
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Show a saved universe, and how many it wants in a snapshot."""
    saved = universe.load(data / "universes", name)
    counts = universe.count(
        open_snapshot(data, snapshot),
        saved.asked,
        as_of=_day(as_of),
        lists=_lists(data, list_),
        suppressed=suppressed(suppress),
    )
    say(saved.as_dict() | counts.as_dict(), as_json=as_json)


@app.command()
def explain(
    rule: RuleText,
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Say what a rule means, and what each of its conditions takes out."""
    parsed = universe.parse(rule)
    explained = universe.explain(
        open_snapshot(data, snapshot),
        parsed,
        as_of=_day(as_of),
        lists=_lists(data, list_),
        suppressed=suppressed(suppress),
    )
    if as_json:
        whole = explained.as_dict() | {"rule": parsed.text(), "data": parsed.to_data()}
        say(whole, as_json=True)
        return
    ladder: dict[str, int] = {"everybody": explained.everybody}
    for step in explained.steps:
        ladder[step.text] = ladder.get(step.text, 0) - step.took_out
    say(
        ladder | {"wanted": explained.wanted},
        as_json=False,
        title=" ".join([explained.sentence, *explained.notes]),
    )


def _day(as_of: datetime | None) -> date:
    """Return the day that is asked for: the one given, or today."""
    return date.today() if as_of is None else as_of.date()


def _lists(data: Path, files: list[str] | None) -> universe.SavedLists:
    """Return the saved lists, and those given on the command line."""
    given = {}
    for one in files or []:
        name, equals, path = one.partition("=")
        if not (name and equals and path):
            raise typer.BadParameter(f"write --list NAME=FILE, not {one!r}")
        given[name] = read_ids(Path(path))
    return universe.SavedLists(data / "universes", given)
