"""What lies between stops: straight lines, or the streets they stand at.

In:  stops on a plane; perhaps a network of streets, and how the stops stand at it.
Out: the Ground that all loops ask how far it is from one stop to another.

A Ground of streets holds only what is near its own stops: the streets they stand at,
the corners of those, and from each corner the ways to the corners around it. Ways may
lead through any street of the network.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from groundgame.errors import WrongTable
from groundgame.turf.loops import kernels
from groundgame.turf.stops import Counts, Floats, grouped
from groundgame.turf.streets.join import Joined
from groundgame.turf.streets.network import Network

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

STANDING = ("edge", "along", "side")
"""Columns that say how a door stands at its street, beside those of PLACED."""

_STANDING = ("edge", "along", "to_a", "to_b", "side")
"""What a Ground says of each stop, beside x and y."""

_NOWHERE = np.empty(0, np.float64)
_NONE = np.empty(0, np.int32)


def footing(placed: pa.Table, network: Network | None) -> "Ground":
    """Return what lies between doors.

    Args:
        placed: Doors with a usable x and y; with a network also edge, along and side.
        network: The streets that the doors stand at; None for straight lines.

    Raises:
        WrongTable: There is a network, and the doors do not say where they stand at it.
    """
    x, y = placed["x"].to_numpy(), placed["y"].to_numpy()
    if network is None:
        return in_straight_lines(x, y)
    if not set(STANDING) <= set(placed.column_names):
        raise WrongTable("placed", "does not say at which street each door stands")
    edge, along, side = (placed[name].to_numpy() for name in STANDING)
    return on_streets(x, y, network, Joined(edge, along, side, _NOWHERE))


def in_straight_lines(x: Floats, y: Floats) -> "Ground":
    """Return stops between which one walks in straight lines.

    Args:
        x: Metres east of each stop, shape (n,).
        y: Metres north, same shape.
    """
    ground: Ground = kernels().Ground(
        *(x, y, _NONE, *(_NOWHERE,) * 3, np.empty(0, np.int8), _NONE, _NONE),
        *(_NOWHERE,) * 5,
        *(np.zeros(1, np.int64), _NONE, np.empty((0, 4), np.float32)),
    )
    return ground


def on_streets(x: Floats, y: Floats, network: Network, joined: Joined) -> "Ground":
    """Return stops between which one walks along streets.

    Args:
        x: Metres east of each stop, shape (n,).
        y: Metres north, same shape.
        network: All streets, also those on which no stop is.
        joined: How each stop stands at its street, shape (n,) each.
    """
    standing = joined.edge >= 0
    edges, place = np.unique(joined.edge[standing], return_inverse=True)
    edge = np.full(x.size, -1, np.int32)
    edge[standing] = place
    ends = np.stack((network.a[edges], network.b[edges]))
    corners, local = np.unique(ends, return_inverse=True)
    local = local.reshape(ends.shape).astype(np.int32)
    cost = network.metres + network.toll_a + network.toll_b
    ways = kernels().Streets(network.start, network.to, network.edge, cost)
    corners = corners.astype(np.int32)
    *found, reach = kernels().around(ways, corners, kernels().SETTLED)
    found = kernels().both_ways(*found)
    at = kernels().Corners(network.x[corners], network.y[corners], *found, reach)
    leaves, order = grouped(local.reshape(-1), corners.size)
    leaving = (order % edges.size).astype(np.int32)
    beside = kernels().beside(at, *local, leaves, leaving)
    to_a = network.toll_a[joined.edge] + joined.along
    to_b = network.toll_b[joined.edge] + network.metres[joined.edge] - joined.along
    ground: Ground = kernels().Ground(
        *(x, y, edge, joined.along, to_a, to_b, joined.side, *local),
        *(network.metres[edges], network.cross[edges], at.x, at.y, at.reach, *beside),
    )
    return ground


def part(ground: "Ground", stops: Counts) -> "Ground":
    """Return the ground of some of the stops, in the order given."""
    where = ground._replace(x=ground.x[stops], y=ground.y[stops])
    if not ground.edge.size:
        return where
    standing = {name: getattr(ground, name)[stops] for name in _STANDING}
    return where._replace(**standing)


def also(ground: "Ground", places: Sequence[tuple[float, float]]) -> "Ground":
    """Return a ground with some places more after its stops, none of them at a street.

    Args:
        ground: Where the stops are.
        places: Metres east and north of each place.
    """
    more = np.array(places, np.float64).reshape(-1, 2)
    wider = ground._replace(
        x=np.append(ground.x, more[:, 0]), y=np.append(ground.y, more[:, 1])
    )
    if not ground.edge.size:
        return wider
    nowhere = np.full(len(more), -1, np.int8)
    standing = {}
    for name in _STANDING:
        old = getattr(ground, name)
        standing[name] = np.append(old, nowhere.astype(old.dtype))
    return wider._replace(**standing)


def along_streets(ground: "Ground") -> Counts:
    """Return the stops street by street, near streets after one another.

    The stops of a street follow one another from its end a, first all on its left, then
    all others on the way back. Stops at no street stay where they are. Without streets
    all do: stops come along a space-filling curve.
    """
    rank = np.arange(ground.x.size)
    if not ground.edge.size:
        return rank
    first = np.full(ground.a.size, ground.x.size)
    np.minimum.at(first, ground.edge[ground.edge >= 0], rank[ground.edge >= 0])
    begin = np.where(ground.edge >= 0, first[ground.edge], rank)
    back = ground.side > 0
    along = np.where(back, -ground.along, ground.along)
    return np.lexsort((along, back, begin))
