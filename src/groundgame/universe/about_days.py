"""Conditions on a day: of registration, of birth, of the last attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule
from groundgame.universe.words import checked_day, spoken


@dataclass(frozen=True, slots=True)
class Days(Rule):
    """Yes where a day is `since` or later, and before `before`."""

    since: date | None = None
    before: date | None = None
    VERB: ClassVar[str] = ""
    SAYS: ClassVar[str] = ""

    def __post_init__(self) -> None:
        """Refuse a range without an end, and one with nothing in it."""
        if self.since is None and self.before is None:
            raise ValueError(f"say since when, or before when: {self.VERB}")
        for day in (self.since, self.before):
            if day is not None:
                checked_day(day)
        if self.since and self.before and self.since >= self.before:
            raise ValueError("the first day must not be later than the last")

    def text(self) -> str:
        """Return the canonical text."""
        if self.before is None:
            return f"{self.VERB} since {self.since}"
        if self.since is None:
            return f"{self.VERB} before {self.before}"
        last = self.before - timedelta(days=1)
        return f"{self.VERB} between {self.since} and {last}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        verb = f"not {self.SAYS}" if negated else self.SAYS
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


@dataclass(frozen=True, slots=True)
class Registered(Days):
    """Yes where somebody registered in the range."""

    KIND: ClassVar[str] = "registered"
    VERB: ClassVar[str] = "registered"
    SAYS: ClassVar[str] = "registered"


@dataclass(frozen=True, slots=True)
class Born(Days):
    """Yes where somebody was born in the range; a bare year is its first of January."""

    KIND: ClassVar[str] = "born"
    VERB: ClassVar[str] = "born"
    SAYS: ClassVar[str] = "born"


@dataclass(frozen=True, slots=True)
class LastTried(Days):
    """Yes where the last attempt at somebody was in the range."""

    KIND: ClassVar[str] = "last_tried"
    VERB: ClassVar[str] = "last tried"
    SAYS: ClassVar[str] = "last tried"
