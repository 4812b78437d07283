"""The first half of an import: ranges of files to chunks on disk, with accounts.

In:  a range of a voter file or of a history file, and how it is read.
Out: chunks. A chunk of people is an Arrow file with one batch a county; beside it are
     the votes in its rows. A chunk of ballots has one batch for each sixteenth of the
     people, by the hash of the voter id. What was refused lies beside both.

A range is a piece of work: a function here reads one, from files to files, and returns
only names and counts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.values import draft_of
from groundgame.voterfile import codes, history, people
from groundgame.voterfile.cells import (
    Cells,
    Column,
    hashes,
    number_pairs,
    number_texts,
)
from groundgame.voterfile.form import Layout
from groundgame.voterfile.header import Plan
from groundgame.voterfile.records import Block, blocks_of_rows
from groundgame.voterfile.source import Range

Progress = Callable[[int, int], None]
"""Called with the bytes that were just read, and the rows in them."""

SIXTEENTHS = 16
_SHIFT = np.uint64(60)


@dataclass(frozen=True, slots=True)
class Reading:
    """One range of one file, and how it is read."""

    range: Range
    file: int
    number: int
    plan: Plan
    layout: Layout
    year: int
    folder: Path

    def path(self, table: str, block: int) -> Path:
        """Return where one block's rows of a table go."""
        return self.folder / f"{table}-{self.file:03}-{self.number:06}-{block:03}.arrow"

    def blocks(self) -> Iterator[Block]:
        """Yield the rows of the range."""
        yield from blocks_of_rows(
            self.range.blocks(),
            self.plan.shape,
            skip=0 if self.number else self.plan.skip,
            name=self.range.path.name,
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows on disk, in batches: of which county, and how many each has."""

    path: Path
    votes: Path | None
    groups: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a range.

    `guarded` has the hashes of ids that a refused row says are protected;
    `id_column` is what the file calls the voter id.
    """

    file: int
    id_column: str
    chunks: tuple[Chunk, ...]
    refused: Path
    elections: Path
    rows: int
    accepted: int
    lines: int
    size: int
    unread: int
    unknown: tuple[codes.Unknown, ...]
    guarded: tuple[int, ...]


def read_people(reading: Reading) -> Read:
    """Read a range of a voter file."""
    account = _Account(reading)
    for n, block in enumerate(reading.blocks()):
        found = people.read(
            block.cells, reading.plan.fields, reading.layout, reading.year
        )
        order, groups = _by_county(found.people["county"])
        columns = {
            "line": pa.array(found.line[order]),
            "hash": pa.array(hashes(found.people["person_id"].rows)[order]),
            **{name: one.take(order).arrow() for name, one in found.people.items()},
        }
        path = write_batches(
            reading.path("people", n), columns, [rows for _, rows in groups]
        )
        account.unknown.append(found.unknown)
        account.guarded += hashes(found.guarded).tolist()
        votes = _votes(found.history, reading, order, account)
        beside = None
        if votes.height:
            rows, ends = votes["row"].to_numpy(), np.cumsum([n for _, n in groups])
            sizes = np.diff(np.searchsorted(rows, ends), prepend=0).tolist()
            cast = {name: votes[name].to_arrow() for name in votes.columns}
            beside = write_batches(reading.path("votes", n), cast, sizes)
        account.take(block, Chunk(path, beside, groups), found.refused)
    return account.read()


def read_ballots(reading: Reading) -> Read:
    """Read a range of a history file."""
    account = _Account(reading)
    for n, block in enumerate(reading.blocks()):
        cast, refused = _ballots(block.cells, reading, account)
        sixteenth = (cast["hash"].rows.to_numpy() >> _SHIFT).astype(np.uint8)
        order = np.argsort(sixteenth, kind="stable")
        counts = np.bincount(sixteenth, minlength=SIXTEENTHS).tolist()
        columns = {name: one.take(order).arrow() for name, one in cast.items()}
        path = write_batches(reading.path("ballots", n), columns, counts)
        groups = tuple((None, rows) for rows in counts)
        account.take(block, Chunk(path, None, groups), refused)
    return account.read()


_STRANGE = {"kind": "election", "method": "voting method", "party": "voted party"}
_ELECTION = {
    "election": pl.String,
    "date": pl.Date,
    "year": pl.Int16,
    "kind": pl.String,
}


class _Account:
    """What has been read of a range."""

    def __init__(self, reading: Reading) -> None:
        """Begin with nothing."""
        self._reading = reading
        self._chunks: list[Chunk] = []
        self._refused: list[pl.DataFrame] = []
        self._elections: dict[tuple[object, ...], int] = {}
        self.rows = self.accepted = self.lines = self.size = self.unread = 0
        self.unknown: list[codes.Unknown] = []
        self.guarded: list[int] = []

    def take(self, block: Block, chunk: Chunk, refused: pl.DataFrame) -> None:
        """Count a block, and keep what was refused of it."""
        self._refused += [block.refused, refused]
        self._chunks.append(chunk)
        self.rows += block.rows
        self.accepted += sum(rows for _, rows in chunk.groups)
        self.lines += block.lines
        self.size += block.size

    def numbered(self, meant: pl.DataFrame) -> pl.DataFrame:
        """Return what votes mean with numbers.

        The election's is its own in this range; the method's is ours, and -1 is none.
        """
        named = ["election", "date", "year", "kind"]
        read = meant.filter(pl.col("year").is_not_null())
        for one in read.select(named).unique().sort(named).iter_rows():
            self._elections.setdefault(one, len(self._elections))
        known = {str(one[0]): n for one, n in self._elections.items()}
        methods = {word: n for n, word in enumerate(history.METHODS)}
        return meant.with_columns(
            election=pl.col("election").replace_strict(
                known, default=None, return_dtype=pl.UInt16
            ),
            method=pl.col("method").replace_strict(
                methods, default=-1, return_dtype=pl.Int8
            ),
        )

    def strange(self, meant: pl.DataFrame, votes: npt.NDArray[np.int64]) -> None:
        """Count the codes in votes that the layout does not know.

        Args:
            meant: What votes mean.
            votes: How many there are of each.
        """
        counted = meant.with_columns(votes=pl.Series(votes)).filter(pl.col("votes") > 0)
        found = {
            _STRANGE[part]: dict(
                counted.drop_nulls(f"strange_{part}")
                .group_by(f"strange_{part}")
                .agg(pl.col("votes").sum())
                .iter_rows()
            )
            for part in history.STRANGE
        }
        self.unknown.append({field: some for field, some in found.items() if some})

    def read(self) -> Read:
        """Return the account."""
        reading = self._reading
        refused = reading.path("refused", 0)
        with draft_of(refused) as draft:
            pl.concat(self._refused).sort("line").write_ipc(draft)
        elections = reading.path("elections", 0)
        named = pl.DataFrame(
            list(self._elections), schema=_ELECTION, orient="row"
        ).with_columns(
            number=pl.Series(list(self._elections.values()), dtype=pl.UInt16)
        )
        with draft_of(elections) as draft:
            named.write_ipc(draft)
        return Read(
            file=reading.file,
            id_column=reading.plan.fields.names.get("person_id", "person_id"),
            chunks=tuple(self._chunks),
            refused=refused,
            elections=elections,
            rows=self.rows,
            accepted=self.accepted,
            lines=self.lines,
            size=self.size,
            unread=self.unread,
            unknown=tuple(self.unknown),
            guarded=tuple(self.guarded),
        )


def write_batches(
    path: Path, columns: Mapping[str, "pa.Array[Any]"], sizes: Iterable[int]
) -> Path:
    """Write columns as an Arrow file, in batches of these sizes.

    All batches are slices of one: so all have the same dictionaries, as a file must.
    """
    whole = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    with (
        draft_of(path) as draft,
        pa.OSFile(str(draft), "wb") as out,
        pa.ipc.new_file(out, whole.schema) as to,
    ):
        at = 0
        for size in sizes:
            to.write_batch(whole.slice(at, size))
            at += size
    return path


def _by_county(
    county: Column,
) -> tuple[npt.NDArray[np.int64], tuple[tuple[str | None, int], ...]]:
    """Return rows in the order of counties, and how many rows each county has."""
    rows = county.rows
    if rows.is_empty():
        return np.zeros(0, np.int64), ()
    names = rows.unique().sort(nulls_last=True)
    places = pl.DataFrame({"county": names}).with_row_index("place")
    at = rows.to_frame("county").join(
        places, on="county", how="left", nulls_equal=True, maintain_order="left"
    )["place"]
    counts = np.bincount(at.to_numpy(), minlength=names.len()).tolist()
    order = np.argsort(at.to_numpy(), kind="stable")
    return order, tuple(zip(names.to_list(), counts, strict=True))


_VOTE = {"row": pl.UInt32, "election": pl.UInt16, "method": pl.Int8, "party": pl.String}


def _votes(
    cells: Mapping[str, Column],
    reading: Reading,
    order: npt.NDArray[np.int64],
    account: "_Account",
) -> pl.DataFrame:
    """Return the votes in the history cells of people.

    A vote's `row` is its person's, in the order of counties.
    """
    how = reading.layout.history
    found = [pl.DataFrame(schema=_VOTE)]
    for name, column in cells.items():
        if how is None:
            break
        one = column.take(order)
        which = np.arange(len(order)) if one.codes is None else one.codes
        texts = pl.DataFrame(
            {"which": np.arange(one.values.len(), dtype=np.uint32), name: one.values}
        )
        items = history.items(texts, how, reading.plan.fields.labels)
        meant = items.join(
            account.numbered(history.meanings(items["item"], reading.layout)),
            on="item",
            how="left",
        ).filter(pl.col("cast"))
        rows = pl.DataFrame({"row": np.arange(len(order), dtype=np.uint32)})
        voted = rows.with_columns(which=which.astype(np.uint32)).join(meant, on="which")
        account.unread += voted["year"].null_count()
        cells_with = np.bincount(which, minlength=one.values.len())
        account.strange(meant, cells_with[meant["which"].to_numpy()])
        found.append(voted.filter(pl.col("year").is_not_null()).select(list(_VOTE)))
    once = pl.concat(found).unique(
        ["row", "election"], keep="first", maintain_order=True
    )
    return once.sort("row", maintain_order=True)


def _ballots(
    cells: Cells, reading: Reading, account: "_Account"
) -> tuple[dict[str, Column], pl.DataFrame]:
    """Return the votes of a history file's rows, and the rows that are refused."""
    fields, file = reading.plan.fields, reading.layout.history_file
    said = [
        cells.column(fields.positions.get(name, ()), fields.text(name))
        for name in _SAID
    ]
    different, which = _different(said)
    read = history.row_meanings(different, file.formats if file else (), reading.layout)
    meant = account.numbered(read)
    ids = cells.column(fields.positions["person_id"], fields.text("person_id")).rows
    no_day = meant["year"].is_null().to_numpy()[which]
    not_cast = ~meant["cast"].to_numpy()[which]
    why = np.select([ids.is_null().to_numpy(), no_day, not_cast], [1, 2, 3], 0)
    at, kept = np.flatnonzero(why), np.flatnonzero(why == 0)
    account.strange(meant, np.bincount(which[kept], minlength=meant.height))
    refused = pl.DataFrame(
        {
            "line": cells.line[at],
            "column": [fields.names.get(_WHY[n][0]) for n in why[at].tolist()],
            "reason": [_WHY[n][1] for n in why[at].tolist()],
        },
        schema={"line": pl.Int64, "column": pl.String, "reason": pl.String},
    )
    cast = {
        "hash": Column(pl.Series(hashes(ids.gather(kept)))),
        "line": Column(pl.Series(cells.line[kept])),
    }
    for name in ("election", "method", "party"):
        cast[name] = Column(meant[name], which[kept])
    return cast, refused


_SAID = ("date", "kind", "method", "party")
_WHY = {
    1: ("person_id", history.NO_ID),
    2: ("date", history.NO_DATE),
    3: ("method", history.NO_BALLOT),
}


def _different(
    columns: list[Column],
) -> tuple[pl.DataFrame, npt.NDArray[np.uint32]]:
    """Return the different rows of some columns, and which each row has."""
    numbered = [
        one if one.codes is not None else number_texts(one.rows) for one in columns
    ]
    values, which = [numbered[0].values], numbered[0].numbers
    for one in numbered[1:]:
        pairs, firsts = number_pairs(which, one.numbers)
        values = [value.gather(which[firsts]) for value in values]
        values.append(one.values.gather(one.numbers[firsts]))
        which = pairs
    return pl.DataFrame(dict(zip(_SAID, values, strict=True))), which
