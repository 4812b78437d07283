"""From a parser's complaint to a refusal that an organizer can act on."""

from collections.abc import Iterable
from difflib import get_close_matches

from lark import Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from groundgame.errors import RuleNotUnderstood
from groundgame.universe.columns import CALLED

_CONDITION = "_BORN"  # the parser wants this wherever a condition may begin
_LONGEST_SHOWN = 40

_WORDS = {
    "WORD": "a word",
    "STRING": 'a text in quotation marks ("...")',
    "INT": "a whole number",
    "PERCENT": "a percentage such as 10%",
    "DATE": "a date such as 2024-11-05",
    "YEAR": "a year such as 2024",
    "KIND": "a kind of election (general, primary, municipal, special, election)",
    "METHOD": "by mail / early / in person",
    "UNIT": "people or doors",
    "VERB": "add / narrow to / remove",
    "HOME": "a door / a building",
    "CHANGE": "new / moved / changed party",
    "DISTANCE": "a distance such as 800 m",
    "NUMBER": "a number",
    "OCD": "an id such as ocd-division/country:us/state:ny/cd:12",
    "COLUMN": f"a column ({', '.join(CALLED)})",
    "_LPAR": "'('",
    "_RPAR": "')'",
    "_COMMA": "a comma",
    "_SEMICOLON": "a semicolon",
    "_EQ": "=",
    "_NE": "!=",
    "_GE": ">=",
    "_LE": "<=",
    "_GT": ">",
    "_LT": "<",
    "_A": "a",
    "_MISSING": "missing",
    "$END": "the end of the rule",
}
_EXAMPLES = (
    ("PERCENT", "random 10% of doors seed 42"),
    ("_SEED", "random 10% of doors seed 42"),
    ("UNIT", "random 10% of doors seed 42"),
    ("VERB", "start with party = DEM, add never voted, remove age < 30"),
    ("DISTANCE", "within 800 m of 40.72, -73.74"),
    ("NUMBER", "within 800 m of 40.72, -73.74"),
    ("OCD", 'district = "ocd-division/country:us/state:ny/cd:12"'),
    ("_WHERE", 'a door where somebody is (on list "members")'),
    ("_SOMEBODY", 'a door where somebody is (on list "members")'),
    ("_TIMES", "tried fewer than 2 times"),
    ("_AT_LEAST", "voted in at least 2 of the last 4 generals"),
    ("KIND", "voted in the 2024-11-05 general"),
    ("_LAST", "voted in at least 2 of the last 4 generals"),
    ("_ON_OR_AFTER", "registered since 2024-01-01"),
    ("DATE", "registered since 2024-01-01"),
    ("_LIST", 'on list "members"'),
    ("_UNIVERSE", 'in universe "first visit"'),
    ("_SNAPSHOT", 'moved since snapshot "2024-11-01"'),
    ("INT", "age between 18 and 34"),
    ("_OVER", "age between 18 and 34"),
)
_BEGIN = (
    "voted",
    "did not vote",
    "never voted",
    "born",
    "within",
    "in area",
    "district",
    "a door where",
    "a building with",
    "answered",
    "tried",
    "last result",
    "on list",
    "in universe",
    "score",
    "moved since",
    "new since",
    "changed party since",
    "random",
    "everyone",
)
_ANY_EXAMPLE = "party in (DEM, WFP) and age >= 18"


def misread(problem: UnexpectedInput, text: str) -> RuleNotUnderstood:
    """Return the refusal for the place where the parser stopped."""
    place: int | None = problem.pos_in_stream
    end = isinstance(problem, UnexpectedToken) and problem.token.type == "$END"
    position = len(text) if end or place is None else place
    expected = _expected(problem)
    return RuleNotUnderstood(
        position=position + 1,
        found="" if end else _found(problem, text, position),
        wanted=_wanted(expected),
        example=_example(expected, text[:position]),
        problem=_known(problem, expected),
    )


def _expected(problem: UnexpectedInput) -> set[str]:
    """Return the names of what could have stood there."""
    if isinstance(problem, UnexpectedToken):
        return set(problem.accepts or problem.expected)
    if isinstance(problem, UnexpectedCharacters):
        return set(problem.allowed or ())
    return set()


def _found(problem: UnexpectedInput, text: str, position: int) -> str:
    """Return what stood there instead, cut short."""
    token = getattr(problem, "token", None)
    found = str(token) if isinstance(token, Token) else text[position : position + 1]
    return found if len(found) <= _LONGEST_SHOWN else f"{found[:_LONGEST_SHOWN]}…"


def _wanted(expected: Iterable[str]) -> tuple[str, ...]:
    """Return what could have stood there, in words."""
    names = set(expected)
    if _CONDITION in names and "_IS" not in names:
        return ("a condition",)
    if {"_AND", "_OR"} <= names:  # any rule may end here, or be a step
        names -= {"_COMMA", "_SEMICOLON", "_THEN", "VERB"}
    if "_AT_LEAST" in names:
        names -= {"_GE", "_GT", "_LE", "_LT"}
    spelled = (
        _WORDS.get(name, name.strip("_").replace("_", " ").lower()) for name in names
    )
    return tuple(sorted(spelled))


def _example(expected: set[str], before: str) -> str:
    """Return a rule of the sort that was being written."""
    if _CONDITION in expected:
        return _ANY_EXAMPLE
    if "WORD" in expected and before.rstrip().lower().endswith("list"):
        return 'on list "members"'
    fitting = (example for name, example in _EXAMPLES if name in expected)
    return next(fitting, _ANY_EXAMPLE)


def _known(problem: UnexpectedInput, expected: set[str]) -> str:
    """Say what is known to be wrong: an open quotation mark, or no such column."""
    token = getattr(problem, "token", None)
    if isinstance(problem, UnexpectedCharacters) and problem.char in "\"'“":
        return "a quotation mark is opened there and never closed"
    if _CONDITION not in expected or getattr(token, "type", "") != "WORD":
        return ""
    name = str(token)[:_LONGEST_SHOWN]
    near = get_close_matches(name.lower(), CALLED, n=1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    return (
        f"there is no column named {name!r}{hint}; there are {', '.join(CALLED)}, and "
        f"'column {name}' if it is one of this file's own; conditions also begin with "
        f"{', '.join(_BEGIN)} and not"
    )
