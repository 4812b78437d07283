"""Import a voter file: from a file as a county writes it to a snapshot.

In:  one or more files, a layout, the day of which they speak.
Out: a folder with people, doors, votes and refused rows as Parquet, and a manifest in
     which rows = accepted + refused + merged.

Files are cut into ranges, which are read side by side, and what was read is put
together by counties (see `parts` and `finish`); memory does not grow with the file. All
is written into a hidden folder beside the snapshot's and renamed at the end: a run that
is killed leaves no half snapshot, and the next import clears away what it left. The id
of a snapshot is made from its sources' content, so importing the same again finds what
is there. Sources are hashed while they are read; where there is a snapshot of files as
large as these, before.
"""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from groundgame.errors import MostlyMisread, NoSnapshot, NothingRead
from groundgame.tables import REFUSED, Manifest, Snapshot, Source
from groundgame.tables.snapshot import MANIFEST
from groundgame.values import Here, SnapshotId, Workers, clear_drafts
from groundgame.voterfile import codes
from groundgame.voterfile.finish import PART, Counts, Finishing, Whole, finish
from groundgame.voterfile.header import Plan, plan, plan_history
from groundgame.voterfile.layout import Layout, load_layout
from groundgame.voterfile.meter import Meter
from groundgame.voterfile.parts import (
    Progress,
    Read,
    Reading,
    read_ballots,
    read_people,
)
from groundgame.voterfile.recognize import (
    HISTORY_FILE,
    VOTER_FILE,
    misread,
    refuse_exchanged,
)
from groundgame.voterfile.records import row_begins
from groundgame.voterfile.seen import Seen
from groundgame.voterfile.source import fingerprint, plain, ranges
from groundgame.voterfile.streets import copy_streets
from groundgame.voterfile.workplace import workplace

_NOT_YET = "00000000"  # where the hash of the content will be in an id
_TELLING = 30  # rows that there must be, before anything is said of all
_MANY = 20  # one of so many rows refused is enough to look where they are


