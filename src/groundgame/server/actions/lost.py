"""Doors that somebody should look for, and houses to begin from: laid out once.

In:  a snapshot on disk.
Out: two tables in a folder. lost.parquet has the doors that no walk can lead to, in the
     order of the list: without a place, or with one too rough to walk to; and those
     that were placed by hand, which may be placed again. known.parquet has the others,
     by ZIP and street, so that the houses around a door are one small piece of it.

A page about a state then reads a few rows, and not the state. A door behind which
everybody is protected is in neither.
"""

from pathlib import Path
from typing import Any

import polars as pl

from groundgame.server.actions.hand import BY_HAND
from groundgame.tables import Snapshot
from groundgame.turf import FURTHEST_OFF

LOST, KNOWN = "lost.parquet", "known.parquet"
GROUP = 10_000
"""Rows of known houses in a piece that is read or passed over as a whole."""
_SHOWN = ("door_id", "address", "city", "zip", "street", "number")
_PLACE = ("lon", "lat", "meters", "placed_by")
_NUMBER = pl.col("number").str.extract(r"(\d{1,9})").cast(pl.Int64)


def lay_out(snapshot: Snapshot, folder: Path) -> int:
    """Write both tables, and return how many doors have no place to walk to."""
    doors = pl.DataFrame(snapshot.read("doors", [*_SHOWN, "unit", *_PLACE]))
    people = pl.DataFrame(snapshot.read("people", ["door_id", "protected"]))
    ours = people.filter(~pl.col("protected")).select("door_id").unique()
    nowhere = pl.col("lon").is_null() | (pl.col("meters") > FURTHEST_OFF)
    hand = (pl.col("placed_by") == BY_HAND).fill_null(value=False)
    marked = doors.join(ours, on="door_id", how="semi").with_columns(
        lost=nowhere.fill_null(value=False), hand=hand, digits=_NUMBER
    )
    lost = marked.filter(pl.col("lost") | pl.col("hand"))
    lost = lost.join(_reasons(snapshot), on="door_id", how="left")
    lost = lost.sort("city", "street", "digits", "number", "unit", "door_id")
    lost.select(*_SHOWN, "reason", "lost").write_parquet(folder / LOST)
    known = marked.filter(~pl.col("lost")).sort("zip", "street", "digits", "door_id")
    known.select(*_SHOWN, "digits", "lon", "lat").write_parquet(
        folder / KNOWN, row_group_size=GROUP
    )
    return int(lost["lost"].sum())


def page(folder: Path, start: int, length: int) -> pl.DataFrame:
    """Return some doors without a place, in order: door_id, address, ... reason."""
    listed = pl.scan_parquet(folder / LOST, glob=False).filter("lost")
    return listed.slice(start, length).collect()


def door(folder: Path, door_id: str) -> dict[str, Any] | None:
    """Return a door without a place, or with one by hand; None: there is none."""
    rows = pl.scan_parquet(folder / LOST, glob=False)
    found = rows.filter(pl.col("door_id") == door_id).collect()
    return found.row(0, named=True) if found.height else None


def around(folder: Path, door_id: str, done: list[str]) -> tuple[int, str | None]:
    """Return where a door stands in the list, from 0, and the next one to look for.

    Args:
        folder: Where the list lies.
        door_id: The door; one that is not in the list stands at its beginning.
        done: Doors that somebody has placed by now.
    """
    rows = pl.scan_parquet(folder / LOST, glob=False).filter("lost")
    ids = rows.select("door_id").collect()["door_id"]
    at = ids.index_of(door_id)
    rest = ids if at is None else ids.slice(at + 1)
    left = rest.filter(~rest.is_in(done)).head(1).to_list()
    return at or 0, next(iter(left), None)


def count(folder: Path, among: list[str]) -> int:
    """Count those of some doors that have no place."""
    rows = pl.scan_parquet(folder / LOST, glob=False).filter("lost")
    return rows.filter(pl.col("door_id").is_in(among)).collect().height


def near(folder: Path, of: dict[str, Any], most: int) -> pl.DataFrame:
    """Return known houses of a door's ZIP: those of its street first, by number."""
    wanted = pl.DataFrame({"number": [of["number"]]}, schema={"number": pl.String})
    digits = wanted.select(_NUMBER).item() or 0
    away = (pl.col("digits").fill_null(0) - digits).abs()
    rows = pl.scan_parquet(folder / KNOWN, glob=False)
    return (
        rows.filter(pl.col("zip").eq_missing(pl.lit(of["zip"], dtype=pl.String)))
        .filter(pl.col("door_id") != of["door_id"])
        .with_columns(
            other=pl.col("street").ne_missing(pl.lit(of["street"], dtype=pl.String)),
            away=away,
        )
        .sort("other", "away", "address", "door_id")
        .head(most)
        .collect()
    )


def _reasons(snapshot: Snapshot) -> pl.DataFrame:
    """Return door_id and why it was not found, where a search has said so."""
    blank = pl.DataFrame(schema={"door_id": pl.String, "reason": pl.String})
    found = sorted((snapshot.folder / "places").glob("why-*.parquet"))
    whole = pl.concat([blank, *(pl.read_parquet(path, glob=False) for path in found)])
    return whole.unique("door_id", keep="first")
