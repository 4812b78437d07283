"""groundgame match duplicates: which rows of one list are the same person."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import pyarrow.compute as pc
import typer

from groundgame import match
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import refuse_ending
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

FOLDER = "duplicates"


def duplicates(
    file: ListFile,
    column: Columns = None,
    name: SaveAs = None,
    accept: Accept = PLAN.accept,
    review: Review = PLAN.review,
    out: Out = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Find the rows of one list that are the same person, and keep what was found."""
    if out is not None:
        refuse_ending(out, file)
    plan = plan_of(accept, review)
    listed = match.read(file, columns_of(column))
    saved = match.save_duplicates(
        data / FOLDER,
        name or file.stem,
        listed=listed,
        found=match.duplicates(listed, plan),
        plan=plan,
    )
    _list_clusters(saved, out, as_json=as_json)
    if not as_json and saved.now().counts()["review_pairs"]:
        note(f"'groundgame match pairs {saved.name}' lists what somebody must look at.")


def twice(
    name: SavedName, out: Out = None, data: DataDir = DATA, as_json: AsJson = False
) -> None:
    """List the rows that are the same person as another, after all decisions."""
    if out is not None:
        refuse_ending(out)
    saved = match.load_duplicates(data / FOLDER, name)
    _list_clusters(saved, out, as_json=as_json)


class _State(StrEnum):
    """What may hold of a pair."""

    review = "review"
    same = "same"
    apart = "apart"


def pairs(
    name: SavedName,
    state: Annotated[_State, typer.Option(help="Which pairs.")] = _State.review,
    out: Out = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List pairs of rows with the lines of both, and why they may be one person."""
    if out is not None:
        refuse_ending(out)
    saved = match.load_duplicates(data / FOLDER, name)
    found = saved.pairs().filter(pc.field("state") == state.value)
    lines = saved.read("rows").select(["row_id", "line"])
    other = lines.rename_columns(["other_id", "other_line"])
    queue = (
        found.join(lines, "row_id")
        .join(other, "other_id")
        .select(["pair", "line", "other_line", "probability", "reasons", "decided_by"])
        .sort_by([("probability", "descending"), ("line", "ascending")])
    )
    list_rows({"name": name, "pairs": queue.num_rows}, queue, out, as_json=as_json)


def decide_pair(
    name: SavedName,
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="As 'pairs' names it.")],
    verdict: Decided,
    by: By,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Say that two rows are one person, or are not, or take that back."""
    saved = match.load_duplicates(data / FOLDER, name)
    other = match.check_pair(saved, pair)
    meant = None if verdict.value == "undone" else other
    saved.decide(
        match.decision(pair, meant, verdict.value, by=by, at=datetime.now(UTC))
    )
    say(saved.as_dict(), as_json=as_json, title=saved.name)


def _list_clusters(saved: match.SavedDuplicates, out: Out, *, as_json: bool) -> None:
    """List the rows that share a person with another, with the list's own keys."""
    keys = saved.read("rows").select(["row_id", "key"])
    repeated = saved.now().clusters.filter(pc.field("size") > 1)
    rows = repeated.join(keys, "row_id").sort_by(
        [("cluster", "ascending"), ("line", "ascending")]
    )
    answer = saved.now().counts() | {"refused": saved.read("refused").num_rows}
    list_rows({"name": saved.name} | answer, rows, out, as_json=as_json)
