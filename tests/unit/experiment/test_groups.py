"""Groups with restraint: luck is told from a difference, and several arms from one."""

from dataclasses import replace

import numpy as np
import pytest

from groundgame import experiment
from groundgame.errors import CannotAnalyse
from groundgame.values import Seed
from tests.unit.experiment.worlds import table

ASKED = experiment.Question("voted", "arm", "no")


def people(number, effects):
    """Return a table of 200 people in each of some groups, with an effect in each."""
    chance = Seed(number).stream("tests.groups")
    arm = np.tile([0, 1], 100 * len(effects))
    group = np.repeat(np.arange(len(effects)), 200)
    voted = chance.random(len(arm)) < 0.4 + np.array(effects)[group] * arm
    names = np.array(["no", "visit"])[arm].tolist()
    ward = [f"w{one}" for one in group]
    return table(voted=voted.astype(int), arm=names, ward=ward)


def differ(number, effects):
    """Return the p-value of groups being alike, and the groups."""
    rows = people(number, effects)
    (found,) = experiment.groups(experiment.gather(rows, ASKED), rows, "ward")
    return found


def test_groups_that_are_alike_look_unlike_one_time_in_twenty():
    """With one effect in all of them, p is below .05 as seldom as it says."""
    low = [differ(number, [0.1] * 4).p < 0.05 for number in range(300)]

    assert 0.02 <= np.mean(low) <= 0.09


def test_groups_that_differ_are_seen():
    """An effect in one group only is no luck."""
    assert differ(1, [0.0, 0.0, 0.4]).p < 0.01


def test_the_best_of_many_groups_is_not_believed():
    """Widened intervals hold all of eight groups' truth nineteen times in twenty."""
    misses = 0
    for number in range(200):
        found = differ(number, [0.0] * 8).groups
        misses += any(not one.told.ci[0] <= 0 <= one.told.ci[1] for one in found)

    assert misses / 200 <= 0.09


def test_looking_without_widening_is_caught():
    """The planted bug: each group at its own 95 % shows an effect far too often."""
    misses = 0
    for number in range(200):
        found = differ(number, [0.0] * 8).groups
        misses += any(
            abs(one.told.estimate) > 1.96 * one.told.std_error for one in found
        )

    assert misses / 200 > 0.2


def test_several_arms_have_intervals_that_hold_together():
    """Three arms of no effect: all three intervals hold nothing 19 times in 20."""
    chance = Seed(3).stream("tests.arms")
    arm = np.repeat(["a", "b", "c", "no"], 60).tolist()
    together = alone = 0
    for _ in range(300):
        rows = table(voted=chance.normal(size=240), arm=arm)
        arms = experiment.estimate(experiment.gather(rows, ASKED)).arms
        together += all(low <= 0 <= high for low, high in (a.ci_together for a in arms))
        alone += all(one.told.ci[0] <= 0 <= one.told.ci[1] for one in arms)

    assert together / 300 >= 0.93
    assert alone < together


def test_small_groups_are_left_out_and_counted():
    """Nine people say nothing; they are counted as left out, and not shown."""
    rows = people(1, [0.1, 0.1])
    ward = ["tiny" if n < 9 else one for n, one in enumerate(rows["ward"].to_pylist())]
    rows = rows.set_column(2, "ward", [ward])
    (found,) = experiment.groups(experiment.gather(rows, ASKED), rows, "ward")

    assert [one.group for one in found.groups] == ["w0", "w1"]
    assert found.left_out == 9


def test_a_column_that_is_not_there_is_refused():
    """And so is one of more groups than anybody should look at."""
    rows = people(1, [0.1])
    trial = experiment.gather(rows, ASKED)
    with pytest.raises(CannotAnalyse, match="no column shoe"):
        experiment.groups(trial, rows, "shoe")
    many = rows.append_column("id", [[str(n) for n in range(rows.num_rows)]])
    with pytest.raises(CannotAnalyse, match="200 groups of id"):
        experiment.groups(trial, many, "id")


def test_rows_that_are_left_out_keep_the_others_in_their_groups():
    """Blocks of one arm go; whoever stays is in the ward that the table says."""
    rows = people(1, [0.0, 0.0])
    arm = ["visit"] * 40 + rows["arm"].to_pylist()
    more = table(
        voted=[1] * 40 + rows["voted"].to_pylist(),
        arm=arm,
        ward=["w9"] * 40 + rows["ward"].to_pylist(),
        block=["alone"] * 40 + ["b"] * rows.num_rows,
    )
    asked = experiment.Question("voted", "arm", "no", block="block")
    (found,) = experiment.groups(experiment.gather(more, asked), more, "ward")

    (plain,) = experiment.groups(experiment.gather(rows, ASKED), rows, "ward")
    assert [one.group for one in found.groups] == ["w0", "w1"]
    for one, other in zip(found.groups, plain.groups, strict=True):
        assert one.told.estimate == pytest.approx(other.told.estimate)


def test_a_group_of_one_cluster_is_left_out_and_the_others_are_shown():
    """A ward that is one street in each arm has no spread: it says nothing."""
    rows = people(1, [0.1, 0.1])
    streets = [f"{n}" for n in range(200)] + ["x", "y"] * 100
    rows = rows.append_column("street", [streets])
    asked = experiment.Question("voted", "arm", "no", cluster="street")
    (found,) = experiment.groups(experiment.gather(rows, asked), rows, "ward")

    assert [one.group for one in found.groups] == ["w0"]
    assert found.left_out == 200


def test_a_group_whose_blocks_say_nothing_does_not_stop_the_others():
    """Two blocks with nobody in common with the control: left out, and counted."""
    rows = people(1, [0.1, 0.1])
    arms = np.array(rows["arm"].to_pylist())
    ward = np.array(rows["ward"].to_pylist())
    lonely = np.where(arms == "no", "b1", "b2")
    rows = rows.append_column("block", [np.where(ward == "w1", lonely, "b1").tolist()])
    trial = experiment.gather(rows, ASKED)
    block = (np.array(rows["block"].to_pylist()) == "b2").astype(int)
    (found,) = experiment.groups(replace(trial, block=block), rows, "ward")

    assert [one.group for one in found.groups] == ["w0"]
    assert found.left_out == 200
