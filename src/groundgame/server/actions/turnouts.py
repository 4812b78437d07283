"""Turnout in two elections, side by side, each with its denominator."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.errors import NotYours
from groundgame.experiment import turnout as engine
from groundgame.server.actions import cuts, file, snapshots
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Cut, SnapshotRow
from groundgame.tables import Snapshot

GROUPS = ("precinct", "ward", "municipality", "age", "experience")
_LINE = re.compile(r"^(.+?)[\s,;\t]+([0-9][0-9,]*)$")


@dataclass(frozen=True, slots=True)
class Side:
    """One election in one group."""

    registered: int | None
    voted: int | None
    turnout: float | None
    of_eligible: float | None


@dataclass(frozen=True, slots=True)
class GroupTurnout:
    """A group before and after, and by how much its turnout changed."""

    group: str
    before: Side
    after: Side
    change: float | None
    more_voted: int | None
    """Voters more than before: what a change of the denominator cannot make."""


def elections(*, snapshot: int, seen_by: Anyone) -> list[str]:
    """Return the elections of a snapshot, the latest first.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    row = snapshots.found(id=snapshot, seen_by=seen_by)
    return engine.elections(file.opened(row))


def turnout(  # noqa: PLR0913  # one for each field of the form
    *,
    older: int,
    newer: int,
    elections: tuple[str, str],
    by: str,
    eligible: Mapping[str, int] | None = None,
    seen_by: Anyone,
) -> list[GroupTurnout]:
    """Return turnout, group by group, and of everybody at the end.

    Args:
        older: The snapshot before.
        newer: The snapshot after.
        elections: One of each.
        by: One of `GROUPS`, or 'cut' and the number of a cut, whose turfs are meant.
        eligible: How many may vote in each group, where somebody has counted.
        seen_by: Who asks.

    Raises:
        NotYours: There is no such snapshot or cut, or not for them.
        CannotAnalyse: A file knows no such election.
    """
    rows = [snapshots.found(id=each, seen_by=seen_by) for each in (older, newer)]
    if rows[0].chapter_id != rows[1].chapter_id:
        raise NotYours
    files = file.opened(rows[0]), file.opened(rows[1])
    only = None
    if by.startswith("cut "):
        only, by = _turfs(by.removeprefix("cut "), rows[0], seen_by), "turf"
    elif by not in GROUPS:
        raise NotYours
    found = engine.before_and_after(files, elections, by, only=only, eligible=eligible)
    whole = engine.before_and_after(
        files, elections, "whole", only=_everybody(only, files)
    )
    return [_group(row) for row in [*found.to_pylist(), *whole.to_pylist()]]


def counted(text: str) -> dict[str, int]:
    """Return how many are eligible in each group, from lines such as '12, 1,840'."""
    found = {}
    for line in text.splitlines():
        if said := _LINE.match(line.strip()):
            found[said[1].strip().rstrip(",;")] = int(said[2].replace(",", ""))
    return found


def _turfs(cut: str, over: SnapshotRow, seen_by: Anyone) -> pa.Table:
    """Return person_id and turf of whoever lives at the doors of a cut."""
    if not cut.isdecimal():
        raise NotYours
    row: Cut = cuts.found(id=int(cut), seen_by=seen_by)
    if row.universe.snapshot.chapter_id != over.chapter_id:
        raise NotYours
    names = dict(row.turfs.values_list("number", "name"))
    walks = pl.DataFrame(pq.read_table(row.turfs_file)).select(
        "door_id", pl.col("turf").replace_strict(names, return_dtype=pl.String)
    )
    people = file.opened(row.universe.snapshot).read("people", ["person_id", "door_id"])
    return (
        pl.DataFrame(people)
        .join(walks, on="door_id")
        .select("person_id", "turf")
        .to_arrow()
    )


def _everybody(only: pa.Table | None, files: tuple[Snapshot, ...]) -> pa.Table:
    """Return everybody who counts, as one group."""
    if only is None:
        ids = [pl.DataFrame(one.read("people", ["person_id"])) for one in files]
        known = pl.concat(ids).unique()
    else:
        known = pl.DataFrame(only).select("person_id").unique()
    return known.with_columns(pl.lit("all").alias("whole")).to_arrow()


def _group(row: Mapping[str, object]) -> GroupTurnout:
    """Return one group as a page shows it."""
    sides = [
        Side(*(row[f"{name}_{when}"] for name in _NAMES))  # type: ignore[arg-type]  # of the table's own types
        for when in ("before", "after")
    ]
    before, after = (side.voted for side in sides)
    return GroupTurnout(
        group=str(row["group"] or ""),
        before=sides[0],
        after=sides[1],
        change=row["change"],  # type: ignore[arg-type]  # the same
        more_voted=None if before is None or after is None else after - before,
    )


_NAMES = ("registered", "voted", "turnout", "of_eligible")
