"""The turf room against slow, obvious answers."""

from math import dist

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.turf.footing import in_straight_lines
from groundgame.turf.kernels import ANY, led, split
from groundgame.values import Seed
from tests.reference import slow_turf
from tests.unit.turf.towns import placed

metres = st.integers(0, 300).map(float)


def drops_the_last_break(worth, least, most):
    """A planted bug: the last turf is joined to the one before."""
    return split(worth, least, most)[:-1]


def is_greedy(worth, least, most):
    """A planted bug: each turf is as large as it may be."""
    return np.arange(0, worth.size, most)


def as_good_as_brute_force(divide, worth, least, most):
    """Say whether a division keeps the limits and is worth as much as any."""
    begins = divide(np.array(worth), least, most)
    sizes = np.diff([*begins, len(worth)])
    if begins[0] != 0 or sizes.min() < least or sizes.max() > most:
        return False
    found = sum(worth[door] for door in begins[1:])
    return found == pytest.approx(slow_turf.best_division(worth, least, most))


@settings(deadline=None)
@given(st.lists(metres, min_size=2, max_size=11), st.integers(1, 4), st.integers(0, 3))
def test_no_division_of_a_walk_is_worth_more(worth, least, more):
    """Every division of up to eleven doors is tried."""
    if slow_turf.best_division(worth, least, least + more) is not None:
        assert as_good_as_brute_force(split, worth, least, least + more)


@pytest.mark.parametrize("bug", [drops_the_last_break, is_greedy])
def test_a_worse_division_is_caught(bug):
    """Of ten doors with one long leg in an odd place, a planted bug finds no best."""
    worth = [0.0, 1.0, 1.0, 9.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]

    assert as_good_as_brute_force(split, worth, 2, 4)
    assert not as_good_as_brute_force(bug, worth, 2, 4)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(metres, metres), min_size=3, max_size=7, unique=True))
def test_small_walks_are_the_shortest_there_are(places):
    """Up to seven doors, every order is tried, and none is shorter."""
    x, y = np.array(places).T.copy()

    begins, ends = np.array([0, len(places)]), np.array([ANY, ANY])
    order = led(in_straight_lines(x, y), begins, ends, 50.0, 1)

    found = np.hypot(np.diff(x[order]), np.diff(y[order])).sum()
    assert found == pytest.approx(slow_turf.shortest_walk(places))


def test_small_cuts_are_near_the_best_there_are():
    """Nine doors in turfs of two to four: within 5 % of trying everything, on average.

    And never better than the best, which would mean that a door was lost.
    """
    ratios = []
    for number in range(10):
        chance = Seed(number).stream("tests.turf")
        x, y = chance.integers(0, 300, (2, 9)).astype(float)
        cut = turf.cut(placed(x, y), CutPlan(least=2, most=4))
        places = list(zip(x.tolist(), y.tolist(), strict=True))
        ratios.append(cut.metres / slow_turf.shortest_cut(places, 2, 4))

    assert min(ratios) >= 1 - 1e-9
    assert np.mean(ratios) <= 1.05


def test_the_plane_is_true_to_length():
    """Places 300 m apart and up to 60 km from the middle: one part in 20,000."""
    chance = Seed(1).stream("tests.plane")
    lon, lat = chance.uniform(-75, -74, 400), chance.uniform(40.3, 41.3, 400)
    lon2 = lon + chance.uniform(-0.003, 0.003, 400)
    lat2 = lat + chance.uniform(-0.003, 0.003, 400)
    table = pa.table(
        {
            "door_id": [str(n) for n in range(800)],
            "lon": np.append(lon, lon2),
            "lat": np.append(lat, lat2),
        }
    )

    plane = turf.on_plane(table)

    x, y = plane["x"].to_numpy(), plane["y"].to_numpy()
    found = np.hypot(x[400:] - x[:400], y[400:] - y[:400])
    true = [
        dist(slow_turf.in_space(*a), slow_turf.in_space(*b))
        for a, b in zip(
            zip(lon, lat, strict=True), zip(lon2, lat2, strict=True), strict=True
        )
    ]
    assert found == pytest.approx(true, rel=5e-5)
