"""Walks as scipy's Dijkstra finds them: nothing of ours but where doors stand.

In:  a World with streets, and turfs of it. Out: the shortest way of each leg.

It shares no loop with what it judges. Doors that stand at no street are passed over.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.turf_world import Counts, Floats, World
from groundgame.turf.streets import Network

SOURCES = 256  # nodes that are searched from at a time


class Doors(NamedTuple):
    """How some doors stand at their streets."""

    edge: Counts
    along: Floats
    side: Counts


def doors_of(world: World, rows: Counts) -> Doors:
    """Return how doors stand."""
    placed = world.placed
    return Doors(*(placed[one].to_numpy()[rows] for one in ("edge", "along", "side")))


def graph(net: Network) -> csr_array:
    """Return the network as scipy takes it: of parallel streets the shortest."""
    cost = net.metres + net.toll_a + net.toll_b
    low, high = np.minimum(net.a, net.b), np.maximum(net.a, net.b)
    order = np.lexsort((cost, high, low))
    low, high, cost = low[order], high[order], cost[order]
    first = np.append(True, (np.diff(low) != 0) | (np.diff(high) != 0))
    first &= low != high
    nodes = net.x.size
    pairs = (low[first], high[first])
    return csr_array((cost[first], pairs), shape=(nodes, nodes))


def kilometres(world: World, made: pa.Table) -> float:
    """Return how long all walks are together."""
    one, other = _legs(world, made)
    return float(legs(world, one, other).sum() / 1000.0)


def legs(world: World, one: Counts, other: Counts) -> Floats:
    """Return the metres from each door to another, by its row."""
    net = world.network
    if net is None:
        raise ValueError("there are no streets")
    a, b = doors_of(world, one), doors_of(world, other)
    best = np.full(one.size, np.inf)
    same = a.edge == b.edge
    across = np.where(a.side * b.side < 0, net.cross[a.edge], 0.0)
    best[same] = (np.abs(a.along - b.along) + across)[same]
    asked = np.flatnonzero(~same)
    whole = graph(net)
    for ends_a in ends(net, a):
        node, out = (column[asked] for column in ends_a)
        order = np.argsort(node, kind="stable")
        for some in np.split(order, _cuts(node[order])):
            sources, place = np.unique(node[some], return_inverse=True)
            table = dijkstra(whole, directed=False, indices=sources)
            rows = asked[some]
            for node_b, home in ends(net, b):
                way = out[some] + table[place, node_b[rows]] + home[rows]
                best[rows] = np.minimum(best[rows], way)
    return best


def ends(net: Network, doors: Doors) -> tuple[tuple[Counts, Floats], ...]:
    """Return, for each end of their streets, its node and the metres to it."""
    edge, along = doors.edge, doors.along
    to_b = net.metres[edge] - along + net.toll_b[edge]
    return (net.a[edge], net.toll_a[edge] + along), (net.b[edge], to_b)


def _cuts(rising: Counts) -> Counts:
    """Return where to cut rising numbers so that each part has SOURCES of them."""
    rank = np.cumsum(np.diff(rising, prepend=rising[:1]) != 0)
    return np.flatnonzero(np.diff(rank // SOURCES)) + 1


def _legs(world: World, made: pa.Table) -> tuple[Counts, Counts]:
    """Return the rows of doors between which is a leg; those at no street left out."""
    rows = pa.table(
        {
            "door_id": world.placed["door_id"],
            "row": np.arange(world.count),
            "edge": world.placed["edge"],
        }
    )
    joined = made.join(rows, "door_id").sort_by(
        [("turf", "ascending"), ("position", "ascending")]
    )
    turf, row, edge = (joined[one].to_numpy() for one in ("turf", "row", "edge"))
    turf, row = turf[edge >= 0], row[edge >= 0]
    within = turf[1:] == turf[:-1]
    return row[:-1][within], row[1:][within]
