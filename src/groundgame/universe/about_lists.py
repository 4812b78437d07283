"""Conditions that look outside the file: lists, and chance with a seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule
from groundgame.universe.words import always_quoted
from groundgame.values import Seed, Share

UNITS = ("people", "doors")
LARGEST_SEED = 10**18


def percent(share: Share) -> str:
    """Return a share in per cent, to the last digit."""
    written = f"{Decimal(repr(share.of_one)) * 100:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@dataclass(frozen=True, slots=True)
class OnList(Rule):
    """Yes where somebody, or the door they live behind, is on a list."""

    name: str
    KIND: ClassVar[str] = "on_list"

    def __post_init__(self) -> None:
        """Refuse a list without a name."""
        if not self.name.strip():
            raise ValueError("a list has a name")

    def text(self) -> str:
        """Return the canonical text."""
        return f"on list {always_quoted(self.name)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"who are {'not ' if negated else ''}on the list “{self.name}”"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["name"]))


@dataclass(frozen=True, slots=True)
class RandomShare(Rule):
    """Yes of about this share of people, or doors, drawn with a published seed.

    Each person (or door) is in or out by a hash of the seed and the id, whatever the
    rest of the rule says; a larger share with the same seed holds the smaller one.
    """

    share: Share
    unit: str
    seed: Seed
    KIND: ClassVar[str] = "random_share"

    def __post_init__(self) -> None:
        """Refuse to draw from what is neither people nor doors."""
        if self.unit not in UNITS:
            raise ValueError(f"draw from {' or '.join(UNITS)}, not from {self.unit}")
        if self.seed.number >= LARGEST_SEED:
            raise ValueError("a seed has at most 18 digits")

    def text(self) -> str:
        """Return the canonical text."""
        return f"random {percent(self.share)}% of {self.unit} seed {self.seed.number}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        drawn = (
            f"a random {percent(self.share)}% of {self.unit} (seed {self.seed.number})"
        )
        return f"{'not ' if negated else ''}in {drawn}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        share = Share(float(plain["share"]))
        return cls(share, str(plain["unit"]), Seed(int(plain["seed"])))
