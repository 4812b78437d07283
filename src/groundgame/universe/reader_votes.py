"""Reading conditions on vote history."""

from dataclasses import replace
from typing import Any, TypeAlias

from lark import Token, Transformer

from groundgame.universe.about_votes import (
    ANY_WAY,
    PLURALS,
    How,
    VotedIn,
    VotedOfLast,
    VotedTimes,
)
from groundgame.universe.rule import All, Not, Rule
from groundgame.universe.words import When

Voted: TypeAlias = VotedIn | VotedOfLast | VotedTimes


class _Votes(Transformer[Token, Any]):
    """Turns what is said of vote history into nodes."""

    def kind(self, found: list[Any]) -> tuple[str, How]:
        party, kind = found
        first = kind.lower().split()[0]
        singular = {plural: kind for kind, plural in PLURALS.items()}.get(first, first)
        return singular, ANY_WAY if party is None else How(party=party)

    def voted(self, found: list[Any]) -> Rule:
        method, turnout = found
        return _by(method, turnout)

    def did_not_vote(self, found: list[Any]) -> Rule:
        return Not((self.voted(found),))

    def never_voted(self, found: list[Any]) -> Rule:
        return Not((_by(found[0], VotedTimes("election")),))

    def voted_but_not(self, found: list[Any]) -> Rule:
        method, turnout, other, missed = found
        if not isinstance(missed, VotedIn | VotedOfLast | VotedTimes):
            missed = VotedIn(missed, turnout.election, turnout.how)
        return All((_by(method, turnout), Not((_by(other, missed),))))

    def missed_when(self, found: list[Any]) -> When:
        when: When = found[0]
        return when

    def some_of_last(self, found: list[Any]) -> Voted:
        (least, most), last, (kind, how) = found
        last = int(last)
        return VotedOfLast(least, last if most is None else most, last, kind, how)

    def all_of_last(self, found: list[Any]) -> Voted:
        last, (kind, how) = int(found[0]), found[1]
        return VotedOfLast(last, last, last, kind, how)

    def none_of_last(self, found: list[Any]) -> Voted:
        last, (kind, how) = int(found[0]), found[1]
        return VotedOfLast(0, 0, last, kind, how)

    def any_of_last(self, found: list[Any]) -> Voted:
        last, (kind, how) = int(found[0]), found[1]
        return VotedOfLast(1, last, last, kind, how)

    def the_last(self, found: list[Any]) -> Voted:
        ((kind, how),) = found
        return VotedOfLast(1, 1, 1, kind, how)

    def the_one(self, found: list[Any]) -> Voted:
        when, (kind, how) = found
        return VotedIn(when, kind, how)

    def the_one_of(self, found: list[Any]) -> Voted:
        return self.the_one([found[1], found[0]])

    def once(self, found: list[Any]) -> Voted:
        (kind, how), since = found
        return VotedTimes(kind, since, how=how)

    def times(self, found: list[Any]) -> Voted:
        (least, most), (kind, how), since = found
        return VotedTimes(kind, since, least, most, how)


def _by(method: Token | None, voted: Voted) -> Voted:
    """Return a condition with the method that stands before it, if any."""
    if method is None:
        return voted
    plain = " ".join(method.lower().split()).removeprefix("by ")
    return replace(voted, how=How(plain, voted.how.party))
