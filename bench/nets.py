"""Streets of an invented place while they are made: nodes and edges in metres."""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from groundgame.turf.streets.classes import classes

PRIMARY, SECONDARY, TERTIARY, LOCAL, COUNTRY = (
    classes().names.index(name)
    for name in ("primary", "secondary", "tertiary", "residential", "unclassified")
)
WORDS = 1_200
"""Names of a street, an avenue and a court each; county roads come after them."""

Chance = np.random.Generator
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Net:
    """Nodes and edges in metres; an edge may have one bend."""

    x: Array
    y: Array
    a: Array
    b: Array
    bend_x: Array  # NaN: it is straight
    bend_y: Array
    kind: Array
    name: Array  # a place in the list of names
    number: Array  # first house number
    lot: Array  # metres of street for one house on one side

    def edges(self, which: Array) -> "Net":
        """Return the same nodes with some of the edges."""
        return self.changed(
            **{name: one[which] for name, one in vars(self).items() if name not in "xy"}
        )

    def changed(self, **otherwise: Array) -> "Net":
        """Return the same net, but for what is given."""
        return replace(self, **otherwise)


def together(parts: list[Net], *, same: bool = False) -> Net:
    """Return several nets as one; `same`: all have the same nodes."""
    starts = np.cumsum([0, *(0 if same else one.x.size for one in parts[:-1])])
    joined = {
        one.name: np.concatenate([getattr(part, one.name) for part in parts])
        for one in fields(Net)
    }
    for end in "ab":
        joined[end] = np.concatenate(
            [
                getattr(part, end) + start
                for part, start in zip(parts, starts, strict=True)
            ]
        )
    if same:
        joined |= {"x": parts[0].x, "y": parts[0].y}
    return Net(**joined)


def largest(net: Net) -> Net:
    """Return the largest part of a net that hangs together, with its own nodes."""
    count = net.x.size
    joined = coo_matrix((np.ones(net.a.size), (net.a, net.b)), shape=(count, count))
    part = connected_components(joined, directed=False)[1]
    most = part == np.bincount(part[net.a]).argmax()
    number = np.cumsum(most) - 1
    kept = net.edges(most[net.a])
    ends = {"a": number[kept.a], "b": number[kept.b]}
    return kept.changed(x=net.x[most], y=net.y[most], **ends)
