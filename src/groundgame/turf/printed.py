"""Turfs as a printed list has them: street after street, house after house.

In:  doors with the street and number of their address, and how many turfs to make.
Out: turfs of equal size in the order of the list: what a cut is held against.

Nobody looks at a map here. A street is walked from its lowest number to its highest,
and the next street of the list may lie at the other end of town.
"""

import numpy as np
import polars as pl
import pyarrow as pa

from groundgame.tables import TURFS
from groundgame.turf.stops import Counts

ADDRESS = ("street", "number")
"""Columns that a list needs to be in the order of streets."""


def street_order(doors: pa.Table, turfs: int | Counts) -> pa.Table:
    """Return doors in turfs as a list printed by street and number has them.

    Numbers are sorted as numbers: 9 before 10, 221-31 after 221-5.

    Args:
        doors: Doors with door_id, street and number; perhaps with city and unit. Those
            that no cut has room for should not be among them.
        turfs: How many turfs to make, at most one a door; or how many doors each has,
            shape (turfs,), all doors together.

    Returns:
        A table that conforms to groundgame.tables.TURFS.
    """
    names: list[str] = [
        name
        for name in ("door_id", "city", "street", "number", "unit")
        if name in doors.column_names
    ]
    text = [doors[name].cast(pa.string()) for name in names]
    table = pl.DataFrame(pl.from_arrow(pa.table(text, names=names)))
    number = pl.col("number").str.extract_all(r"\d{1,9}").cast(pl.List(pl.Int64))
    by = [
        *(pl.col("city") for _ in range(names.count("city"))),
        pl.col("street"),
        number.list.get(0, null_on_oob=True),
        number.list.get(1, null_on_oob=True),
        *(pl.col("unit") for _ in range(names.count("unit"))),
        pl.col("door_id"),
    ]
    listed = table.sort(by, nulls_last=True)["door_id"].to_arrow()
    if isinstance(turfs, int):
        turf = np.arange(len(listed)) * turfs // max(len(listed), 1)
    else:
        turf = np.repeat(np.arange(turfs.size), turfs)
    columns = [
        listed.cast(pa.string()),
        pa.array(turf + 1, pa.int32()),
        pa.array(1 + np.arange(turf.size) - np.searchsorted(turf, turf), pa.int32()),
    ]
    return TURFS.conform(pa.table(columns, names=list(TURFS.names)))
