"""Who is wanted, one person at a time: slow, obvious, and what the fast one must equal.

People, doors and votes are lists of dictionaries. Nothing here knows SQL, columns or
bits; only the nodes of a rule are shared with the fast side.
"""

import hashlib
from datetime import date
from fractions import Fraction

from groundgame.universe.about_lists import OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Missing, OneOf, Registered
from groundgame.universe.about_votes import VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.rule import All, Everyone, Joined, Not

NUMBERS = ("congressional", "state_senate", "state_house")


class NoElection(Exception):
    """The rule names an election that nobody voted in by then."""


def wanted(rule, world, as_of, lists, suppressed):
    """Return the ids of the people a rule wants, in the alphabet's order."""
    people, doors, votes = world
    by_door = {door["door_id"]: door for door in doors}
    named = any(
        isinstance(part, OneOf)
        and part.column == "status"
        and "removed" in [value.lower() for value in part.values]
        for part in rule.walk()
    )
    elections = _elections(votes, as_of)
    found = []
    for person in people:
        door = by_door.get(person["door_id"])
        told = {**person, "street": None, "city": None, "zip": None}
        if door is not None:
            told |= {name: door[name] for name in ("street", "city", "zip")}
        if person["protected"] or person["person_id"] in suppressed:
            continue
        if door is not None and door["door_id"] in suppressed:
            continue
        if person["status"] == "removed" and not named:
            continue
        told["door_id"] = None if door is None else door["door_id"]
        told["voted"] = {
            elections[vote["election"]]
            for vote in votes
            if vote["person_id"] == person["person_id"]
            and vote["election"] in elections
        }
        if _says_yes(rule, told, (as_of, set(elections.values()), lists)):
            found.append(person["person_id"])
    return sorted(found)


def _elections(votes, as_of):
    """Return each election's name, with (year, date or None, kind), held by then."""
    dated = {(v["year"], v["kind"], v["date"]) for v in votes if v["date"]}
    elections = {}
    for vote in votes:
        day = vote["date"]
        if day is None:
            same = [d for y, k, d in dated if (y, k) == (vote["year"], vote["kind"])]
            day = same[0] if len(same) == 1 else None
        if (day <= as_of) if day else (vote["year"] <= as_of.year):
            elections[vote["election"]] = (vote["year"], day, vote["kind"])
    return elections


def _says_yes(rule, told, asked):
    """Say whether the rule wants this person."""
    match rule:
        case Joined():
            said = [_says_yes(part, told, asked) for part in rule.rules]
            return all(said) if isinstance(rule, All) else any(said)
        case Not():
            return not _says_yes(rule.rules[0], told, asked)
        case VotedIn() | VotedOfLast() | VotedTimes():
            return _voted(rule, told, asked[1])
    return _condition_says_yes(rule, told, asked)


def _condition_says_yes(rule, told, asked):
    """Say whether a condition on the person alone is met."""
    as_of, _, lists = asked
    answers = {
        Everyone: lambda: True,
        OneOf: lambda: _is_one_of(rule, told),
        Missing: lambda: _is_missing(rule, told),
        Age: lambda: _is_aged(rule, told, rule.on or as_of),
        Registered: lambda: _is_registered(rule, told["registered"]),
        OnList: lambda: bool(
            {told["person_id"], told["door_id"]} & set(lists[rule.name])
        ),
        RandomShare: lambda: _is_drawn(rule, told),
    }
    return answers[type(rule)]()


def _is_missing(rule, told):
    """Say whether the file does not know something."""
    if rule.column == "age":
        return told["birth_date"] is None and told["birth_year"] is None
    return told[rule.column] is None


def _is_registered(rule, day):
    """Say whether somebody registered in the range."""
    since, before = rule.since or date.min, rule.before or date.max
    return day is not None and since <= day < before


def _is_one_of(rule, told):
    """Say whether a column holds one of the values."""
    value = told[rule.column]
    if value is None:
        return False
    strip = "0" if rule.column in NUMBERS else ""
    assert rule.column in TEXT_COLUMNS
    return value.lower().lstrip(strip or None) in [
        one.lower().lstrip(strip or None) for one in rule.values
    ]


def _is_aged(rule, told, on):
    """Say whether somebody's age is in the range."""
    birth, year = told["birth_date"], told["birth_year"]
    if birth is not None:
        had_birthday = (on.month, on.day) >= (birth.month, birth.day)
        age = on.year - birth.year - (0 if had_birthday else 1)
    elif year is not None:
        age = on.year - year
    else:
        return False
    return age >= rule.least and (age <= rule.most or rule.most == OLDEST)


def _is_drawn(rule, told):
    """Say whether the hash of seed and id falls under the share."""
    one = told["person_id" if rule.unit == "people" else "door_id"]
    if one is None:
        return False
    text = f"{rule.seed.number}:{rule.unit}:{one}"
    digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest) < Fraction(rule.share.of_one) * 2**128


def _voted(rule, told, elections):
    """Say whether somebody's vote history is as the rule wants it."""
    kind = [e for e in elections if rule.election in ("election", e[2])]
    latest = sorted(kind, key=lambda e: (e[0], e[1] or date.min, e[2]), reverse=True)
    match rule:
        case VotedIn():
            of = 0 if isinstance(rule.when, int) else 1
            meant = [e for e in latest if e[of] == rule.when]
            if not meant:
                raise NoElection
            return any(e in told["voted"] for e in meant)
        case VotedOfLast():
            times = sum(e in told["voted"] for e in latest[: rule.last])
            return rule.least <= times <= rule.most
        case VotedTimes():
            times = sum(e in told["voted"] for e in latest if _held_since(e, rule))
            return rule.least <= times and (rule.most is None or times <= rule.most)
    raise AssertionError(rule)


def _held_since(election, rule):
    """Say whether an election was held at a time or later; a bare year, if the year."""
    year, day, _ = election
    match rule.since:
        case None:
            return True
        case int():
            return year >= rule.since
    return day >= rule.since if day else year >= rule.since.year
