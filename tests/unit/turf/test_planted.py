"""Bugs planted in the cut, each of which the laws must catch."""

from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

from groundgame import turf
from groundgame.turf import CutPlan, borders, kernels, pieces, stops, walk
from tests.unit.turf import laws
from tests.unit.turf.towns import street, village

CUT = import_module("groundgame.turf.cut")  # the room lets out a function so named


def instead(**planted):
    """Return the compiled loops, with some of them planted."""
    honest = {name: getattr(kernels, name) for name in kernels.__all__}
    return SimpleNamespace(**honest | planted)


def loses_the_last_door(monkeypatch, fired):
    """The last turf ends one stop early."""
    honest = borders.mended

    def mended(*given):
        fired.append(1)
        found = honest(*given)
        return found.take(np.arange(found.stop.size - 1))

    monkeypatch.setattr(CUT, "mended", mended)


def makes_turfs_too_large(monkeypatch, fired):
    """Every other turf is joined to the one before."""

    def split(worth, least, most):
        fired.append(1)
        return kernels.split(worth, least, most)[::2].copy()

    monkeypatch.setattr(pieces, "kernels", lambda: instead(split=split))
    monkeypatch.setattr(CUT, "mended", lambda found, *_: found)


def forgets_the_least_when_mending(monkeypatch, fired):
    """Doors leave turfs that are small already."""
    honest = borders.mended

    def mended(pieces, ground, near, limits, *more):
        fired.append(1)
        return honest(pieces, ground, near, replace(limits, least=0), *more)

    monkeypatch.setattr(CUT, "mended", mended)


def leans_on_the_row_order(monkeypatch, fired):
    """Doors come in the order of the file, whatever their ids."""

    def stops_as_they_stand(placed):
        fired.append(1)
        town = stops.stops(placed)
        rows = {door: n for n, door in enumerate(placed["door_id"].to_pylist())}
        turn = rows["d00000"] % town.x.size
        rolled = (np.roll(a, turn) for a in (town.x, town.y, town.doors, town.rows))
        starts = np.roll(np.cumsum(town.doors) - town.doors, turn)
        ids = town.door_ids.take(stops.spread(starts, np.roll(town.doors, turn)))
        return stops.Stops(*rolled, ids, town.left_out)

    monkeypatch.setattr(CUT, "stops", stops_as_they_stand)


def measures_round_tours(monkeypatch, fired):
    """The way back to the first door is counted, though nobody walks it."""
    honest = CUT.summarize

    def summarize(*given):
        fired.append(1)
        table = honest(*given)
        longer = table["metres"].to_numpy() + 10.0
        return table.set_column(2, "metres", [longer])

    monkeypatch.setattr(CUT, "summarize", summarize)


@pytest.mark.parametrize(
    ("plant", "law"),
    [
        (loses_the_last_door, "each door once"),
        (makes_turfs_too_large, "none above most"),
        (forgets_the_least_when_mending, "none below least"),
        (leans_on_the_row_order, "the order of the rows changes nothing"),
        (measures_round_tours, "a turf is as long as its legs"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_planted_bug_is_caught(monkeypatch, plant, law):
    """The laws are sharp: each bug goes off, and its law names it."""
    fired = []
    plant(monkeypatch, fired)

    caught = laws.broken(village(600), CutPlan(least=10, most=14, effort=1.0))

    assert fired
    assert law in caught


def test_an_order_that_lengthens_a_walk_is_caught(monkeypatch):
    """Without its last look, a search gone wrong would hand out a longer walk."""
    doors, fired = street(30), []
    cut = turf.cut(doors, CutPlan(least=30, most=30)).turfs

    def to_and_fro(ground, *_):
        fired.append(1)
        return np.argsort(np.arange(ground.x.size) % 2, kind="stable")

    def metres():
        return turf.measure(turf.order(cut, doors), doors)["metres"].to_pylist()

    monkeypatch.setattr(walk, "walked", to_and_fro)
    assert metres() == pytest.approx([290])
    monkeypatch.setattr(walk, "_never_longer", lambda new, *_: new)
    assert metres() > [300]
    assert fired


def test_turfs_that_stay_too_small_are_mended_anew(monkeypatch):
    """Where no door is handed on and none is missed: strictly, from the start."""
    prices = []
    monkeypatch.setattr(borders, "FILLS", 0)

    def mend(town, least, most, dear, *more):
        prices.append(dear)
        return kernels.mend(town, least, most, dear if dear > 1e9 else 0.0, *more)

    monkeypatch.setattr(borders, "kernels", lambda: instead(mend=mend))

    assert laws.broken(village(300), CutPlan(least=10, most=14, effort=2.0)) == []
    assert min(prices) < 1e9 < max(prices)
