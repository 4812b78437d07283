"""groundgame experiment report: one page that a field director can read out."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import pyarrow as pa
import typer

from groundgame import experiment
from groundgame.cli.answer import AsJson, note, say
from groundgame.cli.experiment.options import (
    Adjust,
    AdjustBy,
    ArmColumn,
    AsStated,
    Block,
    By,
    Cluster,
    Contacted,
    Control,
    Covariates,
    Data,
    ErrorKind,
    Errors,
    Outcome,
    Placebo,
    Planned,
    Redraws,
    RedrawSeed,
    Unit,
    Weights,
    Where,
    wished,
)
from groundgame.cli.experiment.read import read
from groundgame.cli.files import refuse_place, write_whole
from groundgame.errors import CannotAnalyse, UnreadableTable
from groundgame.experiment import report as room
from groundgame.values import Seed

Asked = Annotated[str, typer.Option("--question", help="What you wanted to know.")]
Did = Annotated[
    str, typer.Option(help="What a yes is called, as in 'voted'; or what was rated.")
]
Gain = Annotated[str, typer.Option(help="What one more of it is: 'vote'.")]
Who = Annotated[str, typer.Option(help="Who was assigned: 'people', 'doors'.")]
Hours = Annotated[
    float | None, typer.Option(min=0, help="Volunteer hours that it took.")
]
Money = Annotated[float | None, typer.Option(min=0, help="What it cost besides.")]
Currency = Annotated[str, typer.Option(help="Of that money.")]
Design = Annotated[
    Path | None,
    typer.Option("--design", help="What 'experiment assign --register' wrote."),
]
Before = Annotated[
    str, typer.Option(help="Column of the same rating before; shown with a warning.")
]
Title = Annotated[str, typer.Option(help="What stands above the page.")]
Outs = Annotated[
    list[Path],
    typer.Option("-o", "--out", help="Ends in .html, .pdf or .json; several times."),
]
WRITES: dict[str, Callable[[dict[str, Any]], bytes]] = {
    ".html": lambda made: room.html(made).encode(),
    ".pdf": room.pdf,
    ".json": lambda made: (json.dumps(made, indent=2) + "\n").encode(),
}


def report(
    data: Data,
    outcome: Outcome,
    arm: ArmColumn,
    control: Control,
    cluster: Cluster = "",
    block: Block = "",
    covariates: Covariates = None,
    contacted: Contacted = "",
    weights: Weights = "",
    unit: Unit = "",
    where: Where = "",
    errors: ErrorKind = Errors.HC2,
    adjust: AdjustBy = Adjust.AUTO,
    placebo: Placebo = "",
    redraw: Redraws = 0,
    seed: RedrawSeed = 1,
    planned: Planned = 0,
    by: By = "",
    as_stated: AsStated = False,
    design: Design = None,
    before: Before = "",
    question: Asked = "",
    did: Did = "",
    gain: Gain = "",
    who: Who = "people",
    hours: Hours = None,
    money: Money = None,
    currency: Currency = "dollars",
    title: Title = "What we found",
    outs: Outs = [Path("report.html")],  # noqa: B006  # typer reads it, nobody changes it
    as_json: AsJson = False,
) -> None:
    """Write one page: what was asked, done and found, its price, and the doubts."""
    _refuse(outs, data, design)
    asked = experiment.Question(
        *(outcome, arm, control, cluster, block, tuple(covariates or ())),
        *(contacted, weights, unit),
    )
    fixed = _design(design)
    more = [before, by, *(fixed.get(part, "") for part in ("unit", "cluster", "block"))]
    table, asked = read(data, asked, where, more, as_stated=as_stated)
    trial = experiment.gather(table, asked)
    again = experiment.Redraw(redraw, Seed(seed)) if redraw else None
    wish = wished(errors, adjust, again, placebo, planned)
    found = experiment.estimate(trial, wish)
    story = room.Story(
        *(title, question or str(fixed.get("question", "")), did, gain, who),
        *(hours, money, currency),
        changes=_changes(table, before, trial),
        by=by,
        groups=tuple(experiment.groups(trial, table, by, wish)) if by else (),
    )
    kept = room.check(fixed, table, asked.arm) if fixed else None
    _say(room.report(trial, found, asked, story, kept), outs, as_json=as_json)


def _put(body: bytes, part: Path) -> None:
    """Write a page."""
    part.write_bytes(body)


def _say(made: dict[str, Any], outs: list[Path], *, as_json: bool) -> None:
    """Write all pages; say all for a program, what was found and doubted for people."""
    for out in outs:
        write_whole(out, partial(_put, WRITES[out.suffix.lower()](made)))
    if as_json:
        say(made, as_json=True)
        return
    for line in (*made["found"], *made["cost"]):
        typer.echo(line)
    for line in made["doubts"]:
        note(f"Doubt: {line}")
    note(f"Written to {', '.join(str(out) for out in outs)}.")


def _refuse(outs: list[Path], *read: Path | None) -> None:
    """Refuse, before any work is done, a page we would not know how to write."""
    for out in outs:
        if out.suffix.lower() not in WRITES:
            raise typer.BadParameter("a report ends in .html, .pdf or .json")
        refuse_place(out, *read)


def _design(path: Path | None) -> dict[str, Any]:
    """Read a registered design.

    Raises:
        UnreadableTable: It is no JSON object.
    """
    if path is None:
        return {}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        wanted = "one JSON object: the design that was registered"
        raise UnreadableTable(path.name, "is no JSON", wanted) from problem
    return dict(said) if isinstance(said, dict) else {"question": ""}


def _changes(
    table: pa.Table, before: str, trial: experiment.Trial
) -> tuple[room.Change, ...]:
    """Return a rating before and after, arm by arm, where somebody asks for it."""
    if not before:
        return ()
    if before not in table.column_names:
        raise CannotAnalyse(
            f"no column {before}", "the rating before", "name it as the file does"
        )
    rated = experiment.numbers(pl.DataFrame(table.select([before])), before)
    return room.change(trial.here(rated), trial.outcome, trial.arm, trial.arms)
