"""Columns of files that somebody else wrote, as numbers and as words.

A file says 1, 1.0, yes or TRUE, and NA, a dot or nothing where nothing was measured
(R's and Stata's ways). What is one thing is read as one thing here, whatever library
wrote it; what is no number is refused, with how many cells there are of it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAnalyse, CannotAssign

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

YES_NO = {
    **dict.fromkeys(("yes", "true", "y", "t"), "1"),
    **dict.fromkeys(("no", "false", "n", "f"), "0"),
}
"""Words for 1 and 0, in small letters."""
MISSING = ("", "na", "n/a", "#n/a", "nan", "null", *(f".{c}" for c in ("", *"abcdefg")))
"""What stands for nothing in files of R, Stata and spreadsheets, in small letters."""
MANY_WORDS = 50
"""As many words as a covariate may have; with more it is a name, or an id."""
_WHOLE = r"^([+-]?\d+)\.0*$"
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"


def chosen(
    table: pa.Table,
    names: Sequence[str],
    refuse: type[CannotAnalyse] | type[CannotAssign],
) -> pl.DataFrame:
    """Return columns by their names, each once; refuse if one is not there."""
    if missing := sorted(set(names) - set(table.column_names)):
        raise refuse(
            f"no column {', '.join(missing)}",
            "the columns that were named",
            f"name them as the file does: {', '.join(table.column_names[:40])}",
        )
    rows = pl.DataFrame(table.select(list(dict.fromkeys(names))))
    nested = [name for name in rows.columns if _is_strange(rows[name])]
    if nested:
        raise refuse(
            f"no numbers and no words in {', '.join(nested)}",
            "a number or a word in each cell",
            "write lists, records and bytes as columns of their own",
        )
    return rows


def _is_strange(column: pl.Series) -> bool:
    """Return whether a column holds what is no single number or word."""
    return column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object)


def words(column: pl.Series) -> pl.Series:
    """Return values as words: 1, 1.0 and ' 1' are one word; what is missing is null."""
    if column.dtype.is_float() and (column.drop_nulls() % 1 == 0).all():
        column = column.fill_nan(None).cast(pl.Int64)
    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int8)
    text = _text(column)
    return text.str.replace(_WHOLE, "$1")


def numbers(rows: pl.DataFrame, name: str) -> Floats:
    """Read a column as numbers, yes and no as 1 and 0; what is missing is nan."""
    column = rows[name]
    if is_text(column):
        text = _text(column)
        column, strange = _parsed(text)
        if strange:
            raise CannotAnalyse(
                f"{strange} cells of {name} that are no numbers",
                "numbers, or yes and no",
                "write numbers, and leave a cell empty where nothing was measured; or "
                f"say which word counts, as in '{name}=Voted'",
            )
    values = column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if np.isinf(values).any():
        raise CannotAnalyse(f"endless numbers in {name}", "numbers", "mend them")
    return np.array(values)


def cells(said: Sequence[str]) -> tuple[list[float | None], list[int]]:
    """Read cells as numbers, None where one is missing; and say which are neither."""
    text = _text(pl.Series("cells", said, dtype=pl.String))
    values = _parsed(text)[0].fill_nan(None)
    strange = (values.is_null() & text.is_not_null()) | values.is_infinite()
    return values.to_list(), strange.fill_null(value=False).arg_true().to_list()


def codes(rows: pl.DataFrame, name: str) -> Codes | None:
    """Number what a column says; None if there is no such column."""
    if not name:
        return None
    said = words(rows[name])
    if missing := said.is_null().sum():
        raise CannotAnalyse(
            f"{missing} rows without a {name}",
            "one for each row",
            f"fill them in, or leave them out with --where '{name} is not null'",
        )
    return said.rank("dense").to_numpy().astype(np.int64) - 1


def beside(
    rows: pl.DataFrame, names: Sequence[str], notes: list[str]
) -> tuple[Floats, tuple[str, ...]]:
    """Return covariates as numbers: words as columns, missing ones as the mean.

    Beside them stands what each column is: 'age', 'age: not known', 'party: DEM'.
    """
    columns: list[Floats] = []
    called: list[str] = []
    for name in names:
        column = rows[name]
        if is_text(column):
            text = _text(column)
            if _parsed(text)[1]:
                said = words(column).fill_null("")
                columns += _one_each(said, name)
                found = sorted(said.unique().to_list())[1:]
                called += [f"{name}: {word or 'not known'}" for word in found]
                continue
        values = numbers(rows, name)
        missing = np.isnan(values)
        if missing.any() and not missing.all():
            values[missing] = values[~missing].mean()
            columns.append(missing.astype(np.float64))
            called.append(f"{name}: not known")
            notes.append(
                f"{int(missing.sum()):,} rows lack {name}: they take its mean, and a "
                f"column says so"
            )
        columns.append(np.zeros(len(values)) if missing.all() else values)
        called.append(name)
    whole = np.column_stack(columns) if columns else np.empty((rows.height, 0))
    return whole, tuple(called)


def is_text(column: pl.Series) -> bool:
    """Return whether a column holds words, also those that are kept as numbers."""
    return isinstance(column.dtype, (pl.String, pl.Categorical, pl.Enum))


def _text(column: pl.Series) -> pl.Series:
    """Return words without blanks around them; what stands for nothing is null."""
    text = column.cast(pl.String).str.strip_chars()
    kept = ~text.str.to_lowercase().is_in(list(MISSING))
    return pl.select(pl.when(kept).then(text)).to_series().alias(column.name)


def _parsed(text: pl.Series) -> tuple[pl.Series, int]:
    """Return words as numbers, and how many of them are none.

    A comma before each three digits is read over where it is nowhere else.
    """
    low = text.str.to_lowercase().replace(YES_NO)
    comma = low.str.contains(",", literal=True)
    if (
        comma.any()
        and low.filter(comma.fill_null(value=False)).str.contains(_THOUSANDS).all()
    ):
        low = low.str.replace_all(",", "", literal=True)
    column = low.cast(pl.Float64, strict=False)
    return column, int((column.is_null() & low.is_not_null()).sum())


def _one_each(said: pl.Series, name: str) -> list[Floats]:
    """Return a column of 0 and 1 for each word but the first."""
    found = sorted(said.unique().to_list())
    if len(found) > MANY_WORDS:
        raise CannotAnalyse(
            f"{len(found):,} different words in {name}",
            f"at most {MANY_WORDS}, or numbers",
            "group them first, or use it as --cluster or --block",
        )
    return [(said == word).to_numpy().astype(np.float64) for word in found[1:]]


def numbered(values: npt.NDArray[np.int64]) -> Codes:
    """Number what is there from 0, in its order."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def summed(
    groups: Codes, values: npt.NDArray[Any] | None = None, many: int = 0
) -> Floats:
    """Return the sum of values of each group, numbered from 0; or how many it has."""
    return np.bincount(groups, values, minlength=many).astype(np.float64)
