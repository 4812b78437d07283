"""Conditions on what the file says of a person: columns and age."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from groundgame.universe.columns import CALLED, TEXT_COLUMNS, own_column
from groundgame.universe.rule import Rule
from groundgame.universe.span import Span
from groundgame.universe.words import checked_day, either, quoted, spoken

OLDEST = 150


@dataclass(frozen=True, slots=True)
class OneOf(Rule):
    """Yes where a column holds one of the values, in capital or small letters.

    `own` is true of a column that only this file has, beside those of every file.
    """

    column: str
    values: tuple[str, ...]
    own: bool = False
    KIND: ClassVar[str] = "one_of"

    def __post_init__(self) -> None:
        """Refuse an unknown column and an empty value."""
        _check_column(self.column, TEXT_COLUMNS, own=self.own)
        if not self.values or not all(value.strip() for value in self.values):
            raise ValueError("a value must not be empty; write 'is missing' for that")

    def text(self) -> str:
        """Return the canonical text."""
        column = own_column(self.column) if self.own else self.column
        if len(self.values) == 1:
            return f"{column} = {quoted(self.values[0])}"
        return f"{column} in ({', '.join(map(quoted, self.values))})"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        if self.own:
            is_not = "is not" if negated else "is"
            return f"whose “{self.column}” {is_not} {either(self.values)}"
        column = TEXT_COLUMNS[self.column]
        says = column.says_not if negated else column.says
        return f"{says} {either(self.values)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        values = tuple(map(str, plain["values"]))
        return cls(str(plain["column"]), values, bool(plain.get("own", False)))


@dataclass(frozen=True, slots=True)
class Missing(Rule):
    """Yes where the file does not know something."""

    column: str
    own: bool = False
    KIND: ClassVar[str] = "missing"

    def __post_init__(self) -> None:
        """Refuse an unknown column."""
        _check_column(self.column, CALLED, own=self.own)

    def text(self) -> str:
        """Return the canonical text."""
        return f"{self._column()} is missing"

    def negated_text(self) -> str:
        """Return the canonical text of the opposite."""
        return f"{self._column()} is known"

    def _column(self) -> str:
        """Return how a rule names the column."""
        return own_column(self.column) if self.own else self.column

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        called = f"“{self.column}”" if self.own else CALLED[self.column]
        return f"whose {called} is {'known' if negated else 'not known'}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["column"]), bool(plain.get("own", False)))


@dataclass(frozen=True, slots=True)
class Measured(Rule):
    """Yes where a column that only this file has holds a number in a span."""

    column: str
    span: Span
    KIND: ClassVar[str] = "measured"

    def __post_init__(self) -> None:
        """Refuse a column without a name."""
        _check_column(self.column, (), own=True)

    def text(self) -> str:
        """Return the canonical text."""
        return f"{own_column(self.column)} {self.span.text()}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"whose “{self.column}” is {'not ' if negated else ''}{self.span.says()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["column"]), Span.read(plain["span"]))


def _check_column(name: str, known: Collection[str], *, own: bool) -> None:
    """Refuse a column that no file has, and one of this file without a name."""
    if own and not name.strip():
        raise ValueError("a column has a name")
    if not own and name not in known:
        raise ValueError(f"there is no column {name}")


@dataclass(frozen=True, slots=True)
class Age(Rule):
    """Yes where somebody's age in whole years lies from `least` to `most`.

    It is the age on the day the question is asked for, or on `on`. Where the file has
    only a year of birth, it is the age reached in that year.
    """

    least: int = 0
    most: int = OLDEST
    on: date | None = None
    KIND: ClassVar[str] = "age"

    def __post_init__(self) -> None:
        """Refuse an age that nobody reaches, and a range the wrong way round."""
        if not 0 <= self.least <= self.most <= OLDEST:
            raise ValueError(
                f"ages go from 0 to {OLDEST}, the lower first, "
                f"not {self.least} to {self.most}"
            )
        if self.on is not None:
            checked_day(self.on)

    def text(self) -> str:
        """Return the canonical text."""
        age = "age" if self.on is None else f"age on {self.on}"
        if self.least == self.most:
            return f"{age} = {self.least}"
        if self.most == OLDEST:
            return f"{age} >= {self.least}"
        if self.least == 0:
            return f"{age} <= {self.most}"
        return f"{age} between {self.least} and {self.most}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        if self.least == self.most:
            years = f"{self.least}"
        elif self.most == OLDEST:
            years = f"{self.least} or older"
        elif self.least == 0:
            years = f"{self.most} or younger"
        else:
            years = f"{self.least} to {self.most}"
        day = "" if self.on is None else f" on {spoken(self.on)}"
        return f"{'not ' if negated else ''}aged {years}{day}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        on = plain.get("on")
        day = None if on is None else date.fromisoformat(on)
        return cls(int(plain["least"]), int(plain["most"]), day)
