"""Do small pieces of work in one transaction: many phones, one wait for the disk.

A commit that survives a power cut waits for the disk, some milliseconds at best.
Whoever comes while another waits is put in line; the first in line then does the work
of all who stand behind it, in their order, in one transaction, and nobody is told that
anything is done before that transaction is on the disk. When it fails, each piece is
done again by itself, so that nobody pays for another's fault.
"""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection, transaction

Work = TypeVar("Work")
Result = TypeVar("Result")
MOST = 64
"""Pieces in one transaction: other processes wait for it."""


@dataclass(eq=False, slots=True)
class Piece(Generic[Work, Result]):
    """One thread's work, and what came of it."""

    work: Work
    turn: Event = field(default_factory=Event)
    """Set when it is done, or when its thread shall do the work of all in line."""
    done: bool = False
    result: Result | None = None
    problem: Exception | None = None


class Line(Generic[Work, Result]):
    """Those who wait for the disk, in one process."""

    def __init__(self, do: Callable[[Sequence[Work]], Sequence[Result]]) -> None:
        """Begin with nobody; `do` does the work of some, and answers each in order."""
        self._do = do
        self._guard = Lock()
        self._waiting: list[Piece[Work, Result]] = []
        self._busy = False

    def through(self, work: Work) -> Result:
        """Do a piece of work, committed when this returns; raise what it raises.

        Another thread may do it, on that thread's connection; and it may be done twice,
        if the first time was rolled back.
        """
        mine: Piece[Work, Result] = Piece(work)
        with self._guard:
            self._waiting.append(mine)
            first, self._busy = not self._busy, True
        if not first:
            mine.turn.wait()
        if not mine.done:
            self._lead()
        if mine.problem is not None:
            raise mine.problem
        return mine.result  # type: ignore[return-value]  # done, and it raised nothing

    def _lead(self) -> None:
        """Do what waits; then wake its threads, and who is to lead next."""
        with self._guard:
            taken, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            _commit(taken, self._do)
        finally:
            with self._guard:
                next_one = self._waiting[:1]
                self._busy = bool(next_one)
            for piece in taken + next_one:
                piece.turn.set()


def _commit(
    pieces: Sequence[Piece[Work, Result]],
    do: Callable[[Sequence[Work]], Sequence[Result]],
) -> None:
    """Do all of them in one transaction; where that fails, each in one of its own."""
    try:
        with _turn(), transaction.atomic(durable=True):
            results = do([piece.work for piece in pieces])
    except Exception as problem:  # noqa: BLE001  # its own thread raises it
        if len(pieces) > 1:
            for piece in pieces:
                _commit([piece], do)
            return
        pieces[0].problem, pieces[0].done = problem, True
    else:
        for piece, result in zip(pieces, results, strict=True):
            piece.result, piece.done = result, True


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until no other process of this host is at it.

    PostgreSQL keeps those in line who wait for a row. Whoever finds SQLite's book
    locked sleeps for a while and looks again, for up to 100 ms, and others overtake it
    (sqlite3_busy_timeout); a lock on a file is handed on at once.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with (settings.DATA / "turn").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
