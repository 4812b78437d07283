"""How a table of text is written: by R, Stata, a spreadsheet, or an office of 1999.

Commas, tabs, semicolons or bars; packed or not; UTF-8 with its mark or without, UTF-16,
or the letters of Windows; lines that end in one way or another. Every command that
takes a table looks here.
"""

import codecs
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, cast

import polars as pl

from groundgame.errors import UnreadableTable

SEPARATORS = (",", "\t", ";", "|")
PACKED = b"\x1f\x8b"
HEAD = 1 << 20
NOTHING = ["", "NA", ".", "NaN", "NULL", "null"]
"""What stands for nothing, in a condition."""


@dataclass(frozen=True, slots=True)
class Text:
    """How a file of text is written."""

    source: Path | bytes
    separator: str

    def opened(self) -> Path | IO[bytes]:
        """Return where it is read from: its path, if that is plain text."""
        if isinstance(self.source, bytes):
            return BytesIO(self.source)
        return _opened(self.source) if _is_packed(self.source) else self.source

    def columns(self) -> list[str]:
        """Return the names in its header."""
        empty = self.read([], 0)
        return empty.columns

    def read(self, names: Sequence[str], rows: int | None = None) -> pl.DataFrame:
        """Read some columns, or all, as words."""
        return pl.read_csv(
            self.source,
            separator=self.separator,
            columns=list(names) or None,
            infer_schema=False,
            n_rows=rows,
        )

    def guessed(self) -> pl.DataFrame:
        """Read all columns, each as what it seems to hold."""
        return pl.read_csv(
            self.source,
            separator=self.separator,
            infer_schema_length=None,
            null_values=NOTHING,
            decimal_comma=self.separator == ";",
        )


def look(path: Path, wanted: str) -> Text:
    """Look how a file is written.

    Args:
        path: The file.
        wanted: What its columns should be, if it is refused.

    Raises:
        UnreadableTable: It is no text at all.
    """
    with _opened(path) as file:
        head = file.read(HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with _opened(path) as file:
            whole = file.read().decode("utf-16", "replace")
        return Text(whole.encode(), _separator(whole[:HEAD].encode()))
    if b"\0" in head:
        found = "is no text, and no file of Stata, SPSS, R or Excel is read"
        raise UnreadableTable(path.name, found, wanted)
    if b"\r" in head and b"\n" not in head:  # lines as they ended before 2001
        with _opened(path) as file:
            head = file.read().replace(b"\r", b"\n")
        return Text(head, _separator(head))
    separator = _separator(head)
    if _is_utf8(path):
        return Text(path, separator)
    with _opened(path) as file:
        return Text(file.read().decode("cp1252", "replace").encode(), separator)


def _separator(head: bytes) -> str:
    """Return what stands between the names of a header."""
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    counts = {one: first.count(one) for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: counts[one])


def _opened(path: Path) -> IO[bytes]:
    """Open a file of text, packed or not."""
    return cast("IO[bytes]", gzip.open(path)) if _is_packed(path) else path.open("rb")


def _is_packed(path: Path) -> bool:
    """Return whether a file begins as those of gzip do."""
    with path.open("rb") as file:
        return file.read(len(PACKED)) == PACKED


def _is_utf8(path: Path) -> bool:
    """Return whether all of a file is UTF-8, a piece at a time."""
    reader = codecs.getincrementaldecoder("utf-8")()
    with _opened(path) as file:
        try:
            while piece := file.read(HEAD):
                reader.decode(piece)
            reader.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
