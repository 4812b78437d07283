"""Cuts in people, and in minutes of a shift: their limits hold, and go on to hold."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from groundgame import turf as engine
from groundgame.errors import BeyondLimits
from groundgame.server.actions import cuts, edits, loads, recut

pytestmark = pytest.mark.django_db


def cut(world, measure, least, most):
    """Cut the universe of Elm in one of the measures."""
    plan = {"least": least, "most": most, "measure": measure}
    return cuts.cut(universe=world.universe.pk, by=world.alice, **plan)


def loaded(row):
    """Return what each turf takes, summed door by door and leg by leg."""
    takes = dict(
        zip(
            *(column.to_pylist() for column in pq.read_table(row.weights_file)),
            strict=True,
        )
    )
    total = {turf.number: row.metre * turf.metres for turf in row.turfs.all()}
    for each in pq.read_table(row.turfs_file).to_pylist():
        total[each["turf"]] += takes[each["door_id"]]
    return {turf: load for turf, load in total.items() if load}


@pytest.mark.parametrize(
    ("measure", "least", "most"), [("people", 3, 5), ("minutes", 6, 12)]
)
def test_no_turf_takes_more_than_was_asked_for(world, measure, least, most):
    """Every door is in one; none is above the most, and one fewer would be too few."""
    row = cut(world, measure, least, most)

    found = loaded(row)
    assert max(found.values()) <= most * (1 + loads.NEARLY)
    assert len(found) >= sum(found.values()) / most
    assert pq.read_table(row.turfs_file).num_rows == row.doors == 12
    page = cuts.cut_page(id=row.pk, seen_by=world.bob)
    assert page.measure.startswith(measure)
    told = {turf.number: turf.minutes for turf in page.turfs}
    assert measure != "minutes" or told == pytest.approx(found)


def test_a_least_and_a_most_that_nobody_gave_are_the_usual_ones(world):
    """An evening is 150 to 180 minutes; the same again is the same cut."""
    row, again = (
        cuts.cut(universe=world.universe.pk, measure="minutes", by=world.alice)
        for _ in range(2)
    )

    assert (row.least, row.most) == (150, 180)
    assert row == again
    assert row != cuts.cut(universe=world.universe.pk, by=world.alice)


def test_moving_doors_beyond_the_minutes_is_said(world, monkeypatch):
    """A turf of 12 minutes takes no more; where weights are forgotten, it would."""
    row = cut(world, "minutes", 6, 12)
    walks = pq.read_table(row.turfs_file).to_pylist()
    doors = [each["door_id"] for each in walks if each["turf"] != 1]
    move = {"cut": row.pk, "doors": doors, "to": 1, "after": 0, "by": world.alice}

    with pytest.raises(BeyondLimits, match="12 minutes"):
        edits.move(**move)

    def light(_row, doors):  # the planted bug
        return engine.weighed(doors, np.full(doors.num_rows, 1e-3))

    monkeypatch.setattr(loads, "again", light)
    assert edits.move(**move).number == 1


def test_what_is_left_is_cut_again_in_the_same_measure(world, monkeypatch):
    """With the weights of the first cut, and the same most."""
    row = cut(world, "minutes", 6, 12)
    given = []
    engines = engine.cut

    def seen(placed, plan, *args, **kwargs):
        given.append((engine.WEIGHT in placed.column_names, plan.most, plan.metre))
        return engines(placed, plan, *args, **kwargs)

    monkeypatch.setattr(recut.engine, "cut", seen)
    recut.recut(cut=row.pk, after=0, by=world.alice)

    assert given == [(True, 12, row.metre)]
    row.refresh_from_db()
    assert max(loaded(row).values()) <= 12 * (1 + loads.NEARLY)
