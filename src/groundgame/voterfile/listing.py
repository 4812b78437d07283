"""What a snapshot holds that somebody should look at."""

from collections import Counter

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.normal import kinds
from groundgame.tables import DOORS, Snapshot


def open_doors(snapshot: Snapshot) -> pa.Table:
    """Return the doors behind which somebody is not protected, as DOORS."""
    doors = pl.DataFrame(snapshot.read("doors"))
    people = pl.DataFrame(snapshot.read("people", ["door_id", "protected"]))
    ours = people.filter(~pl.col("protected")).select("door_id").unique()
    listed = doors.join(ours, on="door_id", how="semi", maintain_order="left")
    return DOORS.conform(listed.to_arrow())


def peopled_doors(snapshot: Snapshot) -> pa.Table:
    """Return the same doors, and in `people` how many who are not protected are there.

    Those who were removed from the register do not count.
    """
    people = pl.DataFrame(
        snapshot.read("people", ["door_id", "protected", "status"])
    ).filter(~pl.col("protected") & (pl.col("status") != "removed"))
    counts = people.group_by("door_id").agg(people=pl.len().cast(pl.Int64))
    doors = pl.DataFrame(open_doors(snapshot))
    counted = doors.join(counts, on="door_id", how="left", maintain_order="left")
    return counted.with_columns(pl.col("people").fill_null(0)).to_arrow()


def unplaced(snapshot: Snapshot) -> pa.Table:
    """Return the doors without a place, in the columns of DOORS.

    A door behind which everybody is protected is counted in the manifest, and is in no
    list.
    """
    return open_doors(snapshot).filter(pc.field("lon").is_null())


def crowded(snapshot: Snapshot, more_than: int) -> pa.Table:
    """Return doors without a unit with more people than that, the fullest first.

    Such a door may be a dormitory, a shelter, a care home, or a building whose units
    were left out. People who are protected are not counted.
    """
    doors = pl.DataFrame(snapshot.read("doors", ["door_id", "unit", "address", "kind"]))
    people = pl.DataFrame(snapshot.read("people", ["door_id", "protected"]))
    return kinds.crowded(doors, people, more_than).to_arrow()


def door_kinds(snapshot: Snapshot) -> dict[str, int]:
    """Return how many doors are of each kind that an address can speak of."""
    found = Counter(pl.Series(open_doors(snapshot)["kind"]).drop_nulls())
    return {name: found[name] for name in kinds.KINDS}
