"""Draws of so many people or doors, among some, with a published seed.

A draw of 1,000 takes the thousand whose hash of seed and id is lowest. It depends on
the set of people drawn among and on the seed, never on the order of rows. In strata,
it is made in each of them: 500 of each county; a fifth of each precinct.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.about_lists import LARGEST_SEED, UNITS, percent
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.rule import Rule, refuse_so_far
from groundgame.values import Seed, Share

MOST_DRAWN = 10**9


@dataclass(frozen=True, slots=True)
class Draw(Rule):
    """Yes of `size` people (doors), or of a share of them, drawn among some.

    `size` is a number, or a share of each stratum, rounded to whole people (a half is
    rounded up). A stratum of fewer is drawn whole. Without a rule, it draws among those
    who stand so far; only a step that narrows may say that.
    """

    size: int | Share
    unit: str
    seed: Seed
    each: str | None = None
    rules: tuple[Rule, ...] = ()
    KIND: ClassVar[str] = "draw"

    def __post_init__(self) -> None:
        """Refuse to draw what is not there to be drawn."""
        if self.unit not in UNITS:
            raise ValueError(f"draw {' or '.join(UNITS)}, not {self.unit}")
        if self.seed.number >= LARGEST_SEED:
            raise ValueError("a seed has at most 18 digits")
        if not isinstance(self.size, Share) and not 0 <= self.size <= MOST_DRAWN:
            raise ValueError(f"a draw is of 0 to {MOST_DRAWN}, not of {self.size}")
        if self.each is not None and self.each not in TEXT_COLUMNS:
            raise ValueError(f"there is no column {self.each}")
        if self.each is None and isinstance(self.size, Share):
            raise ValueError("a share is drawn of each of something: of each precinct")
        if len(self.rules) > 1:
            raise ValueError("a draw is made among whom one rule wants")
        refuse_so_far(self.rules)

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule that says among whom, if it is said."""
        return self.rules

    @property
    def so_far(self) -> bool:
        """Whether it draws among those who stand so far."""
        return not self.rules

    def _what(self) -> str:
        """Return how many of what."""
        if isinstance(self.size, Share):
            return f"{percent(self.size)}% of {self.unit}"
        return f"{self.size} {self.unit}"

    def text(self) -> str:
        """Return the canonical text."""
        each = "" if self.each is None else f" of each {self.each}"
        among = f" among ({self.rules[0].text()})" if self.rules else ""
        return f"random {self._what()}{each} seed {self.seed.number}{among}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        each = ""
        if self.each is not None:
            each = f" of each {TEXT_COLUMNS[self.each].called}"
        drawn = f"a random {self._what()}{each} (seed {self.seed.number})"
        among = f", drawn among those {self.rules[0].bracketed()}" if self.rules else ""
        return f"{'not ' if negated else ''}in {drawn}{among}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        each, size = plain.get("each"), plain["size"]
        return cls(
            int(size["number"]) if "number" in size else Share(float(size["share"])),
            str(plain["unit"]),
            Seed(int(plain["seed"])),
            None if each is None else str(each),
            tuple(plain["rules"]),
        )

    def to_data(self) -> dict[str, Any]:
        """Return the rule as plain data; a share and a number are told apart."""
        plain = super(Draw, self).to_data()
        if isinstance(self.size, Share):
            return plain | {"size": {"share": self.size.of_one}}
        return plain | {"size": {"number": self.size}}
