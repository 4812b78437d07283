"""Reading amounts, numbers, days and values: what every condition is made of."""

from datetime import date, timedelta
from typing import Any

from lark import Token, Transformer

from groundgame.universe.span import Span
from groundgame.universe.words import LAST_DAY, When, first_day, last_day


class _Measures(Transformer[Token, Any]):
    """Amounts as (least, most), days as (since, before); None where there is no end."""

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

    def number(self, token: Token) -> float:
        return float(token.replace("\N{MINUS SIGN}", "-"))

    def span_from(self, found: list[Any]) -> Span:
        return Span(low=self.number(found[0]))

    def span_to(self, found: list[Any]) -> Span:
        return Span(high=self.number(found[0]))

    def span_over(self, found: list[Any]) -> Span:
        return Span(low=self.number(found[0]), open=True)

    def span_under(self, found: list[Any]) -> Span:
        return Span(high=self.number(found[0]), open=True)

    def span_between(self, found: list[Any]) -> Span:
        low, high = map(self.number, found)
        return Span(low, high)

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


def _after(when: When) -> date:
    """Return the day after a day, or after a year."""
    day = last_day(when)
    if day >= LAST_DAY:
        raise ValueError(f"a date lies before {LAST_DAY}, not on {day}")
    return day + timedelta(days=1)
