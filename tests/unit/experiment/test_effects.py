"""What an experiment says, by hand where it can be."""

import numpy as np
import pytest

from groundgame import experiment
from groundgame.errors import CannotAnalyse
from groundgame.values import Seed
from tests.unit.experiment.worlds import table

ASKED = experiment.Question("voted", "arm", "no")
NONSENSE = [
    ({"arm": ["no", "no"], "voted": [0, 1]}, "1 arms"),
    ({"arm": ["a", "b"], "voted": [0, 1]}, "the control 'no'"),
    ({"arm": ["a", "no", None], "voted": [0, 1, 1]}, "1 rows without an arm"),
    ({"arm": ["a", "no", "no"], "voted": [None, 1, 0]}, "nobody of the arm 'a'"),
    ({"arm": ["a", "no", "no"], "voted": [1, 1, 0]}, "one unit in the arm 'a'"),
    ({"arm": ["a", "a", "no", "no"], "voted": [1] * 4}, "the same outcome"),
    ({"arm": ["a", "no"], "voted": ["often", "no"]}, "1 cells of voted"),
    (
        {
            "arm": ["a", "no", "a", "no"],
            "voted": [1, 0, 1, 0],
            "cluster": [1, 1, 2, 3],
        },
        "more than one arm in 1 of 3 values of cluster",
    ),
    (
        {
            "arm": ["a", "a", "no", "no"],
            "voted": [1, 0, 1, 0],
            "block": [1, 1, 2, 2],
        },
        "one arm only in 2 of 2 values of block",
    ),
    (
        {
            "arm": ["a", "a", "no", "no"],
            "voted": [1, 0, 1, 0],
            "cluster": [1, 1, 2, 2],
            "block": [1, 2, 1, 2],
        },
        "values of cluster that lie in several values of block (2 more",
    ),
    (
        {"arm": ["a", "no", "no"], "voted": [1, 0, 1], "contacted": [2, 0, 0]},
        "other values than 0 and 1",
    ),
    (
        {"arm": ["a", "no", "no"], "voted": [1, 0, 1], "weights": [1.0, 0.0, 2.0]},
        "1 weights that are missing",
    ),
]


def one(**columns):
    """Return what the only arm of a small table says."""
    names = {"cluster", "block", "contacted", "weights"} & set(columns)
    asked = experiment.Question("voted", "arm", "no", **{name: name for name in names})
    return experiment.estimate(experiment.gather(table(**columns), asked)).arms[0]


def test_two_arms_of_two_done_by_hand():
    """Means 1 and 1/2; s² = 1/2 in one arm of two: the variance is 0/2 + (1/2)/2."""
    arm = one(arm=["visit", "visit", "no", "no"], voted=[1, 1, 1, 0])

    assert arm.told.estimate == pytest.approx(0.5)
    assert arm.told.std_error == pytest.approx(0.5)
    assert arm.told.df == pytest.approx(1.0)


def test_yes_and_no_are_one_and_nothing():
    """Published files say Yes and No as often as 1 and 0."""
    arm = one(arm=["visit", "visit", "no", "no"], voted=["Yes", "yes ", "Yes", "No"])

    assert arm.told.estimate == pytest.approx(0.5)


def test_pairs_done_by_hand():
    """Differences 1, 0 and 1 around 2/3: s² = 1/3, divided by three pairs."""
    arm = one(arm=["visit", "no"] * 3, voted=[1, 0, 1, 1, 1, 0], block=list("aabbcc"))

    assert arm.told.estimate == pytest.approx(2 / 3)
    assert arm.told.std_error == pytest.approx(1 / 3)
    assert arm.told.df == pytest.approx(2.0)


def test_clusters_of_one_size_are_their_means():
    """Cluster means 1, 1/2 against 0, 1/2: s² = 1/8 each, over two: 1/16 + 1/16."""
    arm = one(
        arm=["visit"] * 4 + ["no"] * 4,
        voted=[1, 1, 1, 0, 0, 0, 1, 0],
        cluster=[1, 1, 2, 2, 3, 3, 4, 4],
    )

    assert arm.told.estimate == pytest.approx(0.5)
    assert arm.told.std_error == pytest.approx(np.sqrt(1 / 8))
    assert arm.told.df == pytest.approx(2.0)


def test_the_effect_on_those_reached_is_the_ratio():
    """Half were reached, so what assignment changed is half of what a visit did."""
    arm = one(
        arm=["visit"] * 4 + ["no"] * 4,
        voted=[1, 1, 1, 0, 0, 0, 1, 0],
        contacted=[1, 1, 0, 0, 0, 0, 0, 0],
    )

    assert arm.cace.contact.estimate == pytest.approx(0.5)
    assert arm.cace.told.estimate == pytest.approx(1.0)


def test_weights_undo_unequal_probabilities():
    """Who had one chance in four stands for four: (4·1 + 4/3·0) / (16/3) = 3/4."""
    arm = one(
        arm=["visit", "visit", "no", "no"],
        voted=[1, 0, 0, 0],
        weights=[4.0, 4 / 3, 1.0, 1.0],
    )

    assert arm.told.estimate == pytest.approx(0.75)


def test_a_lost_outcome_widens_what_can_be_true():
    """One of two lost in the arm: its mean is anything from 1/2 to 1."""
    arm = one(arm=["visit", "visit", "visit", "no", "no"], voted=[1, 1, None, 0, 1])

    assert arm.missing == 1
    assert arm.bounds.worst == pytest.approx((2 / 3 - 1 / 2, 1 - 1 / 2))


def test_drawing_again_counts_all_ways_of_three_and_three():
    """One of the 20 ways to choose three of six is as large upward: p is 1/20."""
    columns = {"arm": ["visit"] * 3 + ["no"] * 3, "voted": [4, 5, 6, 1, 2, 3]}
    again = experiment.Redraw(20_000, Seed(5), "greater")
    trial = experiment.gather(table(**columns), ASKED)
    arm = experiment.estimate(trial, experiment.Wish(redraw=again)).arms[0]

    assert arm.redrawn.p == pytest.approx(1 / 20, abs=0.006)


@pytest.mark.parametrize(("columns", "words"), NONSENSE)
def test_what_cannot_be_analysed_says_why_and_what_to_do(columns, words):
    """An answer to the wrong question is worse than none."""
    with pytest.raises(CannotAnalyse, match="What to do") as refusal:
        one(**columns)

    assert words in str(refusal.value)


def test_a_person_who_comes_twice_is_refused():
    """Two rows of one person would count one person's luck twice."""
    asked = experiment.Question("voted", "arm", "no", unit="id")
    columns = {"arm": ["a", "a", "no"], "voted": [1, 1, 0], "id": [7, 7, 8]}

    with pytest.raises(CannotAnalyse, match="repeat a id"):
        experiment.gather(table(**columns), asked)


def test_a_contact_in_the_control_is_told_and_stays_there():
    """Contamination makes effects smaller; moving the unit would make them wrong."""
    columns = {
        "arm": ["a", "a", "no", "no"],
        "voted": [1, 0, 1, 0],
        "reached": [1, 1, 1, 0],
    }
    asked = experiment.Question("voted", "arm", "no", contacted="reached")
    found = experiment.estimate(experiment.gather(table(**columns), asked))

    assert found.control.n == 2
    assert "1 units of the control were contacted anyway" in found.notes[0]
