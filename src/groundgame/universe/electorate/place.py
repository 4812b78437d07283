"""Where an electorate lies: in its snapshot's folder, made when it is first needed.

`SNAPSHOT/electorate/STAMP/` is made from nothing else than the snapshot, and goes when
it goes. The stamp is another one when a part of the snapshot is another file: after
doors were placed anew, the next question is asked of a new layout. A process keeps what
it opened last, since to open it again is most of the cost of a small question.
"""

import json
import shutil
from collections import OrderedDict
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from groundgame.tables import Snapshot
from groundgame.universe.electorate.stand import Electorate
from groundgame.universe.electorate.write import Progress, write

_FORMAT = 6
_FOLDER = "electorate"
PARTS = "electorate-parts"
_KNOWN = "known.json"
_TABLES = ("people", "doors", "places", "votes", "elections", "districts")
_KEPT = 4

_lock = Lock()
_making: dict[Path, Lock] = {}
_open: OrderedDict[Path, Electorate] = OrderedDict()


def open_electorate(snapshot: Snapshot) -> Electorate:
    """Return the electorate of a snapshot; lay it out if nobody has yet."""
    return prepare(snapshot)


def prepare(snapshot: Snapshot, progress: Progress | None = None) -> Electorate:
    """Lay a snapshot out for questions, if nobody has yet, and open it.

    Whoever has just imported a file, or placed its doors, may call this, so that the
    first question need not wait. To call it again costs nothing.

    Args:
        snapshot: The snapshot.
        progress: Told how many people were just laid out.
    """
    folder = _home(snapshot) / _stamp(snapshot)
    with _lock:
        making = _making.setdefault(folder, Lock())
    with making:  # whoever else wants the same waits; others go on
        found = _kept(folder)
        if found is None:
            known = _read(folder) or _make(snapshot, folder, progress)
            found = Electorate.open(folder, known)
            _keep(folder, found)
    with _lock:
        _making.pop(folder, None)
    return found


def _kept(folder: Path) -> Electorate | None:
    """Return what this process has open, if it still lies there."""
    with _lock:
        found = _open.get(folder)
        if found is None or not (folder / _KNOWN).exists():
            return None
        _open.move_to_end(folder)
        return found


def _keep(folder: Path, electorate: Electorate) -> None:
    """Keep one open, and let go of the one that was asked longest ago."""
    with _lock:
        _open[folder] = electorate
        _open.move_to_end(folder)
        while len(_open) > _KEPT:
            _open.popitem(last=False)


def _read(folder: Path) -> dict[str, object] | None:
    """Return what was written beside the table, or None where there is nothing."""
    try:
        known = json.loads((folder / _KNOWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) else None


def _home(snapshot: Snapshot) -> Path:
    """Return the folder of a snapshot's layouts; one part of it has its own."""
    if snapshot.only is None:
        return snapshot.folder / _FOLDER
    return snapshot.folder / PARTS / f"{snapshot.only:04}"


def _stamp(snapshot: Snapshot) -> str:
    """Return what changes when the layout must be made again."""
    said: list[object] = [_FORMAT]
    for table in _TABLES:
        files = [(path.name, path.stat()) for path in snapshot.paths(table)]
        said += [(name, stat.st_size, stat.st_mtime_ns) for name, stat in files]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def _make(
    snapshot: Snapshot, folder: Path, progress: Progress | None
) -> dict[str, object]:
    """Make the layout beside its place, then move it there in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        known = write(snapshot, making, progress)
        (making / _KNOWN).write_text(json.dumps(known), encoding="utf-8")
        for old in folder.parent.glob("[!.]*"):
            if old != folder or _read(folder) is None:
                shutil.rmtree(old, ignore_errors=True)
        with suppress(OSError):  # somebody else was quicker, with the same rows
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return known
