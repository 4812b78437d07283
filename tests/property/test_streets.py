"""Laws of every network of streets, whatever ways it was knitted from."""

from dataclasses import replace
from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.turf.streets import knit, lay
from groundgame.turf.streets.network import Network
from tests.unit.turf.streets.hand import PLANE, ways

PLACE = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
    lambda at: (at[0] * 137.0, at[1] * 113.0)
)
KINDS = ("residential", "primary", "footway", "steps", "service")
LINE = st.tuples(
    st.sampled_from(["Elm St", "Oak Ave", None]),
    st.sampled_from(KINDS),
    st.lists(PLACE, min_size=2, max_size=5),
)
TOWN = st.lists(LINE, min_size=1, max_size=12).map(
    lambda lines: [*lines, ("Long St", "residential", [(0.0, 0.0), (800.0, 900.0)])]
)


def shuffled(drawn, order):
    """Return the same ways in another order, their places numbered otherwise."""
    sizes = np.diff(drawn.first)
    at = np.concatenate([np.arange(drawn.first[k], drawn.first[k + 1]) for k in order])
    return replace(
        drawn,
        way=drawn.way[order],
        kind=drawn.kind[order],
        name=[drawn.name[k] for k in order],
        oneway=drawn.oneway[order],
        first=np.append(0, np.cumsum(sizes[order])),
        place=1_000 - 7 * drawn.place[at],
        lon=drawn.lon[at],
        lat=drawn.lat[at],
    )


def broken(laid):
    """Yield the names of the laws that do not hold."""
    network, lines = laid.network, laid.lines
    for e in range(network.a.size):
        at = slice(lines.first[e], lines.first[e + 1])
        places = list(zip(lines.x[at], lines.y[at], strict=True))
        long = sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairwise(places))
        if abs(long - network.metres[e]) > 1e-6:
            yield "an edge is as long as its line"
        for node, place in ((network.a[e], places[0]), (network.b[e], places[-1])):
            if (network.x[node], network.y[node]) != place:
                yield "an edge ends where its nodes are"
    yield from _halves(network)
    if min(network.toll_a.min(), network.toll_b.min()) < 0.0:
        yield "no corner pays who crosses it"


def _halves(network):
    """Yield the laws of half-edges that do not hold."""
    found = []
    for node, (start, end) in enumerate(pairwise(network.start)):
        there = range(start, end)
        found += [(int(network.edge[k]), node, int(network.to[k])) for k in there]
    wanted = []
    for e, (a, b) in enumerate(zip(network.a, network.b, strict=True)):
        wanted += [(e, int(a), int(b)), (e, int(b), int(a))]
    if sorted(found) != sorted(wanted):
        yield "each edge is two halves, one at each of its nodes"


@settings(max_examples=60, deadline=None)
@given(TOWN)
def test_every_network_keeps_every_law(lines):
    """An edge is as long as its line, ends at its nodes, and is there both ways."""
    assert not list(broken(lay(knit(ways(*lines)).streets, PLANE)))


@settings(max_examples=60, deadline=None)
@given(TOWN, st.randoms(use_true_random=False))
def test_the_order_of_ways_changes_nothing(lines, chance):
    """Ways in another order, with other numbers of places, are the same streets."""
    drawn = ways(*lines)
    order = list(range(len(lines)))
    chance.shuffle(order)

    one, two = knit(drawn), knit(shuffled(drawn, order))

    assert one.streets.table().equals(two.streets.table())
    assert (one.islands, one.metres) == (two.islands, two.metres)


@settings(max_examples=60, deadline=None)
@given(TOWN)
def test_no_metre_is_lost_or_walked_twice(lines):
    """What is in the network and what was left out are the pieces that were drawn."""
    pieces = {
        tuple(sorted(pair))
        for _name, _kind, points in lines
        for pair in pairwise(points)
        if pair[0] != pair[1]
    }
    drawn = sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in pieces)

    done = knit(ways(*lines))

    assert done.metres + done.streets.metres.sum() == pytest.approx(drawn, rel=0.01)


def test_a_planted_bug_is_caught():
    """A network whose edges are a metre too long, or lost a half, breaks a law."""
    laid = lay(
        knit(ways(("Elm", "residential", [(0.0, 0.0), (9.0, 400.0)]))).streets, PLANE
    )
    long = laid.network._replace(metres=laid.network.metres + 1.0)
    lame = laid.network._replace(to=laid.network.to[::-1].copy())

    assert list(broken(replace(laid, network=long)))
    assert list(broken(replace(laid, network=Network(*lame))))
