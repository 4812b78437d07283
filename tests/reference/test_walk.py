"""The search for walks against round tours whose optimum is known.

The TSPLIB instances lie beside the repository in ../shared; without them these tests
skip.
"""

from pathlib import Path

import numpy as np
import pytest

from groundgame.turf.around import around
from groundgame.turf.footing import in_straight_lines
from groundgame.turf.kernels import search
from groundgame.turf.stops import stops
from tests.unit.turf.towns import placed

TOURS = Path(__file__).parents[3] / "shared" / "data" / "tours"
INSTANCES = (
    *("a280", "berlin52", "ch130", "d1291", "d2103", "eil51", "eil76", "fl1577"),
    *("kroA100", "pcb3038", "pcb442", "st70"),
)

pytestmark = pytest.mark.skipif(
    not TOURS.is_dir(), reason="needs ../shared/data/tours, which is not here"
)


def places(name):
    """Read the places of an instance."""
    lines = (TOURS / f"{name}.tsp").read_text().splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("NODE_COORD"))
    rows = [line.split() for line in lines[first + 1 :]]
    return np.array([row[1:3] for row in rows if len(row) == 3], dtype=np.float64)


def optimum(name):
    """Return the length of the shortest round tour."""
    lines = (TOURS / "optimal.txt").read_text().splitlines()
    return next(int(line.split(":")[1]) for line in lines if line.split()[0] == name)


@pytest.mark.parametrize("name", INSTANCES)
def test_a_round_tour_is_near_the_optimum(name):
    """Within 2 % of the shortest there is, with each place visited once."""
    town = stops(placed(*places(name).T))
    tour = np.arange(town.x.size, dtype=np.int32)
    ground, near = in_straight_lines(town.x, town.y), around(town.x, town.y)
    gap = np.hypot(town.x[near] - town.x[:, None], town.y[near] - town.y[:, None])

    search(tour, near, gap, ground, np.empty((0, 0)), 50 * tour.size, 1)

    assert sorted(tour) == list(range(town.x.size))
    dx, dy = (axis[tour] - axis[np.roll(tour, 1)] for axis in (town.x, town.y))
    rounded = np.floor(np.hypot(dx, dy) + 0.5)  # as TSPLIB says
    assert optimum(name) <= rounded.sum() <= 1.02 * optimum(name)
