"""An evening of the real server's SQL, said again on a disk that forgets, and cut off.

What the server said to SQLite while it took batches in was written down by SQLite's own
trace: the transactions are its own, to the letter. `Evening.cut` says them to a SQLite
over a Disk, takes the power away at one step, gives it back, and looks at what is left.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import apsw

from groundgame.server import sqlite
from groundgame.values import Seed
from tests.power.disk import Disk

BOOK = "/book"


@dataclass(frozen=True)
class Batch:
    """What one batch said to SQLite, and the ids that its receipts then named."""

    says: Sequence[str]
    ids: frozenset[str]


@dataclass(frozen=True)
class Left:
    """What is in the book after a cut, beside what was acknowledged before it."""

    acknowledged: int
    lost: int
    """Events that a receipt had named."""
    halves: int
    """Batches that are there in part, or without their link in the audit chain."""
    whole: bool
    """Whether SQLite finds the file in order."""


@dataclass(frozen=True)
class Evening:
    """A book before the evening, and the batches of it."""

    book: bytes
    batches: Sequence[Batch]

    def steps(self, disk: Disk, pragmas: str) -> int:
        """Return how many steps on the disk the evening takes."""
        disk.load(BOOK, self.book)
        self._say(disk, pragmas)
        return disk.steps

    def cut(self, disk: Disk, pragmas: str, seed: Seed, last: int) -> Left:
        """Say the evening, cut the power after step `last`, and see what is left."""
        disk.load(BOOK, self.book)
        disk.last = last
        acknowledged = self._say(disk, pragmas)
        disk.cut(seed.stream("power cut"))
        return self._look(disk, pragmas, acknowledged)

    def _say(self, disk: Disk, pragmas: str) -> list[Batch]:
        """Say batch after batch until the power fails; return those committed."""
        done: list[Batch] = []
        connection = apsw.Connection(BOOK, vfs=disk.name)
        try:
            connection.execute(pragmas).fetchall()
            for batch in self.batches:
                for says in batch.says:
                    connection.execute(says).fetchall()
                done.append(batch)
        except apsw.Error:
            if disk.steps <= disk.last:
                raise
        finally:
            with suppress(apsw.Error):  # it has no power to close with
                connection.close()
        return done

    def _look(self, disk: Disk, pragmas: str, acknowledged: list[Batch]) -> Left:
        """Open the book again, and compare."""
        connection = apsw.Connection(BOOK, vfs=disk.name)
        try:
            connection.execute(pragmas).fetchall()
            check = connection.execute("PRAGMA integrity_check").fetchall()
            found = connection.execute("SELECT event FROM store_event").fetchall()
            links = connection.execute(
                "SELECT count(*) FROM store_auditlink WHERE verb = 'receive events'"
            ).get
        except apsw.Error:
            return Left(len(acknowledged), _size(acknowledged), 0, whole=False)
        finally:
            connection.close()
        there = Counter(event for (event,) in found)
        present = [batch for batch in self.batches if batch.ids & there.keys()]
        halves = sum(not batch.ids <= there.keys() for batch in present)
        return Left(
            acknowledged=_size(acknowledged),
            lost=sum(len(batch.ids - there.keys()) for batch in acknowledged),
            halves=halves + abs(links - len(present)),
            whole=check == [("ok",)],
        )


def pragmas(mode: str, synchronous: str = "FULL") -> str:
    """Return what the server says to each new connection, for one journal mode."""
    ours = str(sqlite.options()["init_command"])
    said = ours.replace(f"journal_mode={sqlite.journal_mode()}", f"journal_mode={mode}")
    # One process has the file to itself: a disk in memory shares no memory for the log
    return "PRAGMA locking_mode=EXCLUSIVE;" + said.replace("FULL", synchronous)


def _size(batches: Sequence[Batch]) -> int:
    """Return how many events are in batches."""
    return sum(len(batch.ids) for batch in batches)
