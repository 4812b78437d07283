"""Doors that somebody picked on a map, where a door is a place in the walk of a turf.

A map knows no ids of doors. It says `4:1.2.9;7:3`: of turf 4 the doors 1, 2 and 9 in
walking order, of turf 7 the door 3, as both were after a change of the cut.
"""

import re

import polars as pl
import pyarrow.parquet as pq

from groundgame.errors import NotYours
from groundgame.server.actions import cuts, sides
from groundgame.server.actions.people import Anyone

SHAPE = re.compile(r"[0-9]{1,9}:[0-9]{1,9}(\.[0-9]{1,9})*")
STOP = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
WHERE = ["turf", "position"]


def doors(*, cut: int, stops: str, side: str, after: int, seen_by: Anyone) -> list[str]:
    """Return the ids of picked doors.

    Args:
        cut: Whose turfs.
        stops: Doors, in the words of a map; may be empty.
        side: One door, of which the whole side of the street is meant; may be empty.
        after: The number of the last change that whoever asks has seen.
        seen_by: Who asks.

    Raises:
        NotYours: There is no such cut, change or door, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    if after > row.version:
        raise NotYours
    turfs = pl.DataFrame(pq.read_table(row.file_of(after)))
    wanted = _read(stops)
    there = turfs.join(wanted, on=WHERE, how="semi")
    if there.height != wanted.height:
        raise NotYours
    found: list[str] = there["door_id"].to_list()
    if side:
        one = STOP.fullmatch(side)
        if not one:
            raise NotYours
        found += sides.beside(row, turfs, int(one[1]), int(one[2]))
    return sorted(set(found))


def said(*, cut: int, doors: list[str], after: int, seen_by: Anyone) -> str:
    """Return some doors in the words of a map.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    turfs = pl.DataFrame(pq.read_table(row.file_of(after)))
    held = turfs.filter(pl.col("door_id").is_in(doors)).sort(WHERE)
    by_turf = held.group_by("turf", maintain_order=True).agg("position")
    parts = by_turf.select(
        pl.format(
            "{}:{}",
            "turf",
            pl.col("position").cast(pl.List(pl.String)).list.join("."),
        )
    )
    return ";".join(parts.to_series())


def _read(stops: str) -> pl.DataFrame:
    """Return turf and position of doors in the words of a map."""
    parts = stops.split(";") if stops else []
    if not all(map(SHAPE.fullmatch, parts)):
        raise NotYours
    split = [part.split(":") for part in parts]
    of = {"turf": pl.Int32, "position": pl.Int32}
    said = pl.DataFrame(split, schema=["turf", "position"], orient="row")
    lists = pl.col("position").cast(pl.String).str.split(".")
    return said.with_columns(lists).explode("position").cast(of).unique()  # type: ignore[arg-type]  # polars has a narrower one
