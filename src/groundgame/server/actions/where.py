"""Where the turfs of a cut are, in words: the streets that most doors are on."""

import polars as pl
import pyarrow.parquet as pq

from groundgame.server.actions import file
from groundgame.server.store.models import Cut

STREETS = 2
"""Of a turf, no more streets than these are named."""


def streets(row: Cut) -> dict[int, str]:
    """Return the streets of each turf, the one with the most doors first."""
    walks = pl.DataFrame(pq.read_table(row.turfs_file))
    doors = pl.DataFrame(
        file.opened(row.universe.snapshot).read("doors", ["door_id", "street"])
    )
    on = (
        walks.join(doors, on="door_id", how="left")
        .filter(pl.col("street").is_not_null())
        .group_by("turf", "street")
        .len()
        .sort("turf", "len", "street", descending=[False, True, False])
        .group_by("turf", maintain_order=True)
        .agg(pl.col("street").head(STREETS).str.join(", "))
    )
    return dict(on.iter_rows())
