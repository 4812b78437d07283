"""Doors added to turfs that are out already: nobody else's walk is turned over."""

from itertools import pairwise
from math import hypot, inf

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.errors import UnknownDoors
from groundgame.turf import CutPlan, kernels, more
from tests.unit.turf.test_planted import instead
from tests.unit.turf.towns import placed, shuffled, street, village, walks

PLAN = CutPlan(least=10, most=14)


def broken(before, after, placed_, plan):
    """Return the names of the laws that do not hold of doors that were added."""
    old, new = walks(before), walks(after.turfs)
    was = {door for walk in old for door in walk}
    if [[door for door in walk if door in was] for walk in new[: len(old)]] != old:
        yield "nothing moves"
    doors = sorted(door for walk in new for door in walk)
    if sorted(doors + after.left_out.to_pylist()) != sorted(
        placed_["door_id"].to_pylist()
    ):
        yield "each door once"
    if max(len(walk) for walk in new) > plan.most:
        yield "none above most"
    at = {row["door_id"]: (row["x"], row["y"]) for row in placed_.to_pylist()}
    longer = sum(length(at, walk) for walk in new[: len(old)])
    longer -= sum(length(at, walk) for walk in old)
    if longer != pytest.approx(after.metres, abs=1e-6):
        yield "says by how much walks are longer"


def length(at, walk):
    """Measure a walk."""
    legs = pairwise(at[door] for door in walk)
    return sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in legs)


def grown(doors=150, new=12):
    """Return turfs of a village, and the village with some doors more."""
    whole = village(doors + new)
    before = turf.cut(whole.slice(0, doors), PLAN).turfs
    return before, whole


def test_a_handful_of_doors_breaks_no_law():
    """Every law at once, on a village that grows by twelve doors."""
    before, whole = grown()

    assert list(broken(before, turf.add(before, whole, PLAN), whole, PLAN)) == []


def test_a_door_goes_where_it_lengthens_a_walk_least():
    """Held against every place of every walk with room, one after the other."""
    before, whole = grown(new=1)
    at = {row["door_id"]: (row["x"], row["y"]) for row in whole.to_pylist()}
    best = inf
    for walk in walks(before):
        tried = [[*walk[:n], "d00150", *walk[n:]] for n in range(len(walk) + 1)]
        if len(walk) < PLAN.most:
            best = min(best, *(length(at, one) - length(at, walk) for one in tried))

    assert turf.add(before, whole, PLAN).metres == pytest.approx(best)


def test_what_fits_nowhere_becomes_a_turf_of_its_own():
    """A full turf of ten, and three more doors: turf 2 has these three."""
    doors = street(13)
    before = turf.cut(doors.slice(0, 10), CutPlan(10, 10)).turfs

    after = turf.add(before, doors, CutPlan(10, 10))

    assert (after.fitted, after.fresh, after.metres) == (0, 1, 0)
    assert walks(after.turfs)[0] == walks(before)[0]
    assert sorted(walks(after.turfs)[1]) == ["d00010", "d00011", "d00012"]


def test_a_shift_that_a_detour_would_make_too_long_gets_no_door():
    """Two minutes of doors in turfs of ten; a mile of detour at a minute each 100 m."""
    plan = CutPlan(least=1, most=10, metre=0.01)
    doors = turf.weighed(placed([0.0, 10.0, 1600.0]), np.ones(3))
    before = turf.cut(doors.slice(0, 2), plan).turfs

    after = turf.add(before, doors, plan)

    assert (after.fitted, after.fresh) == (0, 1)


def test_a_new_door_without_a_place_is_listed():
    """It is in no turf, and not lost; a door that has one keeps its turf."""
    doors = placed([0.0, 10.0, np.nan, 20.0])
    before = turf.cut(doors.slice(0, 2)).turfs

    after = turf.add(before, doors)

    assert after.left_out.to_pylist() == ["d00002"]
    assert sorted(walks(after.turfs)[0]) == ["d00000", "d00001", "d00003"]


def test_the_order_of_the_rows_changes_nothing():
    """The same doors, wherever they stand in the file, go to the same places."""
    before, whole = grown()

    one, other = (
        turf.add(shuffled(before), doors, PLAN) for doors in (whole, shuffled(whole, 2))
    )

    assert walks(one.turfs) == walks(other.turfs)


def test_turfs_of_doors_that_are_not_there_are_refused():
    """Nobody can say what lies near a door that has no row."""
    before, whole = grown()

    with pytest.raises(UnknownDoors, match="3 doors"):
        turf.add(before, whole.slice(3), PLAN)


def forgets_that_turfs_are_full(monkeypatch, fired):
    """A turf takes doors without end."""

    def slip(ground, walks_, stops, takes, *room):
        fired.append(1)
        return kernels.slip(ground, walks_, stops, takes * 0.0, *room)

    monkeypatch.setattr(more, "kernels", lambda: instead(slip=slip))


def walks_the_other_way_round(monkeypatch, fired):
    """All walks are handed out from their ends."""

    def followed(walks_):
        fired.append(1)
        return kernels.followed(walks_)[::-1].copy()

    monkeypatch.setattr(more, "kernels", lambda: instead(followed=followed))


def loses_what_fits_nowhere(monkeypatch, fired):
    """Doors for which there is no room are in no new turf."""

    def beside(kept, _new):
        fired.append(1)
        return kept

    monkeypatch.setattr(more, "beside", beside)


def measures_only_the_way_there(monkeypatch, fired):
    """The metres told are not those that walks are longer by."""

    def slip(*given):
        fired.append(1)
        return kernels.slip(*given) / 2.0

    monkeypatch.setattr(more, "kernels", lambda: instead(slip=slip))


@pytest.mark.parametrize(
    ("plant", "law"),
    [
        (forgets_that_turfs_are_full, "none above most"),
        (walks_the_other_way_round, "nothing moves"),
        (loses_what_fits_nowhere, "each door once"),
        (measures_only_the_way_there, "says by how much walks are longer"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_planted_bug_is_caught(monkeypatch, plant, law):
    """The laws are sharp: each bug goes off, and its law names it."""
    before, whole = grown(new=60)
    fired = []
    plant(monkeypatch, fired)

    after = turf.add(before, whole, PLAN)

    assert fired
    assert law in list(broken(before, after, whole, PLAN))


def test_turfs_that_stay_keep_their_numbers():
    """Turfs 3 and 7 are in hand: what is cut beside them begins at 8."""
    kept = pa.table(
        {
            "door_id": ["a", "b"],
            "turf": pa.array([3, 7], pa.int32()),
            "position": pa.array([1, 1], pa.int32()),
        }
    )

    both = turf.beside(kept, turf.cut(street(3)).turfs)

    assert both["turf"].to_pylist() == [3, 7, 8, 8, 8]
    assert both.slice(0, 2).to_pylist() == kept.to_pylist()


def test_doors_of_a_list_are_left_out():
    """Those done tonight, by their ids, whatever else the list says."""
    done = pa.table({"door_id": ["d00001", "elsewhere"]})

    assert turf.without(street(3), done).tolist() == [True, False, True]
