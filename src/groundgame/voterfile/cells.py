"""Cells of many rows: where they lie in a block, and which of them say the same.

In:  a block, and what `kernel` says of it.
Out: columns. A column has each of its texts once, and for each row which one it has; so
     whatever is done to texts is done to each different one once, and not to each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.voterfile import kernel
from groundgame.voterfile.kernel import Bytes, Numbers, Places


@dataclass(frozen=True, slots=True)
class Column:
    """Values, each of which some rows have; without codes, each row has its own."""

    values: pl.Series
    codes: Numbers | None = None

    @property
    def numbers(self) -> Numbers:
        """Which value each row has; only of a column whose values are numbered."""
        if self.codes is None:
            raise ValueError("the column's values are not numbered")
        return self.codes

    @property
    def rows(self) -> pl.Series:
        """The value of each row."""
        return self.values if self.codes is None else self.values.gather(self.codes)

    def each(self, what: pl.Expr, name: str) -> Self:
        """Return what an expression over a column of that name makes of each value."""
        frame = pl.DataFrame({name: self.values})
        return replace(self, values=frame.with_columns(what.alias(name))[name])

    def take(self, rows: Places) -> Self:
        """Return the same for some of the rows."""
        if self.codes is None:
            return replace(self, values=self.values.gather(rows))
        return replace(self, codes=self.codes[rows])

    def arrow(self) -> "pa.Array[Any]":
        """Return it as Arrow has it: texts that repeat as a dictionary."""
        if self.codes is None or self.values.dtype != pl.String:
            return self.rows.to_arrow()
        if 2 * self.values.len() > len(self.codes):
            return self.rows.to_arrow()
        return pa.DictionaryArray.from_arrays(
            pa.array(self.codes, pa.uint32()), self.values.to_arrow()
        )


class Numbering:
    """The different texts of some columns, as far as they have been seen."""

    def __init__(self, rows: int, cells: int) -> None:
        """Begin with none, and with room for so many rows of so many cells."""
        many = min(kernel.MANY, max(16, rows))
        self.codes = np.empty((rows, cells), np.uint32)
        self.firsts = np.empty((cells, many, 2), np.uint32)
        self.known = np.zeros(cells, np.int64)
        slots = np.zeros((cells, _power(2 * many), 2), np.uint64)
        self.state = (self.codes, slots, self.firsts, self.known)


@dataclass(frozen=True, slots=True)
class Cells:
    """The wanted cells of the good rows of a block."""

    block: Bytes
    at: npt.NDArray[np.uint32]
    line: Places
    wanted: tuple[int, ...]
    numbering: Numbering

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.line)

    def text(self, position: int) -> pl.Series:
        """Return the text of every row at a position."""
        return _texts(self.block, self.at[:, self.wanted.index(position)])

    def frame(self) -> pl.DataFrame:
        """Return all cells: a column of text for each position, and `line`."""
        texts = {str(at): self.text(at) for at in self.wanted}
        return pl.DataFrame(texts | {"line": self.line})

    def column(self, positions: Sequence[int], what: pl.Expr) -> Column:
        """Return what an expression makes of the cells at some positions of rows."""
        if not positions:
            one = pl.select(what).to_series().cast(pl.String)
            return Column(one, np.zeros(self.height, np.uint32))
        numbered = [self._numbered(at) for at in positions]
        if any(one is None for one in numbered):
            texts = {str(at): self.text(at) for at in positions}
            return Column(pl.DataFrame(texts).with_columns(text=what)["text"])
        values, codes = _together([one for one in numbered if one is not None])
        frame = pl.DataFrame(
            {str(at): text for at, text in zip(positions, values, strict=True)}
        )
        return Column(frame.with_columns(text=what)["text"], codes)

    def _numbered(self, position: int) -> tuple[pl.Series, Numbers] | None:
        """Return the different texts at a position, and which each row has."""
        n = self.wanted.index(position)
        known, firsts = int(self.numbering.known[n]), self.numbering.firsts[n]
        if known > len(firsts):
            return None
        return _texts(self.block, firsts[:known], sized=True), self.numbering.codes[
            : self.height, n
        ]


def _texts(block: Bytes, at: Any, *, sized: bool = False) -> pl.Series:
    """Return texts that lie in a block, without copying the long ones."""
    if not len(at):
        return pl.Series([], dtype=pl.String)
    if sized:
        at = np.column_stack([at[:, 0], at[:, 0] + at[:, 1]])
    out = np.zeros((len(at), 4), np.uint32)
    # In one layout always, so that the loop is compiled in one way only
    kernel.views(block, np.ascontiguousarray(at), out)
    array = pa.Array.from_buffers(
        pa.string_view(),
        len(at),
        [None, pa.py_buffer(out.data), pa.py_buffer(block.data)],
    )
    return pl.Series(array)


def _together(
    columns: Sequence[tuple[pl.Series, Numbers]],
) -> tuple[list[pl.Series], Numbers]:
    """Return the different rows of several columns, and which each row has."""
    first, codes = columns[0]
    values = [first]
    for texts, others in columns[1:]:
        pairs, firsts = number_pairs(codes, others)
        values = [one.gather(codes[firsts]) for one in values]
        values.append(texts.gather(others[firsts]))
        codes = pairs
    return values, codes


def number_pairs(one: Numbers, other: Numbers) -> tuple[Numbers, Places]:
    """Number the pairs of two numbers as they come; and the row each is first in."""
    keys = (one.astype(np.uint64) << np.uint64(32)) | other
    codes = np.empty(len(keys), np.uint32)
    firsts = np.empty(len(keys), np.int64)
    slots = np.zeros(_power(2 * len(keys)), np.uint32)
    known = kernel.number_keys(keys, codes, slots, firsts)
    return codes, firsts[:known]


def number_texts(texts: pl.Series) -> Column:
    """Return texts as a column that has each of them once; null is one of them."""
    block, ends, nulls = _flat(texts)
    many = len(texts)
    codes = np.empty(many, np.uint32)
    firsts = np.empty((1, many, 2), np.uint32)
    slots = np.zeros((1, _power(2 * many), 2), np.uint64)
    known = kernel.number_texts(block, ends, codes, (slots, firsts))
    values = _texts(block, firsts[0, :known], sized=True)
    if nulls is not None:
        codes[nulls] = known
        values = values.append(pl.Series([None], dtype=pl.String))
    return Column(values, codes)


def hashes(texts: pl.Series) -> npt.NDArray[np.uint64]:
    """Return 64 bits for each text, the same on every machine."""
    block, ends, _ = _flat(texts)
    out = np.empty(len(texts), np.uint64)
    kernel.hash_texts(block, ends, out)
    return out


def _flat(texts: pl.Series) -> tuple[Bytes, Any, Any]:
    """Return texts as bytes one after another, where they end, and which are null."""
    array = texts.to_arrow().cast(pa.large_string())
    if array.offset:
        array = pa.concat_arrays([array])
    some: Any = array.buffers()  # the stubs know too little of buffers
    _, ends, block = some
    nulls = texts.is_null().to_numpy() if texts.null_count() else None
    if block is None or not block.size:
        return np.zeros(1, np.uint8), np.zeros(len(texts) + 1, np.int64), nulls
    return (
        np.frombuffer(block, np.uint8),
        np.frombuffer(ends, np.int64)[: len(texts) + 1],
        nulls,
    )


def _power(least: int) -> int:
    """Return a power of two that is no less."""
    return 1 << max(4, (least - 1).bit_length())
