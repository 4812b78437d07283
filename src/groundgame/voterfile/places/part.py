"""Place the doors of one part of a snapshot, from files to files.

In:  a part of doors, a folder of what is known, and perhaps places given by hand.
Out: the part of places, row by row beside the doors; beside it why-NNNN.parquet with
     the doors that are not placed, or only roughly, and the reason; and the counts.

Whoever does it needs the paths and nothing else, so it runs in a thread or on another
machine. Doors are taken some at a time: memory does not grow with the state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.normal import address
from groundgame.tables import PLACES, UNPLACED
from groundgame.values import draft_of
from groundgame.voterfile.places.known import Known
from groundgame.voterfile.places.methods import (
    BY_HAND,
    COARSE,
    EVERY,
    EXACT_METERS,
    NONE,
    ZIP,
)
from groundgame.voterfile.places.nearest import nearest
from groundgame.voterfile.places.search import search

ROWS = 200_000  # doors at a time
HAND_METERS = 5.0  # somebody looked
_ADDRESS = ("door_id", *address.PARTS)
_PLACE = ("lon", "lat", "placed_by", "placed_from", "meters")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part's work.

    Attributes:
        doors: The part of doors.
        to: Where the part of places is written; its folder is made.
        known: The folder of what is known; None: nobody searches.
        by_hand: A Parquet file of door_id, lon, lat that always win.
        before: The part of places that stands; what it has by hand is kept.
        keep: Also keep what it has from other sources, where nothing finer is found.
        coarsest: The last method to try.
    """

    doors: Path
    to: Path
    known: Path | None = None
    by_hand: Path | None = None
    before: Path | None = None
    keep: bool = False
    coarsest: str = ZIP


@dataclass(frozen=True, slots=True)
class MethodCount:
    """How many doors a method placed, and how far they are off, on average."""

    doors: int = 0
    meters: float = 0.0

    def __add__(self, other: "MethodCount") -> "MethodCount":
        """Return both together."""
        doors = self.doors + other.doors
        total = self.doors * self.meters + other.doors * other.meters
        return MethodCount(doors, total / doors if doors else 0.0)


Counts = dict[str, MethodCount]
"""Counts by method, in the order of `EVERY`; each door is in exactly one."""


def place_part(piece: Piece) -> Counts:
    """Place the doors of one part, write their places, and return the counts."""
    piece.to.parent.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(EVERY, MethodCount())
    why = piece.to.with_name(f"why-{piece.to.name}")
    with draft_of(why) as told, draft_of(piece.to) as to:
        places = pq.ParquetWriter(to, PLACES.arrow, compression="zstd")
        reasons = pq.ParquetWriter(told, UNPLACED.arrow, compression="zstd")
        with places, reasons:
            for doors, placed in _placed(piece):
                places.write_table(PLACES.conform(placed.to_arrow()))
                reasons.write_table(_reasons(doors, placed))
                counts = add(counts, _counted(placed))
    return counts


def add(one: Counts, other: Counts) -> Counts:
    """Return the counts of two parts together."""
    return {method: one[method] + other[method] for method in EVERY}


def _placed(piece: Piece) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield doors and their places, some at a time."""
    known = None if piece.known is None else Known(piece.known)
    given, kept = _given(piece), _kept(piece)
    start = 0
    for batch in pq.ParquetFile(piece.doors).iter_batches(ROWS, columns=list(_ADDRESS)):
        doors = pl.DataFrame(pa.table(batch))
        if known is None:
            placed = _nowhere(doors)
        else:
            placed = search(doors, known, piece.coarsest)
        if kept is not None:
            placed = _finer(placed, kept.slice(start, doors.height))
        start += doors.height
        placed = _by_hand(doors, placed, given)
        yield doors, placed.hstack(_lines(doors, placed, known))


def _nowhere(doors: pl.DataFrame) -> pl.DataFrame:
    """Return no place for any of the doors."""
    kinds = (pl.Float64, pl.Float64, pl.String, pl.String, pl.Float32, pl.String)
    return doors.select("door_id").select(
        pl.repeat(None, pl.len(), dtype=kind).alias(name)
        for name, kind in zip((*_PLACE, "reason"), kinds, strict=True)
    )


def _kept(piece: Piece) -> pl.DataFrame | None:
    """Return the places that stand, where they are to be kept."""
    if not piece.keep or piece.before is None or not piece.before.exists():
        return None
    return pl.read_parquet(piece.before, columns=list(_PLACE), glob=False)


def _finer(placed: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the places, or those from before where they are finer.

    What was by hand is not looked at here. A place of which nobody says how far it is
    off is taken for an address point's.
    """
    old = before.rename({name: f"{name}_before" for name in _PLACE})
    ours = pl.col("placed_by_before").ne_missing(pl.lit(BY_HAND))
    off = pl.col("meters_before").fill_null(EXACT_METERS)
    finer = pl.col("lon").is_null() | (off < pl.col("meters"))
    stays = pl.col("lon_before").is_not_null() & ours & finer
    coarse = pl.col("placed_by").is_null() | pl.col("placed_by").is_in(COARSE)
    beside = placed.hstack(old).with_columns(stays=stays)
    return beside.with_columns(
        pl.when("stays").then(f"{name}_before").otherwise(name).alias(name)
        for name in _PLACE
    ).select(*_PLACE, reason=pl.when(coarse).then("reason"))


