"""Which stops a search tries, done by hand."""

import numpy as np
import pytest

from groundgame.turf.around import NEAREST, around
from groundgame.turf.tour import nearest


def test_stops_across_a_gap_are_among_those_around():
    """Two blocks of 5 x 5 doors a kilometre apart: the nearest 14 are all at home."""
    x, y = (axis.ravel() * 1.0 for axis in np.mgrid[0:5, 0:5])
    x, y = np.append(x, x + 1000), np.append(y, y)
    home = np.arange(50) < 25

    for find, crosses in ((around, True), (lambda *at: nearest(*at, 15), False)):
        assert (home[find(x, y)] != home[:, None]).any() == crosses


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([0.0], [0.0]),
        ([0.0, 1.0], [0.0, 0.0]),
        ([0.0, 1.0, 2.0], [5.0, 5.0, 5.0]),
        (np.arange(40.0), np.zeros(40)),
        (np.arange(40.0) - 1e8, np.full(40, 1e8)),
    ],
)
def test_places_without_triangles_have_their_nearest(x, y):
    """One, two, three on a line, a street, a street at the end of the Earth."""
    found = around(np.array(x), np.array(y))

    assert found.shape[0] == len(x)
    for row, stops in enumerate(found):
        gaps = np.abs(np.array(x)[stops[stops != row]] - x[row])
        assert len(set(stops) - {row}) >= min(NEAREST, len(x) - 1)
        assert (np.diff(gaps) >= 0).all()
