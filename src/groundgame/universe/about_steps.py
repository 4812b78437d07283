"""A universe made in steps: who comes first, is added, kept, taken out, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule, refuse_so_far

VERBS: Mapping[str, str] = {
    "add": "adding those",
    "narrow to": "of all these only those",
    "remove": "without those",
}
"""What a step may do, and how a sentence says it."""
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Steps(Rule):
    """Yes of those who stand at the end: the first rule, then a step a verb."""

    rules: tuple[Rule, ...]
    verbs: tuple[str, ...]
    KIND: ClassVar[str] = "steps"
    SEVERAL: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse no step at all, another verb, and a draw where nobody stands."""
        if not self.verbs or len(self.rules) != len(self.verbs) + 1:
            raise ValueError(
                "after the start comes at least one step, each with a rule"
            )
        if len(self.verbs) > MOST_STEPS:
            raise ValueError(f"a universe is made in at most {MOST_STEPS} steps")
        unknown = set(self.verbs) - set(VERBS)
        if unknown:
            raise ValueError(f"a step is one of {', '.join(VERBS)}")
        refuse_so_far([self.rules[0]])
        refuse_so_far([rule for verb, rule in self.after if verb != "narrow to"])

    @property
    def after(self) -> tuple[tuple[str, Rule], ...]:
        """The steps after the start, as verb and rule."""
        return tuple(zip(self.verbs, self.rules[1:], strict=True))

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rule of the start, and those of the steps."""
        return self.rules

    def text(self) -> str:
        """Return the canonical text."""
        steps = (f"{verb} {_step(rule)}" for verb, rule in self.after)
        return ", ".join([f"start with {_step(self.rules[0])}", *steps])

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        said = [self.rules[0].clause()]
        said += [f"{VERBS[verb]} {rule.clause()}" for verb, rule in self.after]
        words = "; ".join(said)
        return f"of whom this is not true: ({words})" if negated else words

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(tuple(plain["rules"]), tuple(map(str, plain["verbs"])))


def _step(rule: Rule) -> str:
    """Return the text of one step; only steps in steps need brackets."""
    return f"({rule.text()})" if isinstance(rule, Steps) else rule.text()
