"""Apartments: whole where they fit, by floors where they do not."""

from importlib import import_module
from itertools import chain

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.turf.footing import in_straight_lines
from groundgame.turf.tour import neighbours
from groundgame.values import Seed
from tests.unit.turf.towers import built, homes_of
from tests.unit.turf.towns import placed, walks

CUT = import_module("groundgame.turf.cut")


def tower(*units):
    """Return one building with these units; a door is called as its unit."""
    doors = placed(np.zeros(len(units)), ids=list(units))
    return doors.append_column("unit", pa.array(units))


def held(doors, most, least=1):
    """Return the units of each turf, the turf with the least of them first."""
    cut = turf.cut(doors, CutPlan(least=least, most=most))
    return sorted(map(sorted, walks(cut.turfs)))


def test_a_tower_is_divided_between_floors_and_the_penthouse_is_last():
    """Three floors of three in turfs of up to five: a turf each, PH with the third."""
    units = [
        "101",
        "102",
        "103",
        "201",
        "202",
        "203",
        "301",
        "302",
        "303",
        "PH1",
        "PH2",
    ]

    found = held(tower(*units[::-1]), most=5)

    assert found == [
        ["101", "102", "103"],
        ["201", "202", "203"],
        ["301", "302", "303", "PH1", "PH2"],
    ]


def test_units_that_tell_no_floor_are_divided_in_their_order():
    """Twelve flats by number in turfs of up to six: 1 to 6, and 7 to 12."""
    units = [str(n) for n in range(1, 13)]

    found = held(tower(*units), most=6)

    assert sorted(found, key=lambda some: int(min(some, key=int))) == [
        sorted(units[:6]),
        sorted(units[6:]),
    ]


def test_a_floor_that_is_too_large_is_divided_and_its_neighbours_are_not():
    """Seven on the first floor, five above: turfs of five tear the first floor only."""
    units = [f"1{n:02}" for n in range(1, 8)] + [f"2{n:02}" for n in range(1, 6)]

    found = held(tower(*units), most=5)

    assert [unit for unit in units if unit.startswith("2")] in found


def test_limits_come_before_floors():
    """Floors of three in turfs of exactly four: no other way, and nothing is lost."""
    units = [f"{floor}0{n}" for floor in range(1, 5) for n in (1, 2, 3)]

    found = held(tower(*units), most=4, least=4)

    assert [len(some) for some in found] == [4, 4, 4]
    assert sorted(chain(*found)) == sorted(units)


@pytest.mark.parametrize("seed", range(8))
def test_floors_of_a_tower_that_share_a_turf_are_neighbours(seed):
    """Eight towers of ten floors or less: nobody is given the second and the sixth."""
    chance = Seed(seed).stream("tests.towers")
    plan = [
        (
            tuple(chance.integers(0, 300, 2).tolist()),
            chance.integers(1, 13, chance.integers(1, 11)).tolist(),
        )
        for _tower in range(8)
    ]

    cut = turf.cut(built(plan), CutPlan(least=1, most=20))

    for walk in walks(cut.turfs):
        floors = {}
        for door in walk:
            building, level, _unit = door.split("-")
            floors.setdefault(building, set()).add(int(level))
        for levels in floors.values():
            assert levels == set(range(min(levels), max(levels) + 1))


def test_a_cut_that_knows_no_floors_tears_them(monkeypatch):
    """The law is sharp: were floors forgotten, floors would be in two turfs."""
    fired, honest = [], CUT.divide
    plan = [((0, 0), [3] * 6)]
    assert all(len(some) == 1 for some in homes_of(cut_of(plan))[1].values())

    def forgetful(doors, ground, walk, limits, takes, _floor):
        fired.append(1)
        return honest(doors, ground, walk, limits, takes)

    monkeypatch.setattr(CUT, "divide", forgetful)

    assert any(len(some) > 1 for some in homes_of(cut_of(plan))[1].values())
    assert fired


def cut_of(plan):
    """Return the turfs of towers, of up to five doors."""
    return turf.cut(built(plan), CutPlan(least=1, most=5)).turfs


@given(st.integers(1, 2**32), st.lists(st.integers(1, 4), min_size=2, max_size=40))
def test_pieces_of_a_building_keep_its_neighbours_and_know_one_another(seed, parts):
    """Whatever the order of pieces, and into however many each building is divided."""
    chance = Seed(seed).stream("tests.apartments")
    x, y = chance.uniform(0, 900, (2, len(parts)))
    near = neighbours(in_straight_lines(x, y))
    stops = chance.permutation(np.repeat(np.arange(len(parts)), parts))

    found = near.of(stops)

    assert (stops[found.near] == near.near[stops]).all()
    assert (found.gap == near.gap[stops]).all()
    for stop, count in enumerate(parts):
        row = first = int(np.flatnonzero(stops == stop)[0])
        ring = [row := int(found.near[row, 0]) for _ in range(count)]
        assert (len(set(ring)), ring[-1]) == (count, first)
