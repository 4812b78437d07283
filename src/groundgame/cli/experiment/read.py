"""Read a table of an experiment that somebody else wrote, whatever wrote it.

Commas, tabs, semicolons or bars; packed or not; UTF-8 with its mark or without, or the
letters of Windows. Only the columns that are named are read, as words: what a word
means depends on what is asked of its column, and a long id stays what it is.
"""

import codecs
import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

import polars as pl
import pyarrow as pa
import typer

from groundgame import experiment
from groundgame.errors import UnreadableTable
from groundgame.experiment.columns import words

WANTED = "a header, and a row for each unit"
SEPARATORS = (",", "\t", ";", "|")
PACKED = b"\x1f\x8b"
HEAD = 1 << 20
NOTHING = ["", "NA", ".", "NaN", "NULL", "null"]
"""What stands for nothing, in a condition."""


@dataclass(frozen=True, slots=True)
class _Text:
    """How a file of text is written."""

    source: Path | bytes
    separator: str

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


def read(
    path: Path, asked: experiment.Question, where: str = "", more: Sequence[str] = ()
) -> tuple[pa.Table, experiment.Question]:
    """Return the columns that are asked for, and the question as the file names them.

    Args:
        path: The file.
        asked: What each column is called, nearly as in the file.
        where: Which rows, in SQL; all if empty.
        more: Further columns, if they are there.

    Raises:
        UnreadableTable: It is not there, or no whole table.
    """
    if not path.is_file():
        raise UnreadableTable(path.name, "is no file", WANTED)
    try:
        if path.suffix.lower() == ".parquet":
            rows = pl.read_parquet(path)
            named, wanted = _named(asked, rows.columns)
            rows = _kept(rows, rows, where)
        else:
            text = _text(path)
            named, wanted = _named(asked, text.columns())
            if any(f"{one}_duplicated_0" in text.columns() for one in named.columns):
                raise UnreadableTable(path.name, "has two columns of one name", WANTED)
            rows = text.read(_there(named, more, text.columns()))
            if text.separator == ";":
                rows = _points(rows)
            rows = _kept(rows, text.guessed() if where else rows, where)
    except (pl.exceptions.PolarsError, OSError, EOFError) as problem:
        raise UnreadableTable(path.name, "is not a whole table", WANTED) from problem
    for name, value in wanted.items():
        said = words(rows[name])
        counts = said == words(pl.Series([value], dtype=pl.String))[0]
        rows = rows.with_columns(counts.cast(pl.Int8).alias(name))
    return rows.to_arrow(), named


def _beside(said: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the names in `--covariates`: several times, with commas, or with blanks.

    A name with a comma in it is one name where the file has it.
    """
    names: list[str] = []
    for part in said:
        if whole := _match(part, known):
            names.append(whole)
            continue
        apart = part.split()
        commas = "," in part or not all(_match(one, known) for one in apart)
        names += [one.strip() for one in part.split(",")] if commas else apart
    return tuple(dict.fromkeys(filter(None, names)))


def _text(path: Path) -> _Text:
    """Look how a file is written.

    Raises:
        UnreadableTable: It is no text at all.
    """
    with _opened(path) as file:
        head = file.read(HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with _opened(path) as file:
            whole = file.read().decode("utf-16", "replace")
        return _Text(whole.encode(), _separator(whole[:HEAD].encode()))
    if b"\0" in head:
        found = "is no text, and no file of Stata, SPSS, R or Excel is read"
        raise UnreadableTable(path.name, found, WANTED)
    if b"\r" in head and b"\n" not in head:  # lines as they ended before 2001
        with _opened(path) as file:
            head = file.read().replace(b"\r", b"\n")
        return _Text(head, _separator(head))
    separator = _separator(head)
    if _is_utf8(path):
        return _Text(path, separator)
    with _opened(path) as file:
        return _Text(file.read().decode("cp1252", "replace").encode(), separator)


def _separator(head: bytes) -> str:
    """Return what stands between the names of a header."""
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    counts = {one: first.count(one) for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: counts[one])


def _opened(path: Path) -> IO[bytes]:
    """Open a file of text, packed or not."""
    with path.open("rb") as file:
        packed = file.read(len(PACKED)) == PACKED
    return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")


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


def _named(
    asked: experiment.Question, columns: Sequence[str]
) -> tuple[experiment.Question, dict[str, str]]:
    """Return the question with the names of the file, and which word counts as 1.

    So may be said of the outcome and of who was reached: 'vote=Voted'.
    """
    wanted = {}
    for part in ("outcome", "contacted"):
        said = getattr(asked, part)
        if not _match(said, columns) and "=" in said:
            name, _, value = said.partition("=")
            name = _match(name.strip(), columns) or name.strip()
            asked = (
                replace(asked, outcome=name)
                if part == "outcome"
                else replace(asked, contacted=name)
            )
            if name in columns:
                wanted[name] = value
    beside = _beside(asked.covariates, columns)
    named = replace(
        asked,
        covariates=tuple(_match(one, columns) or one for one in beside),
        **{
            part: _match(getattr(asked, part), columns) or getattr(asked, part)
            for part in (
                *("outcome", "arm", "cluster", "block"),
                *("contacted", "weights", "unit"),
            )
        },
    )
    return named, wanted


def _match(name: str, columns: Sequence[str]) -> str | None:
    """Return the column that is meant, if one alone is."""
    if name in columns:
        return name
    for same in (str.strip, lambda one: one.strip().casefold()):
        like = [one for one in columns if same(one) == same(name)]
        if name.strip() and len(like) == 1:
            return like[0]
    return None


def _there(
    asked: experiment.Question, more: Sequence[str], columns: Sequence[str]
) -> list[str]:
    """Return the columns to read; one that is not there is refused by the room."""
    wanted = [*asked.columns, *more]
    there = [one for one in dict.fromkeys(wanted) if one in columns]
    return there if set(asked.columns) <= set(there) else list(columns)


def _points(rows: pl.DataFrame) -> pl.DataFrame:
    """Return words with decimal points: beside semicolons, a comma is one."""
    number = r"^\s*([+-]?\d+),(\d+)\s*$"
    return rows.with_columns(pl.all().str.replace(number, "$1.$2"))


def _kept(rows: pl.DataFrame, guessed: pl.DataFrame, where: str) -> pl.DataFrame:
    """Keep the rows that are asked for."""
    if not where:
        return rows
    try:
        kept = guessed.select(pl.sql_expr(where)).to_series()
        return rows.filter(kept)
    except pl.exceptions.PolarsError as problem:
        raise typer.BadParameter(
            "--where wants a condition on columns of the file, as SQL says it: "
            "persons = 1 and age > 17"
        ) from problem
