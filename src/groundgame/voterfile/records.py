"""From blocks of text to rows of cells, with every row accounted for.

In:  a file, the mark between cells, the quotation mark, and the header's names.
Out: batches. A batch holds the rows that could be taken apart, as columns of text, and
     the rows that could not, each with the line it begins on and the reason.

A row is a line that is not blank, or a few lines when a quoted cell goes on over a line
end. A line is taken apart by this grammar: a cell is quoted from end to end, and a
quotation mark inside it is doubled; or it does not begin with one. A line that breaks
it is refused alone. A line that leaves a quote open may be joined with the next four,
but never with one that is a whole row by itself: so a lonely quotation mark costs one
row, and not the half of the file that follows it.

Nearly all lines are whole by themselves: the kernel says so of each, and where its
cells are. Only lines with quotation marks in odd places are looked at one by one.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from groundgame.errors import UnreadableFile
from groundgame.voterfile import kernel
from groundgame.voterfile.cells import Cells, Numbering
from groundgame.voterfile.source import BLANK, LONGEST_LINE, blocks

JOINED = 4  # lines that an open quote may go on for

SHORT = "the row has fewer cells than the header"
LONG = "the row has more cells than the header"
UNBALANCED = "a quotation mark is opened or closed in the wrong place"
NUL = "the row holds a NUL byte"


@dataclass(frozen=True, slots=True)
class Shape:
    """How cells are set apart, how many there are, and which of them are wanted."""

    delimiter: str
    quote: str
    width: int
    wanted: tuple[int, ...]

    @property
    def names(self) -> list[str]:
        """The names of all cells of a row: their positions."""
        return [str(n) for n in range(self.width)]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file: a column of text for each wanted position, and `line`."""

    cells: pl.DataFrame
    refused: pl.DataFrame
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one block: its cells, what is refused, and how many lines it has."""

    cells: Cells
    refused: pl.DataFrame
    rows: int
    lines: int
    size: int


def batches(path: Path, shape: Shape, *, skip: int) -> Iterator[Batch]:
    """Yield the rows of a file, some megabytes at a time.

    Args:
        path: The file.
        shape: How it is taken apart.
        skip: How many lines that are not blank are passed over: 1 for a header.

    Raises:
        UnreadableFile: The file is no plain, whole table of text.
    """
    for one in blocks_of_rows(blocks(path), shape, skip=skip, name=path.name):
        yield Batch(one.cells.frame(), one.refused, one.rows, one.size)


def blocks_of_rows(
    blocks_of_lines: Iterable[bytes | bytearray], shape: Shape, *, skip: int, name: str
) -> Iterator[Block]:
    """Yield the rows of blocks of whole lines; the first line is line 1.

    Args:
        blocks_of_lines: Blocks in UTF-8, each of whole lines that end in a line feed.
        shape: How they are taken apart.
        skip: How many lines that are not blank are passed over.
        name: The file's name, for what is said of it.
    """
    line, carry = 1, b""
    waiting: bytes | bytearray | None = None
    for block in blocks_of_lines:
        if waiting is not None:
            one, carry, skip = _rows(carry, waiting, line, shape, (skip, False), name)
            line += one.lines
            yield one
        waiting = block
    yield _rows(carry, waiting or b"", line, shape, (skip, True), name)[0]


def _rows(  # noqa: PLR0913, PLR0917  # what goes from block to block
    carry: bytes,
    block: bytes | bytearray,
    line: int,
    shape: Shape,
    where: tuple[int, bool],
    name: str,
) -> tuple[Block, bytes, int]:
    """Return the rows of one block, the lines that may go on, and what to skip yet."""
    skip, last = where
    size = len(block)
    whole = carry + block if carry else block
    whole = whole if isinstance(whole, bytearray) else bytearray(whole)
    passed, start, skip = _skipped(whole, skip)
    raw = np.frombuffer(whole, np.uint8)[start:]
    lines = _take_apart(raw, shape, nul=b"\0" in whole)
    if len(lines.kinds) and np.diff(lines.begins).max() > LONGEST_LINE:
        raise UnreadableFile(
            name, "has a line without an end", "export it as plain CSV or TSV"
        )
    careful = _Careful(lines, shape, last=last)
    taken = careful.taken
    refused = careful.refused(line + passed)
    cells = careful.cells(line + passed)
    rest = raw[lines.begins[taken] :].tobytes() if taken < len(lines.kinds) else b""
    rows = cells.height + refused.height
    return Block(cells, refused, rows, passed + taken, size), rest, skip


def _skipped(block: bytearray, skip: int) -> tuple[int, int, int]:
    """Pass over lines that are not blank: lines, bytes, and how many are left."""
    lines = at = 0
    while skip and at < len(block):
        end = block.index(b"\n", at) + 1
        skip -= bool(block[at:end].strip(_BLANK))
        lines, at = lines + 1, end
    return lines, at, skip


_BLANK = BLANK.encode() + b"\n"


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the kernel says of a block."""

    raw: kernel.Bytes
    begins: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.uint8]
    places: npt.NDArray[np.int64]
    at: npt.NDArray[np.uint32]
    numbering: Numbering

    def text(self, line: int) -> str:
        """Return the text of one line, without its end."""
        some = self.raw[self.begins[line] : self.begins[line + 1]].tobytes()
        return some.decode("utf-8").rstrip("\r\n")


