"""What a design can see, whether a draw came out even, and looks at any time."""

from dataclasses import replace

import numpy as np
import pytest

from groundgame import experiment
from groundgame.experiment.always import always_valid
from groundgame.experiment.means import Estimate
from groundgame.values import Seed
from tests.unit.experiment.worlds import table

WORK = experiment.Work(units=3000, contact=0.35, baseline=0.5)


def test_what_3000_doors_see_done_by_hand():
    """2.8016 · √(.25 / 750) is 5.1 points on the assigned; by .35 on the reached."""
    plain, placebo = experiment.designs(WORK)

    assert plain.on_assigned == pytest.approx(0.05115, abs=5e-6)
    assert plain.on_reached == pytest.approx(0.05115 / 0.35, abs=2e-5)
    assert plain.hours == pytest.approx(1500 * 0.35 / 2.5)
    assert placebo.on_reached == pytest.approx(2.8016 * np.sqrt(0.25 / 262.5), abs=5e-6)
    assert placebo.hours == pytest.approx(2 * plain.hours)


def test_the_formula_is_what_invented_outcomes_show():
    """Four of five draws see the effect that the formula says they see."""
    effect = experiment.designs(WORK)[0].on_reached

    assert experiment.simulated(WORK, effect, 400, Seed(3)) == pytest.approx(
        0.8, abs=0.06
    )


WAYS = {
    "placebo": (WORK, True),
    "clusters": (replace(WORK, cluster=4.0, alike=0.2), False),
    "clusters, placebo": (replace(WORK, cluster=4.0, alike=0.2), True),
    "survey": (replace(WORK, explained=0.4, answering=0.5), False),
    "survey, placebo": (replace(WORK, explained=0.4, answering=0.5), True),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_design_sees_as_often_as_its_formula_says(way):
    """With a placebo, with clusters, with a survey before: four of five."""
    work, placebo = WAYS[way]
    (seen,) = (
        one
        for one in experiment.designs(work)
        if one.placebo == placebo and one.survey == bool(work.explained)
    )
    found = experiment.simulated(work, seen.on_reached, 300, Seed(5), placebo=placebo)

    assert found == pytest.approx(0.8, abs=0.07)
    assert experiment.power(work, [seen.on_reached], placebo=placebo) == [
        pytest.approx(0.8, abs=0.001)
    ]


def test_forgetting_clusters_promises_too_much():
    """The planted bug: power of clusters that are alike, taken for single units."""
    work = replace(WORK, cluster=10.0, alike=0.3)
    naive = experiment.designs(WORK)[0].on_reached

    assert experiment.simulated(work, naive, 200, Seed(6)) < 0.5


def test_a_survey_before_costs_the_hours_of_asking_everybody():
    """3,000 are asked at .05 hours; 40 of 100 answer, and half of them are visited."""
    work = replace(WORK, explained=0.3, answering=0.4, asking=0.05)
    plain = experiment.designs(work)[2]

    assert plain.asking == pytest.approx(150)
    assert plain.hours == pytest.approx(3000 * 0.4 * 0.5 * 0.35 / 2.5)
    assert plain.all_hours == pytest.approx(150 + plain.hours)


def balanced(lean):
    """Return the p-value of balance of two arms of which one is older by so much."""
    chance = Seed(4).stream("tests.balance")
    arm = np.repeat([0, 1], 40)
    units = table(
        arm=["no"] * 40 + ["visit"] * 40,
        voted=[0.0] * 80,
        age=chance.normal(50 + lean * arm, 10),
        home=chance.normal(0, 1, 80),
    )
    asked = experiment.Question("voted", "arm", "no", covariates=("age", "home"))
    again = experiment.Redraw(500, Seed(1))
    return experiment.balance(experiment.gather(units, asked), again).p


def test_arms_that_differ_are_seen_and_arms_that_do_not_are_not():
    """Somebody who put the old into one arm by hand must not go unnoticed."""
    assert balanced(0) > 0.05
    assert balanced(15) < 0.01


def false_alarms(interval):
    """Return how often daily looks at nothing at all find something."""
    alarms = 0
    for number in range(200):
        luck = Seed(number).stream("tests.always").normal(size=1000)
        for seen in range(50, 1001, 10):
            error = luck[:seen].std() / np.sqrt(seen)
            low, high = interval(Estimate(luck[:seen].mean(), error, seen - 1.0), seen)
            if not low <= 0 <= high:
                alarms += 1
                break
    return alarms / 200


def test_daily_looks_are_not_fooled_and_the_usual_interval_is():
    """The planted bug is to look at the usual interval a hundred times."""
    assert false_alarms(lambda found, seen: always_valid(found, seen, 1000)) <= 0.05
    usual = lambda found, _: (  # noqa: E731
        found.value - 1.96 * found.error,
        found.value + 1.96 * found.error,
    )
    assert false_alarms(usual) > 0.2


def test_a_changed_design_has_another_number():
    """What was fixed before the first knock cannot be bent afterwards unseen."""
    units = table(door=["b", "a", "c"])
    draw = experiment.Draw({"visit": 1.0, "no": 1.0}, Seed(1), "door")
    fixed = experiment.register(units, draw, "Do visits help?", "voted")
    other = experiment.register(units, draw, "Do visits help?", "registered")

    again = experiment.register(units.take([2, 0, 1]), draw, "Do visits help?", "voted")
    assert again.sha256 == fixed.sha256
    assert other.sha256 != fixed.sha256
