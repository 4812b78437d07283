"""What streets and doors call one street, in numbers that can be compared.

In:  the names of streets, and the streets of doors' addresses, as each is spelled.
Out: numbers, the same on both sides where both mean one street: first of the whole name
     (E MC LEAN ST), then without its directions and spaces (MCLEANST).
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.normal.streets import streets as normal
from groundgame.turf.streets.kept import Streets

Ints = npt.NDArray[np.int32]
Texts = Any
"""A column of text: of Arrow, Polars or Python."""
Called = tuple[Ints, Ints]
"""The names of all edges, and of all doors, as numbers; -1: none."""


def called(streets: Streets, street: Texts | None, doors: int) -> list[Called]:
    """Return the names of edges and doors, the stricter way first.

    Args:
        streets: The streets.
        street: The street of each door's address; None: nobody knows.
        doors: How many doors there are.
    """
    if street is None:
        nobody = np.full(doors, -1, np.int32)
        return [(np.full(streets.name.size, -1, np.int32), nobody)]
    coded = _coded(street)
    words = [*streets.names, *coded.dictionary.to_pylist()]
    said = normal(pl.Series(words, dtype=pl.String)).select(
        whole=pl.col("street_key").rank("dense"),
        bare=pl.concat_str("name", pl.col("type").fill_null(""), separator=" ")
        .str.replace_all(" ", "", literal=True)
        .rank("dense"),
    )
    at = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    count = len(streets.names)
    found = []
    for way in ("whole", "bare"):
        number = said[way].cast(pl.Int32).fill_null(-1).to_numpy()
        known = np.isin(number, number[:count])
        number = np.where(known, number, -1).astype(np.int32)
        found.append((_taken(number[:count], streets.name), _taken(number[count:], at)))
    return found


def _coded(texts: Texts) -> Any:
    """Return a column of text as numbers into its words, each of them once."""
    column: Any = texts
    if not isinstance(texts, pa.Array | pa.ChunkedArray):
        column = pl.Series(texts, dtype=pl.String).to_arrow()
    coded: Any = column.dictionary_encode()
    return coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded


def _taken(numbers: Ints, at: npt.NDArray[Any]) -> Ints:
    """Return the numbers at some places; -1 is at place -1."""
    taken: Ints = np.append(numbers, np.int32(-1))[at]
    return taken
