"""Read scores that a model gave: a table from outside, in either of two shapes.

In:  CSV, TSV or Parquet with person_id, score and value, a row each score; or with
     person_id and a column for each score, named so.
Out: SCORES; and how many cells were no score. Scores in = kept + refused + repeated.

Of two values for one person's score, the last in the file counts. An empty cell of the
second shape is no score that was left out: it is none.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa

from groundgame.errors import UnreadableTable
from groundgame.tables import SCORES

_WANTED = "person_id, score and value, or person_id and a column for each score"
_MARKS = (",", "\t", ";", "|")
_MOST = 200
"""Scores in one table; more is a file of something else."""
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores as they were read: what is counted in adds up to what the file holds."""

    table: pa.Table
    refused: int
    repeated: int
    names: tuple[str, ...]

    @property
    def given(self) -> int:
        """How many scores the file holds."""
        return int(self.table.num_rows) + self.refused + self.repeated


def read_scores(path: Path, called: str = "") -> Scores:
    """Read scores.

    Args:
        path: The file.
        called: What its owner calls it, where that is not its name here.

    Raises:
        UnreadableTable: It is no table, or its columns are neither of the two shapes.
    """
    name = called or path.name
    wide = _table(path, name)
    if "person_id" not in wide.columns:
        raise UnreadableTable(name, "has no column person_id", _WANTED)
    if {"score", "value"} <= set(wide.columns):
        long = wide.select("person_id", "score", "value")
    else:
        long = _long(wide, name)
    return _sorted_out(long, name)


def _table(path: Path, file: str) -> pl.DataFrame:
    """Return the cells as text, spaces around them and empty ones gone."""
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            cells = pl.read_parquet(path, glob=False)
        else:
            with path.open(encoding="utf-8-sig") as lines:
                first = lines.readline(100_000)
            cells = pl.read_csv(
                path, separator=max(_MARKS, key=first.count), infer_schema=False
            )
        cells = cells.select(pl.all().cast(pl.String).str.strip_chars())
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as problem:
        found = "is empty, or not a whole table"
        raise UnreadableTable(file, found, _WANTED) from problem
    names = [name.strip().lower() for name in cells.columns]
    if len(set(names)) < len(names):
        raise UnreadableTable(file, "has two columns of one name", _WANTED)
    return cells.rename(dict(zip(cells.columns, names, strict=True))).select(
        pl.all().replace("", None)
    )


def _long(wide: pl.DataFrame, file: str) -> pl.DataFrame:
    """Return a row for each score, from a table with a column for each."""
    several = [name for name in wide.columns if name != "person_id"]
    if not several or len(several) > _MOST:
        raise UnreadableTable(file, f"has {len(several)} columns of scores", _WANTED)
    long = wide.unpivot(
        several, index="person_id", variable_name="score", value_name="value"
    )
    return long.filter(pl.col("value").is_not_null())


def _sorted_out(long: pl.DataFrame, file: str) -> Scores:
    """Take out what is no score, and what stands twice."""
    read = long.with_columns(pl.col("value").cast(pl.Float64, strict=False))
    fine = (
        pl.col("person_id").is_not_null()
        & pl.col("score").is_not_null()
        & (pl.col("score").str.len_chars() <= _LONGEST_NAME)
        & pl.col("value").is_finite().fill_null(value=False)
    )
    good = read.filter(fine)
    once = good.unique(["person_id", "score"], keep="last", maintain_order=True)
    names = once["score"].unique().sort().to_list()
    if not names or len(names) > _MOST:
        found = f"holds {len(names)} scores" if names else "holds no score"
        raise UnreadableTable(file, found, _WANTED)
    return Scores(
        table=once.to_arrow().cast(SCORES.arrow),
        refused=read.height - good.height,
        repeated=good.height - once.height,
        names=tuple(names),
    )
