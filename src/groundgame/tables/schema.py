"""What a schema is: columns with types, units, and what may be empty."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import WrongTable


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its Arrow type, and what it means, with its unit."""

    name: str
    type: pa.DataType
    means: str
    may_be_null: bool = False


def maybe(name: str, kind: pa.DataType, means: str) -> Column:
    """Return a column that may be empty."""
    return Column(name, kind, means, may_be_null=True)


@dataclass(frozen=True, slots=True)
class TableSchema:
    """The promise of one table that passes between rooms."""

    name: str
    means: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()

    @property
    def arrow(self) -> pa.Schema:
        """The same columns as an Arrow schema."""
        return pa.schema(
            [pa.field(c.name, c.type, nullable=c.may_be_null) for c in self.columns]
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    def empty(self) -> pa.Table:
        """Return a table of this shape with no rows."""
        return self.arrow.empty_table()

    def conform(self, table: pa.Table) -> pa.Table:
        """Return `table` with exactly these columns, in this order, in these types.

        Columns that are not in the schema are left out.

        Raises:
            WrongTable: A column is missing, is of another kind, has an empty cell where
                none may be, or repeats a value that must be unique.
        """
        missing = [name for name in self.names if name not in table.column_names]
        if missing:
            raise WrongTable(self.name, f"has no column {', '.join(missing)}")
        try:
            chosen = table.select(list(self.names)).cast(self.arrow)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as problem:
            raise WrongTable(self.name, "has a column of another type") from problem
        for column in self.columns:
            if not column.may_be_null and chosen[column.name].null_count:
                count = chosen[column.name].null_count
                raise WrongTable(self.name, f"has {count} empty cells in {column.name}")
        self._check_unique(chosen)
        return chosen

    def _check_unique(self, table: pa.Table) -> None:
        """Refuse a table that repeats a value of its unique columns."""
        if not self.unique or not table.num_rows:
            return
        keys: Any = pl.from_arrow(table.select(list(self.unique)))
        hashes = np.sort(keys.hash_rows().to_numpy())
        if (hashes[1:] != hashes[:-1]).all():  # what is equal has the same hash
            return
        groups = table.group_by(list(self.unique)).aggregate([([], "count_all")])
        repeats = groups.filter(pc.field("count_all") > 1).num_rows
        if repeats:
            columns = ", ".join(self.unique)
            raise WrongTable(self.name, f"repeats {repeats} values of {columns}")
