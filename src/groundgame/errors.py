"""Every way this library says no.

    GroundgameError
    ├── NoSnapshot          there is no whole snapshot where one was looked for
    └── WrongTable          a table is not shaped as the next room needs it

A message says three things in this order: what was found, what was wanted, and what
to do next. It may carry counts, column names and line numbers. It never carries a
name, an address or a voter's answer, because messages end up in logs.
"""

from dataclasses import dataclass


class GroundgameError(Exception):
    """The one class to catch when any refusal of the library will do."""


@dataclass(eq=False)
class WrongTable(GroundgameError):
    """A table lacks a column, or a column breaks its promise."""

    table: str
    problem: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"the table {self.table!r} {self.problem}. "
            f"Its columns are written down in groundgame.tables.{self.table.upper()}."
        )


@dataclass(eq=False)
class NoSnapshot(GroundgameError):
    """A folder holds no snapshot, or only a part of one."""

    name: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"there is no whole snapshot named {self.name!r} there. "
            f"'groundgame voterfile list' shows those that are; "
            f"'groundgame voterfile import' makes one."
        )
