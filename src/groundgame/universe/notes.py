"""What a rule comes to in one file, and what in it is likely a slip.

Nothing here changes who is found: a note says what the words came to, a warning that a
value occurs nowhere in the file, or that something given is empty.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from groundgame.universe.about_given import InUniverse
from groundgame.universe.about_lists import OnList
from groundgame.universe.about_people import OneOf
from groundgame.universe.about_results import Answered, LastResult
from groundgame.universe.about_votes import PLURALS, VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.asking import Asking
from groundgame.universe.columns import CALLED, TEXT_COLUMNS
from groundgame.universe.elections import Elections
from groundgame.universe.rule import Rule
from groundgame.universe.where_people import own_column
from groundgame.universe.words import spoken

_SHOWN = 8


def meant(rule: Rule, elections: Elections, as_of: date) -> tuple[str, ...]:
    """Return which elections each 'last n' means, where there are as many."""
    return tuple(said for said, fewer in _last(rule, elections, as_of) if not fewer)


def fewer_elections(rule: Rule, elections: Elections, as_of: date) -> tuple[str, ...]:
    """Return which elections each 'last n' means, where there are fewer."""
    return tuple(said for said, fewer in _last(rule, elections, as_of) if fewer)


def _last(rule: Rule, elections: Elections, as_of: date) -> list[tuple[str, bool]]:
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


def slips(rule: Rule, asking: Asking) -> tuple[str, ...]:
    """Return what is likely a slip, each once, in the order of the rule."""
    return tuple(dict.fromkeys(_slips(rule, asking)))


def _slips(rule: Rule, asking: Asking) -> Iterator[str]:
    """Give what is likely a slip; saved universes are looked into."""
    for part in rule.walk():
        match part:
            case OneOf():
                yield from _nobody_has(part, asking)
            case VotedIn() | VotedOfLast() | VotedTimes():
                yield from _nobody_voted(part, asking)
            case OnList() if not len(asking.given.lists[part.name]):
                yield f"The list “{part.name}” is empty."
            case Answered() | LastResult():
                yield from _nobody_said(part, asking)
            case InUniverse():
                with asking.universe(part.name) as saved:
                    yield from _slips(saved, asking)


def _nobody_has(rule: OneOf, asking: Asking) -> Iterator[str]:
    """Say which values of a column nobody has, and which there are."""
    name = own_column(rule.column, asking) if rule.own else rule.column
    known = asking.electorate.values.get(name)
    if known is None:
        return
    called = f"“{rule.column}”" if rule.own else CALLED[rule.column]
    number = not rule.own and TEXT_COLUMNS[rule.column].number
    for value in rule.values:
        if (value.lstrip("0") if number else value).lower() not in known:
            yield _nobody(called, value, known)


def _nobody_voted(
    rule: VotedIn | VotedOfLast | VotedTimes, asking: Asking
) -> Iterator[str]:
    """Say where the file knows no such way of voting, or no such party's primary."""
    method, party = rule.how.method, rule.how.party
    if method is not None and method not in asking.electorate.methods:
        yield f"The file does not say of anybody that they voted {method}."
    if party is not None and party.lower() not in asking.electorate.parties:
        known = dict.fromkeys(asking.electorate.parties, 0)
        yield _nobody("primary", party, known)


def _nobody_said(rule: Answered | LastResult, asking: Asking) -> Iterator[str]:
    """Say which answers or results nobody gave, and which there are."""
    if isinstance(rule, LastResult):
        given, column, wanted = asking.given.attempts, "last_result", rule.results
        called = "last result"
    else:
        given, column, wanted = asking.given.answers, "answer", rule.answers
        called = f"answer to “{rule.question}”"
    rows = [] if given is None else given.select([column]).to_pylist()
    if isinstance(rule, Answered) and given is not None:
        asked = given["question"].to_pylist()
        rows = [
            row
            for row, question in zip(rows, asked, strict=True)
            if str(question).lower() == rule.question.lower()
        ]
        if not rows:
            yield f"Nobody was asked “{rule.question}”."
            return
    known = dict.fromkeys(_plain(row[column]) for row in rows)
    for value in wanted:
        if _plain(value) not in known:
            yield _nobody(called, value, dict.fromkeys(known, 0))


def _plain(word: str) -> str:
    """Return a word as results are compared."""
    return word.lower().replace(" ", "_")


def _nobody(called: str, value: str, known: Mapping[str, int]) -> str:
    """Return the warning for one value that nobody has."""
    most = sorted(known, key=lambda word: (-known[word], word))
    near = get_close_matches(value.lower(), known, n=1)
    shown = [*near, *(word for word in most if word not in near)][:_SHOWN]
    more = " and others" if len(known) > len(shown) else ""
    there = f"there is {', '.join(shown)}{more}" if shown else "there is none at all"
    return f"Nobody has the {called} {value}: {there}."
