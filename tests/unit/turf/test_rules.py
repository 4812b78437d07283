"""Rules that the bound counts on: every cut obeys each of them, good cuts and bad."""

import numpy as np
import pytest

from groundgame.turf import CutPlan, cut, rules
from groundgame.turf.ascent import Ascent
from groundgame.turf.bound import in_table
from groundgame.values import Seed
from tests.unit.turf.towns import placed, walks

LEAST, MOST = 6, 9
TOWNS = range(4)
KINDS = {"in too few turfs", "in too many turfs", "half legs"}


def town(number):
    """Return where 150 stops are, in rows and here and there, and doors of each."""
    chance = Seed(number).stream("tests.rules")
    x, y = chance.uniform(0, 600, (2, 150))
    x[:90], y[90:] = 60 * (x[:90] // 60), 90 * (y[90:] // 90)
    doors = np.where(chance.random(150) < 0.2, chance.integers(2, 5, 150), 1)
    return x, y, doors


def ascents(number):
    """Return the search for tolls in a town after each look for rules."""
    x, y, doors = town(number)
    table = np.hypot(x[:, None] - x, y[:, None] - y)
    limits = CutPlan(LEAST, MOST).limits(int(doors.sum()))
    ascent, step = Ascent(in_table(table), doors, limits), 8.0
    for _ in range(20):
        ascent.climb(step, 0.99, 20)
        ascent.look()
        yield ascent
        step *= 0.8


def cuts(number):
    """Return cuts of a town, each as walks from stop to stop, once for each door."""
    x, y, doors = town(number)
    stop_of = np.repeat(np.arange(x.size), doors)
    places = placed(x[stop_of], y[stop_of])
    for effort in (0.1, 3.0):
        turfs = cut(places, CutPlan(LEAST, MOST, effort)).turfs
        yield [stop_of[[int(door[1:]) for door in walk]] for walk in walks(turfs)]
    chance = Seed(number).stream("tests.rules.cuts")
    for order in (np.argsort(x[stop_of]), chance.permutation(stop_of.size)):
        turfs = chance.integers(-(-stop_of.size // MOST), stop_of.size // LEAST + 1)
        yield np.array_split(stop_of[order], turfs)


def kind(held, rule):
    """Say what a rule is about."""
    if held.opens[rule] < held.opens[rule + 1]:
        return "half legs"
    return "in too many turfs" if held.ends[rule] else "in too few turfs"


def disobeyed(number):
    """Return what kinds of rules are met in a town, and those that a cut breaks."""
    legs, ends = [], []
    for made in cuts(number):
        assert {len(walk) for walk in made} <= set(range(LEAST, MOST + 1))
        legs.append(np.vstack([np.sort([w[:-1], w[1:]], axis=0).T for w in made]))
        ends.append(np.concatenate([walk[[0, -1]] for walk in made]))
    met, broken = set(), set()
    for ascent in ascents(number):
        held, listed = ascent.rules, ascent.listed
        for rule in range(held.room.size):
            stops = held.stops[held.begins[rule] : held.begins[rule + 1]]
            teeth = held.teeth[held.opens[rule] : held.opens[rule + 1]]
            named = {(listed.a[one], listed.b[one]) for one in teeth}
            met.add(kind(held, rule))
            for leg, end in zip(legs, ends, strict=True):
                had = np.isin(leg, stops).all(axis=1).sum()
                had += sum((a, b) in named for a, b in leg) if named else 0
                had += np.isin(end, stops).sum() * held.ends[rule]
                if had > held.room[rule]:
                    broken.add(kind(held, rule))
    return met, broken


def test_every_cut_obeys_every_rule():
    """Cuts that are short, cuts by chance, and all rules that were looked at."""
    met, broken = zip(*(disobeyed(number) for number in TOWNS), strict=True)

    assert set().union(*met) == KINDS
    assert set().union(*broken) == set()


def a_turf_too_many(found):
    """A planted bug: some doors need one turf more than they do."""
    return (
        found if found.ends or found.teeth.size else found._replace(room=found.room - 1)
    )


def a_turf_too_few(found):
    """A planted bug: one walk fewer stays within some doors than may."""
    return found._replace(room=found.room - 1) if found.ends else found


def a_tooth_is_forgotten(found):
    """A planted bug: the room is for two teeth fewer than there are."""
    return found._replace(room=found.room - 1) if found.teeth.size else found


@pytest.mark.parametrize(
    ("bug", "kinds"),
    [
        (a_turf_too_many, {"in too few turfs"}),
        (a_turf_too_few, {"in too many turfs"}),
        (a_tooth_is_forgotten, {"half legs"}),
    ],
)
def test_a_rule_that_says_too_much_is_caught(monkeypatch, bug, kinds):
    """Each planted bug is met, and some cut breaks the rule it spoils, and no other."""
    right, met = rules._listed, []

    def wrong(found):
        spoiled = bug(found)
        met.append(spoiled is not found)
        return right(spoiled)

    monkeypatch.setattr(rules, "_listed", wrong)

    assert set().union(*(disobeyed(number)[1] for number in TOWNS)) == kinds
    assert any(met)