def _take_apart(raw: kernel.Bytes, shape: Shape, *, nul: bool) -> _Lines:
    """Ask the kernel what each line of a block is, and where its cells are."""
    if len(raw) and raw[-1] != ord("\n"):  # the loops look for it, and for nothing else
        raise ValueError("a block is of whole lines")
    many = kernel.count_lines(raw)
    cells = len(shape.wanted)
    wanted = np.full(shape.width, -1, np.int64)
    wanted[list(shape.wanted)] = np.arange(cells)
    begins, kinds = np.zeros(many + 1, np.int64), np.empty(many, np.uint8)
    places = np.empty(many, np.int64)
    at = np.empty((many + 1, cells, 2), np.uint32)
    numbering = Numbering(many, cells)
    quote = ord('"') if shape.quote else 0
    _, rows = kernel.take_apart(
        raw,
        (ord(shape.delimiter), quote, shape.width),
        wanted,
        (begins, kinds, places),
        at,
        numbering.state,
    )
    if nul:
        where = np.searchsorted(begins, np.flatnonzero(raw == 0), "right") - 1
        there = np.unique(where)
        odd = there[kinds[there] != kernel.CARE]
        kinds[odd] = np.where(kinds[odd] == kernel.GOOD, kernel.NUL_ROW, kernel.NUL_ODD)
    return _Lines(raw, begins, kinds, places[:rows], at, numbering)


