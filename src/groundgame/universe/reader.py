"""From the parse tree of a rule to its nodes, leaves first: a method a grammar rule.

The grammar is in `rule.lark`. What amounts and days mean is read in `measures`.
"""

from datetime import date
from typing import Any

from lark import Token

from groundgame.universe.about_days import Born, LastTried, Registered
from groundgame.universe.about_draws import Draw
from groundgame.universe.about_given import InUniverse, Scored, Since
from groundgame.universe.about_households import AtHome, BuildingOf
from groundgame.universe.about_lists import OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Measured, Missing, OneOf
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.about_steps import Steps
from groundgame.universe.measures import _Measures
from groundgame.universe.reader_votes import _Votes
from groundgame.universe.rule import All, AnyOf, Everyone, Not, Rule
from groundgame.universe.span import Span
from groundgame.values import Seed, Share

_METERS = {"k": 1000.0, "mi": 1609.344, "f": 0.3048, "m": 1.0}


class _Reader(_Votes, _Measures):
    """Turns the parse tree into nodes, from the leaves up."""

    def start(self, found: list[Any]) -> Rule:
        (rule,) = found
        return _among_everyone(rule)

    def steps(self, found: list[Any]) -> Rule:
        first, *after = found
        rules = (_among_everyone(first), *(rule for _, rule in after))
        return Steps(rules, tuple(verb for verb, _ in after))

    def step(self, found: list[Any]) -> tuple[str, Rule]:
        verb, rule = found
        first = str(verb).lower().split()[0]
        verbs = {"keep": "narrow to", "narrow": "narrow to", "take": "remove"}
        return verbs.get(first, first), rule

    def any_of(self, found: list[Any]) -> Rule:
        return AnyOf(tuple(found))

    def all_of(self, found: list[Any]) -> Rule:
        return All(tuple(found))

    def turned_round(self, found: list[Any]) -> Rule:
        return Not((found[0],))

    def everyone(self, _found: list[Any]) -> Rule:
        return Everyone()

    # What the file says of a person

    def file_column(self, found: list[Any]) -> tuple[str, bool]:
        return _column(found[0]), False

    def own_column(self, found: list[Any]) -> tuple[str, bool]:
        return found[0], True

    def column(self, found: list[Any]) -> tuple[str, bool]:
        named: tuple[str, bool] = found[0]
        return named

    def is_value(self, found: list[Any]) -> Rule:
        (name, own), *values = found
        return OneOf(name, tuple(values), own)

    in_values = is_value

    def is_not_value(self, found: list[Any]) -> Rule:
        return Not((self.is_value(found),))

    not_in_values = is_not_value

    def missing(self, found: list[Any]) -> Rule:
        if isinstance(found[0], Token):
            return Missing(_column(found[0]))
        return Missing(*found[0])

    def known(self, found: list[Any]) -> Rule:
        return Not((self.missing(found),))

    def measured(self, found: list[Any]) -> Rule:
        (name, _own), span = found
        return Measured(name, span)

    def age(self, found: list[Any]) -> Rule:
        _, day, (least, most) = found
        return Age(least, OLDEST if most is None else most, _day(day))

    def not_age(self, found: list[Any]) -> Rule:
        _, day, years = found
        return Not((Age(int(years), int(years), _day(day)),))

    def registered(self, found: list[Any]) -> Rule:
        return Registered(*found[1])

    def born(self, found: list[Any]) -> Rule:
        return Born(*found[0])

    # Where somebody lives

    def near(self, found: list[Any]) -> Rule:
        distance, lat, lon = found
        digits = "".join(mark for mark in distance if mark.isdigit() or mark == ".")
        unit = distance[len(digits) :].strip().lower()
        scale = next(size for start, size in _METERS.items() if unit.startswith(start))
        return Near(round(float(digits) * scale, 6), self.number(lat), self.number(lon))

    def in_area(self, found: list[Any]) -> Rule:
        return InArea(found[0])

    def division(self, found: list[Any]) -> str:
        token: Token = found[0]
        return str(token) if token.type == "OCD" else self.value(found)

    def in_district(self, found: list[Any]) -> Rule:
        return InDistrict(tuple(found))

    def not_in_district(self, found: list[Any]) -> Rule:
        return Not((InDistrict(tuple(found)),))

    # The others at a door

    def somebody_at(self, found: list[Any]) -> Rule:
        return AtHome(_home(found[0]), (found[1],))

    def nobody_at(self, found: list[Any]) -> Rule:
        return AtHome(_home(found[0]), (found[1],), 0, 0)

    def everybody_at(self, found: list[Any]) -> Rule:
        return AtHome(_home(found[0]), (Not((found[1],)),), 0, 0)

    def so_many_at(self, found: list[Any]) -> Rule:
        home, (least, most), rule = found
        return AtHome(_home(home), (rule,), least, most)

    def home_of(self, found: list[Any]) -> Rule:
        home, (least, most), unit = found
        if unit.lower() == "people":
            return AtHome(_home(home), (Everyone(),), least, most)
        if _home(home) == "door":
            raise ValueError("a door has people; it is a building that has doors")
        return BuildingOf(least, most)

    def only_person(self, _found: list[Any]) -> Rule:
        return AtHome("door", (Everyone(),), 1, 1)

    # What conversations came to

    def answer(self, found: list[Any]) -> tuple[str, tuple[str, ...]]:
        question, *answers = found
        return question, tuple(one for one in answers if one is not None)

    def answered(self, found: list[Any]) -> Rule:
        return Answered(*found[0])

    def did_not_answer(self, found: list[Any]) -> Rule:
        return Not((Answered(*found[0]),))

    def tried(self, found: list[Any]) -> Rule:
        return Tried(*found[0])

    def never_tried(self, _found: list[Any]) -> Rule:
        return Tried(0, 0)

    def last_tried(self, found: list[Any]) -> Rule:
        return LastTried(*found[0])

    def last_result(self, found: list[Any]) -> Rule:
        return LastResult(tuple(found))

    def not_last_result(self, found: list[Any]) -> Rule:
        return Not((LastResult(tuple(found)),))

    # What is given beside the file

    def on_list(self, found: list[Any]) -> Rule:
        return OnList(found[0])

    def in_universe(self, found: list[Any]) -> Rule:
        return InUniverse(found[0])

    def scored(self, found: list[Any]) -> Rule:
        return Scored(*found)

    def score_known(self, found: list[Any]) -> Rule:
        return Scored(found[0])

    def score_missing(self, found: list[Any]) -> Rule:
        return Not((Scored(found[0]),))

    def since_snapshot(self, found: list[Any]) -> Rule:
        change, snapshot = found
        return Since("_".join(change.lower().split()), snapshot)

    # Chance

    def random_share(self, found: list[Any]) -> Rule:
        share, unit, seed = found
        return RandomShare(_share(share), unit.lower(), Seed(int(seed)))

    def share_of_each(self, found: list[Any]) -> Rule:
        share, unit, each, seed, among = found
        return _draw(_share(share), unit, each, seed, among)

    def draw(self, found: list[Any]) -> Rule:
        size, unit, each, seed, among = found
        return _draw(int(size), unit, each, seed, among)

    def each(self, found: list[Any]) -> str:
        return _column(found[0])

    def span(self, found: list[Any]) -> Span:
        span: Span = found[0]
        return span


