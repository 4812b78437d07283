"""How far a command is, on standard error: what it reads, what share is done."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

MEGABYTE = 1_000_000


def progress() -> Progress:
    """Return a progress display on standard error, with the time that is left."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


class Reading:
    """Told of bytes and rows as they are read; shows megabytes, rows and their rate."""

    def __init__(self, bar: Progress, files: Sequence[Path]) -> None:
        """Begin at none of their bytes, packed or not."""
        self._size = sum(path.stat().st_size for path in files if path.is_file())
        self._bytes = self._rows = 0
        self._began, self._rate = monotonic(), 0.0
        self._bar = bar
        self._task = bar.add_task("reading", total=1 + self._size // MEGABYTE)
        self._finish: TaskID | None = None

    def __call__(self, more_bytes: int, more_rows: int) -> None:
        """Take note of what was just read."""
        self._bytes, self._rows = self._bytes + more_bytes, self._rows + more_rows
        self._rate = self._rows / max(monotonic() - self._began, 0.001)
        said = f"reading (MB), {self._rows:,} rows, {self._rate:,.0f} rows/s"
        self._bar.update(
            self._task, completed=self._bytes // MEGABYTE, description=said
        )

    def finishing(self, done: int, pieces: int) -> None:
        """Take note of how much is sorted and written of what was read."""
        if self._finish is None:
            self.end()
            self._finish = self._bar.add_task("sorting and writing", total=pieces)
        self._bar.update(self._finish, completed=done)

    def end(self) -> None:
        """Say that all is read."""
        self._bar.update(
            self._task,
            total=1,
            completed=1,
            description=f"read {self._rows:,} rows, {self._rate:,.0f} rows/s",
        )


class Share:
    """Told what share of a piece of work is done, from 0.0 to 1.0; shows per cent."""

    def __init__(self, bar: Progress, doing: str) -> None:
        """Begin at nothing."""
        self._bar = bar
        self._task = bar.add_task(doing, total=100)

    def __call__(self, share: float) -> None:
        """Take note of how much is done."""
        self._bar.update(self._task, completed=round(100 * share))
