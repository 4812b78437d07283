"""Conditions on vote history: which elections somebody voted in, how, and how many.

Elections later than the day a question is asked for never count.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule
from groundgame.universe.words import (
    KEYWORDS,
    When,
    always_quoted,
    checked_when,
    quoted,
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
METHODS: Mapping[str, str] = {
    "mail": "by mail",
    "early": "early",
    "in person": "in person",
}
"""Ways of voting, and how a rule says each."""


@dataclass(frozen=True, slots=True)
class How:
    """By which method, and in which party's primaries; None is any."""

    method: str | None = None
    party: str | None = None

    def __post_init__(self) -> None:
        """Refuse a way of voting that there is not, and an empty party."""
        if self.method is not None and self.method not in METHODS:
            raise ValueError(f"there is no way of voting {self.method}")
        if self.party is not None and not self.party.strip():
            raise ValueError("a party must not be empty")

    def voted(self, *, negated: bool = False) -> str:
        """Return the verb: 'voted by mail', 'did not vote early'."""
        verb = "did not vote" if negated else "voted"
        return verb if self.method is None else f"{verb} {METHODS[self.method]}"

    def of(self, kind: str) -> str:
        """Return a kind of election with its party before it: 'DEM primary'."""
        return kind if self.party is None else f"{_party(self.party)} {kind}"

    def to_data(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return {"method": self.method, "party": self.party}

    @classmethod
    def read(cls, plain: Mapping[str, Any] | None) -> Self:
        """Return what `to_data` wrote; nothing is any way."""
        said = {name: (plain or {}).get(name) for name in ("method", "party")}
        return cls(**{k: None if v is None else str(v) for k, v in said.items()})


ANY_WAY = How()
_NOT_BARE = re.compile(rf"(?i){'|'.join(sorted(KEYWORDS))}|\d.*")
_KIND = re.compile(r"(?i)(general|primary|municipal|special|election|primaries).*")


def _party(party: str) -> str:
    """Return a party so that it cannot be taken for a word of the language."""
    if _NOT_BARE.fullmatch(party) or _KIND.fullmatch(party):
        return always_quoted(party)
    return quoted(party)


def _checked_kind(kind: str) -> None:
    """Refuse a kind of election that there is not."""
    if kind not in PLURALS:
        raise ValueError(f"there is no kind of election {kind}")


def _article(kind: str) -> str:
    """Return 'a general' or 'an election'."""
    return f"{'an' if kind == 'election' else 'a'} {kind}"


def _with_party(kind: str, how: How) -> str:
    """Return 'a DEM primary'; where a party is named, the article is 'a'."""
    return _article(kind) if how.party is None else f"a {how.of(kind)}"


@dataclass(frozen=True, slots=True)
class VotedIn(Rule):
    """Yes where somebody voted in the election of one day, or of one year."""

    when: When
    election: str
    how: How = ANY_WAY
    KIND: ClassVar[str] = "voted_in"

    def __post_init__(self) -> None:
        """Refuse a kind or a time that there is not."""
        _checked_kind(self.election)
        checked_when(self.when)

    def text(self) -> str:
        """Return the canonical text."""
        return f"{self.how.voted()} in the {self.when} {self.how.of(self.election)}"

    def negated_text(self) -> str:
        """Return the canonical text of the opposite."""
        verb = self.how.voted(negated=True)
        return f"{verb} in the {self.when} {self.how.of(self.election)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        verb, kind = self.how.voted(negated=negated), self.how.of(self.election)
        return f"who {verb} in the {kind} of {spoken_when(self.when)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        when, how = read_when(plain["when"]), How.read(plain.get("how"))
        return cls(when, str(plain["election"]), how)


@dataclass(frozen=True, slots=True)
class VotedOfLast(Rule):
    """Yes where somebody voted in `least` to `most` of the `last` elections of a kind.

    Where the file holds fewer such elections than `last`, those it holds are counted.
    """

    least: int
    most: int
    last: int
    election: str
    how: How = ANY_WAY
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
            return f"the last {self.how.of(self.election)}"
        kinds = self.how.of(PLURALS[self.election])
        return f"{self._amount()} of the last {self.last} {kinds}"

    def text(self) -> str:
        """Return the canonical text."""
        return f"{self.how.voted()} in {self._which()}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        if not negated:
            return f"who {self.how.voted()} in {self._which()}"
        if self.last == self.least == 1:
            return f"who {self.how.voted(negated=True)} in {self._which()}"
        return f"of whom it is not true that they {self.text()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        least, most, last = (int(plain[name]) for name in ("least", "most", "last"))
        how = How.read(plain.get("how"))
        return cls(least, most, last, str(plain["election"]), how)


@dataclass(frozen=True, slots=True)
class VotedTimes(Rule):
    """Yes where somebody voted `least` to `most` times in a kind of election."""

    election: str
    since: When | None = None
    least: int = 1
    most: int | None = None
    how: How = ANY_WAY
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

    def _elections(self, since: str, *, negated: bool = False) -> str:
        """Return which elections, with how many, and since when."""
        kind, kinds = self.election, self.how.of(PLURALS[self.election])
        if self.most is None and self.least == 1:
            any_ = f"any {self.how.of(kind)}"
            words = any_ if negated else _with_party(kind, self.how)
        elif self.most is None:
            words = f"at least {self.least} {kinds}"
        elif self.least == self.most:
            words = f"exactly {self.least} {kinds}"
        elif self.least == 0:
            words = f"at most {self.most} {kinds}"
        else:
            words = f"between {self.least} and {self.most} {kinds}"
        return f"{words} since {since}" if since else words

    def text(self) -> str:
        """Return the canonical text."""
        since = "" if self.since is None else str(self.since)
        return f"{self.how.voted()} in {self._elections(since)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        since = "" if self.since is None else spoken_when(self.since)
        if negated and self.least == 1 and self.most is None:
            verb = self.how.voted(negated=True)
            return f"who {verb} in {self._elections(since, negated=True)}"
        said = f"{self.how.voted()} in {self._elections(since)}"
        return f"of whom it is not true that they {said}" if negated else f"who {said}"

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
            How.read(plain.get("how")),
        )