def _draw(
    size: int | Share,
    unit: Token | None,
    each: str | None,
    seed: Token,
    among: Rule | None,
) -> Draw:
    """Return a draw; of people, unless doors are named."""
    of = "people" if unit is None else unit.lower()
    rules = () if among is None else (_among_everyone(among),)
    return Draw(size, of, Seed(int(seed)), each, rules)


def _among_everyone(rule: Rule) -> Rule:
    """Return a draw that stands alone as one among everybody, any other as it is."""
    if isinstance(rule, Draw) and rule.so_far:
        return Draw(rule.size, rule.unit, rule.seed, rule.each, (Everyone(),))
    return rule


def _share(percent: Token) -> Share:
    """Return the share that a percentage names."""
    number = "".join(mark for mark in percent if mark.isdigit() or mark == ".")
    share = float(f"{number}e-2")
    if share > 1:
        raise ValueError(f"a share is from 0% to 100%, not {number}%")
    return Share(share)


def _home(token: Token) -> str:
    """Return 'door' or 'building'."""
    return str(token).lower().split()[-1]


def _column(token: Token) -> str:
    """Return a column's name: 'State House district' is state_house."""
    name = "_".join(token.lower().replace("_", " ").split())
    return name.removesuffix("_district")


def _day(token: Token | None) -> date | None:
    """Return the day that a token names."""
    return None if token is None else date.fromisoformat(token)
