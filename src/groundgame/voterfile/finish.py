"""The second half of an import, as a whole: from what was read to a snapshot's tables.

In:  what came of each range (see `parts`), in the order of files and lines.
Out: people, doors, votes and places in parts; elections, districts and refused rows.

What concerns the whole file is settled here: who stands in two rows, which counties are
a part, how elections are numbered, and in which part a door is that lies in two. The
rest is done part by part (see `whole`, `votes`) by whoever the workers are. The result
does not depend on how the files were cut, nor on how many workers there are.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables import DISTRICTS, ELECTIONS, TableSchema
from groundgame.values import Workers, load_array
from groundgame.voterfile import districts, history
from groundgame.voterfile.chunks import Placed, Some, file_and_line
from groundgame.voterfile.form import Layout
from groundgame.voterfile.large import cut
from groundgame.voterfile.parts import SIXTEENTHS, Read
from groundgame.voterfile.places import POINT, Piece, gather, place_part
from groundgame.voterfile.repeats import repeats
from groundgame.voterfile.votes import (
    Joining,
    Numbered,
    Voted,
    Voting,
    join_ballots,
    make_votes,
    renumber,
)
from groundgame.voterfile.whole import Made, Making, make_part

A = TypeVar("A")
B = TypeVar("B")
Finishing = Callable[[int, int], None]
"""Called with how many pieces of finishing are done, and how many there are."""

PEOPLE_IN_PART = 500_000
PART = "0000.parquet"
REPEATED = "another row with the same voter id stands"
STRANGER = "nobody in the voter file has this voter id"


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of what was read."""

    merged: int
    people: int
    doors: int
    buildings: int
    doors_without_place: int
    people_without_door: int
    protected: int
    votes: int
    elections: int
    ballots: int


@dataclass(frozen=True, slots=True)
class Whole:
    """What was read, and where a snapshot of it is to be made."""

    people: tuple[Read, ...]
    ballots: tuple[Read, ...]
    layout: Layout
    addresses: Path | None
    folder: Path
    work: Path


def finish(
    whole: Whole, workers: Workers, tell: Finishing | None = None
) -> tuple[Counts, pl.DataFrame]:
    """Write the tables of a snapshot.

    Args:
        whole: What was read.
        workers: Who does the parts.
        tell: Told after each piece.

    Returns:
        The counts, and the rows that are refused because their person stands elsewhere,
        or is not there: `file` (its number), `line`, `reason`.
    """
    for name in ("people", "doors", "votes", "places", "elections", "districts"):
        (whole.folder / name).mkdir()
    chunks = _placed(whole.people)
    twice = repeats([one for _, one in chunks])
    gone = whole.work / "repeats.npy"
    np.save(gone, twice["place"].to_numpy())
    guarded = whole.work / "guarded.npy"
    np.save(guarded, _guarded(whole.people))
    makings = _makings(whole, chunks, (gone, guarded))
    if tell is not None:
        pieces = 3 * len(makings) + (SIXTEENTHS if whole.ballots else 0)
        workers = _Counted(workers, tell, pieces)
    made = list(workers.map(make_part, makings))
    doors, buildings = _doors_once(makings, made)
    voted, strangers, elections = _votes(whole, makings, made, workers)
    without = _places(whole, makings, workers)
    _districts(whole, made)
    known, ballots = (sum(one.known for one in voted), sum(o.ballots for o in voted))
    counts = Counts(
        merged=int(twice["same"].sum()) + known - ballots,
        people=sum(one.people for one in made),
        doors=doors,
        buildings=buildings,
        doors_without_place=without,
        people_without_door=sum(one.without_door for one in made),
        protected=sum(one.protected for one in made),
        votes=sum(many for one in voted for _, many in one.votes),
        elections=elections,
        ballots=ballots,
    )
    return counts, _refused(twice, strangers)


class _Counted:
    """Workers, and somebody who is told of each piece that they did."""

    def __init__(self, workers: Workers, tell: Finishing, pieces: int) -> None:
        """Begin at none of so many pieces."""
        self._workers, self._tell = workers, tell
        self._done, self._pieces = 0, pieces
        tell(0, pieces)

    @property
    def count(self) -> int:
        """How many pieces are done at the same time."""
        return self._workers.count

    def map(self, work: Callable[[A], B], pieces: Sequence[A]) -> Iterator[B]:
        """Do each piece, and yield what comes of them, in the order of the pieces."""
        for one in self._workers.map(work, pieces):
            self._done += 1
            self._tell(self._done, self._pieces)
            yield one


