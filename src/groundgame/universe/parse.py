"""From the text of a rule to its nodes.

In:  what somebody typed.
Out: a rule, or a refusal that says where the text stopped making sense, what stood
     there, what could have stood there, and how a rule of that sort is written.

The grammar is in `rule.lark`. Nothing is looked up here: whether a list or an election
exists is only known once a snapshot is asked.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, Tree, UnexpectedInput
from lark.exceptions import VisitError

from groundgame.errors import RuleNotUnderstood
from groundgame.universe.about_lists import OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Missing, OneOf, Registered
from groundgame.universe.about_votes import PLURALS, VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.misread import misread
from groundgame.universe.rule import DEEPEST, All, AnyOf, Everyone, Not, Rule
from groundgame.universe.words import LAST_DAY, When, first_day, last_day
from groundgame.values import Seed, Share

LONGEST = 20_000
"""Characters in a rule; an organizer's longest has a few hundred."""
MOST_CONDITIONS = 100
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


class _Reader(Transformer[Token, Any]):
    """Turns the parse tree into nodes, from the leaves up: a method a grammar rule."""

    def start(self, found: list[Any]) -> Any:
        return found[0]

    def any_of(self, found: list[Any]) -> Rule:
        return AnyOf(tuple(found))

    def all_of(self, found: list[Any]) -> Rule:
        return All(tuple(found))

    def turned_round(self, found: list[Any]) -> Rule:
        return Not((found[0],))

    def everyone(self, _found: list[Any]) -> Rule:
        return Everyone()

    # What the file says of a person

    def is_value(self, found: list[Any]) -> Rule:
        return OneOf(_column(found[0]), tuple(found[1:]))

    in_values = is_value

    def is_not_value(self, found: list[Any]) -> Rule:
        return Not((self.is_value(found),))

    not_in_values = is_not_value

    def missing(self, found: list[Any]) -> Rule:
        return Missing(_column(found[0]))

    def known(self, found: list[Any]) -> Rule:
        return Not((self.missing(found),))

    def age(self, found: list[Any]) -> Rule:
        _, day, (least, most) = found
        return Age(least, OLDEST if most is None else most, _day(day))

    def not_age(self, found: list[Any]) -> Rule:
        _, day, years = found
        return Not((Age(int(years), int(years), _day(day)),))

    def registered(self, found: list[Any]) -> Rule:
        return Registered(*found[1])

    # Vote history

    def voted(self, found: list[Any]) -> Rule:
        rule: Rule = found[0]
        return rule

    def did_not_vote(self, found: list[Any]) -> Rule:
        return Not((found[0],))

    def never_voted(self, _found: list[Any]) -> Rule:
        return Not((VotedTimes("election"),))

    def some_of_last(self, found: list[Any]) -> Rule:
        (least, most), last, kind = found
        last = int(last)
        return VotedOfLast(least, last if most is None else most, last, _kind(kind))

    def all_of_last(self, found: list[Any]) -> Rule:
        return VotedOfLast(int(found[0]), int(found[0]), int(found[0]), _kind(found[1]))

    def none_of_last(self, found: list[Any]) -> Rule:
        return VotedOfLast(0, 0, int(found[0]), _kind(found[1]))

    def any_of_last(self, found: list[Any]) -> Rule:
        return VotedOfLast(1, int(found[0]), int(found[0]), _kind(found[1]))

    def the_last(self, found: list[Any]) -> Rule:
        return VotedOfLast(1, 1, 1, _kind(found[0]))

    def the_one(self, found: list[Any]) -> Rule:
        return VotedIn(found[0], _kind(found[1]))

    def once(self, found: list[Any]) -> Rule:
        return VotedTimes(_kind(found[0]), found[1])

    def times(self, found: list[Any]) -> Rule:
        (least, most), kind, since = found
        return VotedTimes(_kind(kind), since, least, most)

    # Lists and chance

    def on_list(self, found: list[Any]) -> Rule:
        return OnList(found[0])

    def random_share(self, found: list[Any]) -> Rule:
        percent, unit, seed = found
        number = "".join(mark for mark in percent if mark.isdigit() or mark == ".")
        share = float(f"{number}e-2")
        if share > 1:
            raise ValueError(f"a share is from 0% to 100%, not {number}%")
        return RandomShare(Share(share), str(unit).lower(), Seed(int(seed)))

    # Amounts, as (least, most); most is None where there is no upper end

    def amount(self, found: list[Any]) -> Any:
        return found[0]

    def exactly(self, found: list[Any]) -> tuple[int, int]:
        return int(found[0]), int(found[0])

    def at_least(self, found: list[Any]) -> tuple[int, None]:
        return int(found[0]), None

    def at_most(self, found: list[Any]) -> tuple[int, int]:
        return 0, int(found[0])

    def more_than(self, found: list[Any]) -> tuple[int, None]:
        return int(found[0]) + 1, None

    def less_than(self, found: list[Any]) -> tuple[int, int]:
        return 0, int(found[0]) - 1

    def between(self, found: list[Any]) -> tuple[int, int]:
        return int(found[0]), int(found[1])

    # Days, as (since, before)

    def before(self, found: list[Any]) -> tuple[None, date]:
        return None, first_day(found[0])

    def until(self, found: list[Any]) -> tuple[None, date]:
        return None, _after(found[0])

    def after(self, found: list[Any]) -> tuple[date, None]:
        return _after(found[0]), None

    def since(self, found: list[Any]) -> tuple[date, None]:
        return first_day(found[0]), None

    def within(self, found: list[Any]) -> tuple[date, date]:
        return first_day(found[0]), _after(found[0])

    def from_to(self, found: list[Any]) -> tuple[date, date]:
        return first_day(found[0]), _after(found[1])

    def when(self, found: list[Any]) -> When:
        token: Token = found[0]
        if token.type == "YEAR":
            date(int(token), 1, 1)  # refuses the year 0
            return int(token)
        return date.fromisoformat(token)

    def value(self, found: list[Any]) -> str:
        token: Token = found[0]
        if token.type == "WORD":
            return str(token)
        mark, inner = token[0], token[1:-1]
        return inner.replace(mark * 2, mark) if mark in "\"'" else inner


def _column(token: Token) -> str:
    """Return a column's name: 'State House district' is state_house."""
    name = "_".join(token.lower().replace("_", " ").split())
    return name.removesuffix("_district")


def _kind(token: Token) -> str:
    """Return the kind of election: 'general elections' is general."""
    first = token.lower().split()[0]
    return {plural: kind for kind, plural in PLURALS.items()}.get(first, first)


def _day(token: Token | None) -> date | None:
    """Return the day that a token names."""
    return None if token is None else date.fromisoformat(token)


def _after(when: When) -> date:
    """Return the day after a day, or after a year."""
    day = last_day(when)
    if day >= LAST_DAY:
        raise ValueError(f"a date lies before {LAST_DAY}, not on {day}")
    return day + timedelta(days=1)
