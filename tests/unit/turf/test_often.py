"""Where tries go: the more often the farther apart stops are, and nowhere lost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.turf.kernels.compiled import EVEN, FOURTH, often


def asked(far):
    """Return how often each stop comes whose neighbours are so far, and the order."""
    gap = np.zeros((len(far), FOURTH + 2))
    gap[:, FOURTH] = far
    stops = np.arange(len(far), dtype=np.int32)[::-1].copy()
    found = often(gap, stops)
    return np.bincount(found, minlength=len(far)), found


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 5000.0), min_size=1, max_size=300))
def test_a_stop_comes_as_often_as_its_neighbours_are_far(far):
    """As many as there are stops, in their order, each within one of its share."""
    times, found = asked(far)

    metres = np.array(far) + EVEN * np.mean(far)
    share = metres / metres.sum() * len(far) if metres.any() else np.ones(len(far))
    assert found.size == len(far)
    assert (np.diff(found) <= 0).all()
    assert np.abs(times - share).max() <= 1.0 + 1e-6


@pytest.mark.parametrize("far", [[0.0] * 7, [12.5] * 7, [7.0]])
def test_where_all_are_alike_each_comes_once(far):
    """Also where all doors are in one place."""
    assert asked(far)[0].tolist() == [1] * len(far)
