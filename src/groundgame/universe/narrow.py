"""Narrow what a question found by marks: flags of rows, of doors or of buildings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa

from groundgame.universe.asking import Flags, Mark
from groundgame.universe.electorate import Electorate
from groundgame.values.workers import Here

_PIECE = 1 << 18  # rows at a time
_FEW = 50  # of so many people one: sooner looked up than read past


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
    match mark.of:
        case "row":
            return mark.flags
        case "door_no":
            return electorate.at_doors(mark.flags)
    return electorate.at_doors(mark.flags[electorate.building_of])


def few_rows(tests: Sequence[Test], electorate: Electorate) -> pa.Table | None:
    """Return row, door_mark and status of those few whom a mark is on.

    None where no mark that is to be set is on few rows.
    """
    for test in tests:
        few = test.wanted and test.mark.of == "row"
        if few and np.count_nonzero(test.mark.flags) * _FEW <= electorate.people:
            rows = np.flatnonzero(test.mark.flags)
            return pa.table(
                {
                    "row": rows,
                    "door_mark": electorate.door_marks(rows),
                    "status": electorate.status[rows],
                }
            )
    return None


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
