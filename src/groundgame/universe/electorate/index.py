"""Where an id stands: numbers of ids in their order, with the rows that have them."""

from dataclasses import dataclass
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
