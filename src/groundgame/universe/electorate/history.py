"""Vote history as bits: which elections, by which method, in whose primary.

Bit n of the columns `v0`, `v1`, ... is election number n, the latest being 0. The
columns `m0_0`, `m0_1`, ... have the same bits where somebody voted by the first of the
methods, and `q0_0`, ... where it was in the first of the parties' primaries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame.universe.elections import Elections

BITS = 62
"""Elections in one column of bits; the sign is left alone."""
_BATCH = 4_000_000

Bits = dict[str, npt.NDArray[np.int64]]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class History:
    """What the columns of bits stand for."""

    elections: Elections
    methods: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many columns of bits the elections take."""
        return -(-len(self.elections.all) // BITS)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns of bits."""
        kinds = [("v", 1, "")]
        kinds += [("m", len(self.methods), "_"), ("q", len(self.parties), "_")]
        return tuple(
            f"{kind}{number}{joined}{word}" if joined else f"{kind}{word}"
            for kind, count, joined in kinds
            for number in range(count)
            for word in range(self.words)
        )


def history(elections: pa.Table, votes: Sequence[Path]) -> History:
    """Return what the columns of bits of a snapshot are to stand for."""
    said = (elections[name].to_pylist() for name in ("name", "date", "year", "kind"))
    return History(
        Elections.of(list(zip(*said, strict=True))),
        *(_words(votes, column) for column in ("method", "party")),
    )


def _words(votes: Sequence[Path], column: str) -> tuple[str, ...]:
    """Return the words of a column of votes, in the alphabet's order."""
    found: set[str] = set()
    for path in votes:
        with pq.ParquetFile(path, read_dictionary=[column]) as file:
            cells: Any = file.read(columns=[column])[column]
        for chunk in cells.unify_dictionaries().chunks[:1]:
            found |= set(pc.utf8_lower(chunk.dictionary.cast(pa.string())).to_pylist())
    return tuple(sorted(found))


def bits(votes: Path, people: int, known: History, elections: pa.Table) -> Bits:
    """Return the columns of bits of one part, a row for each of its people."""
    made: Bits = {name: np.zeros(people, np.int64) for name in known.columns}
    word_of, bit_of = np.divmod(_numbers(elections, known.elections), BITS)
    mark_of = np.int64(1) << bit_of
    with pq.ParquetFile(votes, read_dictionary=["method", "party"]) as file:
        for batch in file.iter_batches(_BATCH):
            person = batch["person"].to_numpy()
            election = batch["election"].to_numpy()
            for kind, rows in _kinds(batch, known):
                for n in range(known.words):
                    here = rows
                    if known.words > 1:
                        here = rows[word_of[election[rows]] == n]
                    _mark(made[f"{kind}{n}"], person[here], mark_of[election[here]])
    return made


def _numbers(elections: pa.Table, known: Elections) -> npt.NDArray[np.int64]:
    """Return the number of each election, as the file counts them."""
    number_of = {name: one.number for one in known.all for name in one.names}
    names = map(str, elections["name"])
    return np.array([number_of[name] for name in names], np.int64)


def _kinds(batch: pa.RecordBatch, known: History) -> Iterator[tuple[str, Rows]]:
    """Give each kind of columns, and the rows of a batch that it marks."""
    yield "v", np.arange(batch.num_rows)
    columns = (("m", "method", known.methods), ("q", "party", known.parties))
    for letter, kind, words in columns:
        cells: Any = batch[kind]
        if not words or cells.null_count == len(cells):
            continue
        written = pc.utf8_lower(cells.dictionary.cast(pa.string())).to_pylist()
        place = np.array([words.index(word) for word in written] + [-1], np.int16)
        codes = place[cells.indices.fill_null(len(written)).to_numpy()]
        rows = np.flatnonzero(codes >= 0)
        codes = codes[rows]
        for number in range(len(words)):
            yield f"{letter}{number}_", rows[codes == number]


def _mark(
    column: npt.NDArray[np.int64],
    person: npt.NDArray[np.uint32],
    marks: npt.NDArray[np.int64],
) -> None:
    """Set bits of people, who stand in their order."""
    if not len(person):
        return
    first = np.flatnonzero(np.diff(person, prepend=person[0] + np.uint32(1)))
    column[person[first]] |= np.bitwise_or.reduceat(marks, first)
