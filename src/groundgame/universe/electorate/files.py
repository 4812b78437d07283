"""Files that are looked at in place: what a question does not need is never read."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.values import load_array

Cells: TypeAlias = Any
"""A column or a piece of one: an Arrow array, of a kind that is known when it runs."""


class Lines:
    """A table that grows by parts, and is written at the end in one piece.

    Rows are taken from one piece several times quicker than from many.
    """

    def __init__(self, path: Path) -> None:
        """Begin a table."""
        self._path = path
        self._parts: list[pa.Table] = []

    def __enter__(self) -> Self:
        """Go on to write."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Write the file, unless something went wrong."""
        if kind is None and self._parts:
            table = pa.concat_tables(self._parts).combine_chunks()
            with pa.ipc.new_file(str(self._path), table.schema) as file:
                file.write_table(table)

    def write(self, table: pa.Table) -> None:
        """Add rows."""
        self._parts.append(table)


def part(path: Path, columns: Collection[str], coded: Collection[str] = ()) -> pa.Table:
    """Read those of some columns that a part has; `coded` ones as dictionaries."""
    there = pq.read_schema(path).names
    coded = [name for name in coded if name in there]
    with pq.ParquetFile(path, read_dictionary=coded) as file:
        return file.read(columns=[n for n in there if n in columns or n in coded])


def mapped(path: Path) -> pa.Table:
    """Return the table of an Arrow file, as it lies on disk."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def array(path: Path) -> npt.NDArray[Any]:
    """Return an array as it lies on disk; nobody can write to it."""
    return np.asarray(load_array(path, "r"))
