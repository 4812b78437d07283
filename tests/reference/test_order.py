"""The search for walks against every walk of a few stops, whatever its ends."""

import numpy as np
import pytest

from groundgame.turf.kernels import ANY, BACK, ordered
from groundgame.values import Seed
from tests.reference import slow_turf

ENDS = [(ANY, ANY), (2, ANY), (0, ANY), (ANY, 3), (1, 0), (0, 4), (4, 1), (ANY, BACK)]


def roads(number, count=9):
    """Return metres that are not straight lines: a leg may be four times too long."""
    chance = Seed(number).stream("tests.order")
    x, y = chance.uniform(0, 300, (2, count))
    table = np.hypot(x[:, None] - x, y[:, None] - y)
    detours = chance.uniform(1, 4, table.shape)
    return table * np.maximum(detours, detours.T)


def walk(table, order, last):
    """Return the metres of a walk."""
    metres = table[order[:-1], order[1:]].sum()
    return metres + (table[order[-1], order[0]] if last == BACK else 0.0)


def misses(order_by, first, last):
    """Return how many of six towns of nine stops get a walk that is not the best."""
    missed = 0
    for number in range(6):
        table = roads(number)
        order = order_by(table, first, last, 200, number)
        assert sorted(order) == list(range(9))
        assert first < 0 or order[0] == first
        assert last < 0 or order[-1] == last
        best = slow_turf.shortest_order(
            table.tolist(),
            first if first >= 0 else None,
            last if last >= 0 else None,
            back=last == BACK,
        )
        missed += walk(table, order, last) > best + 1e-6
    return missed


@pytest.mark.parametrize(("first", "last"), [*ENDS, (3, BACK)])
def test_walks_of_nine_stops_are_the_shortest(first, last):
    """Open, round, from a stop, to a stop, and both, on roads with detours."""
    assert misses(ordered, first, last) == 0


@pytest.mark.parametrize(("first", "last"), ENDS)
def test_a_walk_for_other_ends_is_caught(first, last):
    """A planted bug: the round tour is opened where it happens to begin."""

    def opens_anywhere(table, first, last, tries, seed):
        order = ordered(table, ANY, ANY if last == BACK else BACK, tries, seed)
        if first >= 0:
            order = np.roll(order, -int(np.flatnonzero(order == first)[0]))
        if last >= 0:
            order = np.append(order[order != last], last)
        return order

    assert misses(opens_anywhere, first, last) > 0
