"""The doors that somebody should look for on a map, each with the reason.

In:  a snapshot, searched or not.
Out: the doors that have no place; or also those that are placed only by their street or
     zip code. That rough place stands in near_lon and near_lat: lon and lat are empty.

The list goes out and comes back: whoever fills in lon and lat gives the same table to
`locate` as places by hand, and what nobody filled in stays as it was.
"""

import polars as pl
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.voterfile.listing import open_doors
from groundgame.voterfile.places.methods import COARSE

_ADDRESS = ("door_id", "address", "city", "zip", "reason")


def worklist(snapshot: Snapshot, *, rough: bool = False) -> pa.Table:
    """Return door_id, address, city, zip, reason, lon, lat, near_lon, near_lat.

    A door behind which everybody is protected is in no list.

    Args:
        snapshot: Whose doors.
        rough: Also those placed only by street or zip code.
    """
    doors = pl.DataFrame(open_doors(snapshot))
    wanted = pl.col("lon").is_null()
    if rough:
        wanted |= pl.col("placed_by").is_in(COARSE)
    listed = doors.filter(wanted).join(
        _reasons(snapshot), on="door_id", how="left", maintain_order="left"
    )
    empty = pl.lit(None, dtype=pl.Float64)
    return listed.select(
        *_ADDRESS, lon=empty, lat=empty, near_lon="lon", near_lat="lat"
    ).to_arrow()


def _reasons(snapshot: Snapshot) -> pl.DataFrame:
    """Return door_id and reason; none where nobody has searched yet."""
    found = sorted((snapshot.folder / "places").glob("why-*.parquet"))
    blank = pl.DataFrame(schema={"door_id": pl.String, "reason": pl.String})
    return pl.concat([blank, *(pl.read_parquet(path, glob=False) for path in found)])
