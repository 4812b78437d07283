"""How much of a file has been read, in its own bytes, packed or not.

In:  where its text lies, and how much of that has just been read.
Out: bytes that add up to the size of the file, for whoever watches.

A packed file is gone through twice, packed and plain. Half of its bytes are told each
time, so that the time that is left can be told from the first byte on.
"""

from collections.abc import Callable
from pathlib import Path


class Meter:
    """Tells whoever watches an import how much of one file has been read."""

    def __init__(self, path: Path, tell: Callable[[int, int], None] | None) -> None:
        """Begin at none of its bytes."""
        self._size = self._text = path.stat().st_size
        self._path, self._tell = path, tell
        self._told = self._before = self._read = 0

    def unpacking(self, at: int) -> None:
        """Take note of how many of its bytes have been unpacked so far."""
        self._to(min(at, self._size) // 2, 0)

    def lies(self, plain: Path) -> None:
        """Take note of where its text lies: a file of its own, if it was unpacked."""
        if plain != self._path:
            self._before, self._text = self._size // 2, plain.stat().st_size
            self._to(self._before, 0)

    def take(self, size: int, rows: int) -> None:
        """Take note of bytes and rows of its text that have just been read."""
        self._read += size
        share = min(1.0, self._read / max(self._text, 1))
        self._to(self._before + round((self._size - self._before) * share), rows)

    def end(self) -> None:
        """Take note that all has been read: also a mark at its start is no more."""
        self._to(self._size, 0)

    def _to(self, at: int, rows: int) -> None:
        """Tell what is new."""
        if self._tell is not None and (at > self._told or rows):
            self._tell(at - self._told, rows)
        self._told = at
