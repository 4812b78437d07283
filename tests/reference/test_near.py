"""The grid that finds near stops, against a tree that does it otherwise."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from groundgame.turf.kernels import on_plane, squares
from groundgame.values import Seed

CHANCE = Seed(7).stream("tests.near")
HEAPS = np.repeat(CHANCE.uniform(0, 5000, (2, 6)), 50, axis=1)


@pytest.mark.parametrize(
    "places",
    [
        pytest.param(CHANCE.uniform(0, 1000, (2, 600)), id="spread evenly"),
        pytest.param(CHANCE.normal(0, 5, (2, 300)) + HEAPS, id="in heaps"),
        pytest.param(CHANCE.integers(0, 20, (2, 300)) * 10.0, id="on a lattice"),
        pytest.param(np.stack((np.arange(40.0), np.zeros(40))), id="on a line"),
        pytest.param(np.zeros((2, 12)), id="in one place"),
        pytest.param(np.array([[0.0, 1.0, 9e7], [0.0, 1.0, 9e7]]), id="far apart"),
    ],
)
def test_the_nearest_are_as_near_as_a_tree_says(places):
    """Whatever lies how: the same distances, and each stop among its own nearest."""
    x, y = np.ascontiguousarray(places)
    count = min(9, x.size)

    near = on_plane(squares(x, y), count)

    far = np.hypot(x[near] - x[:, None], y[near] - y[:, None])
    tree = cKDTree(places.T).query(places.T, k=np.arange(1, count + 1))[0]
    assert far == pytest.approx(tree)
    assert [len(set(row)) for row in near.tolist()] == [count] * x.size
