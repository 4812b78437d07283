"""Conditions on what is given beside the file: scores, an earlier file, universes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule
from groundgame.universe.span import Span
from groundgame.universe.words import always_quoted, quoted


@dataclass(frozen=True, slots=True)
class Scored(Rule):
    """Yes where somebody has a score of that name, in a span if one is said."""

    name: str
    span: Span | None = None
    KIND: ClassVar[str] = "scored"

    def __post_init__(self) -> None:
        """Refuse a score without a name."""
        if not self.name.strip():
            raise ValueError("a score has a name")

    def text(self) -> str:
        """Return the canonical text."""
        what = "is known" if self.span is None else self.span.text()
        return f"score {quoted(self.name)} {what}"

    def negated_text(self) -> str:
        """Return the canonical text of the opposite."""
        if self.span is None:
            return f"score {quoted(self.name)} is missing"
        return f"not {self.text()}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        score = f"whose score “{self.name}” is {'not ' if negated else ''}"
        return f"{score}known" if self.span is None else f"{score}{self.span.says()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        span = plain.get("span")
        return cls(str(plain["name"]), None if span is None else Span.read(span))


CHANGES: Mapping[str, str] = {
    "new": "new",
    "moved": "moved",
    "changed_party": "changed party",
}
"""What may have become of somebody since a snapshot, and how a rule says it."""
_SAYS = {
    "new": ("new", "not new"),
    "moved": ("who moved", "who did not move"),
    "changed_party": ("who changed party", "who did not change party"),
}


@dataclass(frozen=True, slots=True)
class Since(Rule):
    """Yes where somebody is new, moved, or changed party since a snapshot.

    To have moved is to have been behind another door then; to be new is not to have
    been in that snapshot.
    """

    change: str
    snapshot: str
    KIND: ClassVar[str] = "since"

    def __post_init__(self) -> None:
        """Refuse another change, and a snapshot without a name."""
        if self.change not in CHANGES:
            raise ValueError(f"there is no change {self.change}")
        if not self.snapshot.strip():
            raise ValueError("a snapshot has a name")

    def text(self) -> str:
        """Return the canonical text."""
        return f"{CHANGES[self.change]} since snapshot {always_quoted(self.snapshot)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"{_SAYS[self.change][negated]} since the snapshot “{self.snapshot}”"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["change"]), str(plain["snapshot"]))


@dataclass(frozen=True, slots=True)
class InUniverse(Rule):
    """Yes where a saved universe says yes."""

    name: str
    KIND: ClassVar[str] = "in_universe"

    def __post_init__(self) -> None:
        """Refuse a universe without a name."""
        if not self.name.strip():
            raise ValueError("a universe has a name")

    def text(self) -> str:
        """Return the canonical text."""
        return f"in universe {always_quoted(self.name)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"{'not ' if negated else ''}in the universe “{self.name}”"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["name"]))
