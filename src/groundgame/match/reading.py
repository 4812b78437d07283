"""Read an outside list: a table of text with a header row.

In:  a path to CSV, TSV or text with ';' or '|' between cells, plain or packed; which
     column is which.
Out: LISTED, one row for each row that says who is meant; and REFUSED, one for each
     that does not, or that has too many or too few cells.

Rows in = listed + refused; a row that holds nothing at all is none. A list of members
is small beside a voter file, so it is read whole. Spreadsheets save as CSV.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv

from groundgame.errors import BadColumns, UnreadableFile
from groundgame.match.cells import listed
from groundgame.match.fields import recognize
from groundgame.match.unpacked import text_of
from groundgame.tables import LISTED, REFUSED

_MARKS = ",\t;|"
_LINES_IN_A_CELL = 20  # a cell with more line ends than this began with a stray quote
_LONGEST = 500  # characters; no name and no address has as many
_LONGEST_HEADER = 100_000  # characters
_PLAIN = "save it as CSV, and give that"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read: rows = listed + refused.

    `columns` says which column of the list each field came from; `unread` counts the
    cells that hold something which is not what their column should hold.
    """

    name: str
    table: pa.Table
    refused: pa.Table
    columns: Mapping[str, str]
    unread: Mapping[str, int]

    @property
    def rows(self) -> int:
        """How many rows the list has."""
        return int(self.table.num_rows + self.refused.num_rows)


@dataclass(frozen=True, slots=True)
class Look:
    """How a list would be read: its header, which column is which, its first rows.

    `columns` is empty where nothing in the header says who is meant; `problem` says so.
    Each of `first` is what one row comes to, by the names of LISTED, without the empty.
    """

    header: tuple[str, ...]
    columns: Mapping[str, str]
    first: tuple[Mapping[str, str], ...]
    problem: str = ""


def read(path: Path, given: Mapping[str, str] | None = None) -> Listed:
    """Read a list.

    Args:
        path: The file.
        given: Which column is which field, where its name does not say so.

    Raises:
        UnreadableFile: It is no whole table of text.
        BadColumns: Nothing in its header says who is meant, or `given` misses.
    """
    cells, spoilt = _cells(text_of(path), path.name)
    columns = recognize(cells.columns[1:], given)
    rows, unread = listed(_of_fields(cells, columns))
    rows = rows.with_columns(why=_why_not(rows))
    unfit = pl.col("why").is_not_null()
    bad = pl.concat([spoilt, rows.filter(unfit).select("line", "why")])
    return Listed(
        name=path.name,
        table=LISTED.conform(rows.filter(~unfit).to_arrow()),
        refused=_refusals(bad.sort("line"), path.name),
        columns=columns,
        unread=unread,
    )


def look(path: Path, given: Mapping[str, str] | None = None, rows: int = 3) -> Look:
    """Return how a list would be read, so that somebody can see whether it is right.

    Args:
        path: The file.
        given: Which column is which field, where its name does not say so.
        rows: How many of its first rows are wanted.

    Raises:
        UnreadableFile: It is no whole table of text.
    """
    cells, _ = _cells(text_of(path), path.name)
    header = tuple(cells.columns[1:])
    try:
        columns = recognize(header, given)
    except BadColumns as refusal:
        return Look(header, {}, (), str(refusal))
    some = _of_fields(cells.head(rows), columns)
    said, _ = listed(some)
    kept = said.select(pl.exclude("row_id", "line").cast(pl.String)).to_dicts()
    first = tuple({name: cell for name, cell in row.items() if cell} for row in kept)
    return Look(header, columns, first)