@dataclass(frozen=True, slots=True)
class _Files:
    """What somebody gave: voters, ballots, and what is beside them."""

    voters: tuple[Path, ...]
    history: tuple[Path, ...]
    addresses: Path | None
    streets: Path | None

    @property
    def read(self) -> tuple[Path, ...]:
        """The files of which each row is counted."""
        return (*self.voters, *self.history)

    @property
    def every(self) -> tuple[Path, ...]:
        """All files, in the order of the manifest."""
        beside = (self.addresses, self.streets)
        return (*self.read, *(path for path in beside if path is not None))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be imported, how it is read, where it goes, and who does it."""

    files: _Files
    layout: Layout
    dated: date
    making: Path
    workers: Workers
    place: bool


def import_file(  # noqa: PLR0913  # one for each file somebody may have
    sources: Path | Sequence[Path],
    layout: Layout | str,
    into: Path,
    *,
    dated: date,
    any_day: bool = False,
    addresses: Path | None = None,
    streets: Path | None = None,
    history: Sequence[Path] = (),
    place: bool = True,
    progress: Progress | None = None,
    finishing: Finishing | None = None,
    workers: Workers | None = None,
) -> Snapshot:
    """Import a voter file into a snapshot under `into`, and return it.

    Args:
        sources: The voter file, or several that together are one (a file a county).
        layout: A layout, or the name of one.
        into: The folder in which snapshots live.
        dated: The day of which the file speaks.
        any_day: Take the snapshot of the same files whatever day it was said to be of.
        addresses: A list of address points to place doors by.
        streets: GeoJSON lines to draw under maps.
        history: Files of ballots cast, where the layout has a second file for them;
            their rows are counted with the others.
        place: Whether doors are placed by `addresses` now, and not by a search later.
        progress: Told how many bytes and rows were just read.
        finishing: Told how many pieces of what comes after reading are done, of how
            many.
        workers: Who reads and writes; threads of this process if left out.

    Returns:
        The snapshot. If the same files were imported before, it is the one from then.

    Raises:
        UnreadableFile: A file is no plain, whole table of text, or it changed while it
            was read.
        WrongLayout: A file is not shaped like the layout.
        MostlyMisread, ExchangedDates: It is shifted, or has days where months belong.
        NothingRead: No row could be accepted.
    """
    voters = (sources,) if isinstance(sources, Path) else tuple(sources)
    how = load_layout(layout) if isinstance(layout, str) else layout
    files = _Files(voters, tuple(history), addresses, streets)
    seen = [Seen.of(path) for path in files.every]
    stands = _same_again(into, how, "*" if any_day else dated.isoformat(), files)
    if stands is not None:
        return stands
    into.mkdir(parents=True, exist_ok=True)
    unnamed = f"{how.id}-{dated.isoformat()}-{_NOT_YET}"
    with workplace(into, unnamed) as making:
        asked = _Asked(files, how, dated, making, workers or Here(), place=place)
        manifest = _made(asked, progress, finishing)
        for one in seen:
            one.still()
        _write_manifest(making, manifest)
        return _move(making, into / manifest.snapshot)


def _made(
    asked: _Asked, progress: Progress | None, finishing: Finishing | None
) -> Manifest:
    """Make the tables of a snapshot, and return what is to be said of them."""
    files, making = asked.files, asked.making
    with ThreadPoolExecutor(1) as beside_it:
        hashed = beside_it.submit(_prints, files)
        if files.streets is not None:
            copy_streets(files.streets, making / "streets.geojson")
        reads = _read(asked, progress)
        work = making / "work"
        points = files.addresses if asked.place else None
        whole = Whole(*reads, asked.layout, points, making, work)
        counts, late = finish(whole, asked.workers, finishing)
        refused = _refused(files, (*reads[0], *reads[1]), late)
        (making / "refused").mkdir()
        table = REFUSED.conform(refused.to_arrow())
        pq.write_table(table, making / "refused" / PART, compression="zstd")
        shutil.rmtree(work)
        clear_drafts(making)
        return _manifest(asked, reads, counts, table.num_rows, hashed.result())


def _manifest(
    asked: _Asked,
    reads: tuple[tuple[Read, ...], tuple[Read, ...]],
    counts: Counts,
    refused: int,
    prints: tuple[Source, ...],
) -> Manifest:
    """Return what is said of a snapshot."""
    how = asked.layout
    return Manifest(
        snapshot=_identity(how, asked.dated, prints),
        layout=how.id,
        dated=asked.dated,
        sources=prints,
        rows=sum(read.rows for read in (*reads[0], *reads[1])),
        accepted=counts.people + counts.ballots,
        refused=refused,
        merged=counts.merged,
        people=counts.people,
        doors=counts.doors,
        buildings=counts.buildings,
        doors_without_place=counts.doors_without_place,
        people_without_door=counts.people_without_door,
        protected=counts.protected,
        votes=counts.votes,
        elections=counts.elections,
        votes_unread=sum(read.unread for read in reads[0]),
        state=how.state or None,
        extra=tuple(how.extra),
        unknown_codes=codes.together(
            one for some in reads for read in some for one in read.unknown
        ),
    )


def _same_again(into: Path, layout: Layout, day: str, files: _Files) -> Snapshot | None:
    """Return the snapshot of these very files, if there is one of a day, or any ("*").

    Files are hashed only if there is one of files with the same sizes, whatever they
    were called.
    """
    sizes = [path.stat().st_size for path in files.every]
    prints: tuple[Source, ...] | None = None
    for folder in sorted(into.glob(f"{layout.id}-{day}-*"), reverse=True):
        try:
            there = Snapshot.open(folder)
        except NoSnapshot:
            continue
        if [one.size for one in there.manifest.sources] == sizes:
            prints = prints or _prints(files)
            if there.id == _identity(layout, there.manifest.dated, prints):
                return there
    return None


def _prints(files: _Files) -> tuple[Source, ...]:
    """Return name, size and hash of all files."""
    return tuple(fingerprint(path) for path in files.every)


def _read(
    asked: _Asked, progress: Progress | None
) -> tuple[tuple[Read, ...], tuple[Read, ...]]:
    """Read all files, and return what came of the voters' and of the ballots'."""
    files, layout, work = asked.files, asked.layout, asked.making / "work"
    work.mkdir()
    for path in files.history:
        refuse_exchanged(path, layout, HISTORY_FILE)
    planned = [(path, plan(path, layout)) for path in files.voters]
    beside = [(path, plan_history(path, layout)) for path in files.history]
    meters = [Meter(path, progress) for path in files.read]
    pieces = [
        _readings(path, n, how, (layout, asked.dated.year, work), meters[n])
        for n, (path, how) in enumerate((*planned, *beside))
    ]
    people = [one for some in pieces[: len(planned)] for one in some]
    voters = tuple(_told(asked.workers.map(read_people, people), meters))
    for n, path in enumerate(files.voters):
        _look_closer(path, layout, [read for read in voters if read.file == n])
    _check(files, voters)
    ballots = [one for some in pieces[len(planned) :] for one in some]
    return voters, tuple(_told(asked.workers.map(read_ballots, ballots), meters))


def _readings(
    path: Path, file: int, how: Plan, where: tuple[Layout, int, Path], meter: Meter
) -> list[Reading]:
    """Cut a file into ranges."""
    layout, year, work = where
    lies = plain(path, work / "plain", meter.unpacking)
    meter.lies(lies)
    cut = ranges(lies, lambda lines: row_begins(lines, how.shape))
    return [
        Reading(one, file, number, how, layout, year, work)
        for number, one in enumerate(cut)
    ]


def _told(reads: Iterator[Read], meters: Sequence[Meter]) -> Iterator[Read]:
    """Yield what was read, and tell of it."""
    there = set[int]()
    for read in reads:
        meters[read.file].take(read.size, read.rows)
        there.add(read.file)
        yield read
    for file in there:
        meters[file].end()


def _look_closer(path: Path, layout: Layout, reads: Sequence[Read]) -> None:
    """Refuse a file that is shifted or has its dates in the other order.

    A row of such a file that can be read is somebody with another's day of birth. It is
    looked for at the file's beginning, and in the middle of the rows that cannot be
    read: a state may have got one of its counties in another order.
    """
    rows = sum(read.rows for read in reads)
    refused = rows - sum(read.accepted for read in reads)
    if rows < _TELLING:
        return
    if 2 * refused <= rows:
        refuse_exchanged(path, layout, VOTER_FILE)
    if _MANY * refused < rows:
        return
    for near in (0, _middle(reads)):
        why = misread(path, layout, near)
        if why is not None:
            raise MostlyMisread(path.name, layout.id, rows, refused, why)


def _middle(reads: Sequence[Read]) -> int:
    """Return the line in the middle of those that were refused, counted from 1."""
    lines, before = [], 0
    for read in reads:
        refused = pl.read_ipc(read.refused.read_bytes())["line"]
        lines.append(refused.to_numpy() + before)
        before += read.lines
    there = np.concatenate(lines)
    return int(np.sort(there)[len(there) // 2])


def _check(files: _Files, reads: Sequence[Read]) -> None:
    """Refuse to go on when nobody was accepted."""
    if sum(read.accepted for read in reads):
        return
    reasons = Counter[str]()
    for read in reads:
        reasons.update(pl.read_ipc(read.refused.read_bytes())["reason"].to_list())
    common = reasons.most_common(1)
    reason = common[0][0] if common else "there is no row under the header"
    names = ", ".join(path.name for path in files.voters)
    raise NothingRead(names, sum(read.rows for read in reads), reasons.total(), reason)


def _refused(files: _Files, reads: Sequence[Read], late: pl.DataFrame) -> pl.DataFrame:
    """Return all rows that were refused, in the order of files and lines."""
    before = Counter[int]()
    columns = {read.file: read.id_column for read in reads}
    found = [
        late.with_columns(
            column=pl.col("file").replace_strict(columns, return_dtype=pl.String)
        )
    ]
    for read in reads:
        rows = pl.read_ipc(read.refused.read_bytes())
        found.append(
            rows.select(
                file=pl.lit(read.file, dtype=pl.Int64),
                line=pl.col("line") + before[read.file],
                reason="reason",
                column="column",
            )
        )
        before[read.file] += read.lines
    names = {n: path.name for n, path in enumerate(files.read)}
    return (
        pl.concat(found)
        .sort("file", "line")
        .with_columns(pl.col("file").replace_strict(names, return_dtype=pl.String))
    )


def _move(making: Path, to: Path) -> Snapshot:
    """Name a whole snapshot; if somebody else was first, theirs is the same."""
    making.chmod(0o755)
    try:
        making.rename(to)
    except OSError:
        if not (to / MANIFEST).exists():
            raise
    return Snapshot.open(to)


def _identity(layout: Layout, dated: date, prints: Sequence[Source]) -> SnapshotId:
    """Return the snapshot's id: layout, day, the start of a hash of what is in it."""
    content = json.dumps([layout.digest, *(source.sha256 for source in prints)])
    digest = hashlib.sha256(content.encode()).hexdigest()
    return SnapshotId(f"{layout.id}-{dated.isoformat()}-{digest[:8]}")


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest last: a folder with one is whole."""
    text = json.dumps(manifest.as_dict(), indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
