"""Lay what a chapter placed by hand over a snapshot's places.

In:  a snapshot, and a table of door_id, lon, lat.
Out: its layer of places, made anew in one step: those doors are where somebody says,
     and a door that was placed so and is no longer in the table has no place. All
     other places stay as they were, which a search without its sources would forget;
     also those that somebody gave by hand at the command line.
"""

import json
import shutil
from collections import Counter
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from groundgame.tables import PLACES, Snapshot
from groundgame.voterfile.places.layer import layer

BY_HAND, BOOK = "by hand", "the book"
"""How a door is placed here, and the name of the source: ours, and nobody else's."""
METERS = 5.0
"""What somebody who looked at a map is off, at most."""


def lay(snapshot: Snapshot, table: pl.DataFrame) -> Counter[str]:
    """Write the places anew, and return how many doors each method placed."""
    counted = Counter[str]()
    hand = table.select("door_id", hand_lon="lon", hand_lat="lat")
    with layer(snapshot.folder, "places") as making:
        shutil.copytree(snapshot.folder / "places", making, dirs_exist_ok=True)
        doors, places = snapshot.paths("doors"), snapshot.paths("places")
        for part, before in zip(doors, places, strict=True):
            laid = _laid(part, before, hand)
            PLACES.conform(laid.to_arrow())
            pq.write_table(laid.to_arrow(), making / before.name, compression="zstd")
            counted.update(laid["placed_by"].fill_null("none").to_list())
        _account(making / "account.json", counted)
    return counted


def _laid(part: Path, before: Path, hand: pl.DataFrame) -> pl.DataFrame:
    """Return the places of one part of the doors, with those by hand laid over."""
    ids = pl.read_parquet(part, columns=["door_id"], glob=False)
    old = pl.read_parquet(before, glob=False)
    joined = ids.hstack(old).join(hand, on="door_id", how="left", maintain_order="left")
    stands = pl.col("hand_lon").is_not_null()
    undone = (pl.col("placed_from") == BOOK).fill_null(value=False) & ~stands
    values = {
        "lon": pl.col("hand_lon"),
        "lat": pl.col("hand_lat"),
        "placed_by": pl.lit(BY_HAND),
        "placed_from": pl.lit(BOOK),
        "meters": pl.lit(METERS, dtype=pl.Float32),
        "way": pl.lit(None, dtype=pl.Int64),
        "side": pl.lit(None, dtype=pl.String),
    }
    laid = [
        pl.when(stands)
        .then(value)
        .when(undone)
        .then(None)
        .otherwise(name)
        .cast(old.schema[name])
        .alias(name)
        for name, value in values.items()
        if name in old.columns
    ]
    return joined.select(
        *(name for name in old.columns if name not in values), *laid
    ).select(old.columns)


def _account(path: Path, counted: Counter[str]) -> None:
    """Let the account of the last search say how many doors each method has now."""
    if not path.exists():
        return
    plain = json.loads(path.read_text(encoding="utf-8"))
    for how, count in plain.get("methods", {}).items():
        count["doors"] = counted.get(how, 0)
    path.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
