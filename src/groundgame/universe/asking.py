"""What a question needs besides its text, and how a rule becomes a condition.

A condition is text in SQL, about one row of the electorate: true or false, never null.
What a user wrote never enters it: values are bound as parameters, words of the file are
looked up as numbers, and what was given becomes a mark beside each row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

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


@dataclass(slots=True)
class Asking:
    """What a question needs besides its text: the day, the file, what was given.

    `rows_where` says of each row whether it is somebody a rule may see and who meets a
    condition. A condition on others (a household, a draw) is answered by it first, and
    so sees nobody else either.
    """

    as_of: date
    electorate: Electorate
    given: Given
    rows_where: Callable[[str], Flags]
    parameters: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Flags] = field(default_factory=dict)
    inside: tuple[str, ...] = ()
    universes: int = 0

    def bind(self, value: object) -> str:
        """Keep a value as a parameter, and return its place in the text."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def mark(self, flags: Flags) -> str:
        """Lay a flag beside each row, and return the condition that it is set."""
        name = f"k{len(self.marks)}"
        self.marks[name] = flags
        return f"({name} = 1)"

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