def _given(piece: Piece) -> pl.DataFrame:
    """Return door_id, lon, lat, source of places given by hand, now or before."""
    parts = []
    if piece.by_hand is not None:
        now = pl.read_parquet(piece.by_hand, glob=False)
        parts.append(now.select("door_id", "lon", "lat", source=pl.lit("by hand")))
    if piece.before is not None and piece.before.exists():
        ids = pl.read_parquet(piece.doors, columns=["door_id"], glob=False)
        before = pl.read_parquet(piece.before, glob=False)
        kept = ids.hstack(before).filter(pl.col("placed_by") == BY_HAND)
        parts.append(kept.select("door_id", "lon", "lat", source="placed_from"))
    if not parts:
        kinds = (pl.String, pl.Float64, pl.Float64, pl.String)
        names = ("door_id", "lon", "lat", "source")
        return pl.DataFrame(schema=dict(zip(names, kinds, strict=True)))
    return pl.concat(parts).unique("door_id", keep="first", maintain_order=True)


def _by_hand(
    doors: pl.DataFrame, placed: pl.DataFrame, given: pl.DataFrame
) -> pl.DataFrame:
    """Return the places, those given by hand before all others."""
    hand = doors.select("door_id").join(
        given, on="door_id", how="left", maintain_order="left"
    )
    stands = hand["lon"].is_not_null()
    none = pl.lit(None, dtype=pl.String)
    instead: dict[str, pl.Series | pl.Expr] = {
        "lon": hand["lon"],
        "lat": hand["lat"],
        "placed_by": pl.lit(BY_HAND),
        "placed_from": hand["source"],
        "meters": pl.lit(HAND_METERS, dtype=pl.Float32),
        "reason": none,
    }
    return placed.with_columns(
        pl.when(stands).then(value).otherwise(name).alias(name)
        for name, value in instead.items()
    )


def _lines(
    doors: pl.DataFrame, placed: pl.DataFrame, known: Known | None
) -> pl.DataFrame:
    """Return way and side of each door."""
    if known is None:
        return placed.select(
            way=pl.repeat(None, pl.len(), dtype=pl.Int64),
            side=pl.repeat(None, pl.len(), dtype=pl.String),
        )
    keys = address.keys(doors.select(address.PARTS)).select("street_key")
    return nearest(keys.hstack(placed.select("lon", "lat")), known.lines())


def _reasons(doors: pl.DataFrame, placed: pl.DataFrame) -> pa.Table:
    """Return door_id and reason of the doors that somebody should look for."""
    told = doors.select("door_id").hstack(placed.select("reason"))
    return UNPLACED.conform(told.drop_nulls("reason").to_arrow())


def _counted(placed: pl.DataFrame) -> Counts:
    """Count doors by method."""
    rows = placed.group_by(pl.col("placed_by").fill_null(NONE)).agg(
        pl.len(), pl.col("meters").cast(pl.Float64).mean().fill_null(0.0)
    )
    counts = dict.fromkeys(EVERY, MethodCount())
    return counts | {by: MethodCount(doors, off) for by, doors, off in rows.iter_rows()}
