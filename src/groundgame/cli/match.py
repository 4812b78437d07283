"""groundgame match: whom the rows of an outside list mean."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import typer
from typer.core import TyperGroup

from groundgame import match
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.engine import Engine
from groundgame.cli.files import (
    LATEST,
    SnapshotName,
    open_snapshot,
    refuse_ending,
    write_table,
)
from groundgame.cluster import engine as workers_at

SHOWN = 20
_PLAN = match.MatchPlan()


class _LinkFirst(TyperGroup):
    """`groundgame match LIST` is short for `groundgame match link LIST`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put 'link' where no command is named."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["link", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_LinkFirst,
    no_args_is_help=True,
    help="Whom a list means: members, signers, donors, a second file.",
)


class Verdict(StrEnum):
    """What may be decided about a row."""

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
MatchName = Annotated[str, typer.Argument(metavar="NAME", help="As it was saved.")]


@app.command()
def link(
    file: ListFile,
    column: Columns = None,
    name: Annotated[
        str | None, typer.Option("--as", help="Save as; the file's name if left out.")
    ] = None,
    accept: Accept = _PLAN.accept,
    review: Review = _PLAN.review,
    snapshot: SnapshotName = LATEST,
    out: Out = None,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Link each row of a list to the person it means, and keep what came of it."""
    if out is not None:
        refuse_ending(out)
    plan = _plan(accept, review)
    listed = match.read(file, _columns(column))
    asked = open_snapshot(data, snapshot)
    with workers_at(engine) as workers:
        links = match.link(listed, asked, plan, workers)
    saved = match.save(
        data / "matches",
        name or file.stem,
        listed=listed,
        links=links,
        snapshot=asked.id,
        plan=plan,
    )
    if out is not None:
        write_table(out, links.links)
    say(saved.as_dict(), as_json=as_json, title=f"{saved.name} against {asked.id}")
    if not as_json and links.counts()["review"]:
        note(
            f"'groundgame match review {saved.name}' lists what somebody must look at."
        )


@app.command()
def review(
    name: MatchName, out: Out = None, data: DataDir = DATA, as_json: AsJson = False
) -> None:
    """List the rows that are for review, with whom they may mean."""
    if out is not None:
        refuse_ending(out)
    saved = match.load(data / "matches", name)
    links = saved.links()
    open_rows = links.filter(pc.field("state") == "review")
    queue = (
        saved.read("candidates")
        .join(open_rows.select(["row_id", "line"]), "row_id", join_type="inner")
        .sort_by([("line", "ascending"), ("rank", "ascending")])
    )
    _list({"name": name, "rows": open_rows.num_rows}, queue, out, as_json=as_json)


@app.command()
def decide(
    name: MatchName,
    row: Annotated[str, typer.Argument(metavar="ROW", help="Its row_id.")],
    verdict: Annotated[Verdict, typer.Argument(help="What is decided.")],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    person: Annotated[
        str | None, typer.Option("--person", help="person_id; none to undo.")
    ] = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Accept, refuse or undo a link. Decisions are kept; none is written over."""
    saved = match.load(data / "matches", name)
    asked = open_snapshot(data, saved.account["snapshot"])
    match.check(saved, asked, row, person)
    saved.decide(
        match.decision(row, person, verdict.value, by=by, at=datetime.now(UTC))
    )
    say(saved.as_dict(), as_json=as_json, title=saved.name)


@app.command()
def duplicates(
    file: ListFile,
    column: Columns = None,
    accept: Accept = _PLAN.accept,
    review: Review = _PLAN.review,
    out: Out = None,
    data: DataDir = DATA,  # noqa: ARG001  # every command takes it
    as_json: AsJson = False,
) -> None:
    """Find the rows of one list that are the same person."""
    if out is not None:
        refuse_ending(out)
    listed = match.read(file, _columns(column))
    found = match.duplicates(listed, _plan(accept, review))
    answer = found.counts() | {"refused": listed.refused.num_rows}
    repeated = found.clusters.filter(pc.field("size") > 1)
    _list(answer, repeated, out, as_json=as_json)


def _plan(accept: float, review: float) -> match.MatchPlan:
    """Return the plan that the options ask for."""
    try:
        return match.MatchPlan(accept=accept, review=review)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from problem


def _columns(given: list[str] | None) -> dict[str, str]:
    """Return which column each field was said to be."""
    said = {}
    for one in given or []:
        field, mark, column = one.partition("=")
        if not mark:
            raise typer.BadParameter(f"--column is FIELD=NAME, not {one!r}")
        said[field.strip()] = column.strip()
    return said


def _list(
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
