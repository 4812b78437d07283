"""Whether one person alone is as a condition says: slow and obvious."""

import hashlib
import math
import re
from datetime import date
from fractions import Fraction

from groundgame.universe.about_days import Born, LastTried, Registered
from groundgame.universe.about_given import Scored, Since
from groundgame.universe.about_lists import OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Measured, Missing, OneOf
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.about_votes import VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.rule import Everyone

NUMBERS = ("congressional", "state_senate", "state_house")
_MASK = 2**64 - 1


class NoElection(Exception):
    """The rule names an election that nobody voted in by then."""


def says_yes(rule, told, world):
    """Say whether a condition on the person alone is met."""
    given = world.given
    answers = {
        Everyone: lambda: True,
        OneOf: lambda: _is_one_of(rule, told),
        Missing: lambda: _is_missing(rule, told),
        Measured: lambda: _in_span(_number(_cell(rule.column, told)), rule.span),
        Age: lambda: _is_aged(rule, told, rule.on or world.as_of),
        Registered: lambda: _in_range(told["registered"], rule),
        Born: lambda: _in_range(_birthday(told), rule),
        Near: lambda: _is_near(rule, told),
        InArea: lambda: _in_area(given.areas[rule.name], told),
        InDistrict: lambda: any(_in_district(one, told, world) for one in rule.ids),
        OnList: lambda: bool(
            {told["person_id"], told["door_id"]} & set(given.lists[rule.name])
        ),
        Scored: lambda: _is_scored(rule, told, given.scores.to_pylist()),
        Since: lambda: _has_changed(
            rule, told, given.earlier[rule.snapshot].to_pylist()
        ),
        Answered: lambda: _has_answered(rule, told, given.answers.to_pylist()),
        RandomShare: lambda: _is_drawn(rule, told),
    }
    if isinstance(rule, Tried | LastTried | LastResult):
        return _was_tried(rule, told, given.attempts.to_pylist())
    if isinstance(rule, VotedIn | VotedOfLast | VotedTimes):
        return _voted(rule, told, world.elections)
    return answers[type(rule)]()


def _cell(own, told):
    """Return a cell of a column that only this file has."""
    return next(told[name] for name in told if name.lower() == own.lower())


def _is_missing(rule, told):
    """Say whether the file does not know something."""
    if rule.own:
        return _cell(rule.column, told) is None
    if rule.column == "age":
        return told["birth_date"] is None and told["birth_year"] is None
    return told[rule.column] is None


def _is_one_of(rule, told):
    """Say whether a column holds one of the values."""
    value = _cell(rule.column, told) if rule.own else told[rule.column]
    if value is None:
        return False
    strip = "0" if rule.column in NUMBERS else ""
    assert rule.own or rule.column in TEXT_COLUMNS
    return value.lower().lstrip(strip or None) in [
        one.lower().lstrip(strip or None) for one in rule.values
    ]


