"""Draws that anybody can repeat."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundgame import experiment
from groundgame.errors import CannotAssign
from groundgame.experiment import draw as room
from groundgame.values import Seed
from tests.unit.experiment.worlds import table

HALVES = {"visit": 1.0, "control": 1.0}


def doors(count, **more):
    """Return so many doors."""
    return table(door=[f"d{n:04}" for n in range(count)], **more)


def drawn(units, number=1, arms=HALVES, **columns):
    """Return the arm of each unit."""
    draw = experiment.Draw(arms, Seed(number), "door", **columns)
    told = experiment.assign(units, draw)
    return dict(zip(told["door"].to_pylist(), told["arm"].to_pylist(), strict=True))


@given(st.integers(2, 40), st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_draws_nobody_into_another_arm(count, number, chance):
    """Sorting a spreadsheet must not undo a draw that was published."""
    order = list(range(count))
    chance.shuffle(order)

    assert drawn(doors(count), number) == drawn(doors(count).take(order), number)


@given(st.integers(1, 9), st.integers(2, 7), st.integers(0, 10**6))
def test_each_block_is_halved(blocks, size, number):
    """A town in which all of one street is visited says nothing of that street."""
    units = doors(blocks * size, street=[n % blocks for n in range(blocks * size)])
    arms = drawn(units, number, block="street")
    counts = Counter((int(door[1:]) % blocks, arm) for door, arm in arms.items())

    assert {abs(2 * n - size) for n in counts.values()} <= {size % 2}


@given(st.integers(2, 12), st.integers(0, 10**6))
def test_a_cluster_goes_whole_into_one_arm(clusters, number):
    """Neighbours talk: who lives behind one door is visited together, or not at all."""
    units = doors(3 * clusters, house=[n % clusters for n in range(3 * clusters)])
    arms = drawn(units, number, cluster="house")

    assert (
        len({(int(door[1:]) % clusters, arm) for door, arm in arms.items()}) == clusters
    )


def share_of_visits(draws=2000):
    """Return how often each of five doors falls to an arm of one in three."""
    arms = {"visit": 1.0, "control": 2.0}
    hits = [drawn(doors(5), number, arms).values() for number in range(draws)]
    return np.mean([[arm == "visit" for arm in hit] for hit in hits], axis=0)


def test_each_unit_has_the_probability_that_was_asked_for():
    """A third of five is no whole number; still each door has one chance in three."""
    assert share_of_visits() == pytest.approx(np.full(5, 1 / 3), abs=0.04)


def test_rounding_always_down_is_caught(monkeypatch):
    """The planted bug: a third of five is one, always, so each has a chance of .2."""
    fired = []

    def down(sizes, shares, _):
        fired.append(True)
        counts = np.floor(sizes[:, None] * shares).astype(int)
        counts[:, -1] += sizes - counts.sum(axis=1)
        return counts

    monkeypatch.setattr(room, "_rounded", down)

    assert (share_of_visits(500) < 0.28).all()
    assert fired


@pytest.mark.parametrize(
    ("units", "columns", "words"),
    [
        (table(door=["a", "a", "b"]), {}, "1 rows that repeat a door"),
        (table(door=["a", None]), {}, "1 cells that are empty"),
        (table(home=["a", "b"]), {}, "no column door"),
        (table(door=["a"]), {}, "1 of door for 2 arms"),
        (table(door=["a", "b"], arm=["x", "y"]), {}, "a column arm already"),
        (
            table(door=["a", "b", "c"], house=[1, 1, 2], street=[1, 2, 2]),
            {"cluster": "house", "block": "street"},
            "1 values of house lie in several values of street",
        ),
    ],
)
def test_what_cannot_be_drawn_says_why_and_what_to_do(units, columns, words):
    """A draw that goes wrong silently spoils a year's work."""
    with pytest.raises(CannotAssign, match="What to do") as refusal:
        drawn(units, **columns)

    assert words in str(refusal.value)
