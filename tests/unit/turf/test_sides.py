"""Walks on one side of the street, and walks for two."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import turf
from groundgame.errors import WrongTable
from groundgame.turf import kernels, pairs
from groundgame.turf import walk as walk_room
from groundgame.values import Seed

GROUNDS = [
    turf.WalkPlan(one_side=True, **ends)
    for ends in (
        {},
        {"back": True},
        {"start": (0.0, -50.0)},
        {"finish": (300.0, 90.0)},
        {"start": (0.0, -50.0), "finish": (300.0, 90.0)},
        {"start": (0.0, -50.0), "back": True},
    )
]


def blocks(number=1, streets=4, share=0.6):
    """Return doors on some streets of three blocks each, with their addresses."""
    chance = Seed(number).stream("tests.sides")
    at = np.indices((streets, 30, 2)).reshape(3, -1)
    street, n, side = at[:, chance.random(at.shape[1]) < share]
    doors = pa.table(
        {
            "door_id": [f"d{row:03}" for row in range(n.size)],
            "street": [f"S{one}" for one in street],
            "number": [str(100 * (1 + a // 10) + 2 * (a % 10) + b) for a, b in
                       zip(n, side, strict=True)],
            "x": n * 12.0,
            "y": street * 60.0 + np.where(side, 6.0, -6.0),
        }
    )  # fmt: skip
    return turf.by_address(doors, doors)


def cut(placed, turfs=3):
    """Return the doors in turfs, in no good order."""
    n = placed.num_rows
    number = np.arange(n) * turfs // n
    rows = {"door_id": placed["door_id"], "turf": number + 1, "position": np.arange(n)}
    return pa.table(rows | {"turf": pa.array(number + 1, pa.int32())})


def refuse_crossings(turfs, placed):
    """Refuse a walk that leaves a face before its end, or goes back and forth on it."""
    on, rows = turf.faces(placed), turfs.to_pylist()
    at = {door: row for row, door in enumerate(placed["door_id"].to_pylist())}
    for number in {row["turf"] for row in rows}:
        here = [at[row["door_id"]] for row in rows if row["turf"] == number]
        face, along = on.face[here], on.along[here]
        starts = np.flatnonzero(np.diff(face, prepend=-1))
        assert starts.size == np.unique(face).size
        for part in np.split(along, starts[1:]):
            assert abs(np.sign(np.diff(part)).sum()) == np.count_nonzero(np.diff(part))


@pytest.mark.parametrize("plan", GROUNDS, ids=str)
@pytest.mark.parametrize("number", range(4))
def test_a_walk_on_one_side_crosses_at_the_ends_of_blocks_only(plan, number):
    """Whatever its start and its end: each face is walked once, from end to end."""
    placed = blocks(number)

    after = turf.order(cut(placed), placed, plan=plan)

    assert sorted(after["door_id"].to_pylist()) == placed["door_id"].to_pylist()
    refuse_crossings(after, placed)


def test_one_street_is_walked_up_and_down():
    """Ten doors on each side of one block: 2 x 9 x 12 m, and 12 m across at its end."""
    placed = blocks(share=1.1, streets=1).slice(0, 20)

    after = turf.order(cut(placed, 1), placed, plan=turf.WalkPlan(one_side=True))

    assert turf.measure(after, placed)["metres"].to_pylist() == [2 * 9 * 12 + 12]


def test_a_planted_bug_that_crosses_in_the_middle_is_caught(monkeypatch):
    """The usual walk zigzags where streets are narrow."""
    fired = []
    honest = {name: getattr(kernels, name) for name in kernels.__all__}

    def faced(ground, begins, _face, ends, tries, seed):
        fired.append(1)
        return kernels.led(ground, begins, ends, tries, seed)

    bad = SimpleNamespace(**honest | {"faced": faced})
    monkeypatch.setattr(walk_room, "kernels", lambda: bad)
    placed = blocks()
    after = turf.order(cut(placed), placed, plan=GROUNDS[0])

    with pytest.raises(AssertionError):
        refuse_crossings(after, placed)
    assert fired


def test_without_sides_it_is_said_what_to_give():
    """Places alone do not say who lives across the street."""
    placed = blocks().select(["door_id", "x", "y"])

    with pytest.raises(WrongTable, match="give streets, or doors with street and num"):
        turf.order(cut(placed), placed, plan=GROUNDS[0])


def refuse_unfair(two, placed):
    """Refuse a pair that loses a door, or of whom one has far more than the other."""
    assert sorted(two.turfs["door_id"].to_pylist()) == sorted(
        placed["door_id"].to_pylist()
    )
    assert sum(two.walks["doors"].to_pylist()) == placed.num_rows
    sign = np.where(np.asarray(two.turfs[turf.CANVASSER]) == "A", 1, -1)
    ahead = np.bincount(two.turfs["turf"].to_numpy(), sign)
    assert np.abs(ahead).max() <= pairs.LEAD


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from([0.1, 0.5, 1.1]))
def test_two_have_each_door_once_and_are_done_together(number, streets, share):
    """However many doors are on either side, one has three more at most."""
    placed = blocks(number, streets, share)
    if placed.num_rows < 3:
        return

    two = turf.pair(cut(placed), placed)

    refuse_unfair(two, placed)


def test_two_stay_on_their_sides_where_both_have_as_many():
    """Twenty doors face to face: odd numbers are one's, even numbers the other's."""
    placed = blocks(share=1.1, streets=1).slice(0, 20)

    two = turf.pair(cut(placed, 1), placed).turfs.join(placed, "door_id")

    odd = {(row["canvasser"], int(row["number"]) % 2) for row in two.to_pylist()}
    assert len(odd) == 2


def test_two_walk_in_one_direction():
    """One block: both go up the street, or both come down it."""
    placed = blocks(share=1.1, streets=1).slice(0, 20)
    two = turf.pair(cut(placed, 1), placed).turfs
    at = dict(zip(placed["door_id"].to_pylist(), placed["x"].to_pylist(), strict=True))

    ways = set()
    for who in "AB":
        mine = [r["door_id"] for r in two.to_pylist() if r["canvasser"] == who]
        ways.add(at[mine[-1]] > at[mine[0]])

    assert len(ways) == 1


def test_a_planted_bug_that_gives_one_of_them_everything_is_caught(monkeypatch):
    """Sides alone do not make a fair share: some streets have houses on one only."""
    fired = []
    honest = {name: getattr(kernels, name) for name in kernels.__all__}

    def shared(_turf, _street, left, _takes, _lead, _last):
        fired.append(1)
        return 1 - left

    bad = SimpleNamespace(**honest | {"shared": shared})
    monkeypatch.setattr(pairs, "kernels", lambda: bad)
    placed = blocks()
    odd = np.asarray(placed["number"].cast(pa.int64())) % 2 == 1
    placed = placed.filter(pa.array(odd))

    with pytest.raises(AssertionError):
        refuse_unfair(turf.pair(cut(placed), placed), placed)
    assert fired


def test_a_door_without_a_place_is_not_lost():
    """It comes last, and somebody has it."""
    placed = blocks()
    x = placed["x"].to_numpy().copy()
    x[3] = np.nan
    placed = placed.set_column(placed.column_names.index("x"), "x", pa.array(x))

    two = turf.pair(cut(placed, 1), placed).turfs

    assert two["door_id"].to_pylist()[-1] == "d003"
    assert two.num_rows == placed.num_rows