def _number(cell):
    """Return the number that a cell is, or None."""
    try:
        number = float(cell or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _in_span(number, span):
    """Say whether a number lies in a span."""
    if number is None:
        return False
    if span.open:
        return number > span.low if span.low is not None else number < span.high
    low = -math.inf if span.low is None else span.low
    return low <= number <= (math.inf if span.high is None else span.high)


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


def _birthday(told):
    """Return the day of birth; of a bare year, its first."""
    if told["birth_date"] is None and told["birth_year"] is not None:
        return date(told["birth_year"], 1, 1)
    return told["birth_date"]


def _in_range(day, rule):
    """Say whether a day lies in the range of a rule."""
    since, before = rule.since or date.min, rule.before or date.max
    return day is not None and since <= day < before


def _is_near(rule, told):
    """Say whether a door is as near as the rule says, by the cosine of the angle."""
    if told["lon"] is None:
        return False
    one, other = (
        (
            math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
            math.cos(math.radians(lat)) * math.sin(math.radians(lon)),
            math.sin(math.radians(lat)),
        )
        for lat, lon in ((rule.lat, rule.lon), (told["lat"], told["lon"]))
    )
    return 6_371_008.8 * 2 * math.asin(min(1, math.dist(one, other) / 2)) <= rule.meters


def _in_area(area, told):
    """Say whether a door lies in one of the polygons, by exact fractions."""
    if told["lon"] is None:
        return False
    x, y = Fraction(told["lon"]), Fraction(told["lat"])
    for edges in area.polygons:
        crossings = 0
        for x1, y1, x2, y2 in ([Fraction(n) for n in edge] for edge in edges.tolist()):
            if min(y1, y2) <= y < max(y1, y2):
                crossings += x1 + (y - y1) * (x2 - x1) / (y2 - y1) > x
        if crossings % 2:
            return True
    return False


def _in_district(one, told, world):
    """Say whether somebody lives in the district of an OCD id."""
    kind, name, county = world.districts[one]
    if county is not None and (told["county"] or "").lower() != county.lower():
        return False
    return _is_one_of(OneOf(kind, (name,)), told)


def _is_scored(rule, told, scores):
    """Say whether somebody has such a score."""
    return any(
        rule.span is None or _in_span(row["value"], rule.span)
        for row in scores
        if row["person_id"] == told["person_id"]
        and row["score"].lower() == rule.name.lower()
    )


def _has_changed(rule, told, earlier):
    """Say whether somebody is new, has moved, or changed party."""
    then = [row for row in earlier if row["person_id"] == told["person_id"]]
    if rule.change == "new" or not then:
        return rule.change == "new" and not then
    if rule.change == "moved":
        before, now = then[0]["door_id"], told["door_id"]
        return before is not None and now is not None and before != now
    return (then[0]["party"] or "").lower() != (told["party"] or "").lower()


def _has_answered(rule, told, answers):
    """Say whether somebody gave one of these answers, or any."""
    given = [
        row["answer"].lower()
        for row in answers
        if row["person_id"] == told["person_id"]
        and row["question"].lower() == rule.question.lower()
    ]
    several = re.compile(r"[a-z0-9_]+(,[a-z0-9_]+)+")
    split = [
        one for each in given if several.fullmatch(each) for one in each.split(",")
    ]
    said = given + split
    return bool(
        set(said) & {one.lower() for one in rule.answers} if rule.answers else said
    )


def _was_tried(rule, told, attempts):
    """Say whether attempts at somebody, or at their door, were as the rule says."""
    mine = [
        row
        for row in attempts
        if row["person_id"] == told["person_id"]
        or (row["person_id"] is None and row["door_id"] == told["door_id"])
    ]
    if isinstance(rule, Tried):
        times = sum(row["attempts"] for row in mine)
        return rule.least <= times and (rule.most is None or times <= rule.most)
    if isinstance(rule, LastTried):
        days = [row["last_day"] for row in mine if row["last_day"]]
        return _in_range(max(days, default=None), rule)
    if not mine:
        return False
    last = max(mine, key=lambda row: row["position"])["last_result"]
    plain = [one.lower().replace(" ", "_") for one in (last, *rule.results)]
    return plain[0] in plain[1:]


def throw(unit, seed, one):
    """Return the throw of an id: what the page about universes says it is."""

    def number(text):
        digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
        return int.from_bytes(digest[:8], "little")

    z = (number(one) ^ number(f"{seed}:{unit}")) + 0x9E3779B97F4A7C15 & _MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & _MASK
    return z ^ z >> 31


def _is_drawn(rule, told):
    """Say whether the throw of an id falls under the share."""
    one = told["person_id" if rule.unit == "people" else "door_id"]
    if one is None:
        return False
    thrown = throw(rule.unit, rule.seed.number, one)
    return thrown < Fraction(rule.share.of_one) * 2**64


def _voted(rule, told, elections):
    """Say whether somebody's vote history is as the rule wants it."""
    kind = [e for e in elections if rule.election in ("election", e[2])]
    latest = sorted(kind, key=lambda e: (e[0], e[1] or date.min, e[2]), reverse=True)
    how = rule.how
    voted = {
        election
        for election, method, party in told["voted"]
        if how.method in (None, method)
        and (how.party is None or how.party.lower() == (party or "").lower())
    }
    match rule:
        case VotedIn():
            of = 0 if isinstance(rule.when, int) else 1
            meant = [e for e in latest if e[of] == rule.when]
            if not meant:
                raise NoElection
            return any(e in voted for e in meant)
        case VotedOfLast():
            times = sum(e in voted for e in latest[: rule.last])
            return rule.least <= times <= rule.most
        case VotedTimes():
            times = sum(e in voted for e in latest if _held_since(e, rule))
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
