"""Walk lists done by hand."""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.errors import UnknownDoors
from tests.unit.turf.towns import placed, shuffled, sizes, street, village, walks


def turfs(*walked):
    """Return a TURFS table of these walks."""
    rows = [
        (door, number, position)
        for number, walk in enumerate(walked, start=1)
        for position, door in enumerate(walk, start=1)
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return pa.table(columns, names=["door_id", "turf", "position"])


def test_a_walk_to_and_fro_becomes_straight():
    """Doors at 0, 10, 20, 30 walked as 0, 30, 10, 20 are 60 metres; straight, 30."""
    before = turfs(["d00000", "d00003", "d00001", "d00002"])

    after = turf.order(before, street(4))

    assert turf.measure(before, street(4))["metres"].to_pylist() == [60]
    assert turf.measure(after, street(4))["metres"].to_pylist() == [30]
    assert len(walks(after)[0]) == 4


def test_no_door_changes_its_turf():
    """Order is within a turf, even where two turfs lie on top of each other."""
    before = turfs(["d00000", "d00002", "d00004"], ["d00005", "d00001", "d00003"])

    after = turf.order(before, street(6))

    assert [sorted(walk) for walk in walks(after)] == [
        sorted(walk) for walk in walks(before)
    ]


def test_a_walk_that_cannot_be_better_stays_as_it_is():
    """Whoever learned a walk by heart need not learn its mirror image."""
    best = turfs(["d00003", "d00002", "d00001", "d00000"])

    assert walks(turf.order(best, street(4))) == walks(best)


def test_doors_without_a_place_come_last():
    """They stay in their turf, after those that can be found, in the order they had."""
    doors = placed([np.nan, 20, 0, np.inf, 10], ids=list("abcde"))

    after = turf.order(turfs(["a", "b", "c", "d", "e"]), doors)

    (walk,) = walks(after)
    assert walk[:3] in (["c", "e", "b"], ["b", "e", "c"])
    assert walk[3:] == ["a", "d"]
    (row,) = turf.measure(after, doors).to_pylist()
    assert row == {"turf": 1, "doors": 5, "metres": 20}


def test_a_building_is_one_stop():
    """Its doors follow one another, in the order they had."""
    doors = placed([0, 50, 0, 50, 100], ids=list("abcde"))

    (walk,) = walks(turf.order(turfs(["c", "e", "b", "a", "d"]), doors))

    assert walk in (["c", "a", "b", "d", "e"], ["e", "b", "d", "c", "a"])


def test_a_turf_of_many_hundred_stops_can_be_ordered():
    """Too large for a table of all distances, it is still one door after the other."""
    doors = street(1500, gap=4.0)
    before = turfs(shuffled(doors)["door_id"].to_pylist(), ["d00000x"])
    more = pa.concat_tables([doors, placed([3.0], ids=["d00000x"])])

    after = turf.order(before, more)

    assert sizes(after) == [1500, 1]
    assert turf.measure(after, more)["metres"].to_pylist()[0] < 1.2 * 1499 * 4


def test_doors_that_are_not_in_the_table_are_refused():
    """The message counts them, and names none."""
    with pytest.raises(UnknownDoors, match="2 doors of these turfs") as refusal:
        turf.order(turfs(["d00000", "nowhere", "gone"]), street(1))
    assert "nowhere" not in str(refusal.value)


def test_row_order_changes_no_walk():
    """Turf numbers and positions say what the order is, not the rows."""
    cut = turf.cut(village(200)).turfs

    assert walks(turf.order(shuffled(cut), village(200))) == walks(
        turf.order(cut, shuffled(village(200)))
    )
