"""Walks from a car, to a bus stop, and round."""

import numpy as np
import pytest

from groundgame import turf
from groundgame.turf import WalkPlan, walk
from groundgame.turf.footing import in_straight_lines, part
from groundgame.values import Seed
from tests.unit.turf.test_walk import turfs
from tests.unit.turf.towns import street, walks

MIXED = ["d00002", "d00000", "d00003", "d00001"]  # at 20, 0, 30, 10 metres


@pytest.mark.parametrize(
    ("plan", "metres", "first"),
    [
        (WalkPlan(), 30, None),
        (WalkPlan(start=(100.0, 0.0)), 100, "d00003"),
        (WalkPlan(start=(-5.0, 0.0)), 35, "d00000"),
        (WalkPlan(finish=(-5.0, 0.0)), 35, "d00003"),
        (WalkPlan(back=True), 60, None),
        (WalkPlan(start=(-5.0, 0.0), back=True), 70, None),
        (WalkPlan(start=(40.0, 0.0), finish=(-5.0, 0.0)), 45, "d00003"),
        (WalkPlan(start=(15.0, 0.0), finish=(15.0, 0.0)), 60, None),
    ],
)
def test_a_walk_starts_and_ends_where_the_plan_says(plan, metres, first):
    """Doors at 0, 10, 20 and 30 metres of one street, done by hand."""
    before = turfs(MIXED)

    after = turf.order(before, street(4), plan=plan)

    assert turf.measure(after, street(4), plan)["metres"].to_pylist() == [metres]
    assert first is None or walks(after)[0][0] == first


@pytest.mark.parametrize(
    "nonsense",
    [
        {"back": True, "finish": (0.0, 0.0)},
        {"start": (float("nan"), 0.0)},
        {"finish": (0.0, 1e9)},
    ],
)
def test_a_plan_that_no_walk_can_keep_is_refused(nonsense):
    """Back and on to a finish; a start that is nowhere; a finish off the Earth."""
    with pytest.raises(ValueError, match="a walk"):
        WalkPlan(**nonsense)


@pytest.mark.parametrize(
    "plan",
    [WalkPlan(), WalkPlan(start=(0.0, 500.0)), WalkPlan(finish=(0.0, 500.0))],
)
def test_a_large_turf_is_walked_nearly_as_well(monkeypatch, plan):
    """Without a table of distances, a walk of 200 stops is 5 % longer at most."""
    x, y = Seed(3).stream("tests.plan").uniform(0, 1000, (2, 200))
    ground = in_straight_lines(x, y)
    one, found = np.zeros(200, np.int64), []
    for large in (1000, 100):
        monkeypatch.setattr(walk, "LARGE", large)
        order = walk.walked(ground, one, 8.0, 1, plan)
        assert sorted(order) == list(range(200))
        found.append(walk.lengths(part(ground, order), one, plan)[0])

    assert found[1] <= 1.05 * found[0]
