"""Who voted when, in numbers: from chunks to a snapshot's parts.

In:  votes in people's own rows, and ballots in chunks, in sixteen batches by the hash
     of the voter id; where each person of a part is now.
Out: votes of each part, each person and election once; how many ballots each election
     had; the ballots of strangers.

A ballot finds its person by 64 bits of a hash of the voter id, which two of a state's
millions share with a chance of one in a million; what shares them by being the same id
was sorted out before (see `repeats`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables import VOTES
from groundgame.values import draft_of, load_array
from groundgame.voterfile import history, kernel
from groundgame.voterfile.cells import Column
from groundgame.voterfile.chunks import Placed, read_batches, together
from groundgame.voterfile.parts import write_batches
from groundgame.voterfile.whole import ROWS, Made, Making

_SHIFT = np.uint64(60)
_NONE = len(history.METHODS)  # sorts after all methods
_PARTY = 13  # bits of a vote's key for the party, 2 for the method, 1 for where from
_LOW = _PARTY + 3

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A chunk, and the number of each of its range's elections among all."""

    placed: Placed
    elections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """One sixteenth of the people, and the ballots that are theirs."""

    sixteenth: int
    ballots: tuple[Numbered, ...]
    hashes: tuple[Path, ...]
    work: Path

    @property
    def path(self) -> Path:
        """Return where the ballots go: an Arrow file with a batch a part."""
        return self.work / f"cast-{self.sixteenth:02}.arrow"

    @property
    def strangers(self) -> Path:
        """Return where the places of ballots go whose voter is not in the file."""
        return self.work / f"strangers-{self.sixteenth:02}.npy"


@dataclass(frozen=True, slots=True)
class Voting:
    """One part, and where its votes are."""

    making: Making
    made: Made
    elections: tuple[tuple[int, ...], ...]
    cast: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Voted:
    """What the votes of a part came to: votes by election, and ballots that stand."""

    votes: tuple[tuple[int, int], ...]
    known: int
    ballots: int


def join_ballots(joining: Joining) -> None:
    """Find the person of each ballot of one sixteenth."""
    keys, part, row = _people(joining)
    slots = np.zeros(1 << max(4, (2 * len(keys)).bit_length()), np.uint32)
    read = [_ballots(one, joining.sixteenth) for one in joining.ballots]
    parties = together([table["party"] for table, _, _ in read])
    wanted = np.concatenate([table["hash"].to_numpy() for table, _, _ in read])
    at = np.empty(len(wanted), np.int64)
    kernel.find(keys, slots, wanted, at)
    places = np.concatenate([place for _, place, _ in read])
    with draft_of(joining.strangers) as draft:
        np.save(draft, places[at < 0])
    kept = np.flatnonzero(at >= 0)
    kept = kept[np.argsort(part[at[kept]], kind="stable")]
    found = at[kept]
    cast = {
        "row": pa.array(row[found]),
        "election": pa.array(np.concatenate([numbers for _, _, numbers in read])[kept]),
        "method": pa.array(
            np.concatenate([table["method"].to_numpy() for table, _, _ in read])[kept]
        ),
        "party": parties.take(kept).arrow(),
    }
    counts = np.bincount(part[found], minlength=len(joining.hashes))
    write_batches(joining.path, cast, counts.tolist())


def _people(joining: Joining) -> tuple[Keys, Any, Any]:
    """Return the hashes of one sixteenth of the people, their parts and their rows."""
    keys, parts, rows = [], [], []
    for number, path in enumerate(joining.hashes):
        hashes = load_array(path, "r")
        mine = np.flatnonzero((hashes >> _SHIFT) == joining.sixteenth)
        keys.append(hashes[mine])
        parts.append(np.full(len(mine), number, np.uint32))
        rows.append(mine.astype(np.uint32))
    return np.concatenate(keys), np.concatenate(parts), np.concatenate(rows)


def _ballots(
    one: Numbered, sixteenth: int
) -> tuple[pa.Table, npt.NDArray[np.int64], npt.NDArray[np.uint16]]:
    """Return the ballots of one chunk, their places, and their elections."""
    table = read_batches(one.placed.chunk.path, [sixteenth])
    numbers = np.array([*one.elections, 0], np.uint16)
    return (
        table,
        table["line"].to_numpy() + one.placed.first,
        numbers[table["election"].to_numpy()],
    )


