"""The printed list that a cut is held against."""

import numpy as np
import pyarrow as pa

from groundgame import turf
from tests.unit.turf.towns import walks


def test_a_list_is_in_the_order_of_streets_and_numbers():
    """Numbers are numbers: 9 before 10, 221-5 before 221-31; no number comes last."""
    doors = pa.table(
        {
            "door_id": list("abcdefg"),
            "street": ["ELM ST"] * 4 + ["ASH ST"] * 3,
            "number": ["10", "9", None, "9A", "221-31", "221-5", "30"],
        }
    )

    (walk,) = walks(turf.street_order(doors, 1))

    assert walk == ["g", "f", "e", "b", "d", "a", "c"]


def test_a_list_is_divided_into_turfs_of_one_size():
    """Seven doors in three turfs: three, two and two of them."""
    doors = pa.table(
        {
            "door_id": list("gfedcba"),
            "street": ["ELM ST"] * 7,
            "number": [str(n) for n in range(7)],
        }
    )

    lists = walks(turf.street_order(doors, 3))

    assert lists == [["g", "f", "e"], ["d", "c"], ["b", "a"]]


def test_streets_of_two_cities_are_two_streets():
    """Elm Street of Northfield is walked to its end before that of Southfield."""
    doors = pa.table(
        {
            "door_id": list("abcd"),
            "city": ["SOUTHFIELD", "NORTHFIELD"] * 2,
            "street": ["ELM ST"] * 4,
            "number": ["1", "2", "3", "4"],
        }
    )

    assert walks(turf.street_order(doors, 1)) == [["b", "d", "a", "c"]]


def test_a_list_may_have_turfs_of_the_sizes_of_a_cut():
    """By street, then by number and unit; no number last; two doors, then three."""
    doors = pa.table(
        {
            "door_id": ["a", "b", "c", "d", "e"],
            "city": ["Elm"] * 5,
            "street": ["Oak St", "Elm St", "Elm St", "Elm St", "Elm St"],
            "number": ["1", "10", "9", "9", None],
            "unit": [None, None, "2", "1", None],
        }
    )

    lists = walks(turf.street_order(doors, np.array([2, 3])))

    assert lists == [["d", "c"], ["b", "e", "a"]]
