"""Laws of borders and of towers, whatever the town."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import turf
from groundgame.turf import CutPlan
from tests.reference.slow_sides import side
from tests.unit.turf.towers import built, homes_of
from tests.unit.turf.towns import sizes, walks
from tests.unit.turf.within.fields import fenced, homes, line

spot = st.tuples(st.integers(0, 1000), st.integers(0, 1000))
towns = st.lists(spot, min_size=2, max_size=60)
plans = st.builds(
    lambda least, more: CutPlan(least=least, most=least + more, effort=0.3),
    st.integers(1, 8),
    st.integers(0, 6),
)
towers = st.lists(
    st.tuples(spot, st.lists(st.integers(1, 12), min_size=1, max_size=8)),
    min_size=1,
    max_size=8,
    unique_by=lambda tower: tower[0],
)
mosts = st.integers(1, 20)


@settings(deadline=None, max_examples=80)
@given(towns, spot, spot, plans)
def test_no_turf_lies_across_a_line(town, a, b, plan):
    """Wherever a straight line is drawn, and however short: not one door across it."""
    if a == b:
        return
    doors = homes(*np.array(town, float).T)
    border = line(a, b)
    where = zip(doors["lon"].to_pylist(), doors["lat"].to_pylist(), strict=True)
    off = {d: cleared(p, border) for d, p in zip(ids(doors), where, strict=True)}

    cut = turf.cut(fenced(doors, border), plan)

    for walk in walks(cut.turfs):
        assert len({off[door] for door in walk} - {0}) < 2
    assert cut.turfs.num_rows == len(town)
    assert max(sizes(cut.turfs)) <= plan.most


def ids(doors):
    """Return the ids of doors."""
    return doors["door_id"].to_pylist()


def cleared(place, border):
    """Return the side of a border; 0 within about a metre, where nobody can say."""
    (x0, y0), (x1, y1) = border
    length = np.hypot(x1 - x0, y1 - y0)
    off = ((x1 - x0) * (place[1] - y0) - (y1 - y0) * (place[0] - x0)) / length
    far = np.hypot(place[0] - x0, place[1] - y0) / length * 1e-6
    return 0 if abs(off) < 1e-5 + far else side(place, border)


@settings(deadline=None, max_examples=150)
@given(towers, mosts)
def test_a_building_is_divided_only_if_it_must_be_and_at_floors(plan, most):
    """Whole where it fits; by floors where not; within one that is itself too large."""
    cut = turf.cut(built(plan), CutPlan(least=1, most=most, effort=0.5))

    buildings, floors = homes_of(cut.turfs)
    for n, (_place, levels) in enumerate(plan):
        if sum(levels) <= most:
            assert len(buildings[str(n)]) == 1
        for level, doors in enumerate(levels, start=1):
            assert doors > most or len(floors[str(n), str(level)]) == 1
    assert max(sizes(cut.turfs)) <= most


@settings(deadline=None, max_examples=60)
@given(towers, st.integers(12, 30), st.floats(0.5, 2.5))
def test_floors_stay_whole_in_people_and_minutes_too(plan, most, takes):
    """What a door takes of a turf is not one: the same law, by what it takes."""
    doors = built(plan)
    weighed = turf.weighed(doors, np.full(doors.num_rows, takes))

    cut = turf.cut(weighed, CutPlan(least=1, most=most, effort=0.5))

    buildings, floors = homes_of(cut.turfs)
    for n, (_place, levels) in enumerate(plan):
        if sum(levels) * takes < most * (1 - 1e-9):
            assert len(buildings[str(n)]) == 1
        for level, doors_there in enumerate(levels, start=1):
            if doors_there * takes < most * (1 - 1e-9):
                assert len(floors[str(n), str(level)]) == 1
