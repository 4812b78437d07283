"""The doors of a cut as they may be shown today.

A cut stays as it was made. Since then somebody may have asked for peace, or a control
may have been drawn: such doors are on no map of it, in no list and in no count, and
come back when that is over.
"""

from collections import defaultdict
from collections.abc import Mapping

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.server.actions import file, suppression
from groundgame.server.store.models import Cut


def walks(row: Cut) -> pl.DataFrame:
    """Return door_id, turf, position; and `quiet`: nobody may be visited there."""
    doors = pl.DataFrame(pq.read_table(row.turfs_file))
    shut = suppression.shut(row.universe.snapshot, doors["door_id"])
    return doors.with_columns(quiet=pl.col("door_id").is_in(list(shut)))


def quiet(row: Cut) -> Mapping[int, set[str]]:
    """Return the quiet doors of each turf, by its number."""
    found = defaultdict[int, set[str]](set)
    for turf, door in walks(row).filter("quiet").select("turf", "door_id").iter_rows():
        found[turf].add(door)
    return found


def placed(row: Cut) -> pa.Table:
    """Return door_id, turf, position, lon, lat; by turf and position.

    A quiet door has no place.
    """
    doors = file.opened(row.universe.snapshot).read("doors", ["door_id", "lon", "lat"])
    ours = walks(row).join(pl.DataFrame(doors), on="door_id")
    places = [pl.when(~pl.col("quiet")).then(name).alias(name) for name in _PLACE]
    return ours.with_columns(places).drop("quiet").sort("turf", "position").to_arrow()


def each_somewhere(doors: pa.Table) -> pa.Table:
    """Draw a door that has no place where the door before it in the walk is.

    So the n-th place of a line is always the n-th door.
    """
    places = pl.col("lon", "lat").forward_fill().backward_fill().over("turf")
    return (
        pl.DataFrame(doors).with_columns(places).drop_nulls(["lon", "lat"]).to_arrow()
    )


_PLACE = ("lon", "lat")
