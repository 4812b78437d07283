"""Blockfaces: one side of one street between two corners.

In:  doors that say at which street they stand, how far along it and on which side; or
     the street and number of their address, where no street file says it.
Out: the face of each door, and how far along it is.

By address, odd numbers are on one side and even ones on the other, and a block is a
hundred of numbers, as in most towns of the United States. A door without a number, or
at no street, is a face of its own.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.errors import WrongTable
from groundgame.turf.footing import STANDING
from groundgame.turf.stops import Counts, Floats

BLOCK = 100
"""Numbers of a block, where only addresses say what stands where."""


@dataclass(frozen=True, slots=True)
class Faces:
    """On which face each door is."""

    face: Counts
    """Shape (n,); doors of one face have one number."""
    street: Counts
    """The street between its corners, both sides of it alike."""
    along: Floats
    """How far from one end of the street."""
    side: npt.NDArray[np.int8]
    """-1 left of the way from that end, 1 right, 0 nobody knows."""


def faces(placed: pa.Table) -> Faces:
    """Return the face of each door.

    Args:
        placed: Doors with edge, along and side: from `stand`, or `by_address`.

    Raises:
        WrongTable: They do not say where they stand.
    """
    if not set(STANDING) <= set(placed.column_names):
        raise WrongTable(
            "placed",
            "does not say on which side of which street each door stands: "
            "give streets, or doors with street and number",
        )
    edge, along, side = (placed[name].to_numpy() for name in STANDING)
    lone = edge < 0
    own = int(edge.max(initial=0)) + 1 + np.arange(edge.size)
    street = np.where(lone, own, edge).astype(np.int64)
    side = np.where(lone, 0, side).astype(np.int8)
    return Faces(street * 3 + side + 1, street, along.astype(np.float64), side)


def by_address(placed: pa.Table, doors: pa.Table) -> pa.Table:
    """Return placed doors that say by their address where they stand.

    Args:
        placed: Doors on a plane, walked in straight lines.
        doors: The same doors in the same order, with street and number; perhaps city.

    Raises:
        WrongTable: They have no street or no number.
    """
    missing = {"street", "number"} - set(doors.column_names)
    if missing:
        raise WrongTable("doors", f"has no column {', '.join(sorted(missing))}")
    columns: dict[str, Any] = {
        name: pl.Series(doors[name]).cast(pl.String)
        for name in ("city", "street", "number")
        if name in doors.column_names
    }
    table = pl.DataFrame(columns)
    number = (
        table["number"].str.extract(r"(\d{1,9})\D*$").cast(pl.Int64).fill_null(-1)
    ).to_numpy()
    known = (number >= 0) & table["street"].is_not_null().to_numpy()
    names = [name for name in ("city", "street") if name in columns]
    block = table.select(names).with_columns(block=pl.Series(number // BLOCK))
    rank = block.select(pl.struct(pl.all()).rank("dense")).to_series().to_numpy()
    told: dict[str, Any] = {
        "edge": np.where(known, rank, -1).astype(np.int32),
        "along": np.where(known, number, 0).astype(np.float64),
        "side": np.where(known, np.where(number % 2, -1, 1), 0).astype(np.int8),
    }
    for name, column in told.items():
        placed = placed.append_column(name, pa.array(column))
    return placed
