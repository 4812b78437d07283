"""What a rule is: a tree of frozen nodes that prints as text, sentence and data.

A rule says yes or no of each person, never "perhaps": what the file does not know
answers no, so `party = DEM` and `not party = DEM` together are always everybody.

This file holds the root of the family and what joins rules. The conditions themselves
stand in the files named `about_...`; a new kind of condition is a node there, a line in
`rule.lark`, a method in `reader` and a function in a file named `sql_...`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, Self

from groundgame.values import Seed, Share

DEEPEST = 40
"""How deep rules may stand inside rules: far more than a person can read."""


class Rule(ABC):
    """Something that says yes or no of each person in the file."""

    __slots__ = ()
    KIND: ClassVar[str] = ""
    SEVERAL: ClassVar[bool] = False
    """Whether it takes brackets when it stands inside another rule."""
    kinds: ClassVar[dict[str, type["Rule"]]] = {}

    def __init_subclass__(cls) -> None:
        """Enter the new kind in the book of kinds that `from_data` reads."""
        if cls.KIND:
            Rule.kinds[cls.KIND] = cls

    @abstractmethod
    def text(self) -> str:
        """Return the canonical text, which `parse` reads back to the same rule."""

    @abstractmethod
    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People' in a sentence."""

    @classmethod
    @abstractmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node whose fields `to_data` wrote as `plain`."""

    @property
    def parts(self) -> tuple["Rule", ...]:
        """The rules directly inside this one."""
        return ()

    @property
    def so_far(self) -> bool:
        """Whether it speaks of those who stand so far: only a step may say that."""
        return False

    def negated_text(self) -> str:
        """Return the canonical text of this rule's opposite."""
        return f"not {_inside(self)}"

    def bracketed(self) -> str:
        """Return the words that follow 'People', in brackets where they are several."""
        return f"({self.clause()})" if self.SEVERAL else self.clause()

    def sentence(self) -> str:
        """Return the rule in plain English, as one sentence."""
        return f"People {self.clause()}."

    def walk(self) -> Iterator["Rule"]:
        """Give this rule and every rule inside it."""
        waiting: list[Rule] = [self]
        while waiting:
            rule = waiting.pop()
            yield rule
            waiting.extend(reversed(rule.parts))

    def depth(self) -> int:
        """Return how deep rules stand inside this one; a condition alone is 1."""
        level: Sequence[Rule] = [self]
        levels = 0
        while level:
            levels += 1
            level = [part for rule in level for part in rule.parts]
        return levels

    def to_data(self) -> dict[str, Any]:
        """Return the rule as plain data that JSON can hold, free of SQL and of text."""
        named = ((field.name, getattr(self, field.name)) for field in _fields(self))
        return {"kind": self.KIND} | {name: _plain(value) for name, value in named}


def from_data(plain: Mapping[str, Any]) -> Rule:
    """Return the rule that `to_data` wrote.

    Raises:
        ValueError: The data describes no rule.
    """
    return _from_data(plain, 1)


def _from_data(plain: object, level: int) -> Rule:
    """Read one node of data, standing so many levels deep."""
    if level > DEEPEST:
        raise ValueError(f"a rule is at most {DEEPEST} levels deep")
    if not isinstance(plain, Mapping):
        raise ValueError("a rule is an object with a kind")  # noqa: TRY004  # data is wrong, not a type
    kind = Rule.kinds.get(str(plain.get("kind")))
    if kind is None:
        raise ValueError(f"there is no rule of the kind {str(plain.get('kind'))[:40]}")
    try:
        inner = {
            name: [_from_data(part, level + 1) for part in plain[name]]
            for name in ("rules",)
            if name in plain
        }
        return kind.read({**plain, **inner})
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"a rule of the kind {kind.KIND} is not whole") from problem


def refuse_so_far(rules: Sequence[Rule]) -> None:
    """Refuse a draw that does not say among whom, where nobody stands so far.

    Raises:
        ValueError: There is one.
    """
    for rule in rules:
        if rule.so_far:
            raise ValueError(
                "a draw of so many must say among whom: write 'among' and a rule in "
                "brackets after its seed"
            )


def _fields(rule: Rule) -> tuple[Any, ...]:
    """Return the fields of a node; each concrete node is a dataclass."""
    return fields(rule)  # type: ignore[arg-type]  # the root alone is no dataclass


def _plain(value: object) -> object:
    """Return one field's value as JSON can hold it."""
    match value:
        case tuple():
            return [_plain(one) for one in value]
        case date():
            return value.isoformat()
        case Share():
            return value.of_one
        case Seed():
            return value.number
    to_data = getattr(value, "to_data", None)
    return value if to_data is None else to_data()


def _inside(rule: Rule) -> str:
    """Return the text of a rule that stands inside another."""
    return f"({rule.text()})" if rule.SEVERAL else rule.text()


@dataclass(frozen=True, slots=True)
class Everyone(Rule):
    """Yes of everybody who may be asked about at all."""

    KIND: ClassVar[str] = "everyone"

    def text(self) -> str:
        """Return the canonical text."""
        return "everyone"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return "of whom there are none" if negated else "of every kind"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:  # noqa: ARG003  # no fields
        """Return the node."""
        return cls()


@dataclass(frozen=True, slots=True)
class Joined(Rule):
    """Several rules joined by one word."""

    rules: tuple[Rule, ...]
    WORD: ClassVar[str] = ""
    SEVERAL: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse to join fewer than two."""
        if len(self.rules) < 2:  # noqa: PLR2004  # to join takes two
            raise ValueError(f"'{self.WORD}' joins at least two conditions")
        refuse_so_far(self.rules)

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rules that are joined."""
        return self.rules

    def text(self) -> str:
        """Return the canonical text."""
        return f" {self.WORD} ".join(_inside(rule) for rule in self.rules)

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'; a group in a group is bracketed."""
        said = [rule.bracketed() for rule in self.rules]
        words = f"{', '.join(said[:-1])} {self.WORD} {said[-1]}"
        return f"of whom this is not true: ({words})" if negated else words

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(tuple(plain["rules"]))


@dataclass(frozen=True, slots=True)
class All(Joined):
    """Yes where every one of its rules says yes."""

    KIND: ClassVar[str] = "all"
    WORD: ClassVar[str] = "and"


@dataclass(frozen=True, slots=True)
class AnyOf(Joined):
    """Yes where at least one of its rules says yes."""

    KIND: ClassVar[str] = "any"
    WORD: ClassVar[str] = "or"


@dataclass(frozen=True, slots=True)
class Not(Rule):
    """Yes where its rule says no."""

    rules: tuple[Rule]
    KIND: ClassVar[str] = "not"

    def __post_init__(self) -> None:
        """Refuse to turn round none, or several."""
        if len(self.rules) != 1:
            raise ValueError("'not' turns round exactly one condition")
        refuse_so_far(self.rules)

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule that is turned round."""
        return self.rules

    def text(self) -> str:
        """Return the canonical text."""
        return self.rules[0].negated_text()

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return self.rules[0].clause(negated=not negated)

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(tuple(plain["rules"]))
