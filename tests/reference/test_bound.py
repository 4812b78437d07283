"""The lower bound of a cut against every cut of a handful of doors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.turf import CutPlan, bound, cut, kernels
from groundgame.turf.bound import _boxes, _places, by_table, on_ground
from groundgame.turf.footing import in_straight_lines, on_streets, part
from groundgame.turf.streets import join
from groundgame.values import Seed
from tests.reference import slow_turf
from tests.unit.turf.streets.hand import laid
from tests.unit.turf.towns import placed

coordinates = st.integers(0, 6).map(lambda n: 50.0 * n) | st.floats(0, 300)
places = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=7)
plans = st.builds(
    lambda least, more: CutPlan(least, least + more),
    st.integers(1, 4),
    st.integers(0, 3),
)


WEIGHED = kernels.weighed


def shortest(count, plan, metres):
    """Return the metres of the shortest cut of so many doors."""
    limits = plan.limits(count)
    doors = list(range(count))
    return slow_turf.shortest_cut(doors, limits.least, limits.most, metres)


def roads(number, count=7):
    """Return metres between stops of which many pairs have a detour, and doors each."""
    chance = Seed(number).stream("tests.bound")
    x, y = chance.uniform(0, 300, (2, count))
    table = np.hypot(x[:, None] - x, y[:, None] - y)
    table *= 1.0 + 3.0 * (chance.random((count, count)) < 0.4)
    table = np.minimum(table, table.T)
    for via in range(count):
        table = np.minimum(table, table[:, [via]] + table[via])
    return table


def too_long(number):
    """Say by which ways the bound of one small town is above its shortest cut."""
    chance = Seed(number).stream("tests.bound.town")
    plan = CutPlan(2, 3)
    points = chance.integers(0, 8, (7, 2)) * 40.0
    table, ones = roads(number), np.ones(7, np.int64)
    lines = shortest(7, plan, lambda a, b: float(np.hypot(*(points[a] - points[b]))))
    walked = shortest(7, plan, lambda a, b: float(table[a, b]))
    found = {
        "lines": bound(placed(*points.T), plan) - lines,
        "table": by_table(table, ones, plan.limits(7)) - walked,
    }
    return {way for way, above in found.items() if above > 1e-6}


@settings(deadline=None, max_examples=80)
@given(places, plans)
def test_no_cut_is_shorter_than_the_bound(points, plan):
    """Every cut of up to seven doors is tried, some of them at one place."""
    metres = shortest(
        len(points), plan, lambda a, b: np.hypot(*np.subtract(points[a], points[b]))
    )

    assert bound(placed(*zip(*points, strict=True)), plan) <= metres + 1e-6


@pytest.mark.parametrize("number", range(12))
def test_no_way_to_bound_is_above_the_shortest_cut(number):
    """In straight lines, by a table of streets."""
    assert not too_long(number)


def counts_full_turfs(tree, tolls, doors, sizes):
    """A planted bug: it takes the fewest turfs there may be, so there are more legs."""
    return WEIGHED(tree, tolls, doors, sizes._replace(least=sizes.most))


def keeps_the_tolls(tree, tolls, doors, sizes):
    """A planted bug: what stops pay is not paid back to all of them."""
    found, had = WEIGHED(tree, tolls, doors, sizes)
    return found + 2 * float((tolls.stop - tolls.stop.min()) @ doors), had


def keeps_what_rules_take(tree, tolls, doors, sizes):
    """A planted bug: what legs pay for rules is not paid back."""
    found, had = WEIGHED(tree, tolls, doors, sizes)
    return found + tolls.back, had


def counts_pairs_as_turfs(tree, tolls, doors, sizes):
    """A planted bug: two turfs are one, so twice the doors are joined by legs."""
    twice = kernels.Sizes(2 * sizes.least, 2 * sizes.most)
    return WEIGHED(tree, tolls, doors, twice)


def grows_along_a_list(table, toll):
    """A planted bug: the tree is of the legs from one stop to the next."""
    a = np.arange(toll.size - 1)
    weight = table[a, a + 1] + toll[a] + toll[a + 1]
    return kernels.Tree(a, a + 1, weight, np.full(a.size, -1))


@pytest.mark.parametrize(
    ("place", "bug", "ways"),
    [
        ("weighed", counts_full_turfs, {"lines", "table"}),
        ("weighed", keeps_the_tolls, {"lines", "table"}),
        ("weighed", counts_pairs_as_turfs, {"lines", "table"}),
        ("prim", grows_along_a_list, {"table"}),
    ],
)
def test_a_bound_that_is_too_high_is_caught(monkeypatch, place, bug, ways):
    """Each planted bug is met, and in some town it promises more than there is."""
    met = []
    monkeypatch.setattr(kernels, place, lambda *args: met.append(1) or bug(*args))

    caught = set().union(*(too_long(number) for number in range(12)))

    assert met
    assert caught == ways


def test_both_ways_agree():
    """In lines, and by a table: the same to one in 200, as other rules are met."""
    chance = Seed(5).stream("tests.bound.ways")
    x, y = chance.uniform(0, 1000, (2, 120))
    doors, limits = np.ones(120, np.int64), CutPlan(10, 15).limits(120)
    table = np.hypot(x[:, None] - x, y[:, None] - y)

    ground = in_straight_lines(x, y)
    lines, forest = (on_ground(ground, doors, limits, steps) for steps in (240, 0))

    assert lines == pytest.approx(by_table(table, doors, limits), rel=5e-3)
    assert forest == pytest.approx(by_table(table, doors, limits, 0), rel=1e-6)


@pytest.mark.parametrize("tolls", [False, True])
def test_a_tree_on_a_plane_is_the_lightest(tolls):
    """Boxes leave out no leg: 500 stops, some in heaps, the same as by a table."""
    chance = Seed(6).stream("tests.bound.tree")
    x, y = chance.uniform(0, 1000, (2, 500))
    x[:200] = 100 + x[:200] / 100
    toll = chance.normal(0, 30, 500) if tolls else np.zeros(500)
    order, boxes = _boxes(x, y, np.zeros(500))
    ground = in_straight_lines(x[order], y[order])

    found = kernels.boruvka(boxes, ground, toll[order], equal(500)).weight.sum()

    table = np.hypot(x[:, None] - x, y[:, None] - y)
    assert found == pytest.approx(kernels.prim(table, toll).weight.sum())
    assert found == pytest.approx(slow_turf.lightest_tree(table, toll))


def equal(count):
    """Return no legs that pay more than their tolls."""
    return kernels.Raised(
        np.zeros(count + 1, np.int64), np.zeros(0, np.int64), np.zeros(0)
    )


def bent(number):
    """Return 300 doors on streets that all have a bend; three stand at no street."""
    chance, lines = Seed(number).stream("tests.bound.bent"), []
    for i, j in np.ndindex(4, 4):
        x, y = 200 * i, 200 * j
        if i < 3:
            lines.append(("E", "residential", [(x, y), (x + 90, y + 60), (x + 200, y)]))
        if j < 3:
            lines.append(("N", "residential", [(x, y), (x - 60, y + 90), (x, y + 200)]))
    streets, places = laid(*lines), chance.uniform(-20, 620, (2, 300))
    joined = join(streets, *places)
    edge = np.where(np.arange(300) < 3, -1, joined.edge).astype(np.int32)
    return on_streets(*places, streets.network, joined._replace(edge=edge))


def tree_is_off(ground, toll, places):
    """Say by how much a tree by boxes of places is heavier than one by a table."""
    order, boxes = _boxes(*places)
    found = kernels.boruvka(
        boxes, part(ground, order), toll[order], equal(toll.size)
    ).weight.sum()
    table = kernels.tabled(ground, np.arange(toll.size))
    return found - kernels.prim(table, toll).weight.sum()


def test_a_tree_on_streets_is_the_lightest():
    """No leg is left out where streets bend; if nobody minds the bends, some are."""
    off, planted = [], []
    for number in range(6):
        ground = bent(number)
        toll = Seed(number).stream("tests.bound.toll").normal(0, 30, 300)
        x, y, less = _places(ground)
        off.append(tree_is_off(ground, toll, (x, y, less)))
        planted.append(tree_is_off(ground, toll, (x, y, 0 * less)))

    assert off == pytest.approx([0.0] * 6, abs=1e-6)
    assert max(planted) > 1.0


def test_on_streets_no_cut_is_shorter_than_the_bound():
    """Seven of the doors, and every cut of them."""
    plan, ones, near = CutPlan(2, 3), np.ones(7, np.int64), []
    for number in range(8):
        ground = part(bent(number), np.arange(7))
        table = kernels.tabled(ground, np.arange(7))
        best = shortest(7, plan, lambda a, b, table=table: float(table[a, b]))
        near.append(on_ground(ground, ones, plan.limits(7)) / best)

    assert 0.7 < min(near) <= max(near) <= 1.0 + 1e-9


@pytest.fixture
def thousand():
    """1,000 doors at random, how large a turf may be, and the metres of a good cut."""
    chance, plan = Seed(7).stream("tests.bound.near"), CutPlan(40, 50, 2.0)
    doors = placed(*chance.uniform(0, 2000, (2, 1000)))
    return doors, plan, cut(doors, plan).metres


def test_a_bound_is_near_a_good_cut(thousand):
    """The bound is 93 to 100 % of it, the higher the longer; a forest is less."""
    doors, plan, metres = thousand

    forest, some, best = (bound(doors, plan, steps=steps) for steps in (0, 120, 600))

    assert 0.93 * metres <= some < best <= metres
    assert forest <= 0.97 * some


def test_what_rules_take_is_paid_back(monkeypatch, thousand):
    """If it is not, the bound is above a cut that there is."""
    doors, plan, metres = thousand
    monkeypatch.setattr(kernels, "weighed", keeps_what_rules_take)

    assert bound(doors, plan, steps=600) > metres


@pytest.mark.parametrize(
    ("x", "y", "metres"),
    [
        ([5.0] * 30, [7.0] * 30, 0.0),
        (list(range(30)), [0.0] * 30, 24.0),
        ([-9e7, 9e7] * 15, [9e7, -9e7] * 15, 0.0),
        ([float("nan")] * 3, [0.0] * 3, 0.0),
    ],
)
def test_a_bound_of_odd_places_is_what_it_is_by_hand(x, y, metres):
    """One place, one street in six turfs of five, two ends of the Earth, nowhere."""
    assert bound(placed(x, y), CutPlan(5, 5)) == pytest.approx(metres, abs=1e-3)
