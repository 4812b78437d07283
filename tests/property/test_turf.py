"""Laws of turf, whatever the town."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.values import Seed
from tests.unit.turf.laws import broken
from tests.unit.turf.towns import placed, shuffled, sizes, walks

coordinates = st.integers(0, 40) | st.floats(-2000, 2000, allow_subnormal=False)
odd = st.sampled_from([float("nan"), float("inf"), 0.0, -0.0, 1e9, 1e-300])
places = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=60)
odd_places = st.lists(st.tuples(coordinates | odd, coordinates | odd), max_size=30)
plans = st.builds(
    lambda least, more: CutPlan(least=least, most=least + more, effort=0.5),
    st.integers(1, 12),
    st.integers(0, 6),
)


def town(points):
    """Return doors at these points."""
    x, y = zip(*points, strict=True)
    return placed(x, y)


@settings(deadline=None, max_examples=150)
@given(places, plans)
@example([(5, 5)] * 30, CutPlan(least=4, most=7, effort=0.5))
@example([(n, 0) for n in range(30)], CutPlan(least=4, most=4, effort=0.5))
def test_no_town_breaks_a_law(points, plan):
    """Each door once, limits kept, metres right, row order nothing: in any town."""
    assert broken(town(points), plan) == []


@settings(deadline=None, max_examples=100)
@given(odd_places.filter(bool), plans)
def test_no_place_is_too_odd(points, plan):
    """NaN, infinity, minus zero and the far side of the Earth: in a turf, or listed."""
    usable = sum(abs(x) <= 1e8 and abs(y) <= 1e8 for x, y in points)
    if not usable:
        return

    cut = turf.cut(town(points), plan)

    assert cut.turfs.num_rows == usable
    assert len(cut.left_out) == len(points) - usable
    assert max(sizes(cut.turfs)) <= plan.most


@settings(deadline=None, max_examples=60)
@given(places, plans, st.sampled_from([(-1, 1), (1, -1), (-1, -1)]))
def test_a_mirrored_town_has_turfs_of_the_same_length(points, plan, signs):
    """East and west are the same to whoever walks."""
    mirrored = [(x * signs[0], y * signs[1]) for x, y in points]

    here, there = (turf.cut(town(p), plan) for p in (points, mirrored))

    assert sorted(sizes(here.turfs)) == sorted(sizes(there.turfs))
    assert sorted(here.summary["metres"].to_pylist()) == pytest.approx(
        sorted(there.summary["metres"].to_pylist())
    )


@settings(deadline=None, max_examples=60)
@given(places, st.integers(0, 99), st.integers(1, 20))
def test_order_never_lengthens_a_walk(points, number, size):
    """Whatever the turfs were, each is as long as before or shorter, with its doors."""
    doors = town(points)
    rows = shuffled(doors, number)["door_id"]
    turfs = doors.select([0]).set_column(0, "door_id", rows)
    at = np.arange(len(points))
    turfs = turfs.append_column("turf", [at // size + 1])
    turfs = turfs.append_column("position", [at % size + 1])

    after = turf.order(turfs, doors, Seed(number))

    old, new = (turf.measure(t, doors)["metres"].to_numpy() for t in (turfs, after))
    assert (new <= old + 1e-9).all()
    assert [sorted(walk) for walk in walks(after)] == [
        sorted(walk) for walk in walks(turfs)
    ]
