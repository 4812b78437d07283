"""From the text of a rule to its nodes.

In:  what somebody typed.
Out: a rule, or a refusal that says where the text stopped making sense, what stood
     there, what could have stood there, and how a rule of that sort is written.

The grammar is in `rule.lark`. Nothing is looked up here: whether a list or an election
exists is only known once a snapshot is asked.
"""

from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Tree, UnexpectedInput
from lark.exceptions import VisitError

from groundgame.errors import RuleNotUnderstood
from groundgame.universe.misread import misread
from groundgame.universe.reader import _Reader
from groundgame.universe.rule import DEEPEST, Rule

LONGEST = 20_000
"""Characters in a rule; an organizer's longest has a few hundred."""
MOST_CONDITIONS = 200
"""Conditions in a rule; what each of them takes out is asked at every keystroke."""
_LEAF_LEVELS = 8  # how many levels of the parse tree one condition may take


def parse(text: str) -> Rule:
    """Read a rule.

    Args:
        text: The rule as somebody wrote it.

    Returns:
        The rule. `parse(rule.text())` is the same rule again.

    Raises:
        RuleNotUnderstood: The text is no rule.
    """
    if len(text) > LONGEST:
        problem = f"it has {len(text)} characters, and a rule has at most {LONGEST}"
        raise RuleNotUnderstood(position=LONGEST + 1, problem=problem)
    try:
        tree = _grammar().parse(text)
        _refuse_deep(tree)
        rule: Rule = _Reader().transform(tree)
        if rule.depth() > DEEPEST:
            raise _too_deep()
        _refuse_many(rule)
    except UnexpectedInput as problem:
        raise misread(problem, text) from None
    except VisitError as problem:
        if not isinstance(problem.orig_exc, ValueError):
            raise
        meta = getattr(problem.obj, "meta", None)
        place = getattr(meta or problem.obj, "start_pos", 0) or 0
        raise RuleNotUnderstood(
            position=place + 1, problem=str(problem.orig_exc)
        ) from None
    return rule


@cache
def _grammar() -> Lark:
    """Return the parser, made once."""
    grammar = Path(__file__).with_name("rule.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)


def _refuse_deep(tree: Tree[Token]) -> None:
    """Refuse a tree that is deeper than people read, before anything recurses in it."""
    level: list[Any] = [tree]
    for _ in range(DEEPEST + _LEAF_LEVELS):
        level = [
            part for node in level if isinstance(node, Tree) for part in node.children
        ]
        if not level:
            return
    raise _too_deep()


def _refuse_many(rule: Rule) -> None:
    """Refuse a rule of more conditions than an answer can be given to while typing."""
    count = sum(1 for part in rule.walk() if not part.parts)
    if count > MOST_CONDITIONS:
        problem = f"it has {count} conditions, and a rule has at most {MOST_CONDITIONS}"
        hint = 'party in (DEM, WFP), or a saved list: on list "members"'
        raise RuleNotUnderstood(position=1, problem=problem, example=hint)


def _too_deep() -> RuleNotUnderstood:
    """Return the refusal of a rule in which conditions stand too deep."""
    problem = f"conditions stand more than {DEEPEST} levels deep in it"
    return RuleNotUnderstood(position=1, problem=problem)
