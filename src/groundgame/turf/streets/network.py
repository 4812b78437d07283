"""Streets on a plane, as arrays that compiled loops take.

In:  streets in degrees, and the plane that the doors are on.
Out: where their lines lie, in metres, and the network: what is next to what, how far it
     is, and what it costs to cross.

What is paid at a corner is laid on the ends of edges: where a larger street passes
through a node, each smaller edge has half of what crossing it costs, so that whoever
crosses pays it all and whoever turns into it pays half, which is the average of the two
sides. Where two equal streets cross, each of their ends has half. Stairs are slow all
along; that is laid on their ends too, for no door is on stairs.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from groundgame.turf.plane import Plane
from groundgame.turf.stops import Counts, Floats, grouped
from groundgame.turf.streets.classes import NEVER, classes
from groundgame.turf.streets.kept import Streets

Ints = npt.NDArray[np.int32]
CARRIAGEWAY = 0.5
"""What crossing one carriageway of a large street costs, of crossing both."""
THROUGH, CROSSING = 2, 4  # ends of a street that passes a node; of two


class Network(NamedTuple):
    """What is next to what, on one plane, in metres."""

    x: Floats
    """Metres east of each node, a crossing or an end, shape (nodes,)."""
    y: Floats
    """Metres north, shape (nodes,)."""
    start: Ints
    """Half-edges of node v are start[v] to start[v + 1], shape (nodes + 1,)."""
    to: Ints
    """The node at the other end of each half-edge, shape (halves,)."""
    edge: Ints
    """The edge that each is half of, shape (halves,)."""
    a: Ints
    """The node at the first end of each edge, shape (edges,)."""
    b: Ints
    """The node at its last."""
    metres: Floats
    """How long it is, along the line."""
    toll_a: Floats
    """Metres-worth of what crossing costs at the first end."""
    toll_b: Floats
    """The same at the last."""
    cross: Floats
    """Metres-worth of getting from one side of this street to the other."""


class Lines(NamedTuple):
    """Where each edge lies, place by place, from its first end to its last."""

    first: Counts
    """Where the places of each edge begin, shape (edges + 1,)."""
    x: Floats
    """Metres east, shape (places,)."""
    y: Floats
    """Metres north, shape (places,)."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Streets on a plane."""

    streets: Streets
    plane: Plane
    lines: Lines
    network: Network


def lay(streets: Streets, plane: Plane) -> Laid:
    """Lay streets on the plane that the doors are on."""
    x, y = plane.metres(streets.lon, streets.lat)
    lines = Lines(streets.first, x, y)
    return Laid(streets, plane, lines, _network(streets, lines))


def _network(streets: Streets, lines: Lines) -> Network:
    """Return the network of streets whose lines lie there."""
    a, b, nodes = streets.a, streets.b, streets.nodes
    ends = np.concatenate((a, b))
    begins, order = grouped(ends, nodes)
    start = begins.astype(np.int32)
    edge = (order % max(a.size, 1)).astype(np.int32)
    x, y = np.empty(nodes), np.empty(nodes)
    for node, at in ((a, lines.first[:-1]), (b, lines.first[1:] - 1)):
        x[node], y[node] = lines.x[at], lines.y[at]
    metres = np.add.reduceat(legs(lines), lines.first[:-1])
    slow = (classes().figures("slow")[streets.kind] - 1.0) * metres / 2.0
    tolls = _tolls(streets, ends, nodes)
    return Network(
        x=x,
        y=y,
        start=start,
        to=np.concatenate((b, a))[order],
        edge=edge,
        a=a,
        b=b,
        metres=metres,
        toll_a=tolls[: a.size] + slow,
        toll_b=tolls[a.size :] + slow,
        cross=_across(streets),
    )


def legs(lines: Lines) -> Floats:
    """Return the metres from each place to the next of its line; 0 from the last."""
    legs = np.append(np.hypot(np.diff(lines.x), np.diff(lines.y)), 0.0)
    legs[lines.first[1:] - 1] = 0.0
    return legs


def _tolls(streets: Streets, ends: Ints, nodes: int) -> Floats:
    """Return what crossing costs at each end: of all edges at `a`, then at `b`."""
    toll = classes().figures("toll")[streets.kind]
    toll = np.tile(np.where(streets.oneway, CARRIAGEWAY * toll, toll), 2)
    costs, rank = np.unique(toll, return_inverse=True)
    alike = np.bincount(ends * costs.size + rank, minlength=nodes * costs.size)
    alike = alike.reshape(nodes, costs.size)
    passes = np.where(alike >= THROUGH, np.arange(costs.size), 0)
    top = passes.max(axis=1, initial=0)  # the largest street that passes each node
    two = alike[np.arange(nodes), top] >= CROSSING
    pays = (rank < top[ends]) | ((rank == top[ends]) & two[ends])
    tolls: Floats = np.where(pays, costs[top[ends]] / 2.0, 0.0)
    return tolls


def _across(streets: Streets) -> Floats:
    """Return the cost of getting to the other side of each street between corners.

    A carriageway of a trunk road has no doors on its other side, only a barrier.
    """
    known = classes()
    across = known.figures("across")[streets.kind]
    trunk = streets.kind == known.number("trunk")
    cross: Floats = np.where(trunk & streets.oneway, NEVER, across)
    return cross
