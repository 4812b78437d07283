"""What it costs to walk and to cross, on paper."""

import numpy as np
import pytest

from groundgame.turf.streets import NEVER, classes
from tests.unit.turf.streets.hand import edge, laid

EAST = [(-300, 0), (0, 0)], [(0, 0), (300, 0)]
NORTH = [(0, -200), (0, 0)], [(0, 0), (0, 200)]


def crossing(one, other, *more):
    """Return two streets that cross in the middle: the first goes east."""
    names = zip(("west", "east"), EAST, strict=True)
    lines = [(name, one, points, *more) for name, points in names]
    names = zip(("south", "north"), NORTH, strict=True)
    return laid(*lines, *((name, other, points) for name, points in names))


def toll(streets, name):
    """Return what is paid at both ends of an edge, together."""
    at = edge(streets, name)
    return streets.network.toll_a[at] + streets.network.toll_b[at]


def test_who_crosses_a_primary_road_pays_its_wait_in_two_halves():
    """24 s at 1.3 m/s are 31.2 m: half before the corner, half after it."""
    streets = crossing("primary", "residential")

    assert toll(streets, "north") == pytest.approx(15.6)
    assert toll(streets, "south") == pytest.approx(15.6)
    assert toll(streets, "east") == toll(streets, "west") == 0.0


def test_what_is_paid_is_paid_at_the_corner():
    """The end that lies at the larger street has the toll; the other has none."""
    streets = crossing("primary", "residential")
    network, north = streets.network, edge(streets, "north")

    at_corner = np.hypot(network.x[network.a[north]], network.y[network.a[north]]) < 1
    tolls = network.toll_a[north], network.toll_b[north]
    assert tolls == pytest.approx((15.6, 0.0) if at_corner else (0.0, 15.6))


def test_where_equals_cross_each_pays_half():
    """Two residential streets: 1.2 s at 1.3 m/s are 1.56 m, in halves."""
    streets = crossing("residential", "residential")

    for name in ("north", "south", "east", "west"):
        assert toll(streets, name) == pytest.approx(0.78)


def test_a_street_that_ends_is_not_crossed():
    """At a T, who goes on along the larger street pays nothing; who turns, half."""
    lines = [
        (name, "tertiary", points) for name, points in zip("we", EAST, strict=True)
    ]
    streets = laid(*lines, ("north", "residential", NORTH[1]))

    assert toll(streets, "w") == toll(streets, "e") == 0.0
    assert toll(streets, "north") == pytest.approx(9 * 1.3 / 2)


def test_a_larger_street_that_ends_is_not_crossed_either():
    """A primary road that ends at a residential street holds nobody up on it."""
    lines = [
        (name, "residential", points) for name, points in zip("we", EAST, strict=True)
    ]
    streets = laid(*lines, ("north", "primary", NORTH[1]))

    assert toll(streets, "w") == toll(streets, "e") == 0.0


def test_one_carriageway_is_half_a_road():
    """A one-way primary road is half of the wait of both its carriageways."""
    assert toll(crossing("primary", "residential", "oneway"), "north") == pytest.approx(
        7.8
    )


def test_stairs_are_walked_at_half_the_speed():
    """Forty metres of stairs are worth eighty; the line is still forty long."""
    streets = laid(
        ("low", "residential", [(-300, 0), (0, 0)]),
        ("stairs", "steps", [(0, 0), (0, 40)]),
        ("high", "residential", [(0, 40), (300, 40)]),
    )
    stairs = edge(streets, "stairs")

    assert streets.network.metres[stairs] == pytest.approx(40.0)
    assert toll(streets, "stairs") == pytest.approx(40.0)


@pytest.mark.parametrize(
    ("kind", "more", "metres"),
    [
        ("residential", (), 11.0),
        ("primary", (), 150.0),
        ("trunk", (), 280.0),
        ("trunk", ("oneway",), NEVER),
    ],
)
def test_the_other_side_is_as_far_as_the_class_of_road_says(kind, more, metres):
    """Between corners: a few steps, a long way round, or never."""
    streets = laid(("it", kind, [(0, 0), (500, 0)], *more))

    assert streets.network.cross.tolist() == [metres]


def test_who_waits_longer_is_the_larger_street():
    """From trunk road to path no class waits longer than the one before it."""
    order = ("trunk", "primary", "secondary", "tertiary", "unclassified", "residential")

    waits = [classes().classes[classes().names.index(name)].wait for name in order]

    assert waits == sorted(waits, reverse=True)
