"""Who is wanted, one person at a time: slow, obvious, and what the fast one must equal.

People, doors and votes are lists of dictionaries. Nothing here knows SQL, columns,
marks or bits; only the nodes of a rule are shared with the fast side. What a person is
asked alone is in `slow_person`; here is what depends on others: homes, draws, steps.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from groundgame.universe.about_draws import Draw
from groundgame.universe.about_given import InUniverse
from groundgame.universe.about_households import AtHome, BuildingOf
from groundgame.universe.about_people import OneOf
from groundgame.universe.about_steps import Steps
from groundgame.universe.rule import All, Joined, Not
from groundgame.values import Share
from tests.reference.slow_person import says_yes, throw


@dataclass(frozen=True)
class World:
    """Everybody who may be asked about, and everything that may be asked."""

    people: list[dict[str, Any]]
    elections: set[Any]
    as_of: date
    given: Any
    districts: Any


def wanted(rule, world, as_of, given, suppressed, districts):
    """Return the ids of the people a rule wants, in the alphabet's order."""
    people, doors, votes = world
    by_door = {door["door_id"]: door for door in doors}
    elections = _elections(votes, as_of)
    seen = []
    for person in people:
        door = by_door.get(person["door_id"], {})
        if person["protected"] or {person["person_id"], door.get("door_id")} & set(
            suppressed
        ):
            continue
        told = {**dict.fromkeys(doors[0]), **door, **person}
        told |= {"door_id": door.get("door_id"), "door_kind": door.get("kind")}
        told["voted"] = [
            (elections[vote["election"]], vote["method"], vote["party"])
            for vote in votes
            if vote["person_id"] == person["person_id"]
            and vote["election"] in elections
        ]
        seen.append(told)
    for one in seen:
        one["building_doors"] = len(
            {
                door["door_id"]
                for door in doors
                if door["building_id"] == one["building_id"]
                and any(
                    p["door_id"] == door["door_id"]
                    for p in people
                    if not p["protected"]
                )
            }
        )
    asked = World(seen, set(elections.values()), as_of, given, districts)
    return sorted(one["person_id"] for one in _standing(rule, asked))


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


def _standing(rule, world):
    """Return whom a rule wants: not the removed, unless it names them."""
    named = _names_removed(rule, world.given)
    on_file = [p for p in world.people if named or p["status"].lower() != "removed"]
    return [person for person in on_file if _wants(rule, person, world)]


def _names_removed(rule, given):
    """Say whether a rule names the removed among those it is about."""
    if isinstance(rule, OneOf) and rule.column == "status":
        return "removed" in [value.lower() for value in rule.values]
    if isinstance(rule, InUniverse):
        return _names_removed(given.universes[rule.name], given)
    if isinstance(rule, AtHome):
        return False
    return any(_names_removed(part, given) for part in rule.parts)


def _wants(rule, person, world):  # noqa: PLR0911  # one for each kind of rule
    """Say whether the rule wants this person."""
    match rule:
        case Joined():
            said = [_wants(part, person, world) for part in rule.rules]
            return all(said) if isinstance(rule, All) else any(said)
        case Not():
            return not _wants(rule.rules[0], person, world)
        case Steps():
            return _is(person, _after_steps(rule, world))
        case InUniverse():
            return _is(person, _standing(world.given.universes[rule.name], world))
        case Draw():
            return _is(person, _drawn(rule, _standing(rule.rules[0], world)))
        case AtHome():
            return _at_home(rule, person, _standing(rule.rules[0], world))
        case BuildingOf():
            return person["door_id"] is not None and _so_many(
                person["building_doors"], rule
            )
    return says_yes(rule, person, world)


def _is(person, people):
    """Say whether somebody is one of these."""
    return person["person_id"] in [one["person_id"] for one in people]


def _so_many(count, rule):
    """Say whether a number is as many as a rule says."""
    return rule.least <= count and (rule.most is None or count <= rule.most)


def _at_home(rule, person, those):
    """Say whether as many of those live where this person lives as the rule says."""
    home = {"door": "door_id", "building": "building_id"}[rule.home]
    if person["door_id"] is None:
        return False
    return _so_many(sum(one[home] == person[home] for one in those), rule)


def _after_steps(rule, world):
    """Return who stands after all steps of a universe that is made in steps."""
    stands = [p for p in world.people if _wants(rule.rules[0], p, world)]
    for verb, part in rule.after:
        if isinstance(part, Draw) and part.so_far:
            named = _names_removed(rule, world.given)
            among = [p for p in stands if named or p["status"].lower() != "removed"]
            stands = _drawn(part, among)
            continue
        meant = [p for p in world.people if _wants(part, p, world)]
        if verb == "add":
            stands = stands + [p for p in meant if not _is(p, stands)]
        else:
            stands = [p for p in stands if _is(p, meant) == (verb == "narrow to")]
    return stands


def _drawn(rule, among):
    """Return who is drawn among some: the lowest throws of each stratum."""
    name = {"people": "person_id", "doors": "door_id"}[rule.unit]
    strata: dict[Any, dict[str, int]] = {}
    units = {one[name] for one in among if one[name] is not None}
    for unit in units:
        words = [_word(one, rule.each) for one in among if one[name] == unit]
        thrown = throw(rule.unit, rule.seed.number, unit)
        strata.setdefault(min(words), {})[unit] = thrown
    lucky = set()
    for thrown in strata.values():
        size = rule.size
        if isinstance(size, Share):
            size = int(len(thrown) * size.of_one + 0.5)
        lucky |= set(sorted(thrown, key=lambda unit: thrown[unit])[:size])
    return [one for one in among if one[name] in lucky]


def _word(person, column):
    """Return the stratum that somebody is in; a missing one comes first."""
    if column is None or person[column] is None:
        return ""
    word = person[column].lower()
    return (
        word.lstrip("0")
        if column in ("congressional", "state_senate", "state_house")
        else word
    )