def _guarded(reads: Sequence[Read]) -> npt.NDArray[np.uint64]:
    """Return the hashes of ids that are protected by a row that could not be taken.

    Who is protected by any row of theirs is protected, also where another stands.
    """
    return np.unique(np.array([one for r in reads for one in r.guarded], np.uint64))


def _placed(reads: Sequence[Read]) -> list[tuple[Read, Placed]]:
    """Return the chunks of all ranges, with how many lines come before each."""
    before: dict[int, int] = {}
    found = []
    for read in reads:
        start = before.get(read.file, 0)
        found += [(read, Placed(chunk, read.file, start)) for chunk in read.chunks]
        before[read.file] = start + read.lines
    return found


def _makings(
    whole: Whole, chunks: Sequence[tuple[Read, Placed]], about: tuple[Path, Path]
) -> list[Making]:
    """Cut the people into parts of whole counties, in the order of their names.

    A county that is too large for one part is cut into several (see `large`).
    """
    placed = [one for _, one in chunks]
    makings: list[Making] = []
    for counties, rows in _groups(placed):
        some = _some(placed, counties)
        making = Making(
            number=len(makings),
            some=some,
            repeats=about[0],
            guarded=about[1],
            layout=whole.layout.id,
            state=whole.layout.state,
            folder=whole.folder,
            work=whole.work,
        )
        if rows <= PEOPLE_IN_PART:
            makings.append(making)
            continue
        into = cut(some, PEOPLE_IN_PART)
        path = whole.work / f"{making.number:04}.cut.arrow"
        into.write_ipc(path)
        makings += [
            replace(making, number=making.number + part, cut=path, part=part)
            for part in into["part"].unique().sort().to_list()
        ]
    return makings


def _groups(chunks: Sequence[Placed]) -> list[tuple[set[str | None], int]]:
    """Return the counties of each part, in the order of their names, and its rows."""
    people = Counter[str | None]()
    for placed in chunks:
        for county, rows in placed.chunk.groups:
            people[county] += rows
    groups: list[tuple[set[str | None], int]] = []
    for county in sorted(people, key=lambda name: (name is None, name or "")):
        counties, size = groups[-1] if groups else (set(), PEOPLE_IN_PART)
        if size + people[county] > PEOPLE_IN_PART:
            groups.append(({county}, people[county]))
        else:
            groups[-1] = (counties | {county}, size + people[county])
    return groups


def _some(chunks: Sequence[Placed], counties: set[str | None]) -> tuple[Some, ...]:
    """Return the batches that hold these counties."""
    found = []
    for placed in chunks:
        groups = enumerate(placed.chunk.groups)
        batches = tuple(n for n, (county, _) in groups if county in counties)
        if batches:
            found.append(Some(placed, batches))
    return tuple(found)


def _doors_once(makings: Sequence[Making], made: Sequence[Made]) -> tuple[int, int]:
    """Leave each door in the first part that has it; count doors and buildings."""
    ids, buildings = [], []
    for one in made:
        with np.load(one.ids) as saved:
            ids.append(saved["door_id"])
            buildings.append(saved["building_id"])
    doors, twice = _different(ids)
    before = np.zeros(0, np.uint64)
    for making, own in zip(makings, ids, strict=True):
        shared = own[np.isin(own, twice)] if len(twice) else twice
        away = shared[np.isin(shared, before)]
        if len(away):
            _leave_out(making.path("doors"), away, own)
        before = np.concatenate([before, shared])
    return doors, _different(buildings)[0]


def _different(
    many: Sequence[npt.NDArray[np.uint64]],
) -> tuple[int, npt.NDArray[np.uint64]]:
    """Return how many different numbers there are, and those that come again."""
    every = np.sort(np.concatenate(many))
    again = every[1:][every[1:] == every[:-1]]
    return len(every) - len(again), again


