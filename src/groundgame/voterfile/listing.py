"""What a snapshot holds that somebody should look at."""

import polars as pl
import pyarrow as pa

from groundgame.tables import DOORS, Snapshot


def unplaced(snapshot: Snapshot) -> pa.Table:
    """Return the doors without a place, in the columns of DOORS.

    A door behind which everybody is protected is counted in the manifest, and is in no
    list.
    """
    doors = pl.DataFrame(snapshot.read("doors"))
    people = pl.DataFrame(snapshot.read("people", ["door_id", "protected"]))
    open_doors = people.filter(~pl.col("protected")).select("door_id").unique()
    found = doors.filter(pl.col("lon").is_null())
    listed = found.join(open_doors, on="door_id", how="semi", maintain_order="left")
    return DOORS.conform(listed.to_arrow())
