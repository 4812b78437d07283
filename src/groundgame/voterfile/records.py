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

Nearly all lines have no quotation mark. They are counted and taken apart in columns, by
Polars; only lines that leave a quote open are looked at one by one.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.voterfile.source import BLANK, blocks

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


def batches(path: Path, shape: Shape, *, skip: int) -> Iterator[Batch]:
    """Yield the rows of a file, some megabytes at a time.

    Args:
        path: The file.
        shape: How it is taken apart.
        skip: How many lines that are not blank are passed over: 1 for a header.

    Raises:
        UnreadableFile: The file is no plain, whole table of text.
    """
    line, carry = 1, b""
    waiting: bytes | None = None
    for block in blocks(path):
        if waiting is not None:
            batch, line, carry, skip = _batch(carry + waiting, line, shape, skip, 0)
            yield batch
        waiting = block
    batch, *_ = _batch(carry + (waiting or b""), line, shape, skip, 1)
    yield batch


def _batch(
    block: bytes, line: int, shape: Shape, skip: int, last: int
) -> tuple[Batch, int, bytes, int]:
    """Return the rows of one block, and where the next one goes on."""
    lines = _lines(block, line)
    filled = lines.filter(pl.col("text").str.strip_chars(BLANK) != "")
    passed = min(skip, filled.height)
    if passed:
        after = filled["line"][passed - 1]
        filled = filled.slice(passed)
        lines = lines.filter(pl.col("line") > after)
    if not shape.quote or b'"' not in block:
        sorted_out = _plain(filled, shape)
        carry, taken = b"", lines.height
    else:
        sorted_out, taken = _quoted(lines, filled, shape, last=bool(last))
        rest = lines["text"].slice(taken)
        carry = "".join(f"{text}\n" for text in rest.to_list()).encode()
    cells, refused = sorted_out
    following = line + block.count(b"\n") - (lines.height - taken)
    batch = Batch(cells, refused, cells.height + refused.height, len(block))
    return batch, following, carry, skip - passed


def _lines(block: bytes, line: int) -> pl.DataFrame:
    """Return the lines of a block with their numbers, without copying the text."""
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
    offsets = np.concatenate([[0], ends + 1]).astype(np.int64)
    array = pa.LargeStringArray.from_buffers(
        len(ends), pa.py_buffer(offsets.tobytes()), pa.py_buffer(block)
    )
    return pl.DataFrame(
        {
            "text": pl.Series(array).str.strip_chars_end("\r\n"),
            "line": np.arange(line, line + len(ends), dtype=np.int64),
        }
    )


