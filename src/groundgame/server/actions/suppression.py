"""Whom nobody may contact: the one place that says so.

Whoever is in the control of a running experiment is left alone until it is stopped
(held_out.py). Somebody who asked for it is in no universe, packet or export from then
on, whatever is imported later. It holds for the whole chapter, and ends only when the
conversation in which it was recorded is withdrawn. Asked by nobody in particular, it
holds for the door.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import polars as pl
import pyarrow as pa

from groundgame.server.actions import file, held_out
from groundgame.server.actions.log import counted
from groundgame.server.store.models import Chapter, Event, SnapshotRow
from groundgame.tables import Snapshot

DO_NOT_CONTACT = "do_not_contact"
KEPT = 16
"""Answers to who is left alone in a snapshot that are held in memory."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Ids of people, and of whole doors."""

    people: frozenset[str]
    doors: frozenset[str]

    @property
    def ids(self) -> pa.StringArray:
        """All of them, as the engines take them."""
        return pa.array(sorted(self.people | self.doors), pa.string())

    @property
    def mark(self) -> str:
        """What changes when anybody else is suppressed."""
        whole = "\n".join([*sorted(self.people), "", *sorted(self.doors)])
        return hashlib.sha256(whole.encode()).hexdigest()

    def holds(self, *, door: str, person: str | None) -> bool:
        """Return whether somebody, or the whole door, may not be contacted."""
        return door in self.doors or person in self.people


def suppressed(chapter: Chapter | int) -> Suppressed:
    """Return whom a chapter may not contact. Three queries."""
    of_chapter = counted().filter(chapter=chapter)
    asked = of_chapter.filter(kind="conversation", result=DO_NOT_CONTACT)
    withdrawn = set(
        of_chapter.filter(
            kind="withdrawal", withdraws__in=asked.values("event")
        ).values_list("packet_id", "withdraws")
    )
    holds = [event for event in asked if not _is_withdrawn(event, withdrawn)]
    said = [json.loads(event.body) for event in holds]
    alone = held_out.alone(chapter)
    return Suppressed(
        people=alone.people | {each["person"] for each in said if each["person"]},
        doors=alone.doors | {each["door"] for each in said if not each["person"]},
    )


def shut(over: SnapshotRow, doors: pl.Series) -> frozenset[str]:
    """Return those of some doors at which nobody may be visited today.

    The whole door is suppressed, or all who live there are (or are protected). A list
    that was made earlier, such as a cut, is shown and counted without them.
    """
    return behind(file.opened(over), suppressed(over.chapter_id), doors)


def behind(snapshot: Snapshot, gone: Suppressed, doors: pl.Series) -> frozenset[str]:
    """Return those of some doors of a snapshot that `shut` is about."""
    whole = gone.doors.intersection(doors)
    if not gone.people:
        return whole
    made = (snapshot.folder / "manifest.json").stat().st_mtime_ns
    return whole | _alone(snapshot.folder, made, gone.people).intersection(doors)


@lru_cache(maxsize=KEPT)
def _alone(folder: Path, _made: int, gone: frozenset[str]) -> frozenset[str]:
    """Return the doors where everybody is gone or protected; kept, for every page asks.

    Args:
        folder: Of a snapshot, which never changes.
        _made: When it was made.
        gone: Ids of people.
    """
    people = pl.DataFrame(
        Snapshot.open(folder).read("people", ["person_id", "door_id", "protected"])
    ).with_columns(quiet=pl.col("person_id").is_in(list(gone)) | pl.col("protected"))
    some = people.filter("quiet")["door_id"].unique().drop_nulls()
    there = people.filter(pl.col("door_id").is_in(some.implode()))
    alone = there.group_by("door_id").agg(pl.col("quiet").all()).filter("quiet")
    return frozenset(alone["door_id"])


def _is_withdrawn(event: Event, withdrawn: set[tuple[UUID, str]]) -> bool:
    """Return whether a withdrawal of the same packet names this conversation."""
    return (event.packet_id, event.event) in withdrawn