def make_votes(voting: Voting) -> Voted:
    """Write the votes of one part."""
    tables, rows, elections = _from_rows(voting)
    own = sum(len(one) for one in rows)
    for path in voting.cast:
        table = read_batches(path, [voting.made.number])
        tables.append(table)
        rows.append(table["row"].to_numpy().astype(np.int64))
        elections.append(table["election"].to_numpy())
    if not tables:
        _write(voting.making, np.zeros(0, np.uint64), [])
        return Voted((), 0, 0)
    party = together([table["party"] for table in tables])
    words, ranks = _ranked(party)
    method = np.concatenate([table["method"].to_numpy() for table in tables])
    key = _keys(
        np.concatenate(rows),
        np.concatenate(elections),
        np.where(method < 0, _NONE, method),
        ranks,
        own,
    )
    key = key[np.concatenate(rows) >= 0]
    ballots = int(np.count_nonzero(_bits(key, _LOW - 1, 1)))
    key.sort()
    votes = key >> np.uint64(_LOW)
    first = np.ones(len(key), bool)
    first[1:] = votes[1:] != votes[:-1]
    once = key[first]
    _write(voting.making, once, words)
    counted = np.bincount(_bits(once, _LOW, 16).astype(np.int64))
    cast = tuple((int(n), int(counted[n])) for n in np.flatnonzero(counted))
    return Voted(cast, ballots, int(np.count_nonzero(_bits(once, _LOW - 1, 1))))


def _from_rows(voting: Voting) -> tuple[list[pa.Table], list[Any], list[Any]]:
    """Return the votes in people's own rows, the row of each now, and its election."""
    now = load_array(voting.made.rows)
    tables, rows, elections = [], [], []
    start = 0
    for some, numbers in zip(voting.making.some, voting.elections, strict=True):
        sizes = [size for _, size in some.placed.chunk.groups]
        begins = np.concatenate([[0], np.cumsum(sizes)])
        for batch in some.batches:
            if some.placed.chunk.votes is not None:
                table = read_batches(some.placed.chunk.votes, [batch])
                at = table["row"].to_numpy().astype(np.int64) - begins[batch]
                tables.append(table)
                rows.append(now[start + at])
                known = np.array([*numbers, 0], np.uint16)
                elections.append(known[table["election"].to_numpy()])
            start += sizes[batch]
    return tables, rows, elections


def _ranked(party: Column) -> tuple[list[str], npt.NDArray[np.uint64]]:
    """Return the parties in order, and which each vote has; none comes last."""
    order = party.values.arg_sort(nulls_last=True).to_numpy()
    rank = np.empty(len(order), np.uint64)
    rank[order] = np.arange(len(order))
    words = party.values.gather(order).drop_nulls().to_list()
    rank = np.minimum(rank, len(words)).astype(np.uint64)
    if len(words) >= 1 << _PARTY:  # no parties, but something else in that column
        words, rank = [], np.zeros_like(rank)
    return words, rank[party.codes]


def _keys(rows: Any, elections: Any, methods: Any, parties: Any, own: int) -> Keys:
    """Return votes as numbers that sort by person, election, origin, method, party."""
    key = rows.astype(np.uint64) << np.uint64(_LOW + 16)
    key |= elections.astype(np.uint64) << np.uint64(_LOW)
    key[own:] |= np.uint64(1 << (_LOW - 1))
    key |= methods.astype(np.uint64) << np.uint64(_PARTY)
    found: Keys = key | parties
    return found


def _bits(key: Keys, at: int, many: int) -> Keys:
    """Return some bits of each key."""
    return (key >> np.uint64(at)) & np.uint64((1 << many) - 1)


def _write(making: Making, key: Keys, parties: Sequence[str]) -> None:
    """Write the votes of a part."""
    methods = _bits(key, _PARTY, 2).astype(np.int8)
    party = _bits(key, 0, _PARTY).astype(np.int16)
    table = pa.table(
        [
            pa.array(_bits(key, _LOW + 16, 32).astype(np.uint32)),
            pa.array(_bits(key, _LOW, 16).astype(np.uint16)),
            pa.DictionaryArray.from_arrays(
                pa.array(methods, pa.int8(), mask=methods == _NONE),
                pa.array(history.METHODS, pa.string()),
            ),
            pa.DictionaryArray.from_arrays(
                pa.array(party, pa.int16(), mask=party >= len(parties)),
                pa.array(list(parties), pa.string()),
            ),
        ],
        schema=VOTES.arrow,
    )
    with draft_of(making.path("votes"), beside=making.work) as draft:
        pq.write_table(
            table,
            draft,
            compression="zstd",
            compression_level=1,
            row_group_size=8 * ROWS,
        )


def renumber(paths: Sequence[Path], numbers: Sequence[int]) -> None:
    """Give elections other numbers, in parts that are written already."""
    # A number below 0: an election of which no vote stands.
    known = np.array([max(number, 0) for number in numbers], np.uint16)
    for path in paths:
        table = pq.ParquetFile(path).read()
        again = pa.array(known[table["election"].to_numpy()])
        at = table.schema.get_field_index("election")
        whole = VOTES.arrow.empty_table().schema
        moved = table.set_column(at, "election", again).cast(whole)
        pq.write_table(moved, path, compression="zstd", compression_level=1)
