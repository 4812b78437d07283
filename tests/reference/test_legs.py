"""Metres from door to door on streets, against a search of the whole network."""

import numpy as np
import pytest
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from groundgame.turf import footing, kernels
from groundgame.turf.kernels import gaps
from groundgame.turf.streets import Joined, knit, lay
from groundgame.values import Seed
from tests.unit.turf.streets.hand import PLANE, ways

BLOCK = 90.0
DOORS = 120


def town(blocks):
    """Return the network of a grid of streets, each a little bent, some missing."""
    chance = Seed(blocks).stream("tests.legs")
    places = np.arange(blocks + 1) * BLOCK
    x, y = np.meshgrid(places, places)
    x, y = x + chance.uniform(-20, 20, x.shape), y + chance.uniform(-20, 20, y.shape)
    lines = []
    for row in range(blocks + 1):
        for at in range(blocks):
            steps = [((row, at), (row, at + 1)), ((at, row), (at + 1, row))]
            for step in steps:
                ends = [(float(x[place]), float(y[place])) for place in step]
                if chance.random() < 0.9:
                    lines.append(("Elm St", "residential", ends))
    return lay(knit(ways(*lines)).streets, PLANE).network


def doors(network):
    """Return doors at streets by chance, and where they stand."""
    chance = Seed(1).stream("tests.legs.doors")
    edge = chance.integers(0, network.a.size, DOORS).astype(np.int32)
    along = chance.random(DOORS) * network.metres[edge]
    share = along / network.metres[edge]
    x, y = (
        at[network.a[edge]] * (1 - share) + at[network.b[edge]] * share
        for at in (network.x, network.y)
    )
    side = np.where(chance.random(DOORS) < 0.5, -1, 1).astype(np.int8)
    return x, y, Joined(edge, along, side, np.zeros(DOORS))


def slowly(network, stand):
    """Return the metres between all doors."""
    cost = network.metres + network.toll_a + network.toll_b
    size = network.x.size
    direct = np.full((size, size), np.inf)
    np.minimum.at(direct, (network.a, network.b), cost)
    np.minimum.at(direct, (network.b, network.a), cost)
    away = dijkstra(csgraph_from_dense(direct, null_value=np.inf))
    edge, along = stand.edge, stand.along
    to = {
        0: (network.a[edge], network.toll_a[edge] + along),
        1: (network.b[edge], network.toll_b[edge] + network.metres[edge] - along),
    }
    metres = np.full((DOORS, DOORS), np.inf)
    for one, far in to.values():
        for other, further in to.values():
            way = far[:, None] + away[np.ix_(one, other)] + further
            metres = np.minimum(metres, way)
    alike = edge[:, None] == edge
    across = (stand.side[:, None] * stand.side < 0) * network.cross[edge]
    return np.where(alike, np.abs(along[:, None] - along) + across, metres)


def legs(ground):
    """Return the metres between all doors, as every loop is told."""
    a, b = np.indices((DOORS, DOORS)).reshape(2, -1)
    return gaps(ground, a, b).reshape(DOORS, DOORS)


def test_legs_are_as_long_as_the_slow_double_says():
    """In a town of fewer corners than are looked at, every leg is the shortest way."""
    network = town(7)
    x, y, stand = doors(network)

    found = legs(footing.on_streets(x, y, network, stand))

    assert network.x.size < kernels.SETTLED
    assert found == pytest.approx(slowly(network, stand), rel=1e-6)


def test_legs_in_a_large_town_are_the_same_both_ways_and_right_nearby():
    """Corners do not know all others; what is known from one side is from the other."""
    network = town(30)
    x, y, stand = doors(network)

    found, true = legs(footing.on_streets(x, y, network, stand)), slowly(network, stand)

    near = true < 4 * BLOCK
    assert near.sum() > 2 * DOORS
    assert found[near] == pytest.approx(true[near], rel=1e-6)
    assert (found == found.T).all()
    far = ~np.isclose(found, true, rtol=1e-6)
    assert far.sum() > DOORS  # beyond the corners that are known it is a guess


def test_a_street_that_forgets_its_neighbours_is_caught():
    """Planted: one street's places for neighbours are empty."""
    network = town(7)
    x, y, stand = doors(network)
    ground = footing.on_streets(x, y, network, stand)
    street = int(ground.edge[0])
    near = ground.near.copy()
    near[ground.row[street] : ground.row[street + 1]] = -1

    found = legs(ground._replace(near=near))

    assert not np.allclose(found, slowly(network, stand), rtol=1e-6)
