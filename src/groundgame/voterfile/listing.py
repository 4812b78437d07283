"""What a snapshot holds that somebody should look at."""

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.tables import DOORS, Snapshot


def open_doors(snapshot: Snapshot) -> pa.Table:
    """Return the doors behind which somebody is not protected, as DOORS."""
    doors = pl.DataFrame(snapshot.read("doors"))
    people = pl.DataFrame(snapshot.read("people", ["door_id", "protected"]))
    ours = people.filter(~pl.col("protected")).select("door_id").unique()
    listed = doors.join(ours, on="door_id", how="semi", maintain_order="left")
    return DOORS.conform(listed.to_arrow())


def unplaced(snapshot: Snapshot) -> pa.Table:
    """Return the doors without a place, in the columns of DOORS.

    A door behind which everybody is protected is counted in the manifest, and is in no
    list.
    """
    return open_doors(snapshot).filter(pc.field("lon").is_null())
