"""Conditions on the others behind a door, or in a building.

Whom a count of a household sees is whom any question sees: nobody who is protected or
suppressed, and the removed only where the rule inside names them. Somebody without a
door lives in no household, however few people that household has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Everyone, Rule, refuse_so_far

HOMES = ("door", "building")
MOST_AT_HOME = 100_000


def checked_amount(least: int, most: int | None) -> None:
    """Refuse an amount of people or doors that cannot be.

    Raises:
        ValueError: The lower number does not come first, or one is out of all measure.
    """
    top = MOST_AT_HOME if most is None else most
    if not 0 <= least <= top <= MOST_AT_HOME:
        raise ValueError(
            f"a number here is from 0 to {MOST_AT_HOME}, the lower first, "
            f"not {least} to {top}"
        )
    if least == 0 and most is None:
        raise ValueError("'at least 0' is true of everybody; name a number")


def amount(least: int, most: int | None) -> str:
    """Return an amount in words: 'at least 2'."""
    if most is None:
        return f"at least {least}"
    if least == most:
        return f"exactly {least}"
    return f"between {least} and {most}" if least else f"at most {most}"


@dataclass(frozen=True, slots=True)
class AtHome(Rule):
    """Yes of everybody at a door (building) where `least` to `most` are as a rule says.

    They count themselves in.
    """

    home: str
    rules: tuple[Rule]
    least: int = 1
    most: int | None = None
    KIND: ClassVar[str] = "at_home"

    def __post_init__(self) -> None:
        """Refuse another home, and an amount that cannot be."""
        if self.home not in HOMES:
            raise ValueError(f"people live behind a door or in a building: {HOMES}")
        if len(self.rules) != 1:
            raise ValueError("one rule says who is counted at a door")
        refuse_so_far(self.rules)
        checked_amount(self.least, self.most)

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule that says who is counted."""
        return self.rules

    def text(self) -> str:
        """Return the canonical text."""
        (who,) = self.rules
        if isinstance(who, Everyone):
            return f"a {self.home} with {amount(self.least, self.most)} people"
        if (self.least, self.most) == (1, None):
            return f"a {self.home} where somebody is ({who.text()})"
        if self.most == 0:
            return f"a {self.home} where nobody is ({who.text()})"
        counted = amount(self.least, self.most)
        return f"a {self.home} where {counted} are ({who.text()})"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        (who,) = self.rules
        verb = f"{'not ' if negated else ''}living {_PLACE[self.home]}"
        if isinstance(who, Everyone):
            people = "person" if (self.most or self.least) == 1 else "people"
            return f"{verb} with {amount(self.least, self.most)} {people}"
        if (self.least, self.most) == (1, None):
            return f"{verb} where somebody lives {who.bracketed()}"
        if self.most == 0:
            return f"{verb} where nobody lives {who.bracketed()}"
        counted = amount(self.least, self.most)
        return f"{verb} where {counted} people live {who.bracketed()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        most = plain.get("most")
        return cls(
            str(plain["home"]),
            tuple(plain["rules"]),
            int(plain["least"]),
            None if most is None else int(most),
        )


_PLACE = {"door": "behind a door", "building": "in a building"}


@dataclass(frozen=True, slots=True)
class BuildingOf(Rule):
    """Yes where somebody lives in a building of `least` to `most` doors."""

    least: int
    most: int | None = None
    KIND: ClassVar[str] = "building_of"

    def __post_init__(self) -> None:
        """Refuse an amount that cannot be."""
        checked_amount(self.least, self.most)

    def text(self) -> str:
        """Return the canonical text."""
        return f"a building with {amount(self.least, self.most)} doors"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"{'not ' if negated else ''}living in {self.text()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        most = plain.get("most")
        return cls(int(plain["least"]), None if most is None else int(most))
