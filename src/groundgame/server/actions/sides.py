"""The doors of a turf as whoever changes turfs sees them: by side of a street."""

from dataclasses import dataclass
from itertools import groupby

import polars as pl
import pyarrow as pa

from groundgame.errors import NotYours
from groundgame.server.actions import cuts, ground, standing
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Cut

SIDE = ("edge", "side", "street", "odd")
"""What the doors of one side of a street have in common."""


@dataclass(frozen=True, slots=True)
class SideDoor:
    """One door of a turf, by its place in the walk."""

    id: str
    position: int
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a street between two corners, as far as it is in the turf."""

    street: str
    numbers: str
    """The lowest and the highest house number, with a dash between them."""
    doors: list[SideDoor]


def sides(*, cut: int, turf: int, seen_by: Anyone) -> list[Side]:
    """Return the doors of a turf, side by side in walking order; quiet ones are not.

    Where there are no streets, a side is all even or all odd numbers of a street.

    Raises:
        NotYours: There is no such turf, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    seen = _seen(row, standing.walks(row), turf).filter(~pl.col("quiet"))
    return [
        Side(
            street=some[0]["street"],
            numbers=_span([each["number"] for each in some]),
            doors=[
                SideDoor(each["door_id"], each["position"], _address(each))
                for each in some
            ],
        )
        for _, rows in groupby(
            seen.iter_rows(named=True), key=lambda each: each["first"]
        )
        if (some := list(rows))
    ]


def beside(row: Cut, turfs: pl.DataFrame, turf: int, position: int) -> list[str]:
    """Return the doors of a turf on the same side of the street as one of them.

    Args:
        row: Which cut.
        turfs: Its turfs (groundgame.tables.TURFS).
        turf: Which of them.
        position: The place of a door in its walk.

    Raises:
        NotYours: There is no such turf or door.
    """
    seen = _seen(row, turfs, turf)
    first = seen.filter(pl.col("position") == position)["first"]
    if not first.len():
        raise NotYours
    side: list[str] = seen.filter(pl.col("first") == first[0])["door_id"].to_list()
    return side


def _seen(row: Cut, turfs: pl.DataFrame, turf: int) -> pl.DataFrame:
    """Return the doors of a turf with their addresses, side by side.

    `first` is the place of the first door of each door's side.
    """
    walk = turfs.filter(pl.col("turf") == turf)
    if not walk.height:
        raise NotYours
    ids = walk["door_id"].to_arrow()
    doors = pl.DataFrame(ground.doors_of(row.universe.snapshot, ids))
    placed = pl.DataFrame(_standing(ground.again(row, ids).placed))
    odd = pl.col("number").str.extract(r"(\d+)").str.slice(-1).is_in(list("13579"))
    return (
        walk.join(doors, on="door_id", how="left")
        .join(placed, on="door_id", how="left")
        .with_columns(odd.fill_null(value=False).alias("odd"))
        .with_columns(
            first=pl.col("position").min().over("edge", "side", "street", "odd")
        )
        .sort("first", "position")
    )


def _span(numbers: list[str | None]) -> str:
    """Return the lowest and the highest of some house numbers."""
    known = sorted({each for each in numbers if each}, key=lambda n: (len(n), n))
    return "\N{EN DASH}".join(dict.fromkeys(known[:1] + known[-1:]))


def _standing(placed: pa.Table) -> pa.Table:
    """Return door_id, edge and side; on straight lines all stand at none."""
    if "edge" in placed.column_names:
        return placed.select(["door_id", "edge", "side"])
    nowhere = pa.array([-1] * placed.num_rows, pa.int32())
    return pa.table({"door_id": placed["door_id"], "edge": nowhere, "side": nowhere})


def _address(door: dict[str, str | None]) -> str:
    """Return number, street and unit."""
    said = (door["number"], door["street"], door["unit"])
    return " ".join(each for each in said if each)
