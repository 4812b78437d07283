"""groundgame universe: who is wanted, by a rule, in one snapshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from groundgame import universe
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.engine import Engine
from groundgame.cli.files import (
    LATEST,
    AttemptFile,
    EarlierSnapshots,
    SnapshotName,
    SuppressFiles,
    given_table,
    heeded,
    open_snapshot,
    read_ids,
    refuse_ending,
    write_table,
)
from groundgame.cluster import engine as workers_at
from groundgame.tables import ANSWERS, ATTEMPTS, Snapshot
from groundgame.values import Workers

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
_NAMED = "NAME=FILE"
ListFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--list",
        metavar=_NAMED,
        help="A list the rule may name: CSV or Parquet with person_id or door_id.",
    ),
]
AreaFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar=_NAMED, help="An area the rule may name: GeoJSON polygons."
    ),
]
ScoreFile = Annotated[
    Path | None,
    typer.Option(
        "--scores",
        help="Scores: a table of person_id, score, value; or of person_id and a column "
        "for each score.",
    ),
]
AnswerFile = Annotated[
    Path | None,
    typer.Option(
        "--answers", help="Answers that stand: a table of person_id, question, answer."
    ),
]


@app.command()
def count(
    rule: RuleText,
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    area: AreaFiles = None,
    scores: ScoreFile = None,
    attempts: AttemptFile = None,
    answers: AnswerFile = None,
    suppress: SuppressFiles = None,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Count the people, doors and buildings that a rule wants."""
    parsed = universe.parse(rule)
    asked, day = open_snapshot(data, snapshot), _day(as_of)
    given = _given(data, asked, list_, area, scores, attempts, answers, suppress)
    with _parts_at(engine) as workers:
        counts = universe.count(asked, parsed, as_of=day, given=given, workers=workers)
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
    area: AreaFiles = None,
    scores: ScoreFile = None,
    attempts: AttemptFile = None,
    answers: AnswerFile = None,
    suppress: SuppressFiles = None,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Write the people or the doors that a rule wants to a file."""
    named = (*_named("--list", list_), *_named("--area", area))
    refuse_ending(
        *(out, scores, attempts, answers, *(suppress or ())),
        *(path for _, path in named),
    )
    parsed = universe.parse(rule)
    asked, day = open_snapshot(data, snapshot), _day(as_of)
    given = _given(data, asked, list_, area, scores, attempts, answers, suppress)
    with _parts_at(engine) as workers:
        found = universe.find(asked, parsed, as_of=day, given=given, workers=workers)
        counts = universe.count(asked, parsed, as_of=day, given=given, workers=workers)
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
    area: AreaFiles = None,
    scores: ScoreFile = None,
    attempts: AttemptFile = None,
    answers: AnswerFile = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Save a rule as a search, asked again each time, or its people as a list."""
    folder = data / "universes"
    parsed = universe.parse(rule)
    if frozen:
        asked = open_snapshot(data, snapshot)
        found = universe.find(
            asked,
            parsed,
            as_of=_day(as_of),
            given=_given(data, asked, list_, area, scores, attempts, answers, suppress),
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
    area: AreaFiles = None,
    scores: ScoreFile = None,
    attempts: AttemptFile = None,
    answers: AnswerFile = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Show a saved universe, and how many it wants in a snapshot."""
    saved = universe.load(data / "universes", name)
    asked = open_snapshot(data, snapshot)
    counts = universe.count(
        asked,
        saved.asked,
        as_of=_day(as_of),
        given=_given(data, asked, list_, area, scores, attempts, answers, suppress),
    )
    say(saved.as_dict() | counts.as_dict(), as_json=as_json)


@app.command()
def explain(
    rule: RuleText,
    snapshot: SnapshotName = LATEST,
    as_of: AsOf = None,
    list_: ListFiles = None,
    area: AreaFiles = None,
    scores: ScoreFile = None,
    attempts: AttemptFile = None,
    answers: AnswerFile = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Say what a rule means, and what each of its conditions takes out."""
    parsed = universe.parse(rule)
    asked = open_snapshot(data, snapshot)
    explained = universe.explain(
        asked,
        parsed,
        as_of=_day(as_of),
        given=_given(data, asked, list_, area, scores, attempts, answers, suppress),
    )
    if as_json:
        whole = explained.as_dict() | {"rule": parsed.text(), "data": parsed.to_data()}
        say(whole, as_json=True)
        return
    ladder: dict[str, int] = {"everybody": explained.everybody}
    for step in explained.steps:
        ladder[step.text] = ladder.get(step.text, 0) + step.added - step.took_out
    say(
        ladder | {"wanted": explained.wanted},
        as_json=False,
        title=" ".join([explained.sentence, *explained.notes]),
    )
    for warning in explained.warnings:
        note(warning)


@contextmanager
def _parts_at(engine: str | None) -> Iterator[Workers | None]:
    """Give who asks the parts of a snapshot; None: it is asked here, as a whole."""
    if engine is None:
        yield None
        return
    with workers_at(engine) as workers:
        yield workers


def _day(as_of: datetime | None) -> date:
    """Return the day that is asked for: the one given, or today."""
    return date.today() if as_of is None else as_of.date()


def _given(
    data: Path,
    snapshot: Snapshot,
    lists: list[str] | None,
    areas: list[str] | None,
    scores: Path | None,
    attempts: Path | None,
    answers: Path | None,
    suppress: list[Path] | None,
) -> universe.Given:
    """Return what the rule may name: what is in the data folder, and these files."""
    folder = data / "universes"
    named = {name: read_ids(path) for name, path in _named("--list", lists)}
    return universe.Given(
        suppressed=heeded(suppress, snapshot),
        lists=universe.SavedLists(folder, named),
        areas={
            name: universe.open_area(path) for name, path in _named("--area", areas)
        },
        universes=universe.SavedUniverses(folder),
        earlier=EarlierSnapshots(data),
        scores=_scores(scores),
        attempts=given_table(attempts, ATTEMPTS),
        answers=given_table(answers, ANSWERS),
    )


def _scores(path: Path | None) -> pa.Table | None:
    """Return scores that were given, and say how many of them were none."""
    if path is None:
        return None
    read = universe.read_scores(path)
    if read.refused or read.repeated:
        note(
            f"{read.given:,} scores = {read.table.num_rows:,} kept + {read.refused:,} "
            f"refused (no id, no number) + {read.repeated:,} repeated."
        )
    return read.table


def _named(option: str, files: list[str] | None) -> Iterator[tuple[str, Path]]:
    """Give the name and the path of each NAME=FILE."""
    for one in files or []:
        name, equals, path = one.partition("=")
        if not (name and equals and path):
            raise typer.BadParameter(f"write {option} {_NAMED}, not {one!r}")
        yield name, Path(path)
