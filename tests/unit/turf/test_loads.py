"""Turfs measured in people and in minutes: nothing is above what they have room for."""

from itertools import pairwise
from math import hypot

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.errors import DoorTooLarge, WrongTable
from groundgame.turf import CutPlan, Pace, borders, kernels, pieces
from groundgame.turf.floors import floors, stairs
from groundgame.values import Seed
from tests.unit.turf.test_planted import CUT, instead
from tests.unit.turf.towns import placed, shuffled, street, village, walks

ONES = np.ones(200)
SHIFT = CutPlan(least=25, most=32, metre=Pace().metre, effort=2.0)


def town(doors=300, number=1):
    """Return a village where a door takes one to four minutes, in towers too."""
    table = village(doors, number)
    chance = Seed(number).stream("tests.weights")
    return turf.weighed(table, chance.integers(2, 9, doors) / 2.0)


def towers(number):
    """Return twenty buildings of twelve doors, each door of another weight."""
    x, y = Seed(number).stream("tests.towers").integers(0, 1000, (2, 20)).astype(float)
    doors = placed(np.repeat(x, 12), np.repeat(y, 12))
    return turf.weighed(doors, 1.0 + np.arange(240) % 7)


def broken(table, plan):
    """Cut, and return the names of the laws that do not hold."""
    cut = turf.cut(table, plan)
    rows = {row["door_id"]: row for row in table.to_pylist()}
    told = cut.summary["load"].to_pylist()
    walked = walks(cut.turfs)
    if sorted(door for walk in walked for door in walk) != sorted(rows):
        yield "each door once"
    loads = [load([rows[door] for door in walk], plan.metre) for walk in walked]
    if max(loads) > plan.most * (1 + 1e-9):
        yield "none above most"
    if told != pytest.approx(loads):
        yield "a turf takes what its doors and its walk take"
    if cut.limits.as_asked != (min(loads) >= plan.least * (1 - 1e-9)):
        yield "says whether all have enough"
    if walks(turf.cut(shuffled(table), plan).turfs) != walked:
        yield "the order of the rows changes nothing"


def load(rows, metre):
    """Add up what doors and the legs between them take."""
    legs = (hypot(a["x"] - b["x"], a["y"] - b["y"]) for a, b in pairwise(rows))
    return sum(row["weight"] for row in rows) + metre * sum(legs)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    "plan", [SHIFT, CutPlan(least=25, most=32)], ids=["with the walk", "without"]
)
def test_no_shift_is_too_long(number, plan):
    """Every law at once, on villages where some doors are behind one entrance."""
    assert list(broken(town(number=number), plan)) == []


def test_buildings_whose_doors_differ_are_cut_within_limits():
    """Most of twenty are in two turfs: who climbs where decides what it takes."""
    assert list(broken(towers(1), CutPlan(least=25, most=32, metre=0.002))) == []


def test_a_tower_whose_doors_differ_is_cut_within_limits():
    """Three hundred doors in one place, each of its own weight."""
    doors = placed(np.full(300, 7.0))
    doors = turf.weighed(doors, 1.0 + np.arange(300) % 7)

    assert list(broken(doors, CutPlan(least=30, most=40, metre=0.01))) == []


def forgets_the_walk_when_mending(monkeypatch, fired):
    """Stops come in wherever their doors fit, however far that is."""

    def mend(given, *more):
        fired.append(1)
        return kernels.mend(given._replace(metre=0.0), *more)

    monkeypatch.setattr(borders, "kernels", lambda: instead(mend=mend))


def forgets_the_walk_when_dividing(monkeypatch, fired):
    """A turf is full when its doors fill it."""

    def portions(worth, takes, legs, *more):
        fired.append(1)
        return kernels.portions(worth, takes, legs * 0.0, *more)

    monkeypatch.setattr(pieces, "kernels", lambda: instead(portions=portions))
    monkeypatch.setattr(CUT, "mended", lambda found, *_: found)


def gives_away_other_doors(monkeypatch, fired):
    """The doors of a building go to its turfs in order, whatever they take."""
    honest = CUT.by_unit

    def by_unit(found):
        fired.append(1)
        found = honest(found)
        return pieces.Pieces(found.stop, found.doors, found.turf, found.takes)

    monkeypatch.setattr(CUT, "by_unit", by_unit)


@pytest.mark.parametrize(
    ("plant", "law", "worlds"),
    [
        (
            forgets_the_walk_when_mending,
            "none above most",
            [turf.weighed(village(200, number), ONES) for number in (1, 2, 3)],
        ),
        (forgets_the_walk_when_dividing, "none above most", [town()]),
        (
            gives_away_other_doors,
            "a turf takes what its doors and its walk take",
            [towers(number) for number in range(1, 7)],
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_planted_bug_is_caught(monkeypatch, plant, law, worlds):
    """The laws are sharp: each bug goes off, and its law names it."""
    fired = []
    plant(monkeypatch, fired)
    caught = {law for one in worlds for law in broken(one, SHIFT)}

    assert fired
    assert law in caught


def test_a_goal_that_cannot_be_met_gives_way_and_is_said():
    """Three doors of 10 in turfs of 12 to 15: one each, below the goal, none above."""
    cut = turf.cut(turf.weighed(street(3), np.full(3, 10.0)), CutPlan(12, 15))

    assert cut.summary["load"].to_pylist() == [10, 10, 10]
    assert not cut.limits.as_asked


def test_a_door_that_takes_more_than_a_turf_is_refused():
    """It says which limit, and what would do."""
    doors = turf.weighed(street(3), np.array([1.0, 60.5, 1.0]))

    with pytest.raises(DoorTooLarge, match=r"room for 50: .* Give --most 61 or more"):
        turf.cut(doors)


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_none_is_refused(weight):
    """Else a turf would take doors without end."""
    doors = turf.weighed(street(2), np.array([1.0, weight]))

    with pytest.raises(WrongTable, match="weight that is not above 0"):
        turf.cut(doors)


def test_minutes_without_weights_are_refused():
    """A plan in minutes of doors that say none would compare minutes with doors."""
    with pytest.raises(WrongTable, match="what each door takes"):
        turf.cut(street(2), SHIFT)


def test_minutes_are_knocking_talking_and_stairs():
    """Done by hand: 60 s, half of 40 + 2 * 20 s, and on the third floor 2 * 30 s."""
    pace = Pace(knock=60, opens=0.5, opening=40, question=20, floor=30)
    doors = street(2).append_column("unit", pa.array([None, "3B"]))

    weight = turf.in_minutes(doors, pace, questions=2)["weight"].to_pylist()

    assert weight == pytest.approx([100 / 60, 160 / 60])


def test_floors_are_read_from_units():
    """2B, B2, 304 and 1204 say it; a penthouse is above all; 7 may be anywhere."""
    units = pa.array(["2B", "APT B2", "304", "APT 1204", "PH", "7", None, "LOT 12"])

    assert floors(units).tolist() == [2, 2, 3, 12, 13, 0, 0, 0]
    assert stairs(units).tolist() == [1, 1, 2, 5, 5, 0, 0, 0]
