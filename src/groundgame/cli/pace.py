"""A pace from what was recorded at the doors, instead of the assumed one."""

from pathlib import Path
from typing import Annotated, Any

import polars as pl
import pyarrow as pa
import typer

from groundgame import turf
from groundgame.canvass import RESULTS
from groundgame.cli.answer import note
from groundgame.cli.files import read_table
from groundgame.cli.places import Field
from groundgame.errors import UnreadableTable
from groundgame.tables import KNOCKS

PaceFrom = Annotated[
    Path | None,
    typer.Option(
        "--pace-from",
        metavar="FILE",
        help="For minutes: fit the pace to conversations, as Results on the server "
        "take them out; or any CSV or Parquet with walk, at, door_id, and contact or "
        "result. Replaces --opens.",
    ),
]
COLUMNS = ("walk", "at", "door_id")
MORE = ("contact", "result", "answers")
WANTED = (
    "the columns walk, at, door_id, and contact or result, as the conversations have "
    "them that Results on the server take out as a file"
)


def fitted_to(path: Path, field: Field, assumed: turf.Pace) -> turf.Fitted:
    """Fit a pace to a file of conversations, and say in one sentence what came out.

    Raises:
        UnreadableTable: It is not a file of conversations.
    """
    found = turf.fitted(read_knocks(path), field.placed, assumed, network=field.network)
    if not found.enough:
        note(
            f"Only {found.gaps} times from door to door in {path.name} can be used: "
            f"the pace stays nearly as assumed."
        )
    note(said(found))
    return found


def said(found: turf.Fitted) -> str:
    """Return what came out, with how sure it is."""
    low, high = found.between["speed"]
    least, most = found.between["opens"]
    pace = found.pace
    return (
        f"From {found.conversations:,} conversations at {found.doors:,} doors: "
        f"{pace.speed:.2f} m/s ({low:.2f} to {high:.2f}), {pace.knock:.0f} s a knock, "
        f"{pace.opening:.0f} s a conversation and {pace.question:.0f} s a question, "
        f"{pace.opens:.0%} of doors open ({least:.0%} to {most:.0%})."
    )


def read_knocks(path: Path) -> pa.Table:
    """Read a file of conversations as groundgame.tables.KNOCKS.

    A line without a time says nothing of pace, and is passed over: it came on paper.

    Raises:
        UnreadableTable: It lacks a column, or a cell of one is not what it should be.
    """
    whole = read_table(path, WANTED, lines=True)
    has = set(whole.column_names)
    lacks = [name for name in COLUMNS if name not in has]
    lacks += [] if {"result", "contact"} & has else ["contact"]
    if lacks:
        raise UnreadableTable(path.name, f"lacks {', '.join(lacks)}", WANTED)
    known = [name for name in (*COLUMNS, *MORE) if name in has]
    try:
        table = pl.DataFrame(whole.select(known)).filter(pl.col("at").is_not_null())
        told = table.select(
            pl.col("walk").cast(pl.String),
            _seconds(table["at"]),
            pl.col("door_id").cast(pl.String),
            _contact(table),
            pl.lit(0).alias("answers")
            if "answers" not in has
            else pl.col("answers").cast(pl.Int64),
        ).to_arrow()
        return KNOCKS.conform(told)
    except (pl.exceptions.PolarsError, pa.ArrowException) as problem:
        found = "has cells that are no time, result or number"
        raise UnreadableTable(path.name, found, WANTED) from problem


def _seconds(at: pl.Series) -> pl.Series:
    """Return times in seconds: from numbers, or from dates with a time."""
    if at.dtype == pl.String:
        at = at.str.to_datetime(time_zone="UTC")
    if at.dtype.is_temporal():
        at = at.dt.epoch("ms") / 1000.0
    return at.cast(pl.Float64).alias("at")


def _contact(table: pl.DataFrame) -> Any:
    """Return whether somebody was spoken with."""
    if "contact" in table.columns:
        return table["contact"].cast(pl.Boolean)
    spoken = [each.id for each in RESULTS.values() if each.contact]
    return table["result"].cast(pl.String).is_in(spoken).alias("contact")
