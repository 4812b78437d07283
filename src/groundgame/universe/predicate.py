"""From a rule to a condition on a row of the electorate.

What a user wrote never enters the text of a question: values are bound as parameters,
and lists are registered as tables under names of our own. Each condition answers true
or false, never null.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import singledispatch
from typing import Any

import pyarrow as pa

from groundgame.errors import NoSuchList
from groundgame.universe.about_lists import OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Missing, OneOf, Registered
from groundgame.universe.about_votes import VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.elections import Election, Elections
from groundgame.universe.electorate import BITS
from groundgame.universe.ids import Listed, listed
from groundgame.universe.rule import AnyOf, Everyone, Joined, Not, Rule

_DIGESTS = 2**128  # how many digests MD5 has


@dataclass(slots=True)
class Asking:
    """What a question needs besides its text: the day, elections, lists, values."""

    as_of: date
    elections: Elections
    lists: Mapping[str, Listed]
    parameters: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, pa.Table] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        """Keep a value as a parameter, and return its place in the text."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def table(self, ids: pa.Table) -> str:
        """Keep a table of ids, and return the name it is asked by."""
        name = f"ids{len(self.tables)}"
        self.tables[name] = ids
        return name


@singledispatch
def predicate(rule: Rule, asking: Asking) -> str:  # noqa: ARG001  # for all kinds
    """Return the condition that `rule` puts on a row, binding values in `asking`."""
    raise TypeError(f"no question can be asked of {type(rule).__name__}")


@predicate.register
def _(rule: Everyone, asking: Asking) -> str:  # noqa: ARG001
    return "true"


@predicate.register
def _(rule: Joined, asking: Asking) -> str:
    word = " or " if isinstance(rule, AnyOf) else " and "
    return f"({word.join(predicate(part, asking) for part in rule.rules)})"


@predicate.register
def _(rule: Not, asking: Asking) -> str:
    return f"(not {predicate(rule.rules[0], asking)})"


@predicate.register
def _(rule: OneOf, asking: Asking) -> str:
    number = TEXT_COLUMNS[rule.column].number
    bound = (
        asking.bind(value.lstrip("0") if number else value) for value in rule.values
    )
    values = ", ".join(f"lower({value})" for value in bound)
    return f"coalesce({rule.column} in ({values}), false)"


@predicate.register
def _(rule: Missing, asking: Asking) -> str:  # noqa: ARG001
    match rule.column:
        case "age":
            return "(birth_date is null and birth_year is null)"
        case "phone":
            return "no_phone"
    return f"({rule.column} is null)"


@predicate.register
def _(rule: Age, asking: Asking) -> str:
    on = rule.on or asking.as_of
    latest = asking.bind(_birthday(on, rule.least))
    earliest = asking.bind(_birthday(on, rule.most + 1 if rule.most < OLDEST else 999))
    first_year = asking.bind(on.year - (rule.most if rule.most < OLDEST else 999))
    last_year = asking.bind(on.year - rule.least)
    return (
        f"(case when birth_date is not null "
        f"then birth_date > {earliest} and birth_date <= {latest} "
        f"else coalesce(birth_year between {first_year} and {last_year}, false) end)"
    )


def _birthday(on: date, years: int) -> date:
    """Return the last day of birth of those who are `years` old, or older, on a day."""
    year = max(on.year - years, 1)
    day = on.day
    while True:
        try:
            return date(year, on.month, day)
        except ValueError:  # 29 February in a common year
            day -= 1


@predicate.register
def _(rule: Registered, asking: Asking) -> str:
    since = f"registered >= {asking.bind(rule.since)}" if rule.since else "true"
    before = f"registered < {asking.bind(rule.before)}" if rule.before else "true"
    return f"coalesce({since} and {before}, false)"


@predicate.register
def _(rule: VotedIn, asking: Asking) -> str:
    elections = asking.elections.meant(rule, asking.as_of)
    return f"({_times(elections)} >= 1)"


@predicate.register
def _(rule: VotedOfLast, asking: Asking) -> str:
    elections = asking.elections.meant(rule, asking.as_of)
    return f"({_times(elections)} between {rule.least:d} and {rule.most:d})"


@predicate.register
def _(rule: VotedTimes, asking: Asking) -> str:
    elections = asking.elections.meant(rule, asking.as_of)
    most = len(asking.elections.all) if rule.most is None else rule.most
    return f"({_times(elections)} between {rule.least:d} and {most:d})"


def _times(elections: tuple[Election, ...]) -> str:
    """Return how many of these elections somebody voted in."""
    masks: dict[int, int] = {}
    for one in elections:
        word, bit = divmod(one.number, BITS)
        masks[word] = masks.get(word, 0) | 1 << bit
    counted = (f"bit_count(v{word} & {mask:d})" for word, mask in masks.items())
    return " + ".join(counted) or "0"


@predicate.register
def _(rule: OnList, asking: Asking) -> str:
    if rule.name not in asking.lists:
        raise NoSuchList(rule.name, tuple(sorted(asking.lists)))
    return on_any(listed(asking.lists[rule.name]), asking.table)


def on_any(ids: Mapping[str, pa.Table], table: Callable[[pa.Table], str]) -> str:
    """Return the condition that a row's person or door is among these ids."""
    asked = (
        f"coalesce({column} in (select id from {table(some)}), false)"
        for column, some in ids.items()
    )
    return f"({' or '.join(asked)})"


@predicate.register
def _(rule: RandomShare, asking: Asking) -> str:
    column = {"people": "person_id", "doors": "door_id"}[rule.unit]
    prefix = asking.bind(f"{rule.seed.number}:{rule.unit}:")
    below = asking.bind(_hexadecimal(Fraction(rule.share.of_one)))
    return f"coalesce(md5({prefix} || {column}) < {below}, false)"


def _hexadecimal(share: Fraction) -> str:
    """Return the digest below which that share of all digests lies, as md5 writes it.

    MD5 is used as a fair die that every program can throw again; nothing is secret.
    """
    return "g" if share == 1 else f"{int(share * _DIGESTS):032x}"
