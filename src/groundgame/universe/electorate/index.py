"""Where an id stands, or a day: numbers in order, with the rows that have them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from groundgame.universe.electorate.dice import Numbers
from groundgame.universe.electorate.files import array

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of a table by the number of their id (see `dice`)."""

    numbers: Numbers
    rows: npt.NDArray[np.uint32]

    @classmethod
    def write(cls, folder: Path, name: str, numbers: Numbers) -> None:
        """Write the index of a table whose rows have ids of these numbers."""
        order = np.argsort(numbers).astype(np.uint32)
        np.save(folder / f"{name}_numbers.npy", numbers[order])
        np.save(folder / f"{name}_rows.npy", order)

    @classmethod
    def read(cls, folder: Path, name: str) -> Self:
        """Open an index; what is not looked at is not read."""
        return cls(
            array(folder / f"{name}_numbers.npy"),
            array(folder / f"{name}_rows.npy"),
        )

    def rows_of(self, wanted: Numbers) -> Rows:
        """Return the row of each id, in the order given; -1 where there is none."""
        if not len(self.numbers) or not len(wanted):
            return np.full(len(wanted), -1, np.int64)
        order = np.argsort(wanted)  # what is looked up in order is found sooner
        at = np.empty(len(wanted), np.int64)
        at[order] = np.searchsorted(self.numbers, wanted[order])
        at = np.minimum(at, len(self.numbers) - 1)
        return np.where(self.numbers[at] == wanted, self.rows[at].astype(np.int64), -1)


@dataclass(frozen=True, slots=True)
class Days:
    """The rows of a table by a day: those of `days[n]` begin at `starts[n]`."""

    days: npt.NDArray[np.datetime64]
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.uint32]

    @classmethod
    def write(cls, folder: Path, name: str, days: npt.NDArray[np.datetime64]) -> None:
        """Write where days stand, from the day of each row."""
        order = np.argsort(days, kind="stable").astype(np.uint32)
        once, starts = np.unique(days[order], return_index=True)
        np.save(folder / f"{name}_days.npy", once)
        np.save(folder / f"{name}_starts.npy", starts)
        np.save(folder / f"{name}_order.npy", order)

    @classmethod
    def read(cls, folder: Path, name: str) -> Self:
        """Open what was written; rows that are not looked at are not read."""
        parts = ("days", "starts", "order")
        return cls(*(array(folder / f"{name}_{part}.npy") for part in parts))

    def between(self, since: date, before: date) -> npt.NDArray[np.uint32]:
        """Return the rows from a day on, before another, day by day."""
        ends = np.searchsorted(self.days, np.array([since, before], "M8[D]"))
        first, last = np.append(self.starts, len(self.rows))[ends]
        return self.rows[first:last]
