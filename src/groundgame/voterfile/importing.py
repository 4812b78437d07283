"""Import a voter file: from a file as a county writes it to a snapshot.

In:  one or more files, a layout, the day of which they speak.
Out: a folder with people, doors, votes and refused rows as Parquet, and a manifest in
     which rows = accepted + refused + merged.

Files are read some megabytes at a time, so that memory does not grow with the file. All
is written into a hidden folder beside the snapshot's and renamed at the end: a run that
is killed leaves no half snapshot, and the next import clears away what it left. The id
of a snapshot is made from its sources' content, so importing the same again finds what
is there.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from groundgame.errors import NoSnapshot
from groundgame.tables import DISTRICTS, REFUSED, Manifest, Snapshot, Source
from groundgame.tables.snapshot import MANIFEST
from groundgame.values import SnapshotId
from groundgame.voterfile.finish import PART, finish
from groundgame.voterfile.layout import Layout, load_layout
from groundgame.voterfile.parts import Parts, Progress
from groundgame.voterfile.source import fingerprint
from groundgame.voterfile.streets import copy_streets
from groundgame.voterfile.workplace import workplace


def import_file(  # noqa: PLR0913  # one for each file somebody may have
    sources: Path | Sequence[Path],
    layout: Layout | str,
    into: Path,
    *,
    dated: date,
    addresses: Path | None = None,
    streets: Path | None = None,
    history: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Snapshot:
    """Import a voter file into a snapshot under `into`, and return it.

    Args:
        sources: The voter file, or several that together are one (a file a county).
        layout: A layout, or the name of one.
        into: The folder in which snapshots live.
        dated: The day of which the file speaks.
        addresses: A list of address points to place doors by.
        streets: GeoJSON lines to draw under maps.
        history: Files of ballots cast, where the layout has a second file for them;
            their rows are counted with the others.
        progress: Told how many bytes and rows were just read.

    Returns:
        The snapshot. If the same files were imported before, it is the one from then.

    Raises:
        UnreadableFile: A file is no plain, whole table of text.
        WrongLayout: A file is not shaped like the layout.
        NothingRead: No row could be accepted.
    """
    files = [sources] if isinstance(sources, Path) else list(sources)
    how = load_layout(layout) if isinstance(layout, str) else layout
    extra = [path for path in (addresses, streets) if path is not None]
    prints = tuple(fingerprint(path) for path in (*files, *history, *extra))
    identity = _identity(how, dated, prints)
    try:
        return Snapshot.open(into / identity)
    except NoSnapshot:
        into.mkdir(parents=True, exist_ok=True)
    with workplace(into, identity) as making:
        if streets is not None:
            copy_streets(streets, making / "streets.geojson")
        parts = Parts(making / "parts", how, dated.year, progress)
        for path in files:
            parts.read_people(path)
        for path in history:
            parts.read_history(path)
        manifest = _finish(parts, making, addresses, (identity, how, dated, prints))
        shutil.rmtree(parts.folder)
        _write_manifest(making, manifest)
        return _move(making, into / identity)


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


def _finish(
    parts: Parts,
    making: Path,
    addresses: Path | None,
    who: tuple[SnapshotId, Layout, date, tuple[Source, ...]],
) -> Manifest:
    """Write the four tables, and return the manifest that accounts for them."""
    identity, layout, dated, prints = who
    parts.check()
    counts, repeated = finish(parts.folder, making, addresses, parts.names)
    refused = parts.refused_rows(repeated)
    table = REFUSED.conform(refused.to_arrow())
    (making / "refused").mkdir()
    pq.write_table(table, making / "refused" / PART, compression="zstd")
    (making / "districts").mkdir()
    pq.write_table(DISTRICTS.empty(), making / "districts" / PART)
    return Manifest(
        snapshot=identity,
        layout=layout.id,
        dated=dated,
        sources=prints,
        rows=parts.rows,
        accepted=counts.people + counts.ballots,
        refused=table.num_rows,
        merged=counts.merged,
        people=counts.people,
        doors=counts.doors,
        buildings=counts.buildings,
        doors_without_place=counts.doors_without_place,
        people_without_door=counts.people_without_door,
        protected=counts.protected,
        votes=counts.votes,
        elections=counts.elections,
        votes_unread=parts.unread,
    )


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest last: a folder with one is whole."""
    text = json.dumps(manifest.as_dict(), indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
