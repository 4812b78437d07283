"""Read files batch by batch into parts on disk, and keep count of every row.

In:  voter files and history files.
Out: a folder of Parquet parts: people, doors, votes (from people's own rows), ballots
     (from history files); the refused rows; how many rows there were.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from groundgame.errors import NothingRead, WrongLayout
from groundgame.voterfile import history, people
from groundgame.voterfile.header import Plan, plan, plan_columns
from groundgame.voterfile.layout import Layout
from groundgame.voterfile.records import Batch, batches

Progress = Callable[[int, int], None]
"""Called with the bytes that were just read, and the rows in them."""


class Parts:
    """What has been read so far, on disk and in numbers."""

    def __init__(
        self, folder: Path, layout: Layout, year: int, progress: Progress | None
    ) -> None:
        """Begin with nothing.

        Args:
            folder: Where the parts are written; it must not exist yet.
            layout: How the files are written.
            year: The year of which they speak.
            progress: Told how many bytes and rows were just read.
        """
        self.folder = folder
        self.rows = 0
        self.accepted = 0
        self.unread = 0
        self._layout = layout
        self._year = year
        self._progress = progress
        self._names: list[str] = []
        self._refused: list[pl.DataFrame] = []
        self._written = 0
        folder.mkdir()
        self._write("ballots", history.none())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files that were read, in order."""
        return tuple(self._names)

    def read_people(self, path: Path) -> None:
        """Read a voter file."""
        planned = plan(path, self._layout)
        self._names.append(path.name)
        for batch in self._batches(path, planned):
            found = people.read(batch.cells, planned.fields, self._layout, self._year)
            self._refuse(path, found.refused)
            self._write("doors", found.doors.drop("spelled"))
            self._take(found.people)

    def read_history(self, path: Path) -> None:
        """Read a file of ballots cast."""
        how = self._layout.history_file
        if how is None:
            raise WrongLayout(
                path.name,
                self._layout.id,
                "is given as a history file, and not in the rows themselves",
                "leave --history away",
            )
        planned = plan_columns(path, self._layout, how.columns)
        self._names.append(path.name)
        for batch in self._batches(path, planned):
            found, refused = history.from_rows(
                batch.cells, planned.fields, how.formats, self._layout
            )
            self._refuse(path, refused)
            self._write("ballots", found)

    def check(self) -> None:
        """Refuse to go on when nothing was accepted."""
        if self.accepted:
            return
        reasons = Counter[str]()
        for frame in self._refused:
            reasons.update(frame["reason"].to_list())
        common = reasons.most_common(1)
        reason = common[0][0] if common else "there is no row under the header"
        raise NothingRead(", ".join(self._names), self.rows, reasons.total(), reason)

    def refused_rows(self, more: pl.DataFrame) -> pl.DataFrame:
        """Return all rows that were refused, with `more`, in the files' order."""
        order = {name: n for n, name in enumerate(self._names)}
        return pl.concat([*self._refused, more]).sort(
            pl.col("file").replace_strict(order, return_dtype=pl.Int64), "line"
        )

    def _batches(self, path: Path, planned: Plan) -> Iterator[Batch]:
        """Yield the batches of a file, counting their rows."""
        for batch in batches(path, planned.shape, skip=planned.skip):
            self.rows += batch.rows
            self._refuse(path, batch.refused)
            yield batch
            if self._progress:
                self._progress(batch.size, batch.rows)

    def _refuse(self, path: Path, rows: pl.DataFrame) -> None:
        """Keep refused rows, with the name of their file."""
        self._refused.append(
            rows.select(
                file=pl.lit(path.name), line="line", column="column", reason="reason"
            )
        )

    def _take(self, found: pl.DataFrame) -> None:
        """Write people and the votes in their rows."""
        cells = [name for name in found.columns if name.startswith("history_")]
        votes, unread = history.from_cells(
            found.select("person_id", "line", *cells), self._layout
        )
        content = found.drop("line").hash_rows()
        self.accepted += found.height
        self.unread += unread
        self._write("people", found.drop(cells).with_columns(content=content))
        once = votes.unique(["line", "election"], keep="first", maintain_order=True)
        self._write("votes", once)

    def _write(self, table: str, rows: pl.DataFrame) -> None:
        """Write one part."""
        self._written += 1
        path = self.folder / f"{table}-{self._written:06}.parquet"
        numbered = rows.with_columns(file=pl.lit(len(self._names) - 1, dtype=pl.Int32))
        numbered.write_parquet(path, compression="lz4")
