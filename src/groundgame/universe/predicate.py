"""From a rule to a condition on a row of the electorate.

This file joins conditions. Those on the file, on votes and so on stand in the files
named `where_...`; to bring them in here is to teach `predicate` all kinds of rule.
"""

import re
from collections.abc import Sequence

from groundgame.universe import (
    where_draws,
    where_given,
    where_homes,
    where_people,
    where_places,
    where_results,
    where_votes,
)
from groundgame.universe.about_draws import Draw
from groundgame.universe.about_steps import Steps
from groundgame.universe.asking import Asking, predicate, standing, wanted
from groundgame.universe.rule import AnyOf, Everyone, Joined, Not

__all__ = [
    "Asking",
    "either",
    "joined",
    "predicate",
    "standing",
    "steps",
    "wanted",
    "where_given",
    "where_homes",
    "where_people",
    "where_places",
    "where_results",
    "where_votes",
]


_OF_ONE_COLUMN = re.compile(r"\((\w+) (?:=|between|in) [\d, and()]+\)")
"""A test of one column's codes, as `test_of` writes it."""


@predicate.register
def _(rule: Everyone, asking: Asking) -> str:  # noqa: ARG001
    return "true"


@predicate.register
def _(rule: Joined, asking: Asking) -> str:
    parts = [predicate(part, asking) for part in rule.rules]
    return either(parts) if isinstance(rule, AnyOf) else f"({' and '.join(parts)})"


@predicate.register
def _(rule: Not, asking: Asking) -> str:
    return f"(not {predicate(rule.rules[0], asking)})"


@predicate.register
def _(rule: Steps, asking: Asking) -> str:
    so_far = ""
    for verb, condition in steps(rule, asking):
        so_far = joined(so_far, verb, condition)
    return so_far


def steps(rule: Steps, asking: Asking) -> list[tuple[str, str]]:
    """Return each step as its verb and its condition; the start is the first."""
    done = [("add", predicate(rule.rules[0], asking))]
    so_far = done[0][1]
    for verb, part in rule.after:
        if isinstance(part, Draw) and part.so_far:
            among = f"({standing(rule, asking)} and {so_far})"
            condition = where_draws.drawn(part, among, asking)
        else:
            condition = predicate(part, asking)
        done.append((verb, condition))
        so_far = joined(so_far, verb, condition)
    return done


def joined(so_far: str, verb: str, condition: str) -> str:
    """Return the condition to stand after a step, from those before it."""
    if not so_far:
        return condition
    if verb == "add":
        return either([so_far, condition])
    return f"({so_far} {'and' if verb == 'narrow to' else 'and not'} {condition})"


def either(conditions: Sequence[str]) -> str:
    """Return the condition to meet one of these.

    Of one column, the engine knows which blocks of rows to pass over. Elsewhere all
    rows are read, and bits of whole columns are joined quicker than row by row.
    """
    columns = [_OF_ONE_COLUMN.fullmatch(one) for one in conditions]
    if len({one and one.group(1) for one in columns}) == 1 and columns[0]:
        return f"({' or '.join(conditions)})"
    return f"(({' | '.join(f'{one}::utinyint' for one in conditions)}) = 1)"
