"""Say what a rule means, and what each of its conditions took out.

In:  a snapshot, a rule, and what else a question takes.
Out: the rule as a sentence, what it came to in this file (which elections 'the last 4'
     are), and the ladder: from everybody who may be asked about, a step for each
     condition joined by the outermost 'and', down to those who are wanted.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from groundgame.tables import Snapshot
from groundgame.universe.about_votes import PLURALS, VotedOfLast
from groundgame.universe.elections import Elections
from groundgame.universe.ids import Listed
from groundgame.universe.predicate import predicate
from groundgame.universe.question import question, standing
from groundgame.universe.rule import All, Rule
from groundgame.universe.words import spoken

_STATUS_STEP = "not status = removed"


@dataclass(frozen=True, slots=True)
class Step:
    """One condition: how many it took out in its turn, and how many were left then.

    `only_this` are those whom this condition alone keeps out: they would come in if it
    were struck from the rule.
    """

    text: str
    says: str
    took_out: int
    left: int
    only_this: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule means here, and why these people and not others."""

    sentence: str
    notes: tuple[str, ...]
    everybody: int
    steps: tuple[Step, ...]
    wanted: int

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self)


def explain(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    lists: Mapping[str, Listed] | None = None,
    suppressed: Listed | None = None,
) -> Explanation:
    """Explain a rule in one question.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        lists: The lists that the rule may name.
        suppressed: Ids of people, or of doors, to leave out of everything.

    Raises:
        NoSuchList: The rule names a list that was not given.
        NoSuchElection: The rule names an election that the file does not hold.
    """
    parts = rule.rules if isinstance(rule, All) else (rule,)
    with question(snapshot, as_of, lists, suppressed) as asked:
        conditions = [
            standing(rule),
            *(predicate(part, asked.asking) for part in parts),
        ]
        named = [f"{condition} as c{n}" for n, condition in enumerate(conditions)]
        answer = asked.ask(
            f"select {', '.join(_sums(len(conditions)))} "
            f"from (select {', '.join(named)} from {asked.askable})"
        )
        meant = _meant(rule, asked.electorate.elections, as_of)
    numbers: list[int] = [column[0].as_py() for column in answer.columns]
    left, alone = numbers[: len(parts) + 2], numbers[len(parts) + 2 :]
    said = [(_STATUS_STEP, "whose registration was not removed")]
    said += [(part.text(), part.clause()) for part in parts]
    steps = (
        Step(text, says, before - after, after, only)
        for (text, says), before, after, only in zip(
            said, left, left[1:], alone, strict=False
        )
    )
    fewer = [note for note, is_fewer in meant if is_fewer]
    return Explanation(
        sentence=" ".join([rule.sentence(), *fewer]),
        notes=tuple(note for note, is_fewer in meant if not is_fewer),
        everybody=left[0],
        steps=tuple(
            step for step in steps if step.text != _STATUS_STEP or step.took_out
        ),
        wanted=left[-1],
    )


def _sums(conditions: int) -> list[str]:
    """Return the sums to ask for: left after each step, then kept out by it alone."""
    every = [f"c{n}" for n in range(conditions)]
    left = [" and ".join(every[:upto]) or "true" for upto in range(conditions + 1)]
    alone = [
        " and ".join([f"not {one}", *(other for other in every if other != one)])
        for one in every
    ]
    return [f"count(*) filter ({condition})" for condition in [*left, *alone]]


def _meant(rule: Rule, elections: Elections, as_of: date) -> list[tuple[str, bool]]:
    """Return which elections each 'last n' means, and whether there are fewer."""
    notes: dict[str, bool] = {}
    for part in rule.walk():
        if isinstance(part, VotedOfLast):
            found = elections.meant(part, as_of)
            fewer = len(found) < part.last
            kinds = part.election if len(found) == 1 else PLURALS[part.election]
            start = f"Up to {spoken(as_of)} the file knows "
            start += f"{_only(len(found))} {kinds}" if fewer else f"these {kinds}"
            days = ", ".join(str(one.day or one.year) for one in found)
            notes[f"{start}: {days}." if days else f"{start}."] = fewer
    return list(notes.items())


def _only(found: int) -> str:
    """Return how few there are: 'only 3', or 'no'."""
    return f"only {found}" if found else "no"
