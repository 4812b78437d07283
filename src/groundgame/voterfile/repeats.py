"""Rows of one person: which of them stands.

In:  chunks of people.
Out: the rows that do not stand, and whether each says the same as the one that does.

Where two rows say the same, the later is merged. Where they differ, one that is
protected stands, then the one that is active, and then the one registered last; the
other is refused with its line. Rows are compared only where the hashes of their ids are
the same, which are few.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.voterfile.chunks import Placed, read_batches

_ORDER = {"active": 0, "inactive": 1, "pending": 2, "unknown": 3}
_LAST = 4


def repeats(chunks: Sequence[Placed]) -> pl.DataFrame:
    """Return the rows that do not stand: their `place`, and `same`."""
    hashes = [_column(one, "hash") for one in chunks]
    twice = _twice(hashes)
    found = [
        rows
        for one, numbers in zip(chunks, hashes, strict=True)
        if (rows := _rows(one, numbers, twice)) is not None
    ]
    if not found:
        return pl.DataFrame(schema={"place": pl.Int64, "same": pl.Boolean})
    rows = pl.concat(found, how="diagonal_relaxed")
    said = [name for name in rows.columns if name not in {"place", "hash"}]
    best = rows.with_columns(content=rows.select(said).hash_rows()).sort(
        "person_id",
        pl.col("protected").not_(),
        pl.col("status").replace_strict(_ORDER, default=_LAST, return_dtype=pl.Int8),
        pl.col("registered").dt.epoch("d").neg(),
        "place",
        nulls_last=True,
    )
    standing = pl.col("content").first().over("person_id")
    nth = pl.int_range(pl.len()).over("person_id")
    ranked = best.with_columns(same=pl.col("content") == standing, nth=nth)
    return ranked.filter(pl.col("nth") > 0).select("place", "same").sort("place")


def _column(placed: Placed, name: str) -> npt.NDArray[np.uint64]:
    """Return one column of numbers of a chunk."""
    batches = range(len(placed.chunk.groups))
    table = read_batches(placed.chunk.path, batches, [name])
    found: npt.NDArray[np.uint64] = table[name].to_numpy()
    return found


def _twice(hashes: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    """Return the hashes that more than one row has."""
    every = np.concatenate([np.zeros(0, np.uint64), *hashes])
    every.sort()
    return np.unique(every[1:][every[1:] == every[:-1]])


def _rows(
    placed: Placed, hashes: npt.NDArray[np.uint64], twice: npt.NDArray[np.uint64]
) -> pl.DataFrame | None:
    """Return a chunk's rows with one of these hashes, as texts."""
    if not len(twice):
        return None
    near = np.searchsorted(twice, hashes).clip(max=len(twice) - 1)
    at = np.flatnonzero(twice[near] == hashes)
    if not len(at):
        return None
    table = read_batches(placed.chunk.path, range(len(placed.chunk.groups)))
    some = table.take(pa.array(at, pa.int64()))
    plain = pa.table(
        {
            name: some[name].cast(some.schema.field(name).type.value_type)
            if pa.types.is_dictionary(some.schema.field(name).type)
            else some[name]
            for name in some.column_names
        }
    )
    rows = pl.DataFrame(plain)
    return rows.with_columns(place=pl.col("line") + placed.first).drop("line")
