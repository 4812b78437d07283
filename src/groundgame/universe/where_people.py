"""Conditions on what the file says of a person, as the electorate lays it out.

Text is in numbers there, and what is not known is 0, or the last of all days.
"""

from datetime import date

import numpy as np

from groundgame.errors import NoSuchColumn
from groundgame.universe.about_days import Born, Registered
from groundgame.universe.about_people import OLDEST, Age, Measured, Missing, OneOf
from groundgame.universe.asking import Asking, predicate
from groundgame.universe.span import Span

_NEVER = date(9999, 12, 31)
_FOREVER = 999


def own_column(name: str, asking: Asking) -> str:
    """Return the electorate's column for one that only this file has.

    Raises:
        NoSuchColumn: The file has none of that name.
    """
    known = [one.lower() for one in asking.electorate.extra]
    if name.lower() not in known:
        raise NoSuchColumn(name, asking.electorate.extra)
    return f"x{known.index(name.lower())}"


@predicate.register
def _(rule: OneOf, asking: Asking) -> str:
    column = own_column(rule.column, asking) if rule.own else rule.column
    return asking.electorate.one_of(column, rule.values)


@predicate.register
def _(rule: Missing, asking: Asking) -> str:
    column = own_column(rule.column, asking) if rule.own else rule.column
    return asking.electorate.missing(column)


@predicate.register
def _(rule: Measured, asking: Asking) -> str:
    column = own_column(rule.column, asking)
    words = asking.electorate.words(column)
    numbers = {code: _number(word) for word, code in words.items()}
    fitting = [code for code, number in numbers.items() if fits(number, rule.span)]
    return asking.electorate.coded(column, fitting)


def _number(word: str) -> float:
    """Return the number that a word is; what is none is in no span."""
    try:
        number = float(word)
    except ValueError:
        return np.nan
    return number if np.isfinite(number) else np.nan


def fits(number: float, span: Span) -> bool:
    """Say whether a number lies in a span; nan lies in none."""
    if span.low is not None and not (
        number > span.low if span.open else number >= span.low
    ):
        return False
    return span.high is None or bool(
        number < span.high if span.open else number <= span.high
    )


@predicate.register
def _(rule: Age, asking: Asking) -> str:
    on = rule.on or asking.as_of
    latest = asking.bind(_birthday(on, rule.least))
    years = rule.most + 1 if rule.most < OLDEST else _FOREVER
    earliest = asking.bind(_birthday(on, years))
    return f"(born > {earliest} and born <= {latest})"


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
    condition = _between("registered", rule.since, rule.before, asking)
    asking.known[condition] = asking.electorate.registered(
        rule.since or date.min, rule.before or _NEVER
    )
    return condition


@predicate.register
def _(rule: Born, asking: Asking) -> str:
    return _between("born", rule.since, rule.before, asking)


def _between(day: str, since: date | None, before: date | None, asking: Asking) -> str:
    """Return the condition that a day lies in a range; what is not known does not."""
    last = f"{day} < {asking.bind(before or _NEVER)}"
    return f"({day} >= {asking.bind(since)} and {last})" if since else f"({last})"
