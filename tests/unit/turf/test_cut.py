"""Cuts done by hand."""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.errors import NothingToCut, WrongTable
from groundgame.turf import CutPlan
from groundgame.values import Seed
from tests.unit.turf.laws import broken
from tests.unit.turf.towns import placed, shuffled, sizes, street, village, walks


def test_three_hamlets_become_three_turfs():
    """Of eight doors at 0-2, 10-12 and 20-21 metres, nobody walks the two gaps."""
    hamlets = placed([0, 1, 2, 10, 11, 12, 20, 21])

    cut = turf.cut(hamlets, CutPlan(least=2, most=3))

    assert cut.metres == pytest.approx(2 + 2 + 1)
    assert sorted(sorted(walk) for walk in walks(cut.turfs)) == [
        ["d00000", "d00001", "d00002"],
        ["d00003", "d00004", "d00005"],
        ["d00006", "d00007"],
    ]


def test_a_street_is_walked_from_one_end_to_the_other():
    """Forty doors ten metres apart are 390 metres, in one direction."""
    cut = turf.cut(street(40))

    assert cut.metres == pytest.approx(390)
    (walk,) = walks(cut.turfs)
    assert walk in (sorted(walk), sorted(walk, reverse=True))


@pytest.mark.parametrize(
    ("doors", "expected"),
    [(1, [1]), (2, [2]), (39, [39]), (51, [25, 26]), (79, [39, 40]), (80, [40, 40])],
)
def test_what_cannot_be_met_is_cut_small_and_even_and_said(doors, expected):
    """Where 40 to 50 cannot be, turfs are few, even, never above 50, and it is told."""
    cut = turf.cut(village(doors))

    assert sorted(sizes(cut.turfs)) == expected
    assert cut.limits.as_asked == (min(expected) >= 40)


def test_buildings_stay_whole_where_they_fit():
    """Thirty doors, then thirty and twenty close by: no building is divided."""
    homes = placed(np.repeat([0.0, 100.0, 130.0], [30, 30, 20]))

    cut = turf.cut(homes, CutPlan(least=25, most=50))

    assert sorted(sizes(cut.turfs)) == [30, 50]
    assert cut.metres == pytest.approx(30)


def test_a_tower_of_three_thousand_doors_is_cut_into_turfs_of_one_place():
    """All in one place: no metres at all, and limits that hold."""
    cut = turf.cut(placed(np.full(3000, 7.0)))

    assert cut.metres == 0
    assert min(sizes(cut.turfs)) >= 40
    assert max(sizes(cut.turfs)) <= 50


def test_doors_of_a_building_are_in_the_order_of_their_units():
    """Nobody climbs from 2B to 10A and back down to 3."""
    homes = placed(np.zeros(4), ids=["a", "b", "c", "d"])
    homes = homes.append_column("unit", pa.array(["10A", "2B", "3", "2A"]))

    (walk,) = walks(turf.cut(homes, CutPlan(least=1, most=9)).turfs)

    assert walk == ["d", "b", "c", "a"]


def test_doors_without_a_place_are_listed_and_not_lost():
    """NaN, infinite and off the Earth: in no turf, but each of them named."""
    doors = placed([0, np.nan, np.inf, 5, 1e12], [0, 1, 1, 0, 0], list("abcde"))

    cut = turf.cut(doors, CutPlan(least=1, most=9))

    assert cut.left_out.to_pylist() == ["b", "c", "e"]
    assert sorted(cut.turfs["door_id"].to_pylist()) == ["a", "d"]


def test_no_door_with_a_place_is_refused():
    """There is nothing to walk to, and the message says what is needed."""
    with pytest.raises(NothingToCut, match="none of 2 doors has a usable place"):
        turf.cut(placed([np.nan, np.inf]))


def test_the_same_door_twice_is_refused():
    """Else two people would knock on it."""
    with pytest.raises(WrongTable, match="repeats 1 values of door_id"):
        turf.cut(placed([0, 1, 2], ids=["a", "b", "a"]))


def test_a_village_breaks_no_law():
    """Every law at once, on a village with shared entrances and all defaults."""
    assert broken(village(500), CutPlan()) == []


def test_the_same_seed_and_doors_give_the_same_turfs():
    """Cut again tonight, and everybody still has the turf of this morning."""
    once, again = (turf.cut(shuffled(village(300), n), seed=Seed(5)) for n in (1, 2))

    assert walks(once.turfs) == walks(again.turfs)
    assert once.summary == again.summary


def test_more_effort_does_not_harm():
    """On a village of 600 doors the borders are worth mending."""
    rough, fine = (
        turf.cut(village(600), CutPlan(effort=effort)).metres for effort in (0.0, 2.0)
    )

    assert fine < rough


def test_progress_is_told_from_little_to_all():
    """A bar that goes backwards, or stops short, helps nobody."""
    told = []

    turf.cut(village(200), tell=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0
