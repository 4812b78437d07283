"""Conditions on what the file says of a person: columns, age, registration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from groundgame.universe.columns import CALLED, TEXT_COLUMNS
from groundgame.universe.rule import Rule
from groundgame.universe.words import checked_day, either, quoted, spoken

OLDEST = 150


@dataclass(frozen=True, slots=True)
class OneOf(Rule):
    """Yes where a column holds one of the values, in capital or small letters."""

    column: str
    values: tuple[str, ...]
    KIND: ClassVar[str] = "one_of"

    def __post_init__(self) -> None:
        """Refuse an unknown column and an empty value."""
        if self.column not in TEXT_COLUMNS:
            raise ValueError(f"there is no column {self.column}")
        if not self.values or not all(value.strip() for value in self.values):
            raise ValueError("a value must not be empty; write 'is missing' for that")

    def text(self) -> str:
        """Return the canonical text."""
        if len(self.values) == 1:
            return f"{self.column} = {quoted(self.values[0])}"
        return f"{self.column} in ({', '.join(map(quoted, self.values))})"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        column = TEXT_COLUMNS[self.column]
        says = column.says_not if negated else column.says
        return f"{says} {either(self.values)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["column"]), tuple(map(str, plain["values"])))


@dataclass(frozen=True, slots=True)
class Missing(Rule):
    """Yes where the file does not know something."""

    column: str
    KIND: ClassVar[str] = "missing"

    def __post_init__(self) -> None:
        """Refuse an unknown column."""
        if self.column not in CALLED:
            raise ValueError(f"there is no column {self.column}")

    def text(self) -> str:
        """Return the canonical text."""
        return f"{self.column} is missing"

    def negated_text(self) -> str:
        """Return the canonical text of the opposite."""
        return f"{self.column} is known"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"whose {CALLED[self.column]} is {'known' if negated else 'not known'}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["column"]))


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


@dataclass(frozen=True, slots=True)
class Registered(Rule):
    """Yes where somebody registered on `since` or later, and before `before`."""

    since: date | None = None
    before: date | None = None
    KIND: ClassVar[str] = "registered"

    def __post_init__(self) -> None:
        """Refuse a range without an end, and one with nothing in it."""
        if self.since is None and self.before is None:
            raise ValueError("say since when, or before when, somebody registered")
        for day in (self.since, self.before):
            if day is not None:
                checked_day(day)
        if self.since and self.before and self.since >= self.before:
            raise ValueError("the first day must not be later than the last")

    def text(self) -> str:
        """Return the canonical text."""
        if self.before is None:
            return f"registered since {self.since}"
        if self.since is None:
            return f"registered before {self.before}"
        return f"registered between {self.since} and {self.before - timedelta(days=1)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        verb = "not registered" if negated else "registered"
        if self.since is None and self.before is not None:
            return f"{verb} before {spoken(self.before)}"
        words = f"{verb} on {spoken(self.since)} or later" if self.since else verb
        if self.before is None:
            return words
        return f"{words} but before {spoken(self.before)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        since, before = (
            None if plain.get(name) is None else date.fromisoformat(plain[name])
            for name in ("since", "before")
        )
        return cls(since, before)
