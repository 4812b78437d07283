"""A pace fitted to conversations gives back the pace that made them."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.tables import KNOCKS
from groundgame.turf import Pace, fit, fitted
from groundgame.values import Seed
from tests.unit.turf.towns import placed

BRISK = Pace(speed=1.8, knock=45.0, opens=0.4, opening=120.0, question=50.0)
SLOW = Pace(speed=0.8, knock=120.0, opens=0.1, opening=30.0, question=15.0)


def evenings(pace, walks=20, doors=60, number=1, pauses=0.05):
    """Return what canvassers of this pace recorded, and where the doors are."""
    chance = Seed(number).stream("tests.fit")
    n = walks * doors
    x = chance.uniform(0, 4000, n)
    town = placed(x)
    contact = chance.random(n) < pace.opens
    answers = np.where(contact, chance.integers(0, 6, n), 0)
    metres = np.abs(np.diff(x, prepend=x[0]))
    metres = np.minimum(metres, 400) * (np.diff(np.arange(n) // doors, prepend=-1) == 0)
    x = np.cumsum(metres)
    town = placed(x)
    took = pace.knock + contact * (pace.opening + pace.question * answers)
    took = took * chance.gamma(20, 1 / 20, n) + metres / pace.speed
    took = took + (chance.random(n) < pauses) * chance.uniform(300, 3000, n)
    knocks = pa.table(
        {
            "walk": [f"w{row // doors}" for row in range(n)],
            "at": np.cumsum(took),
            "door_id": town["door_id"],
            "contact": contact,
            "answers": answers,
        }
    )
    return KNOCKS.conform(knocks), town


def refuse_other(found, truth, within=0.12):
    """Refuse a pace that is another."""
    for name in (*fit.NAMES, "opens"):
        value, true = getattr(found.pace, name), getattr(truth, name)
        assert value == pytest.approx(true, rel=within, abs=0.03), name


@pytest.mark.parametrize("truth", [BRISK, Pace()], ids=["brisk", "as assumed"])
@pytest.mark.parametrize("number", range(3))
def test_the_pace_that_made_a_log_comes_back(truth, number):
    """1,200 doors, with a pause at one in twenty: each number within 12 %."""
    found = fitted(*evenings(truth, number=number))

    refuse_other(found, truth)
    assert (found.doors, found.enough) == (1200, True)


@settings(max_examples=10, deadline=None)
@given(st.floats(0.7, 2.0), st.floats(30, 150), st.floats(0.1, 0.6), st.integers(0, 99))
def test_speed_and_knock_come_back_whatever_they_are(speed, knock, opens, number):
    """Within an eighth, or twelve seconds at the door, for walkers slow and fast."""
    truth = replace(Pace(), speed=speed, knock=knock, opens=opens)

    found = fitted(*evenings(truth, number=number)).pace

    assert found.speed == pytest.approx(speed, rel=0.125)
    assert found.knock == pytest.approx(knock, rel=0.125, abs=12.0)
    assert found.opens == pytest.approx(opens, abs=0.05)


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    """Of 40 logs without pauses, four in five intervals or more hold the speed."""
    held = 0
    for number in range(40):
        low, high = fitted(
            *evenings(BRISK, walks=8, number=number, pauses=0.0)
        ).between["speed"]
        held += low <= BRISK.speed <= high

    assert held >= 32


def test_a_few_doors_move_it_hardly():
    """Four doors of somebody very slow are no reason to halve every turf."""
    found = fitted(*evenings(SLOW, walks=1, doors=4, pauses=0.0))

    assert not found.enough
    assert found.pace.opens == pytest.approx(0.25, abs=0.05)
    assert abs(found.pace.speed - 1.3) < abs(found.pace.speed - SLOW.speed)


def test_no_conversations_give_the_assumed_pace():
    """Nothing said, nothing learned."""
    found = fitted(KNOCKS.empty(), placed([0.0, 1.0]))

    assert found.pace == Pace()
    assert (found.doors, found.gaps, found.enough) == (0, 0, False)


def test_the_order_of_rows_changes_nothing():
    """A log is a set."""
    knocks, town = evenings(BRISK, walks=3)
    rows = Seed(2).stream("tests.fit.rows").permutation(knocks.num_rows)

    assert fitted(knocks.take(rows), town) == fitted(knocks, town)


def test_several_people_behind_one_door_are_one_knock():
    """Three records at one door, a minute apart: one door, one conversation."""
    rows = [("w", at, "d00000", at == 60, 0) for at in (0, 60, 120)]
    knocks = pa.table(
        dict(zip(KNOCKS.names, map(list, zip(*rows, strict=True)), strict=True))
    )

    found = fitted(knocks, placed([0.0]))

    assert (found.doors, found.conversations, found.gaps) == (1, 1, 0)


def test_a_door_that_nobody_knows_is_passed_over():
    """It counts for the contact rate, and no walk goes to it."""
    knocks, town = evenings(BRISK, walks=2, pauses=0.0)

    found = fitted(knocks, town.slice(60))

    assert (found.doors, found.gaps) == (120, 59)


def believes_pauses(monkeypatch, fired):
    """All gaps count alike, however odd."""
    honest = fit._step

    def step(parts, gap, counts, *more):
        fired.append(1)
        return honest(parts, gap, counts * 0 + counts.max(), *more)

    monkeypatch.setattr(fit, "PAUSE", 1e9)
    monkeypatch.setattr(fit, "_step", step)


def takes_the_door_before(monkeypatch, fired):
    """The talk is put down to the door that was knocked on next."""
    honest = fit._doors

    def shifted(*given):
        fired.append(1)
        doors = honest(*given)
        return replace(doors, contact=np.roll(doors.contact, 1))

    monkeypatch.setattr(fit, "_doors", shifted)


def forgets_the_walk(monkeypatch, fired):
    """All doors are taken to be at one place."""
    honest = fit._metres

    def at_one_place(*given):
        fired.append(1)
        return honest(*given) * 0.0

    monkeypatch.setattr(fit, "_metres", at_one_place)


def never_listens(monkeypatch, fired):
    """The assumed pace is held against any evidence."""

    def same(_parts, _gap, _counts, start, _pull):
        fired.append(1)
        return start

    monkeypatch.setattr(fit, "_step", same)


@pytest.mark.parametrize(
    "plant",
    [believes_pauses, takes_the_door_before, forgets_the_walk, never_listens],
)
def test_a_planted_bug_is_caught(monkeypatch, plant):
    """Each was run, and gives another pace than the one that made the log."""
    fired = []
    log = evenings(BRISK)
    plant(monkeypatch, fired)

    with pytest.raises(AssertionError):
        refuse_other(fitted(*log), BRISK)
    assert fired
