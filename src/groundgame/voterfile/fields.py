"""Which positions of a row make up each field of ours, as expressions over columns.

In:  a layout's cells, resolved against the header of one file.
Out: for each field an expression: its text, stripped, or null when there is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Place:
    """Where one file has a cell: positions, and how its text comes out of them."""

    at: tuple[int, ...] = ()
    mark: str = " "
    take: str = ""
    value: str = ""
    choices: tuple["Place", ...] = ()

    @property
    def every(self) -> tuple[int, ...]:
        """All positions that it reads."""
        within = (at for choice in self.choices for at in choice.every)
        return (*self.at, *within)

    def text(self) -> pl.Expr:
        """Return the text, stripped; null when it is empty."""
        if self.value:
            return pl.lit(self.value)
        if self.choices:
            text = pl.coalesce(choice.text() for choice in self.choices)
        elif len(self.at) == 1:
            text = _stripped(pl.col(str(self.at[0])))
        else:
            text = pl.concat_str(
                [_stripped(pl.col(str(at))) for at in self.at],
                separator=self.mark,
                ignore_nulls=True,
            )
        if self.take:
            text = text.str.extract(self.take, 1).str.strip_chars()
        return pl.when(text != "").then(text)


def _stripped(cell: pl.Expr) -> pl.Expr:
    """Return a cell without the blanks around it; null when nothing is left."""
    text = cell.str.strip_chars()
    return pl.when(text != "").then(text)


@dataclass(frozen=True, slots=True)
class Fields:
    """Where one file has each field.

    `names` are the header's names for them, `extra` the fields that are kept as text
    beside ours, `labels` what is put before the items of history columns.
    """

    places: Mapping[str, Place]
    names: Mapping[str, str]
    extra: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def positions(self) -> Mapping[str, tuple[int, ...]]:
        """The positions that each field reads."""
        return {name: place.every for name, place in self.places.items()}

    @property
    def wanted(self) -> tuple[int, ...]:
        """All positions that are read, in order."""
        return tuple(
            sorted({at for place in self.places.values() for at in place.every})
        )

    @property
    def history(self) -> tuple[str, ...]:
        """The fields that hold vote history: history_0, history_1, ..."""
        return tuple(name for name in self.places if name.startswith("history_"))

    def text(self, name: str) -> pl.Expr:
        """Return a field's text, stripped; null when empty or when it has no column."""
        place = self.places.get(name)
        return place.text() if place else pl.lit(None, dtype=pl.String)

    def texts(self, names: Iterable[str]) -> list[pl.Expr]:
        """Return the texts of several fields, each under its own name."""
        return [self.text(name).alias(name) for name in names]
