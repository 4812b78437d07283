"""Counties too large for one part, and files that name no county at all.

In:  batches of chunks that hold one county.
Out: which rows go into which part: whole precincts in their order; of a precinct that
     is too large itself, whole zip codes; and of such a zip code, people by the hash of
     their voter id. It depends on what the rows say, and not on where files were cut.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.voterfile.chunks import Placed, Some, read_batches

_KEY = ("precinct", "zip", "share")
_SHARE = 56  # the upper bits of a hash: one of 256


def cut(some: Sequence[Some], most: int) -> pl.DataFrame:
    """Return `precinct`, `zip`, `share` and the `part` of such rows, from 0.

    Args:
        some: The batches that hold the county.
        most: How many rows a part may have.
    """
    counted = [
        _keys(one.placed, batch).group_by(_KEY).agg(rows=pl.len())
        for one in some
        for batch in one.batches
    ]
    keys = pl.concat(counted).group_by(_KEY).agg(pl.col("rows").sum())
    keys = keys.sort(_KEY, nulls_last=True).with_columns(
        precinct_rows=pl.col("rows").sum().over("precinct"),
        zip_rows=pl.col("rows").sum().over("precinct", "zip"),
    )
    whole, apart = pl.col("precinct_rows") <= most, pl.col("zip_rows") > most
    unit = pl.struct(
        "precinct",
        zip=pl.when(~whole).then("zip"),
        share=pl.when(~whole & apart).then("share"),
    ).rle_id()
    keys = keys.with_columns(unit=unit)
    sizes = keys.group_by("unit").agg(pl.col("rows").sum()).sort("unit")["rows"]
    parts = pl.Series(_packed(sizes.to_list(), most), dtype=pl.Int64)
    return keys.select(*_KEY, part=parts.gather(keys["unit"]))


def mine(some: Sequence[Some], cut_into: Path, part: int) -> npt.NDArray[np.bool_]:
    """Say which rows of some batches belong to one part of a cut."""
    parts = pl.read_ipc(cut_into.read_bytes())
    found = [np.zeros(0, bool)]
    for one in some:
        for batch in one.batches:
            at = _keys(one.placed, batch).join(
                parts, on=_KEY, how="left", nulls_equal=True, maintain_order="left"
            )
            found.append((at["part"] == part).to_numpy())
    return np.concatenate(found)


def _packed(sizes: Sequence[int], most: int) -> list[int]:
    """Return the part of each of some sizes, in their order, none above `most`."""
    parts, part, size = [], 0, 0
    for one in sizes:
        if size and size + one > most:
            part, size = part + 1, 0
        parts.append(part)
        size += one
    return parts


def _keys(placed: Placed, batch: int) -> pl.DataFrame:
    """Return what decides on the part of each row of a batch."""
    table = read_batches(placed.chunk.path, [batch])
    found = {name: _texts(table, name) for name in _KEY[:2]}
    share = (table["hash"].to_numpy() >> np.uint64(_SHARE)).astype(np.uint8)
    return pl.DataFrame(found | {"share": share})


def _texts(table: pa.Table, name: str) -> pl.Series:
    """Return a column of text; all null if the table lacks it."""
    if name not in table.column_names:
        return pl.Series([None], dtype=pl.String).new_from_index(0, table.num_rows)
    kind = table.schema.field(name).type
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pl.Series(table[name].cast(plain)).cast(pl.String)
