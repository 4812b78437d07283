"""Laws of walks, whatever the stops and the ends."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundgame import turf
from groundgame.turf import WalkPlan
from groundgame.turf.footing import in_straight_lines, part
from groundgame.turf.kernels import ANY, BACK, ordered, search
from groundgame.turf.tour import nearest
from groundgame.turf.walk import lengths, walked
from groundgame.values import Seed
from tests.unit.turf.towns import placed

coordinates = st.integers(0, 20) | st.floats(-2000, 2000, allow_subnormal=False)
far = st.sampled_from([-1e8, 1e8, 0.0, 1e-300, 99_999_999.99999999])
places = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=40)
far_places = st.lists(st.tuples(far | coordinates, far), min_size=1, max_size=40)
some_place = st.tuples(coordinates, coordinates)
plans = st.builds(WalkPlan, start=st.none() | some_place, back=st.booleans()) | (
    st.builds(WalkPlan, start=st.none() | some_place, finish=some_place)
)


def walk(points, plan, seed=1):
    """Return the order of one turf, and its metres."""
    x, y = np.array(points, np.float64).T.copy()
    ground, one = in_straight_lines(x, y), np.zeros(x.size, np.int64)
    order = walked(ground, one, 4.0, seed, plan)
    return order, lengths(part(ground, order), one, plan)[0]


@settings(deadline=None, max_examples=150)
@given(places | far_places, plans, st.integers(0, 9))
@example([(5.0, 5.0)] * 30, WalkPlan(back=True), 1)
@example([(float(n), 0.0) for n in range(30)], WalkPlan(start=(0.0, 0.0)), 1)
def test_each_stop_is_walked_once(points, plan, seed):
    """In heaps, on a line, at both ends of the Earth: an order, and an end to it."""
    order, metres = walk(points, plan, seed)

    assert sorted(order) == list(range(len(points)))
    assert metres >= 0


@settings(deadline=None, max_examples=80)
@given(places, plans, st.sampled_from([(-1, 1), (1, -1), (-1, -1)]))
def test_a_mirrored_walk_is_as_long(points, plan, signs):
    """East and west are the same to whoever walks."""

    def flipped(place):
        return place and (place[0] * signs[0], place[1] * signs[1])

    mirror = WalkPlan(flipped(plan.start), flipped(plan.finish), plan.back)

    here = walk(points, plan)[1]
    there = walk([flipped(place) for place in points], mirror)[1]

    assert here == pytest.approx(there)


@settings(deadline=None, max_examples=80)
@given(places, st.integers(0, 9))
def test_metres_saved_are_the_difference_of_the_legs(points, seed):
    """What the search says it saved is what a ruler says; and it is never below 0."""
    x, y = np.array(sorted(set(points)), np.float64).T.copy()
    tour = np.arange(x.size, dtype=np.int32)
    near, ground = nearest(x, y, 9), in_straight_lines(x, y)
    gap = np.hypot(x[near] - x[:, None], y[near] - y[:, None])

    saved = search(tour, near, gap, ground, np.empty((0, 0)), 5 * x.size, seed)

    before, after = (
        np.hypot(x[rows] - x[np.roll(rows, 1)], y[rows] - y[np.roll(rows, 1)]).sum()
        for rows in (np.arange(x.size), tour)
    )
    assert sorted(tour) == list(range(x.size))
    assert saved >= 0
    assert before - after == pytest.approx(saved, abs=1e-6)


@settings(deadline=None, max_examples=80)
@given(st.integers(3, 30), st.integers(0, 99), st.data())
def test_given_ends_stay_where_they_are(count, number, data):
    """By any table, a walk from one stop to another begins and ends there."""
    table = Seed(number).stream("tests.walks").integers(0, 50, (count, count)) * 1.0
    table = table + table.T
    first = data.draw(st.integers(ANY, count - 1))
    last = data.draw(st.sampled_from([ANY, BACK, *range(count)]))
    if first == last:
        return

    order = ordered(table, first, last, 3 * count, number)

    assert sorted(order) == list(range(count))
    assert first < 0 or order[0] == first
    assert last < 0 or order[-1] == last


@settings(deadline=None, max_examples=60)
@given(places, plans, st.integers(1, 20))
def test_order_by_a_plan_never_lengthens_a_walk(points, plan, size):
    """With the metres to the start and to the finish, each is at most as long."""
    doors = placed(*zip(*points, strict=True))
    at = np.arange(len(points))
    turfs = doors.select(["door_id"]).append_column("turf", [at // size + 1])
    turfs = turfs.append_column("position", [at % size + 1])

    after = turf.order(turfs, doors, plan=plan)

    old, new = (
        turf.measure(rows, doors, plan)["metres"].to_numpy() for rows in (turfs, after)
    )
    assert (new <= old + 1e-9).all()
