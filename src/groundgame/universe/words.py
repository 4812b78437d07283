"""How values are written: bare or quoted words, lists, dates."""

import re
from collections.abc import Sequence
from datetime import date
from importlib import resources

BARE = re.compile(r"(?i)(?!(?:and|or|not|in|between)\b)[a-z0-9][a-z0-9_./-]*")
"""What may stand without quotation marks; the same pattern as WORD in rule.lark."""

_GRAMMAR = (resources.files("groundgame.universe") / "rule.lark").read_text("utf-8")
_WORDS = re.findall(
    r"^(?!WORD|STRING)[A-Z_]+(?:\.\d)?: /(.*)/i$", _GRAMMAR, re.MULTILINE
)
KEYWORDS = frozenset(re.findall("[a-z]+", re.sub(r"\\.", " ", " ".join(_WORDS))))
"""Every word that means something in a rule, in small letters."""

FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2199, 12, 31)

When = date | int
"""A day, or a whole year."""


def quoted(value: str) -> str:
    """Return `value` bare where that is clear, else in quotation marks."""
    if BARE.fullmatch(value):
        return value
    return always_quoted(value)


def always_quoted(value: str) -> str:
    """Return `value` in quotation marks; a mark inside is doubled."""
    return '"' + value.replace('"', '""') + '"'


def either(values: Sequence[str]) -> str:
    """Join values for a sentence: 'DEM, WFP or UNA'."""
    if len(values) == 1:
        return values[0]
    return f"{', '.join(values[:-1])} or {values[-1]}"


def checked_day(day: date) -> date:
    """Return `day` if it lies in the centuries of voter files.

    Raises:
        ValueError: It does not.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"a date lies between {FIRST_DAY} and {LAST_DAY}, not {day}")
    return day


def checked_when(when: When) -> When:
    """Return a day or a year if it lies in the centuries of voter files.

    Raises:
        ValueError: It does not.
    """
    if isinstance(when, date):
        return checked_day(when)
    if not FIRST_DAY.year <= when <= LAST_DAY.year:
        raise ValueError(f"a year lies between 1800 and 2199, not {when}")
    return when


def first_day(when: When) -> date:
    """Return the day itself, or the first of the year."""
    return when if isinstance(when, date) else date(when, 1, 1)


def last_day(when: When) -> date:
    """Return the day itself, or the last of the year."""
    return when if isinstance(when, date) else date(when, 12, 31)


def read_when(plain: str | int) -> When:
    """Return the day or year that was written as data."""
    return date.fromisoformat(plain) if isinstance(plain, str) else int(plain)


def spoken(day: date) -> str:
    """Return a day as a sentence says it: '5 November 2024'."""
    return f"{day.day} {day:%B} {day.year}"


def spoken_when(when: When) -> str:
    """Return a day or a year as a sentence says it."""
    return spoken(when) if isinstance(when, date) else str(when)
