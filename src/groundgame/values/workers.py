"""Where work runs: in threads of this process, or wherever somebody else's engine is.

A room cuts its work into pieces, and a function of a module does one piece, from files
to files. What passes through `map` is small: paths, ranges, counts. So the same work
runs in one process and on a cluster, and comes to the same.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Workers(Protocol):
    """Those who do the pieces of a room's work."""

    @property
    def count(self) -> int:
        """How many pieces are done at the same time."""

    def map(
        self, work: Callable[[Piece], Result], pieces: Sequence[Piece]
    ) -> Iterator[Result]:
        """Do each piece, and yield what comes of them, in the order of the pieces."""


class Here:
    """Threads of this process: compiled loops and columns let each other run."""

    def __init__(self, count: int | None = None) -> None:
        """Take so many threads; as many as there are processors if left out."""
        self._count = count or len(os.sched_getaffinity(0))

    @property
    def count(self) -> int:
        """How many threads there are."""
        return self._count

    def map(
        self, work: Callable[[Piece], Result], pieces: Sequence[Piece]
    ) -> Iterator[Result]:
        """Do each piece, and yield what comes of them, in the order of the pieces.

        A piece is asked for when its turn comes, so it may be made then.
        """

        def one(at: int) -> Result:
            return work(pieces[at])

        with ThreadPoolExecutor(self._count) as pool:
            done = [pool.submit(one, at) for at in range(len(pieces))]
            try:
                for piece in done:
                    yield piece.result()
            finally:
                for piece in done:  # after an error, do not begin what is left
                    piece.cancel()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do some things at the same time; return what comes of them, in their order."""
    return list(Here(len(works)).map(lambda work: work(), works))
