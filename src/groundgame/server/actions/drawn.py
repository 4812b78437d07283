"""What screens of large snapshots are drawn from: worked out once, and kept.

Arrays and counts lie in DATA/maps, and can be thrown away at any time: a folder for
each snapshot and its present places, and one for each rule somebody looked at lately.
Where only protected people live, there is no door on any map.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from django.conf import settings

from groundgame.server.actions import asked, density, file, lost
from groundgame.server.actions.glance import glance
from groundgame.server.store.models import SnapshotRow
from groundgame.tables import Snapshot

RULES_KEPT = 40
FORM = 2
"""Counted up when what is kept changes its form, so that older folders are left."""


def of_snapshot(row: SnapshotRow) -> Path:
    """Return the folder of a snapshot, made now if it is not there yet."""
    folder: Path = settings.DATA / "maps" / f"{row.snapshot}-{_places(row)}"
    if not folder.exists():
        whole = file.opened(row)
        _make(folder, lambda: _open_doors(whole), partial(_more, whole))
        for older in folder.parent.glob(f"{row.snapshot}-*"):
            if older != folder:
                shutil.rmtree(older, ignore_errors=True)
    return folder


def of_rule(over: SnapshotRow, rule: str) -> Path:
    """Return the folder of the doors that a rule finds today, made now if need be.

    Raises:
        GroundgameError: The rule cannot be read; the message says where.
    """
    said = [_places(over), asked.mark(over, rule)]
    name = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]
    folder: Path = settings.DATA / "maps" / f"rule-{name}"
    _make(folder, lambda: asked.found(over, rule).doors)
    _forget_rules(folder)
    return folder


def _make(
    folder: Path,
    doors: Callable[[], pa.Table],
    more: Callable[[Path], dict[str, Any]] | None = None,
) -> None:
    """Make the arrays of some doors, unless they are there."""
    if folder.exists():
        folder.touch()
        return
    found = doors()
    lon, lat = (
        found[name].to_numpy().astype(np.float64, copy=False) for name in ("lon", "lat")
    )
    density.build(lon, lat, folder, more=more)


def _more(whole: Snapshot, folder: Path) -> dict[str, Any]:
    """Return what a page about a snapshot says; lay out its doors without a place."""
    return glance(whole) | {"lost": lost.lay_out(whole, folder)}


def _open_doors(snapshot: Snapshot) -> pa.Table:
    """Return where those doors are behind which somebody is not protected."""
    doors = pl.DataFrame(snapshot.read("doors", ["door_id", "lon", "lat"]))
    people = pl.DataFrame(snapshot.read("people", ["door_id", "protected"]))
    ours = people.filter(~pl.col("protected")).select("door_id").unique()
    return doors.join(ours, on="door_id", how="semi").select("lon", "lat").to_arrow()


def _places(row: SnapshotRow) -> str:
    """Return what changes when the doors of a snapshot are placed anew."""
    parts = file.opened(row).paths("places")
    seen = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in parts]
    said = json.dumps([row.snapshot, seen, FORM])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _forget_rules(folder: Path) -> None:
    """Remove the maps of rules that nobody has looked at for the longest time."""
    rules = [path for path in folder.parent.glob("rule-*") if path != folder]
    rules.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in rules[RULES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
