"""Read a table of an experiment that somebody else wrote, whatever wrote it.

Columns are read as words: what a word means depends on what is asked of its column, and
a long id stays what it is. Those that nobody named are looked at once, for one of them
may be what was assigned.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow as pa
import typer

from groundgame import experiment
from groundgame.cli.text import look
from groundgame.errors import UnreadableTable
from groundgame.experiment.columns import words

WANTED = "a header, and a row for each unit"
PEOPLE = "person_id"
"""What ids of people are called here: each may come once, unless somebody says so."""


def read(
    path: Path,
    asked: experiment.Question,
    where: str = "",
    more: Sequence[str] = (),
    *,
    as_stated: bool = False,
) -> tuple[pa.Table, experiment.Question]:
    """Return the columns that are asked for, and the question as the file names them.

    Args:
        path: The file.
        asked: What each column is called, nearly as in the file.
        where: Which rows, in SQL; all if empty.
        more: Further columns, if they are there.
        as_stated: Whether the level of assignment is taken as it is said to be.

    Raises:
        UnreadableTable: It is not there, or no whole table.
        CannotAnalyse: It was something else that was assigned.
    """
    if not path.is_file():
        raise UnreadableTable(path.name, "is no file", WANTED)
    try:
        if path.suffix.lower() == ".parquet":
            rows = pl.read_parquet(path)
            named, wanted = _named(asked, rows.columns)
            rows = _kept(rows, rows, where)
        else:
            text = look(path, WANTED)
            named, wanted = _named(asked, text.columns())
            if any(f"{one}_duplicated_0" in text.columns() for one in named.columns):
                raise UnreadableTable(path.name, "has two columns of one name", WANTED)
            rows = text.read([])
            if text.separator == ";":
                rows = _points(rows)
            rows = _kept(rows, text.guessed() if where else rows, where)
    except (pl.exceptions.PolarsError, OSError, EOFError) as problem:
        raise UnreadableTable(path.name, "is not a whole table", WANTED) from problem
    named = _each_once(named, rows.columns)
    if not as_stated:
        experiment.hold_level(rows.to_arrow(), named)
    rows = rows.select(_there(named, more, rows.columns))
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


def _each_once(
    asked: experiment.Question, columns: Sequence[str]
) -> experiment.Question:
    """Return the question with the ids of people as units, where nobody named one."""
    people = _match(PEOPLE, columns)
    if asked.unit or people is None or people == asked.cluster:
        return asked
    return replace(asked, unit=people)


def _there(
    asked: experiment.Question, more: Sequence[str], columns: Sequence[str]
) -> list[str]:
    """Return the columns to read; one that is not there is refused by the room."""
    wanted = [*asked.columns, *more]
    there = [one for one in dict.fromkeys(wanted) if one in columns]
    return there if set(filter(None, wanted)) <= set(there) else list(columns)


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