def _of_fields(cells: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    """Return the cells under the names of our fields."""
    named = (pl.col(column).alias(field) for field, column in columns.items())
    return cells.select("line", *named)


def _cells(text: str, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the cells, with the line each row begins on; and the rows that are spoilt.

    A quote without an end would swallow every row after it: then quotes are read as
    letters, and rows that needed them are set aside one by one.

    Raises:
        UnreadableFile: There is no header row.
    """
    body = text.lstrip("\n")
    skipped = len(text) - len(body)
    quoted = body.count('"') % 2 == 0
    table, bad = _parsed(body, name, quoted=quoted)
    if quoted and _longest_cell(table, bad) > _LINES_IN_A_CELL:
        table, bad = _parsed(body, name, quoted=False)
    rows = pl.DataFrame(table)
    ends = pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True))
    set_aside = pl.DataFrame(
        bad,
        schema={"record": pl.Int64, "ends": pl.Int64, "why": pl.String},
        orient="row",
    )
    records = pl.int_range(2, 2 + rows.height + len(bad), eager=True).rename("record")
    good = records.filter(~records.is_in(set_aside["record"].implode()))
    every = pl.concat(
        [
            pl.DataFrame({"record": good, "ends": rows.select(ends).to_series()}).cast(
                pl.Int64
            ),
            set_aside.select("record", "ends"),
        ]
    ).sort("record")
    lines = every.select(
        "record",
        line=pl.col("record") + pl.col("ends").cum_sum() - pl.col("ends") + skipped,
    )
    numbered = rows.select(
        lines.filter(pl.col("record").is_in(good.implode()))["line"],
        pl.all().str.strip_chars().str.strip_chars('"').replace("", None),
    )
    spoilt = set_aside.join(lines, on="record").select("line", "why")
    return numbered.filter(pl.any_horizontal(pl.exclude("line").is_not_null())), spoilt


def _parsed(
    text: str, name: str, *, quoted: bool
) -> tuple[pa.Table, list[tuple[int, int, str]]]:
    """Return the rows with as many cells as the header, and what the others are."""
    first = text.split("\n", 1)[0]
    if len(first) > _LONGEST_HEADER:
        raise UnreadableFile(name, "has no header row", "give one to its first line")
    mark = max(_MARKS, key=first.count)
    bad: list[tuple[int, int, str]] = []

    def set_aside(row: pa_csv.InvalidRow) -> Literal["skip"]:
        why = f"has {row.actual_columns} cells, not {row.expected_columns}"
        bad.append((row.number or 0, row.text.count("\n"), why))
        return "skip"

    body = text.encode()
    header = _header(first, mark)
    if len(set(header)) < len(header):
        raise UnreadableFile(name, "has two columns of one name", "rename one of them")
    try:
        table = pa_csv.read_csv(
            BytesIO(body),
            pa_csv.ReadOptions(
                use_threads=False,
                block_size=len(body) + 1,
                column_names=header,
                skip_rows=1,
            ),
            pa_csv.ParseOptions(
                delimiter=mark,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as problem:
        raise UnreadableFile(name, "is no table", _PLAIN) from problem
    return table, bad


def _header(line: str, mark: str) -> list[str]:
    """Return the names of the columns; those without one are counted."""
    quoted = line.count('"') % 2 == 0
    (cells,) = csv.reader(
        [line], delimiter=mark, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    )
    names = [cell.strip().strip('"').strip() for cell in cells]
    return [name or f"column {n}" for n, name in enumerate(names, start=1)]


def _longest_cell(table: pa.Table, bad: list[tuple[int, int, str]]) -> int:
    """Return the most line ends that one cell, or one spoilt row, holds."""
    ends = pl.DataFrame(table).select(
        pl.max_horizontal(pl.all().str.count_matches("\n", literal=True).max())
    )
    most = ends.item() if table.num_rows else 0
    return max(int(most or 0), *(row[1] for row in bad), 0)


def _why_not(rows: pl.DataFrame) -> pl.Expr:
    """Return why a row cannot be asked about; null where it can."""
    who = ("first_name", "last_name", "voter_id", "phone", "email")
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    long = pl.any_horizontal(pl.col(texts).str.len_chars() > _LONGEST)
    return (
        pl.when(long.fill_null(value=False))
        .then(pl.lit(f"has a cell of more than {_LONGEST} characters"))
        .when(pl.all_horizontal(pl.col(who).is_null()))
        .then(pl.lit("holds no name, no id, no phone and no e-mail address"))
    )


def _refusals(bad: pl.DataFrame, name: str) -> pa.Table:
    """Return refused rows as REFUSED."""
    told = bad.select(
        file=pl.lit(name), line="line", column=pl.lit(None, pl.String), reason="why"
    )
    return REFUSED.conform(told.to_arrow())
