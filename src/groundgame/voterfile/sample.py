"""The first rows of a file, taken apart as a layout would, whatever the file is.

In:  a path.
Out: lines, and rows of cells for any mark and quotation; no more than a megabyte.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from groundgame.errors import UnreadableFile
from groundgame.voterfile.fields import Fields, Place
from groundgame.voterfile.source import BLANK, blocks

START = 1 << 20  # bytes that are looked at
ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of a file that are not blank."""

    lines: tuple[str, ...]
    _tables: dict[tuple[str, str], list[list[str]]] = field(default_factory=dict)

    def rows(self, mark: str, quote: str) -> list[list[str]]:
        """Return the lines as rows of cells; a quoted cell may go over a line end."""
        known = self._tables.get((mark, quote))
        if known is None:
            known = self._apart(mark, quote)
            self._tables[mark, quote] = known
        return known

    def _apart(self, mark: str, quote: str) -> list[list[str]]:
        if quote:
            try:
                return list(csv.reader(self.lines, delimiter=mark))
            except csv.Error:  # a cell of more than 128 kB, or a NUL
                pass
        return [line.split(mark) for line in self.lines]


def sample(path: Path, near: int = 0) -> Sample:
    """Return the first lines of a file; or the first one, and those from a line on.

    Args:
        path: The file.
        near: The line, counted from 1; 0: from the beginning.

    Raises:
        UnreadableFile: It is no plain, whole table of text.
    """
    read = blocks(path)
    block = next(read, b"")
    filled = _filled(block)
    if not filled:
        raise UnreadableFile(path.name, "is empty", "download or export it again")
    if near:
        filled = [filled[0], *_filled(_from(near, block, read))]
    return Sample(tuple(filled[: ROWS + 1]))


def _from(line: int, block: bytes, others: Iterator[bytes]) -> bytes:
    """Return what a block holds from a line on, in the block that has the line."""
    before = 1
    while (lines := block.count(b"\n")) + before <= line:
        before += lines
        block = next(others, b"")
        if not block:
            return b""
    return block.split(b"\n", line - before)[-1]


def _filled(block: bytes) -> list[str]:
    """Return the first lines of a block that are not blank, without their ends."""
    some = block[:START]
    if len(block) > START and b"\n" in some:
        some = some[: some.rindex(b"\n")]
    lines = some.decode("utf-8", errors="ignore").split("\n")
    return [line.rstrip("\r") for line in lines if line.strip(BLANK)]


def usual_width(rows: list[list[str]]) -> int:
    """Return how many cells most rows have."""
    counted = Counter(map(len, rows)).most_common(1)
    return counted[0][0] if counted else 0


def texts(rows: list[list[str]], fields: Fields, shift: int = 0) -> pl.DataFrame:
    """Return the fields' texts, a column each, of rows of one width.

    Args:
        rows: Rows of cells, all as wide.
        fields: Where the fields are.
        shift: How many cells further right each field is looked for.
    """
    places = {name: _moved(place, shift) for name, place in fields.places.items()}
    width = len(rows[0]) if rows else 0
    inside = {
        name: place
        for name, place in places.items()
        if all(0 <= at < width for at in place.every)
    }
    wanted = sorted({at for place in inside.values() for at in place.every})
    frame = pl.DataFrame(
        {str(at): [row[at] for row in rows] for at in wanted},
        schema=dict.fromkeys(map(str, wanted), pl.String),
    )
    if not wanted:
        return pl.DataFrame(schema=dict.fromkeys(inside, pl.String))
    return frame.select(_named(inside))


def _named(places: Mapping[str, Place]) -> list[pl.Expr]:
    return [place.text().alias(name) for name, place in places.items()]


def _moved(place: Place, shift: int) -> Place:
    """Return a place some cells further right."""
    return Place(
        tuple(at + shift for at in place.at),
        place.mark,
        place.take,
        place.value,
        tuple(_moved(choice, shift) for choice in place.choices),
    )
