"""From ways to corners and edges, on paper."""

import numpy as np
import pytest

from groundgame.turf.streets import classes
from groundgame.turf.streets.knit import knit
from tests.unit.turf.streets.hand import laid, ways

MAIN = ("Main St", "residential", [(0, 0), (200, 0), (400, 0), (600, 0)])


def knitted(*lines):
    """Return streets of lines."""
    return knit(ways(*lines)).streets


def test_a_bend_is_no_corner():
    """A street of four places, alone, is one edge between two nodes."""
    streets = knitted(MAIN)

    assert (streets.nodes, streets.a.size, streets.lon.size) == (2, 1, 4)


def test_a_corner_divides_a_street():
    """Where another street ends at it, a street has two edges."""
    streets = knitted(MAIN, ("Elm St", "residential", [(200, 0), (200, 300)]))

    assert (streets.nodes, streets.a.size) == (4, 3)


def test_one_street_in_two_ways_is_one_edge():
    """An editor cut the way in the middle of nowhere; nobody who walks sees it."""
    halves = [("Main St", "residential", MAIN[2][:2]), (*MAIN[:2], MAIN[2][1:])]

    streets = knitted(*halves)

    assert (streets.nodes, streets.a.size) == (2, 1)
    assert streets.way.tolist() == [1]


@pytest.mark.parametrize("other", [("East St", "residential"), ("Main St", "tertiary")])
def test_where_name_or_class_change_a_street_ends(other):
    """Another name, or another class of road, is another edge."""
    streets = knitted((*MAIN[:2], MAIN[2][:2]), (*other, MAIN[2][1:]))

    assert (streets.nodes, streets.a.size) == (3, 2)


def test_a_ring_is_an_edge_from_a_node_to_itself():
    """A street that goes round and meets nothing has one node, the most western."""
    ring = [(100, 0), (300, 100), (300, -100), (100, 0)]

    streets = knitted(("Loop", "residential", ring))

    assert (streets.nodes, streets.a.tolist(), streets.b.tolist()) == (1, [0], [0])
    assert streets.lon[0] == streets.lon[-1] == streets.lon.min()


def test_what_is_drawn_twice_is_walked_once():
    """A footpath over a street's own line leaves the street."""
    streets = knitted(MAIN, (None, "footway", MAIN[2][1:3]))

    assert streets.kind.tolist() == [classes().names.index("residential")]


def test_small_islands_are_left_out_and_counted():
    """A street of 100 m that meets nothing is lost; one of 500 m is kept."""
    small = ("Lone", "residential", [(0, 900), (100, 900)])
    large = ("Isle", "residential", [(0, 1900), (500, 1900)])

    done = knit(ways(MAIN, small, large))

    assert done.streets.names == ("Isle", "Lone", "Main St")
    assert done.streets.a.size == 2
    assert (done.islands, round(done.metres)) == (1, 100)


def test_an_island_of_paths_is_left_out_however_large():
    """No door is on a path in a park that no street leads to."""
    done = knit(ways(MAIN, (None, "path", [(0, 900), (2000, 900)])))

    assert (done.streets.a.size, done.islands) == (1, 1)


def test_places_stay_where_they_were():
    """Every place of the network is one that was drawn, and no other."""
    streets = laid(MAIN, ("Elm St", "residential", [(200, 0), (200, 300)]))

    found = np.round(np.column_stack(streets.lines[1:]), 3)
    assert {tuple(one) for one in found.tolist()} == {*MAIN[2], (200, 300)}
