"""Read chunks back: some of their batches, together, as columns of numbers and texts.

In:  chunks, and which batches of each.
Out: columns. What repeats is numbered across chunks; the values of each are kept once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.voterfile.cells import Column, number_texts
from groundgame.voterfile.parts import Chunk

_FILE = 40  # bits of a row's place that count lines; those above it count files


@dataclass(frozen=True, slots=True)
class Placed:
    """A chunk, the number of its file, and how many lines come before its range."""

    chunk: Chunk
    file: int
    before: int

    @property
    def first(self) -> int:
        """What is added to a line to get the row's place among all rows."""
        return (self.file << _FILE) + self.before


@dataclass(frozen=True, slots=True)
class Some:
    """Some batches of a chunk."""

    placed: Placed
    batches: tuple[int, ...]


def file_and_line(place: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the number of the file and the line of rows by their place."""
    return place // (1 << _FILE), place % (1 << _FILE)


def read_batches(
    path: Path, batches: Sequence[int], columns: Sequence[str] | None = None
) -> pa.Table:
    """Return some batches of an Arrow file, mapped and not copied."""
    with pa.memory_map(str(path)) as mapped:
        reader = pa.ipc.open_file(mapped)
        found = [reader.get_batch(n) for n in batches]
        table = pa.Table.from_batches(found, reader.schema)
    return table if columns is None else table.select(list(columns))


def places(some: Sequence[Some]) -> npt.NDArray[np.int64]:
    """Return the place of each row among all rows of all files."""
    found = [np.zeros(0, np.int64)]
    for one in some:
        lines = read_batches(one.placed.chunk.path, one.batches, ["line"])["line"]
        found.append(lines.to_numpy() + one.placed.first)
    return np.concatenate(found)


def columns(
    some: Sequence[Some],
    names: Sequence[str],
    among: npt.NDArray[np.bool_] | None = None,
) -> Iterator[tuple[str, Column]]:
    """Yield columns of some batches of people, by name; of the rows `among` them."""
    tables = [read_batches(one.placed.chunk.path, one.batches) for one in some]
    if among is None:
        for name in names:
            yield name, together([table[name] for table in tables])
        return
    ends = np.cumsum([table.num_rows for table in tables])[:-1]
    masks = [pa.array(mask) for mask in np.split(among, ends)]
    both = list(zip(tables, masks, strict=True))
    for name in names:
        yield name, together([table[name].filter(mask) for table, mask in both])


def together(columns: Sequence["pa.ChunkedArray[Any]"]) -> Column:
    """Return columns one after another as one; each text in it is kept once."""
    if not any(pa.types.is_dictionary(one.type) for one in columns):
        rows = pl.concat([pl.Series(one) for one in columns])
        if rows.dtype != pl.String:
            return Column(rows)
        return number_texts(rows)
    values, codes, known = [], [], 0
    for one in columns:
        texts = _used(one)
        values.append(texts.values)
        codes.append(texts.numbers + np.uint32(known))
        known += texts.values.len()
    whole = number_texts(pl.concat(values))
    return Column(whole.values, whole.numbers[np.concatenate(codes)])


def _used(column: "pa.ChunkedArray[Any]") -> Column:
    """Return one file's column with those texts only that its rows have."""
    if not pa.types.is_dictionary(column.type):
        return number_texts(pl.Series(column))
    if not column.num_chunks:
        return Column(pl.Series([], dtype=pl.String), np.zeros(0, np.uint32))
    chunks: Any = column.chunks  # of dictionaries
    codes = np.concatenate([one.indices.to_numpy() for one in chunks])
    texts = pl.Series(chunks[0].dictionary)
    used = np.flatnonzero(np.bincount(codes, minlength=texts.len()))
    numbers = np.zeros(texts.len(), np.uint32)
    numbers[used] = np.arange(len(used))
    return Column(texts.gather(used), numbers[codes])