class _Careful:
    """Lines that need a closer look, and what becomes of all lines by it."""

    def __init__(self, lines: _Lines, shape: Shape, *, last: bool) -> None:
        self._lines = lines
        self._shape = shape
        self._last = last
        self._read: list[tuple[int, list[str]]] = []
        self._bad: list[tuple[int, str]] = []
        self._eaten: set[int] = set()
        self.taken = len(lines.kinds)
        odd = np.flatnonzero(lines.kinds == kernel.CARE).tolist()
        if odd:
            self._look(odd)

    def _look(self, odd: list[int]) -> None:
        """Go through the odd lines, one by one."""
        texts = [self._lines.text(line) for line in odd]
        whole, leaves_open = _Grammar(self._shape).sort_out(texts)
        for n, line in enumerate(odd):
            if line in self._eaten:
                continue
            if leaves_open[n]:
                if not self._join(line, texts[n]):
                    self.taken = line
                    return
            elif whole[n]:
                self._one(line, texts[n])
            else:
                self._bad.append((line, UNBALANCED))

    def _join(self, line: int, text: str) -> bool:
        """Join a line with those after it; false if they are in the next block."""
        kinds = self._lines.kinds
        for more in range(line + 1, line + 1 + JOINED):
            if more == len(kinds):
                if not self._last:
                    return False
                break
            if self._shape.width > 1 and kinds[more] in _ROWS:
                break
            text += "\n" + self._lines.text(more)
            if len(_taken_apart(text, self._shape)) == self._shape.width:
                self._eaten.update(range(line, more + 1))
                self._one(line, text)
                return True
        self._bad.append((line, UNBALANCED))
        return True

    def _one(self, line: int, text: str) -> None:
        """Sort out one row."""
        cells = _taken_apart(text, self._shape)
        if "\0" in text:
            self._bad.append((line, NUL))
        elif len(cells) == self._shape.width:
            self._read.append((line, [cells[at] for at in self._shape.wanted]))
        elif cells:
            short = len(cells) < self._shape.width
            self._bad.append((line, SHORT if short else LONG))
        else:
            self._bad.append((line, UNBALANCED))

    def refused(self, first: int) -> pl.DataFrame:
        """Return the lines that are refused, with the reason."""
        kinds = self._lines.kinds
        plain = [
            (line, _REASONS[int(kinds[line])])
            for line in np.flatnonzero(_PLAIN[kinds]).tolist()
            if line < self.taken and line not in self._eaten
        ]
        bad = sorted([*plain, *self._bad])
        return pl.DataFrame(
            {
                "line": [line + first for line, _ in bad],
                "column": [None] * len(bad),
                "reason": [reason for _, reason in bad],
            },
            schema={"line": pl.Int64, "column": pl.String, "reason": pl.String},
        )

    def cells(self, first: int) -> Cells:
        """Return the cells of all rows that are good, in the order of lines."""
        lines, wanted = self._lines, self._shape.wanted
        kept = (lines.kinds[lines.places] == kernel.GOOD) & (lines.places < self.taken)
        if self._eaten:
            kept &= ~np.isin(lines.places, list(self._eaten))
        raw, at, places = lines.raw, lines.at[: len(kept)], lines.places
        if not kept.all():
            places, at = places[kept], at[kept]
            codes = lines.numbering.codes
            codes[: len(places)] = codes[: len(kept)][kept]
        if self._read:
            raw, at, places = self._added(raw, at, places)
        return Cells(raw, at, places + first, wanted, lines.numbering)

    def _added(self, raw: Any, at: Any, places: Any) -> tuple[Any, Any, Any]:
        """Return the same with the rows that were read one by one, in their places."""
        more = [[cell.encode() for cell in cells] for _, cells in self._read]
        sizes = np.array([[len(cell) for cell in row] for row in more], np.int64)
        sizes = sizes.reshape(len(more), len(self._shape.wanted))
        ends = len(raw) + np.cumsum(sizes).reshape(sizes.shape)
        text = b"".join(cell for row in more for cell in row)
        raw = np.concatenate([raw, np.frombuffer(text, np.uint8)])
        added = np.stack([ends - sizes, ends], axis=2).astype(np.uint32)
        at = np.concatenate([at, added])
        first, rows = len(places), len(places) + len(more)
        kernel.number_cells(raw, at, (first, rows), self._lines.numbering.state)
        places = np.concatenate([places, [line for line, _ in self._read]])
        order = np.argsort(places, kind="stable")
        codes = self._lines.numbering.codes
        codes[:rows] = codes[order]
        return raw, at[order], places[order]


_ROWS = (kernel.GOOD, kernel.NUL_ROW)
_REASONS = {
    kernel.SHORT: SHORT,
    kernel.LONG: LONG,
    kernel.NUL_ROW: NUL,
    kernel.NUL_ODD: NUL,
}
_PLAIN = np.isin(np.arange(kernel.CARE + 1), list(_REASONS))


class _Grammar:
    """The regular expressions that say what a line with odd quotation marks is."""

    def __init__(self, shape: Shape) -> None:
        mark = re.escape(shape.delimiter)
        loose = f'(?:"(?:[^"]|"")*"|[^"{mark}][^{mark}]*|)'
        self.whole = f"^{loose}(?:{mark}{loose})*$"
        self.open = f'^(?:{loose}{mark})*"(?:[^"]|"")*$'

    def sort_out(self, texts: list[str]) -> tuple[list[bool], list[bool]]:
        """Say of each line whether it is whole, and whether it leaves a quote open."""
        lines = pl.Series(texts, dtype=pl.String)
        whole = lines.str.contains(self.whole)
        return whole.to_list(), (lines.str.contains(self.open) & ~whole).to_list()


def row_begins(block: bytes, shape: Shape) -> int | None:
    """Return where the first row that is whole by itself begins; None: nowhere.

    No open quote reaches across such a row, so a file can be cut before it. A row of
    one cell cannot be told from a line of a longer one.
    """
    if shape.width == 1:
        return None
    raw = np.frombuffer(bytearray(block), np.uint8)
    lines = _take_apart(raw, shape, nul=b"\0" in block)
    good = np.flatnonzero(np.isin(lines.kinds, _ROWS))
    return int(lines.begins[good[0]]) if len(good) else None


def _taken_apart(text: str, shape: Shape) -> list[str]:
    """Return the cells of one row, or none when it breaks the grammar."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=shape.delimiter, strict=True
    )
    try:
        rows = list(reader)
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []
