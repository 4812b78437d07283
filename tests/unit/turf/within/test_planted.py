"""Bugs planted in borders: each puts doors of both sides into one turf, and is seen."""

from importlib import import_module

import numpy as np
import pytest

from groundgame import turf
from groundgame.turf import CutPlan
from tests.reference.slow_sides import side
from tests.unit.turf.towns import walks
from tests.unit.turf.within.fields import fenced, line, of_village

APART = import_module("groundgame.turf.apart")
FACES = import_module("groundgame.turf.within.faces")
REGION = import_module("groundgame.turf.within.region")
BORDER = line((480, 450), (520, 520))


def forgets_the_regions(monkeypatch, fired):
    """All doors are cut as one."""

    def one(_placed, usable):
        fired.append(1)
        return [usable]

    monkeypatch.setattr(APART, "regions", one)


def joins_what_is_small(monkeypatch, fired):
    """A region goes with the one before, as partitions without a border do."""
    honest = APART.regions

    def joined(*given):
        fired.append(1)
        return [np.concatenate(honest(*given))]

    monkeypatch.setattr(APART, "regions", joined)


def lets_walkers_around_the_end(monkeypatch, fired):
    """A line ends where it was drawn to."""

    def none(*_given):
        fired.append(1)
        return []

    monkeypatch.setattr(FACES, "_tails", none)


def puts_some_doors_across(monkeypatch, fired):
    """A tenth of the doors are said to be in the first region."""
    honest = REGION.which

    def which(*given):
        fired.append(1)
        found = honest(*given)
        found[::10] = found.min()
        return found

    monkeypatch.setattr(REGION, "which", which)


def across():
    """Count the turfs with doors on both sides, by a cross product."""
    doors = of_village(200)
    places = zip(doors["lon"].to_pylist(), doors["lat"].to_pylist(), strict=True)
    ids = doors["door_id"].to_pylist()
    sides = {d: side(p, BORDER) for d, p in zip(ids, places, strict=True)}
    cut = turf.cut(fenced(doors, BORDER), CutPlan(least=10, most=15, effort=0.3))
    return sum(len({sides[door] for door in walk}) > 1 for walk in walks(cut.turfs))


@pytest.mark.parametrize(
    "plant",
    [
        forgets_the_regions,
        joins_what_is_small,
        lets_walkers_around_the_end,
        puts_some_doors_across,
    ],
)
def test_a_planted_bug_is_caught(monkeypatch, plant):
    """The law is sharp: it holds as it is, and no longer when the bug goes off."""
    fired = []
    assert across() == 0

    plant(monkeypatch, fired)

    assert across() > 0
    assert fired