def _leave_out(
    path: Path, away: npt.NDArray[np.uint64], ids: npt.NDArray[np.uint64]
) -> None:
    """Take doors out of a part that are in one before it."""
    table = pq.ParquetFile(path).read()
    kept = table.filter(pa.array(~np.isin(ids, away)))
    pq.write_table(kept, path, compression="zstd", compression_level=1)


def _votes(
    whole: Whole, makings: Sequence[Making], made: Sequence[Made], workers: Workers
) -> tuple[list[Voted], npt.NDArray[np.int64], int]:
    """Write the votes and the elections; return counts and the ballots of strangers."""
    reads = (*whole.people, *whole.ballots)
    named = pl.concat([pl.read_ipc(read.elections.read_bytes()) for read in reads])
    same = history.as_one(named["election"].unique().to_list())
    called = named.with_columns(pl.col("election").replace(same))
    names = called.unique("election").sort("election").drop("number")
    number = {name: n for n, name in enumerate(names["election"])}
    numbers = {name: number[one] for name, one in same.items()}

    def known(read: Read) -> tuple[int, ...]:
        own = pl.read_ipc(read.elections.read_bytes()).sort("number")
        return tuple(numbers[name] for name in own["election"])

    cast = tuple(
        Numbered(placed, known(read)) for read, placed in _placed(whole.ballots)
    )
    hashes = tuple(one.rows.with_name(f"{one.number:04}.hash.npy") for one in made)
    joinings = [
        Joining(n, cast, hashes, whole.work) for n in range(SIXTEENTHS if cast else 0)
    ]
    list(workers.map(join_ballots, joinings))
    of_chunk = {
        placed.chunk.path: known(read) for read, placed in _placed(whole.people)
    }
    votings = [
        Voting(
            making,
            one,
            tuple(of_chunk[some.placed.chunk.path] for some in making.some),
            tuple(joining.path for joining in joinings),
        )
        for making, one in zip(makings, made, strict=True)
    ]
    voted = list(workers.map(make_votes, votings))
    strangers = [load_array(joining.strangers) for joining in joinings]
    elections = _elections(names, voted, makings, whole.folder)
    return voted, np.concatenate([np.zeros(0, np.int64), *strangers]), elections


def _elections(
    names: pl.DataFrame,
    voted: Sequence[Voted],
    makings: Sequence[Making],
    folder: Path,
) -> int:
    """Write the elections in which somebody voted, and return how many there are."""
    ballots = np.zeros(names.height, np.int64)
    for one in voted:
        for number, many in one.votes:
            ballots[number] += many
    there = ballots > 0
    if not there.all():
        again = np.cumsum(there) - 1
        renumber([making.path("votes") for making in makings], again.tolist())
    rows = names.rename({"election": "name"}).with_columns(ballots=ballots)
    rows = rows.filter(pl.Series(there)).with_row_index("election")
    table = rows.with_columns(pl.col("election").cast(pl.UInt16)).to_arrow()
    _write_one(ELECTIONS, table, folder)
    return rows.height


def _places(whole: Whole, makings: Sequence[Making], workers: Workers) -> int:
    """Write the places of doors; return how many have none."""
    known = None
    if whole.addresses is not None:
        known = gather([whole.addresses], whole.work / "known").folder
    pieces = [
        Piece(making.path("doors"), making.path("places"), known, coarsest=POINT)
        for making in makings
    ]
    placed = workers.map(place_part, pieces)
    return sum(counts["none"].doors for counts in placed)


def _districts(whole: Whole, made: Sequence[Made]) -> None:
    """Write the districts in which somebody lives."""
    parts = [pl.read_ipc(one.districts.read_bytes()) for one in made]
    _write_one(DISTRICTS, districts.together(parts, whole.layout), whole.folder)


def _write_one(schema: TableSchema, table: pa.Table, folder: Path) -> None:
    """Write a table that has one part only."""
    pq.write_table(schema.conform(table), folder / schema.name / PART)


def _refused(twice: pl.DataFrame, strangers: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Return rows that no table took: repeats that differ, ballots of strangers."""
    repeated = twice.filter(~pl.col("same")).select("place", reason=pl.lit(REPEATED))
    strange = pl.DataFrame({"place": strangers}).with_columns(reason=pl.lit(STRANGER))
    file, line = file_and_line(pl.col("place"))
    return pl.concat([repeated, strange]).select(file=file, line=line, reason="reason")
