"""Say what a rule means, what each of its conditions took out, and what looks odd.

In:  a snapshot, a rule, and what else a question takes.
Out: the rule as a sentence, what it came to in this file (which elections 'the last 4'
     are), likely slips, and the ladder: from everybody who may be asked about, a step
     for each condition joined by the outermost 'and', or for each step of a universe
     made in steps, down to those who are wanted.

Each condition is asked once, however many there are: the cost grows with their number.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from groundgame.tables import Snapshot
from groundgame.universe.about_steps import Steps
from groundgame.universe.given import NOTHING, Given
from groundgame.universe.notes import fewer_elections, meant, slips
from groundgame.universe.predicate import Asking, predicate, standing, steps
from groundgame.universe.question import Question, question
from groundgame.universe.rule import All, Rule

_STATUS_STEP = "not status = removed"


@dataclass(frozen=True, slots=True)
class Step:
    """One condition: how many it took out or put in in its turn, how many then stood.

    `only_this` are those whom this condition alone keeps out: they would come in if it
    were struck from the rule.
    """

    text: str
    says: str
    took_out: int
    left: int
    only_this: int
    added: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule means here, and why these people and not others."""

    sentence: str
    notes: tuple[str, ...]
    everybody: int
    steps: tuple[Step, ...]
    wanted: int
    warnings: tuple[str, ...] = ()
    """What is likely a slip: a value that nobody has, an empty list."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Rung:
    """One step to be counted: what it does, and its condition as text in SQL."""

    text: str
    says: str
    verb: str
    condition: str


def explain(
    snapshot: Snapshot, rule: Rule, *, as_of: date, given: Given = NOTHING
) -> Explanation:
    """Explain a rule in one question.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        given: What the rule may name beside the file, and whom to leave out.

    Raises:
        GroundgameError: The rule names what is neither in the file nor given.
    """
    with question(snapshot, as_of, given) as asked:
        rungs = _rungs(rule, asked.asking)
        everybody, counted = _counted(rungs, asked)
        electorate = asked.electorate
        fewer = fewer_elections(rule, electorate.elections, as_of)
        return Explanation(
            sentence=" ".join([rule.sentence(), *fewer]),
            notes=meant(rule, electorate.elections, as_of),
            everybody=everybody,
            steps=tuple(
                step for step in counted if step.text != _STATUS_STEP or step.took_out
            ),
            wanted=counted[-1].left,
            warnings=slips(rule, asked.asking),
        )


def _rungs(rule: Rule, asking: Asking) -> list[_Rung]:
    """Return the steps of the ladder: who stands on the file, then the rule's own."""
    removed = standing(rule, asking)
    first = _Rung(
        _STATUS_STEP, "whose registration was not removed", "narrow to", removed
    )
    if not isinstance(rule, Steps):
        parts = rule.rules if isinstance(rule, All) else (rule,)
        return [
            first,
            *(
                _Rung(part.text(), part.clause(), "narrow to", predicate(part, asking))
                for part in parts
            ),
        ]
    rungs = [first]
    for (verb, condition), part in zip(steps(rule, asking), rule.rules, strict=True):
        start = len(rungs) == 1
        text = f"{'start with' if start else verb} {part.text()}"
        if verb == "add" and not start:  # nobody who was removed comes in again
            condition = f"({removed} and {condition})"  # noqa: PLW2901  # the same, safer
        does = "narrow to" if start else verb
        rungs.append(_Rung(text, part.clause(), does, condition))
    return rungs


def _counted(rungs: list[_Rung], asked: Question) -> tuple[int, list[Step]]:
    """Count everybody, and what each rung did, in one question."""
    if all(rung.verb == "narrow to" for rung in rungs):
        return _narrowed(rungs, asked)
    return _stepped(rungs, asked)


def _narrowed(rungs: list[_Rung], asked: Question) -> tuple[int, list[Step]]:
    """Count a ladder that only narrows: each row by the first rung it fails, if any.

    The work grows with the number of rungs. Who fails one rung only is kept out by that
    one alone.
    """
    many = len(rungs)
    conditions = ", ".join(f"{rung.condition} as c{n}" for n, rung in enumerate(rungs))
    first = " ".join(f"when not c{n} then {n}" for n in range(many))
    fails = " + ".join(f"(not c{n})::integer" for n in range(many))
    answer = asked.ask(
        f"select first, alone, count(*) as people from ("
        f"select case {first} else {many} end as first, ({fails}) = 1 as alone "
        f"from (select {conditions} from askable)) group by first, alone"
    )
    out, alone = [0] * (many + 1), [0] * (many + 1)
    for row in answer.to_pylist():
        out[row["first"]] += row["people"]
        alone[row["first"]] += row["people"] if row["alone"] else 0
    left = sum(out)
    steps = []
    for rung, took_out, only in zip(rungs, out, alone, strict=False):
        left -= took_out
        steps.append(Step(rung.text, rung.says, took_out, left, only))
    return sum(out), steps


def _stepped(rungs: list[_Rung], asked: Question) -> tuple[int, list[Step]]:
    """Count a ladder that also puts in.

    Let s be who stands after a rung. What the later rungs make of s is (s and keeps) or
    puts; so who would stand without a rung is known from s before it, and from keeps
    and puts after it.
    """
    last = len(rungs)
    conditions = ", ".join(f"{rung.condition} as c{n}" for n, rung in enumerate(rungs))
    question = f"select {conditions} from askable"
    question = f"select *, true as s0 from ({question})"
    for n, rung in enumerate(rungs):
        after = _DOES[rung.verb].format(s=f"s{n}", c=f"c{n}")
        question = f"select *, {after} as s{n + 1} from ({question})"
    question = f"select *, true as k{last}, false as u{last} from ({question})"
    for n in range(last - 1, 0, -1):
        keeps = _KEEPS[rungs[n].verb].format(k=f"k{n + 1}", c=f"c{n}")
        puts = f"u{n + 1}"
        if rungs[n].verb == "add":
            puts = f"(u{n + 1} or (c{n} and k{n + 1}))"
        question = f"select *, {keeps} as k{n}, {puts} as u{n} from ({question})"
    sums = ["count(*)"]
    for n in range(last):
        without = f"((s{n} and k{n + 1}) or u{n + 1})"
        sums += [
            f"count(*) filter (s{n + 1})",
            f"count(*) filter (s{n} and not s{n + 1})",
            f"count(*) filter (s{n + 1} and not s{n})",
            f"count(*) filter ({without} and not s{last})",
        ]
    answer = asked.ask(f"select {', '.join(sums)} from ({question})")
    everybody, *numbers = (column[0].as_py() for column in answer.columns)
    return everybody, [
        Step(
            rung.text,
            rung.says,
            left=numbers[4 * n],
            took_out=numbers[4 * n + 1],
            added=numbers[4 * n + 2],
            only_this=numbers[4 * n + 3],
        )
        for n, rung in enumerate(rungs)
    ]


_DOES = {
    "add": "({s} or {c})",
    "narrow to": "({s} and {c})",
    "remove": "({s} and not {c})",
}
_KEEPS = {"add": "{k}", "narrow to": "({k} and {c})", "remove": "({k} and not {c})"}
