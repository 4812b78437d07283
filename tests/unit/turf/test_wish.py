"""Turfs for a volunteer, and turfs around a meeting place."""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.turf import Wishes
from tests.unit.turf.towns import placed, village

PACE = turf.Pace(speed=1.0, knock=60, opens=0.0, floor=60)


def three():
    """Return turfs: 1 is at 0 m, 2 at 1,000 m and longer, 3 at 2,000 m and in a tower.

    Turf 1 has three doors in a row, turf 2 three doors 300 m apart, turf 3 two doors.
    """
    town = placed([0, 10, 20, 1000, 1300, 1600, 2000, 2000])
    town = town.append_column(
        "unit", pa.array([None, "", None, None, None, None, "2A", "7"])
    )
    rows = {"turf": pa.array([1, 1, 1, 2, 2, 2, 3, 3], pa.int32())}
    position = pa.array([1, 2, 3, 1, 2, 3, 1, 2], pa.int32())
    return pa.table({"door_id": town["door_id"], **rows, "position": position}), town


def picked(**wishes):
    """Return the turfs that would do, best first."""
    return turf.pick(*three(), Wishes(**wishes), PACE, questions=0)


@pytest.mark.parametrize(
    ("wishes", "order"),
    [
        ({"near": (0.0, 0.0)}, [1, 2, 3]),
        ({"near": (2100.0, 0.0)}, [3, 2, 1]),
        ({"near": (2100.0, 0.0), "no_stairs": True}, [2, 1]),
        ({"near": (1000.0, 0.0), "home": (1500.0, 0.0)}, [2, 3, 1]),
        ({"near": (530.0, 0.0)}, [2, 1, 3]),
        ({"near": (530.0, 0.0), "short": True}, [1, 2, 3]),
        ({"near": (600.0, 0.0), "bicycle": True}, [2, 1, 3]),
        ({"short": True}, [3, 1, 2]),
        ({}, [1, 2, 3]),
    ],
    ids=str,
)
def test_the_best_comes_first(wishes, order):
    """Done by hand: three turfs along one street."""
    assert picked(**wishes)["turf"].to_pylist() == order


def test_what_is_said_of_a_turf_is_so():
    """Turf 2: 3 min of knocking, 600 m at 1 m/s; turf 3 has a floor nobody knows."""
    _one, two, three_ = sorted(
        picked(near=(900.0, 0.0), home=(900.0, 300.0), bicycle=True).to_pylist(),
        key=lambda row: row["turf"],
    )

    saved = 2 * (300 - 300 / 4.2 - 40) / 60
    assert two["saved"] == pytest.approx(saved)
    assert two["minutes"] == pytest.approx(3 + 10 - saved)
    assert (two["away"], two["metres"]) == (100, 600)
    assert two["detour"] == pytest.approx(100 + np.hypot(100, 300) - 300)
    assert (three_["floors"], three_["unknown"]) == (1, 1)


def test_a_turf_without_a_place_is_not_offered():
    """Nobody can be sent there."""
    turfs, town = three()
    nowhere = town.set_column(1, "x", pa.array([np.nan] * 3 + [0.0] * 5))

    offers = turf.pick(turfs, nowhere, Wishes())

    assert sorted(offers["turf"].to_pylist()) == [2, 3]


@pytest.mark.parametrize("turfs", [1, 3, 6])
def test_as_many_turfs_as_volunteers(turfs):
    """Around the middle of a village: that many, no shift too long, most of it used."""
    town = village(600)

    made = turf.meet(town, (500.0, 500.0), turfs, 60, PACE, questions=0)

    load = made.summary["load"].to_numpy()
    assert made.summary.num_rows == turfs
    assert sorted(set(made.turfs["turf"].to_pylist())) == list(range(1, turfs + 1))
    assert load.max() <= 60
    assert load.mean() >= 0.75 * 60


def test_they_are_those_near_the_place():
    """Of doors at two ends of a county, none is taken at the other end."""
    here, there = village(200), village(200, number=2)
    both = placed(
        np.concatenate((here["x"].to_numpy(), there["x"].to_numpy() + 50_000)),
        np.concatenate((here["y"].to_numpy(), there["y"].to_numpy())),
    )

    made = turf.meet(both, (500.0, 500.0), 2, 60, PACE, questions=0)

    at = dict(zip(both["door_id"].to_pylist(), both["x"].to_pylist(), strict=True))
    assert max(at[door] for door in made.turfs["door_id"].to_pylist()) < 1000


def test_fewer_doors_than_volunteers_are_fewer_turfs():
    """Three doors are one turf, and nobody gets an empty list."""
    made = turf.meet(placed([0.0, 5.0, 10.0]), (0.0, 0.0), 8, 60)

    assert 1 <= made.summary.num_rows <= 3
    assert made.turfs.num_rows == 3


def test_no_turf_is_no_wish():
    """It is said, and nothing is cut."""
    with pytest.raises(ValueError, match="turfs is from 1 up"):
        turf.meet(placed([0.0]), (0.0, 0.0), 0, 60)
