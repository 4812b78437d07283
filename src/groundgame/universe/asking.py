"""What a question needs besides its text, and how a rule becomes a condition.

A condition is text in SQL, about one row of the electorate: true or false, never null.
What a user wrote never enters it: values are bound as parameters, words of the file are
looked up as numbers, and what was given becomes a mark beside each row.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.errors import CircularUniverse, NoSuchUniverse
from groundgame.universe.about_draws import Draw
from groundgame.universe.about_given import InUniverse
from groundgame.universe.about_people import OneOf
from groundgame.universe.about_steps import Steps
from groundgame.universe.electorate import Electorate
from groundgame.universe.given import Given
from groundgame.universe.rule import Joined, Not, Rule

Flags: TypeAlias = npt.NDArray[np.bool_]
MOST_UNIVERSES = 100
"""Saved universes in one question, those inside others counted each time."""
_REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Mark:
    """A flag for each row, or for each number of another column of the electorate."""

    flags: Flags
    of: str = "row"
    """'row', 'door_no' or 'building_no'."""

    def span(self) -> tuple[int, int]:
        """Return the first and the last that are set; the last is less if none is."""
        first = int(self.flags.argmax()) if len(self.flags) else 0
        if not len(self.flags) or not self.flags[first]:
            return 0, -1
        return first, len(self.flags) - 1 - int(self.flags[::-1].argmax())


@dataclass(slots=True)
class Asking:
    """What a question needs besides its text: the day, the file, what was given.

    `rows` returns columns of everybody a rule may see and who meets conditions. A
    condition on others (a household, a draw) is answered by it first, and so sees
    nobody else either.
    """

    as_of: date
    electorate: Electorate
    given: Given
    rows: Callable[[Sequence[str], Sequence[str]], pa.Table]
    parameters: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    known: dict[str, npt.NDArray[np.uint32]] = field(default_factory=dict)
    """Rows of which is known, without a look at them, that they meet a condition."""
    inside: tuple[str, ...] = ()
    universes: int = 0

    def bind(self, value: object) -> str:
        """Keep a value as a parameter, and return its place in the text."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def mark(self, flags: Flags, of: str = "row") -> str:
        """Keep a flag for each row, or each `of`; return the condition to have it."""
        name = f"k{len(self.marks)}"
        self.marks[name] = Mark(flags, of)
        return f"({name} = 1)"

    def rows_where(self, condition: str) -> Flags:
        """Return who may be asked about and meets a condition, a flag for each row."""
        flags = np.zeros(self.electorate.people, np.bool_)
        for chunk in self.rows(["row"], [condition])["row"].chunks:
            flags[chunk.to_numpy()] = True
        return flags

    def doors_where(self, condition: str) -> npt.NDArray[np.int32]:
        """Return the numbers of their doors: one for each person, in their order."""
        doors: npt.NDArray[np.int32] = self.rows(["door_mark"], [condition])[
            "door_mark"
        ].to_numpy()
        return np.abs(doors)

    @contextmanager
    def universe(self, name: str) -> Iterator[Rule]:
        """Go into a saved universe, and come out again.

        Raises:
            NoSuchUniverse: None was saved under that name.
            CircularUniverse: We are in it already, or in too many.
        """
        if name in self.inside or self.universes >= MOST_UNIVERSES:
            raise CircularUniverse((*self.inside, name))
        try:
            rule = self.given.universes[name]
        except KeyError:
            raise NoSuchUniverse(name) from None
        before = self.inside
        self.inside, self.universes = (*before, name), self.universes + 1
        try:
            yield rule
        finally:
            self.inside = before


@singledispatch
def predicate(rule: Rule, asking: Asking) -> str:  # noqa: ARG001  # for all kinds
    """Return the condition that `rule` puts on a row, binding values in `asking`."""
    raise TypeError(f"no question can be asked of {type(rule).__name__}")


def wanted(rule: Rule, asking: Asking) -> str:
    """Return the condition that somebody stands on the file and `rule` wants them."""
    return f"({standing(rule, asking)} and {predicate(rule, asking)})"


def standing(rule: Rule, asking: Asking) -> str:
    """Return the condition on status: not removed, unless the rule names that."""
    return "true" if _names_removed(rule, asking) else f"(not {_removed(asking)})"


def _removed(asking: Asking) -> str:
    """Return the condition to have been removed."""
    return asking.electorate.one_of("status", (_REMOVED,))


def _names_removed(rule: Rule, asking: Asking) -> bool:
    """Say whether a rule names the removed among those it is about.

    What it says of others at a door is not about them.
    """
    match rule:
        case OneOf(column="status", own=False):
            return _REMOVED in (value.lower() for value in rule.values)
        case InUniverse():
            with asking.universe(rule.name) as saved:
                return _names_removed(saved, asking)
        case Joined() | Not() | Steps() | Draw():
            return any(_names_removed(part, asking) for part in rule.parts)
    return False
