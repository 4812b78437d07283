"""Narrow what a question found by marks: flags of rows, of doors or of buildings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.universe.asking import Flags, Mark
from groundgame.universe.electorate import Electorate
from groundgame.values.workers import Here

_PIECE = 1 << 18  # rows at a time
_FEW = 25  # of so many people one: sooner looked up than read past

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Test:
    """A mark, and whether it is to be set or not."""

    mark: Mark
    wanted: bool

    @property
    def needs(self) -> str:
        """The column by which the mark is looked up."""
        return "row" if self.mark.of == "row" else "door_mark"

    def bounds(self) -> Iterator[str]:
        """Give a condition that lets whole blocks of rows be passed over."""
        if self.wanted:
            first, last = self.mark.span()
            if 2 * (last - first) < len(self.mark.flags):
                yield f"({self.mark.of} between {first} and {last})"


def by_row(mark: Mark, electorate: Electorate) -> Flags:
    """Return a mark as a flag for each row."""
    return mark.flags if mark.of == "row" else _at(mark, electorate, slice(None))


def _at(mark: Mark, electorate: Electorate, rows: slice | Rows) -> Flags:
    """Return a mark as a flag for each of some rows."""
    if mark.of == "row":
        return mark.flags[rows]
    homes = electorate.door_no[rows]
    if mark.of == "building_no":
        homes = electorate.building_of.take(homes)
    return mark.flags.take(homes)


def is_few(rows: int, people: int) -> bool:
    """Say whether so many rows are sooner looked up than all are read past."""
    return rows * _FEW <= people


def few_rows(tests: Sequence[Test], people: int) -> Rows | None:
    """Return in order those few rows that a mark is on.

    None where no mark that is to be set is on few rows.
    """
    for test in tests:
        few = test.wanted and test.mark.of == "row"
        if few and is_few(int(np.count_nonzero(test.mark.flags)), people):
            return np.flatnonzero(test.mark.flags)
    return None


def looked_up(
    few: Rows | None, tests: Sequence[Test], status: Flags, electorate: Electorate
) -> pa.Table:
    """Return row and door_mark of those who pass all tests, without a question.

    Args:
        few: The rows to look at, in order; None: all.
        tests: The marks that are wanted, or not.
        status: By the code of a status, whether it is wanted.
        electorate: Where status and doors lie.
    """
    look = partial(_looked_up, tests, status, electorate)
    if few is not None:
        return pa.Table.from_batches([look(few)])
    starts = range(0, electorate.people, _PIECE)
    pieces = [slice(n, min(n + _PIECE, electorate.people)) for n in starts]
    return pa.Table.from_batches(Here().map(look, pieces), _LOOKED_UP)


def _looked_up(
    tests: Sequence[Test], status: Flags, electorate: Electorate, at: slice | Rows
) -> pa.RecordBatch:
    """Return those of some rows that pass."""
    keep = status.take(electorate.status[at])
    for test in tests:
        flags = _at(test.mark, electorate, at)
        keep &= flags if test.wanted else ~flags
    kept = np.flatnonzero(keep)
    rows = at.take(kept) if isinstance(at, np.ndarray) else kept + at.start
    marks = electorate.door_marks(rows)
    return pa.record_batch([pa.array(rows), pa.array(marks)], schema=_LOOKED_UP)


_LOOKED_UP = pa.schema([("row", pa.int64()), ("door_mark", pa.int32())])


def narrowed(
    found: pa.Table, tests: Sequence[Test], electorate: Electorate
) -> pa.Table:
    """Return those rows of what was found that pass all tests, in their order."""
    if not tests:
        return found
    pieces = found.to_batches(max_chunksize=_PIECE)
    narrow = partial(_narrowed, tests, electorate)
    done = map(narrow, pieces) if len(pieces) < 2 else Here().map(narrow, pieces)  # noqa: PLR2004  # one piece needs one thread
    return pa.Table.from_batches(done, found.schema)


def _narrowed(
    tests: Sequence[Test], electorate: Electorate, piece: pa.RecordBatch
) -> pa.RecordBatch:
    """Narrow a piece."""
    keep = np.ones(piece.num_rows, np.bool_)
    for test in tests:
        at = piece[test.needs].to_numpy()
        if test.mark.of != "row":
            at = np.abs(at)
        if test.mark.of == "building_no":
            at = electorate.building_of.take(at)
        flags = test.mark.flags.take(at)
        keep &= flags if test.wanted else ~flags
    rows = np.flatnonzero(keep)  # quicker than to filter by flags
    return pa.record_batch(
        [pa.array(column.to_numpy().take(rows)) for column in piece.columns],
        schema=piece.schema,
    )