def _counted(
    lines: pl.DataFrame, marks: pl.Series, shape: Shape, *, quoted: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sort out lines by how many marks between cells they have."""
    reason = (
        pl.when(pl.col("text").str.contains("\0", literal=True))
        .then(pl.lit(NUL))
        .when(marks < shape.width - 1)
        .then(pl.lit(SHORT))
        .when(marks > shape.width - 1)
        .then(pl.lit(LONG))
    )
    marked = lines.select("text", "line", reason=reason)
    if not marked["reason"].count():
        none = pl.DataFrame(schema={"line": pl.Int64, "reason": pl.String})
        return _cells(marked, shape, quoted=quoted), _refused(none)
    good = marked.filter(pl.col("reason").is_null())
    bad = marked.filter(pl.col("reason").is_not_null())
    return _cells(good, shape, quoted=quoted), _refused(bad)


def _plain(lines: pl.DataFrame, shape: Shape) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sort out lines in which no quotation mark means anything."""
    marks = lines["text"].str.count_matches(shape.delimiter, literal=True)
    return _counted(lines, marks, shape, quoted=False)


def _quoted(
    lines: pl.DataFrame, filled: pl.DataFrame, shape: Shape, *, last: bool
) -> tuple[tuple[pl.DataFrame, pl.DataFrame], int]:
    """Sort out lines among which some have quotation marks.

    Returns:
        The rows that are good and those that are not, and how many lines were taken;
        the rest (at most four) may go on in the next block.
    """
    grammar = _Grammar(shape)
    marked = grammar.mark(lines)
    numbers = marked["line"].to_numpy()
    opens = np.flatnonzero(marked["open"].to_numpy())
    limit = len(numbers) if last else max(0, len(numbers) - JOINED)
    joined, eaten = _join(marked, opens[opens < limit], shape)
    taken = max([limit, *(at + 1 for at in eaten)])
    keep = np.ones(len(numbers), dtype=bool)
    keep[list(eaten)] = False
    keep[taken:] = False
    alone = marked.filter(pl.Series(keep)).join(filled.select("line"), on="line")
    simple = alone.filter(~pl.col("quoted"))
    strict = alone.filter(pl.col("strict"))
    odd = alone.filter(pl.col("quoted") & ~pl.col("strict") & pl.col("whole"))
    bad = alone.filter(pl.col("quoted") & ~pl.col("whole"))
    parts = [
        _plain(simple, shape),
        _counted(strict, strict["marks"], shape, quoted=True),
        _one_by_one(odd["text"].to_list(), odd["line"].to_list(), shape),
        _one_by_one([text for _, text in joined], [at for at, _ in joined], shape),
    ]
    unbalanced = bad.select("line", reason=pl.lit(UNBALANCED))
    cells = pl.concat([good for good, _ in parts]).sort("line")
    away = pl.concat([*(gone for _, gone in parts), _refused(unbalanced)])
    return (cells, away.sort("line")), taken


class _Grammar:
    """The regular expressions that say what a line of cells is."""

    def __init__(self, shape: Shape) -> None:
        mark = re.escape(shape.delimiter)
        whole = '"(?:[^"]|"")*"'
        strict = f'(?:{whole}|[^"{mark}]*)'
        loose = f'(?:{whole}|[^"{mark}][^{mark}]*|)'
        self.strict = f"^{strict}(?:{mark}{strict})*$"
        self.whole = f"^{loose}(?:{mark}{loose})*$"
        self.open = f'^(?:{loose}{mark})*"(?:[^"]|"")*$'
        self.inside = whole
        self.mark_text = shape.delimiter
        self.width = shape.width

    def mark(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Return the lines with what they are: quoted, strict, whole, open, row."""
        text = pl.col("text")
        marked = lines.with_columns(
            quoted=text.str.contains('"', literal=True),
            marks=text.str.replace_all(self.inside, "").str.count_matches(
                self.mark_text, literal=True
            ),
        )
        quoted = pl.col("quoted")
        marked = marked.with_columns(
            strict=quoted & text.str.contains(self.strict),
            whole=~quoted | text.str.contains(self.whole),
            open=quoted & text.str.contains(self.open),
        )
        alone = pl.col("strict") | ~pl.col("quoted")
        row = alone & (pl.col("marks") == self.width - 1)
        return marked.with_columns(
            open=pl.col("open") & ~pl.col("whole"), row=row if self.width > 1 else False
        )


def _join(
    marked: pl.DataFrame, opens: npt.NDArray[np.int64], shape: Shape
) -> tuple[list[tuple[int, str]], set[int]]:
    """Join lines that leave a quote open with those in which it is closed.

    Returns:
        The joined rows with the line each begins on, and the places of all their lines.
    """
    joined: list[tuple[int, str]] = []
    eaten: set[int] = set()
    for start in opens.tolist():
        if start in eaten:
            continue
        window = marked.slice(start, JOINED + 1)
        text = window["text"][0]
        for n, (more, row) in enumerate(
            zip(window["text"], window["row"], strict=True)
        ):
            if n == 0:
                continue
            if row:
                break
            text += "\n" + more
            if len(_taken_apart(text, shape)) == shape.width:
                joined.append((window["line"][0], text))
                eaten.update(range(start, start + n + 1))
                break
    return joined, eaten


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


def _one_by_one(
    texts: Sequence[str], lines: Sequence[int], shape: Shape
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sort out the few rows that need a closer look."""
    good: list[tuple[int, list[str]]] = []
    bad: list[tuple[int, str]] = []
    for text, line in zip(texts, lines, strict=True):
        cells = _taken_apart(text, shape)
        if "\0" in text:
            bad.append((line, NUL))
        elif len(cells) == shape.width:
            good.append((line, cells))
        else:
            reason = SHORT if len(cells) < shape.width else LONG
            bad.append((line, reason if cells else UNBALANCED))
    frame = pl.DataFrame(
        {str(at): [cells[at] for _, cells in good] for at in shape.wanted}
        | {"line": [line for line, _ in good]},
        schema={str(at): pl.String for at in shape.wanted} | {"line": pl.Int64},
    )
    away = pl.DataFrame(
        {"line": [line for line, _ in bad], "reason": [why for _, why in bad]},
        schema={"line": pl.Int64, "reason": pl.String},
    )
    return frame, _refused(away)


def _cells(good: pl.DataFrame, shape: Shape, *, quoted: bool) -> pl.DataFrame:
    """Take good lines apart, all at once."""
    wanted = [str(at) for at in shape.wanted]
    if good.is_empty():
        schema = dict.fromkeys(wanted, pl.String) | {"line": pl.Int64}
        return pl.DataFrame(schema=schema)
    text = good["text"].str.join("\n")[0]
    cells = pl.read_csv(
        io.BytesIO(text.encode()),
        has_header=False,
        separator=shape.delimiter,
        quote_char='"' if quoted else None,
        schema=dict.fromkeys(shape.names, pl.String),
        columns=list(shape.wanted),
    ).select(wanted)
    if cells.height != good.height:
        return _one_by_one(good["text"].to_list(), good["line"].to_list(), shape)[0]
    return cells.with_columns(good["line"])


def _refused(bad: pl.DataFrame) -> pl.DataFrame:
    """Return refused rows in the columns of that table, save for the file's name."""
    return bad.select(
        "line", column=pl.lit(None, dtype=pl.String), reason=pl.col("reason")
    )
