"""Conditions on what conversations came to: answers that stand, attempts, results."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.about_households import amount, checked_amount
from groundgame.universe.rule import Rule
from groundgame.universe.words import either, quoted


@dataclass(frozen=True, slots=True)
class Answered(Rule):
    """Yes where somebody's standing answer to a question is one of these, or any."""

    question: str
    answers: tuple[str, ...] = ()
    KIND: ClassVar[str] = "answered"

    def __post_init__(self) -> None:
        """Refuse an empty question or answer."""
        if not all(word.strip() for word in (self.question, *self.answers)):
            raise ValueError("a question and its answers must not be empty")

    def _what(self) -> str:
        """Return the question, and the answers if some are named."""
        question = quoted(self.question)
        if not self.answers:
            return question
        if len(self.answers) == 1:
            return f"{question} = {quoted(self.answers[0])}"
        return f"{question} in ({', '.join(map(quoted, self.answers))})"

    def text(self) -> str:
        """Return the canonical text."""
        return f"answered {self._what()}"

    def negated_text(self) -> str:
        """Return the canonical text of the opposite."""
        return f"did not answer {self._what()}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        verb = "who did not answer" if negated else "who answered"
        words = f"{verb} “{self.question}”"
        return f"{words} with {either(self.answers)}" if self.answers else words

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["question"]), tuple(map(str, plain["answers"])))


@dataclass(frozen=True, slots=True)
class Tried(Rule):
    """Yes where somebody was tried `least` to `most` times.

    An attempt at a door, at nobody in particular, is one at everybody behind it.
    """

    least: int = 1
    most: int | None = None
    KIND: ClassVar[str] = "tried"

    def __post_init__(self) -> None:
        """Refuse an amount that cannot be."""
        checked_amount(self.least, self.most)

    def text(self) -> str:
        """Return the canonical text."""
        if self.most == 0:
            return "never tried"
        return f"tried {amount(self.least, self.most)} times"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        if self.most == 0:
            return "ever tried" if negated else "never tried"
        times = "time" if (self.most or self.least) == 1 else "times"
        words = f"{amount(self.least, self.most)} {times}"
        return f"{'not ' if negated else ''}tried {words}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        most = plain.get("most")
        return cls(int(plain["least"]), None if most is None else int(most))


@dataclass(frozen=True, slots=True)
class LastResult(Rule):
    """Yes where the last attempt at somebody ended with one of these result codes."""

    results: tuple[str, ...]
    KIND: ClassVar[str] = "last_result"

    def __post_init__(self) -> None:
        """Refuse an empty result."""
        if not self.results or not all(one.strip() for one in self.results):
            raise ValueError(
                "a result must not be empty; 'never tried' says there is none"
            )

    def text(self) -> str:
        """Return the canonical text."""
        if len(self.results) == 1:
            return f"last result = {quoted(self.results[0])}"
        return f"last result in ({', '.join(map(quoted, self.results))})"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"whose last result is {'not ' if negated else ''}{either(self.results)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(tuple(map(str, plain["results"])))
