"""groundgame match LIST: whom its rows mean, what is unsure, and what is decided."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import pyarrow.compute as pc
import typer

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
from groundgame.cli.match.options import (
    PLAN,
    Accept,
    By,
    Columns,
    Decided,
    ListFile,
    Out,
    Review,
    SaveAs,
    SavedName,
    columns_of,
    list_rows,
    plan_of,
)
from groundgame.cluster import engine as workers_at

FOLDER = "matches"


class _State(StrEnum):
    """What a row may have come to."""

    linked = "linked"
    review = "review"
    unmatched = "unmatched"
    refused = "refused"


def link(
    file: ListFile,
    column: Columns = None,
    name: SaveAs = None,
    accept: Accept = PLAN.accept,
    review: Review = PLAN.review,
    snapshot: SnapshotName = LATEST,
    out: Out = None,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Link each row of a list to the person it means, and keep what came of it."""
    if out is not None:
        refuse_ending(out, file)
    plan = plan_of(accept, review)
    listed = match.read(file, columns_of(column))
    asked = open_snapshot(data, snapshot)
    with workers_at(engine) as workers:
        links = match.link(listed, asked, plan, workers)
    saved = match.save(
        data / FOLDER,
        name or file.stem,
        listed=listed,
        links=links,
        snapshot=asked,
        plan=plan,
    )
    if out is not None:
        write_table(out, links.links)
    say(saved.as_dict(), as_json=as_json, title=f"{saved.name} against {asked.id}")
    if not as_json and links.counts()["review"]:
        note(
            f"'groundgame match review {saved.name}' lists what somebody must look at."
        )


def show(
    name: SavedName,
    state: Annotated[_State, typer.Option(help="Which rows.")] = _State.linked,
    out: Out = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List the rows that are linked, with whom they mean and why, after all decisions.

    What it writes with --out is a list that 'groundgame universe' takes with --list.
    """
    if out is not None:
        refuse_ending(out)
    links = match.load(data / FOLDER, name).links()
    rows = links.filter(pc.field("state") == state.value)
    list_rows({"name": name, "rows": rows.num_rows}, rows, out, as_json=as_json)


def review(
    name: SavedName, out: Out = None, data: DataDir = DATA, as_json: AsJson = False
) -> None:
    """List the rows that are for review, with whom they may mean."""
    if out is not None:
        refuse_ending(out)
    saved = match.load(data / FOLDER, name)
    links = saved.links()
    open_rows = links.filter(pc.field("state") == "review")
    queue = (
        saved.candidates()
        .join(open_rows.select(["row_id", "line"]), "row_id", join_type="inner")
        .sort_by([("line", "ascending"), ("rank", "ascending")])
    )
    list_rows({"name": name, "rows": open_rows.num_rows}, queue, out, as_json=as_json)


def decide(
    name: SavedName,
    row: Annotated[str, typer.Argument(metavar="ROW", help="Its row_id.")],
    verdict: Decided,
    by: By,
    person: Annotated[
        str | None, typer.Option("--person", help="person_id; none to undo.")
    ] = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Accept, refuse or undo a link. Decisions are kept; none is written over."""
    saved = match.load(data / FOLDER, name)
    asked = open_snapshot(data, saved.account["snapshot"])
    match.check(saved, asked, row, person)
    saved.decide(
        match.decision(row, person, verdict.value, by=by, at=datetime.now(UTC))
    )
    say(saved.as_dict(), as_json=as_json, title=saved.name)
