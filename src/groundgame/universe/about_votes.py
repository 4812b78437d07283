"""Conditions on vote history: which elections somebody voted in, and how many.

Elections later than the day a question is asked for never count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule
from groundgame.universe.words import (
    When,
    checked_when,
    read_when,
    spoken_when,
)

PLURALS: Mapping[str, str] = {
    "general": "generals",
    "primary": "primaries",
    "municipal": "municipals",
    "special": "specials",
    "election": "elections",
}
"""Kinds of election in a rule; 'election' is any kind."""
MOST_ELECTIONS = 1000


def _checked_kind(kind: str) -> None:
    """Refuse a kind of election that there is not."""
    if kind not in PLURALS:
        raise ValueError(f"there is no kind of election {kind}")


def _article(kind: str) -> str:
    """Return 'a general' or 'an election'."""
    return f"{'an' if kind == 'election' else 'a'} {kind}"


@dataclass(frozen=True, slots=True)
class VotedIn(Rule):
    """Yes where somebody voted in the election of one day, or of one year."""

    when: When
    election: str
    KIND: ClassVar[str] = "voted_in"

    def __post_init__(self) -> None:
        """Refuse a kind or a time that there is not."""
        _checked_kind(self.election)
        checked_when(self.when)

    def text(self) -> str:
        """Return the canonical text."""
        return f"voted in the {self.when} {self.election}"

    def negated_text(self) -> str:
        """Return the canonical text of the opposite."""
        return f"did not vote in the {self.when} {self.election}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        verb = "who did not vote" if negated else "who voted"
        return f"{verb} in the {self.election} of {spoken_when(self.when)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(read_when(plain["when"]), str(plain["election"]))


@dataclass(frozen=True, slots=True)
class VotedOfLast(Rule):
    """Yes where somebody voted in `least` to `most` of the `last` elections of a kind.

    Where the file holds fewer such elections than `last`, those it holds are counted.
    """

    least: int
    most: int
    last: int
    election: str
    KIND: ClassVar[str] = "voted_of_last"

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        _checked_kind(self.election)
        if not 1 <= self.last <= MOST_ELECTIONS:
            raise ValueError(f"'the last' takes 1 to {MOST_ELECTIONS}, not {self.last}")
        if not 0 <= self.least <= self.most <= self.last:
            raise ValueError(
                f"of the last {self.last}, somebody votes in 0 to {self.last}, "
                f"the lower number first, not in {self.least} to {self.most}"
            )

    def _amount(self) -> str:
        """Return how many of them."""
        if self.most == 0:
            return "none"
        if self.least == self.last:
            return "all"
        if self.least == self.most:
            return f"exactly {self.least}"
        if self.most == self.last:
            return f"at least {self.least}"
        if self.least == 0:
            return f"at most {self.most}"
        return f"between {self.least} and {self.most}"

    def _which(self) -> str:
        """Return which elections, with how many."""
        if self.last == self.least == 1:
            return f"the last {self.election}"
        return f"{self._amount()} of the last {self.last} {PLURALS[self.election]}"

    def text(self) -> str:
        """Return the canonical text."""
        return f"voted in {self._which()}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        if not negated:
            return f"who voted in {self._which()}"
        if self.last == 1:
            return f"who did not vote in {self._which()}"
        return f"of whom it is not true that they voted in {self._which()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        least, most, last = (int(plain[name]) for name in ("least", "most", "last"))
        return cls(least, most, last, str(plain["election"]))


@dataclass(frozen=True, slots=True)
class VotedTimes(Rule):
    """Yes where somebody voted `least` to `most` times in a kind of election."""

    election: str
    since: When | None = None
    least: int = 1
    most: int | None = None
    KIND: ClassVar[str] = "voted_times"

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        _checked_kind(self.election)
        if self.since is not None:
            checked_when(self.since)
        top = MOST_ELECTIONS if self.most is None else self.most
        if not 0 <= self.least <= top <= MOST_ELECTIONS:
            raise ValueError(
                f"somebody votes in 0 to {MOST_ELECTIONS} elections, the lower number "
                f"first, not in {self.least} to {top}"
            )

    def _elections(self, negated: str = "") -> str:
        """Return which elections, with how many."""
        if self.most is None and self.least == 1:
            words = f"any {self.election}" if negated else _article(self.election)
        elif self.most is None:
            words = f"at least {self.least} {PLURALS[self.election]}"
        elif self.least == self.most:
            words = f"exactly {self.least} {PLURALS[self.election]}"
        elif self.least == 0:
            words = f"at most {self.most} {PLURALS[self.election]}"
        else:
            words = f"between {self.least} and {self.most} {PLURALS[self.election]}"
        return words if self.since is None else f"{words} since {{}}"

    def text(self) -> str:
        """Return the canonical text."""
        return f"voted in {self._elections().format(self.since)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        when = "" if self.since is None else spoken_when(self.since)
        if not negated:
            return f"who voted in {self._elections().format(when)}"
        if self.least == 1 and self.most is None:
            return f"who did not vote in {self._elections('not').format(when)}"
        which = self._elections().format(when)
        return f"of whom it is not true that they voted in {which}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        since = plain.get("since")
        most = plain.get("most")
        return cls(
            str(plain["election"]),
            None if since is None else read_when(since),
            int(plain["least"]),
            None if most is None else int(most),
        )
