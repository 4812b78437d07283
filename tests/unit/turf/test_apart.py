"""Cut partition by partition: no turf lies in two, no door is lost, whoever cuts."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from groundgame import turf
from groundgame.errors import NothingToCut
from groundgame.turf import CutPlan, apart, cells
from groundgame.values import Here, Seed
from tests.unit.turf.towns import placed, shuffled, sizes, street, village

PLAN = CutPlan(least=10, most=15, effort=0.2)


def names(table, count=3):
    """Return one of a few counties for each door, by its place; the last has none."""
    east = (table["x"].to_numpy() // (1000 / count)).astype(int)
    return pa.array([None if n >= count - 1 else f"county {n}" for n in east])


def county_of(turfs, table, by):
    """Return the counties that each turf's doors lie in."""
    at = pc.index_in(turfs["door_id"], value_set=table["door_id"].combine_chunks())
    rows = zip(turfs["turf"].to_pylist(), by.take(at).to_pylist(), strict=True)
    found = {}
    for number, county in rows:
        found.setdefault(number, set()).add(county)
    return found


def test_no_turf_lies_in_two_partitions():
    """Each turf's doors are of one county; each door is in one turf, and sizes hold."""
    table = village(400)
    by = names(table)

    done = turf.cut(table, PLAN, workers=Here(), by=by)

    assert all(len(some) == 1 for some in county_of(done.turfs, table, by).values())
    assert sorted(done.turfs["door_id"].to_pylist()) == table["door_id"].to_pylist()
    assert max(sizes(done.turfs)) <= PLAN.most
    assert done.summary["turf"].to_pylist() == list(range(1, len(done.summary) + 1))


def test_the_order_of_rows_says_nothing():
    """The same doors in another order come to the same turfs, numbered the same."""
    table = village(400)
    other = shuffled(table)

    one = turf.cut(table, PLAN, workers=Here(), by=names(table))
    two = turf.cut(other, PLAN, workers=Here(), by=names(other))

    assert one.turfs.equals(two.turfs)


def test_a_few_doors_go_with_their_neighbours():
    """Three doors of a county of their own are in turfs of the nearest county."""
    table = pa.concat_tables([village(100), placed([1100.0] * 3, ids=["a", "b", "c"])])
    by = pa.array(["near"] * 100 + ["lone"] * 3)

    done = turf.cut(table, PLAN, workers=Here(), by=by)

    assert done.turfs.num_rows == 103
    assert min(sizes(done.turfs)) >= PLAN.least


@pytest.mark.parametrize("doors", [100, 199, 200, 1000])
def test_cells_are_large_and_divide_no_building(doors, monkeypatch):
    """Each cell has CELL doors or more; each place is in one cell, each door too."""
    monkeypatch.setattr(cells, "CELL", 100)
    chance = Seed(1).stream("tests.cells")
    x, y = np.round(chance.random((2, doors)) * 20)

    found = cells.halved(x, y, np.arange(doors)).rows

    assert min(map(len, found)) >= 100
    assert sorted(np.concatenate(found)) == list(range(doors))
    places = [set(zip(x[cell], y[cell], strict=True)) for cell in found]
    assert sum(map(len, places)) == len(set().union(*places))
    assert doors < 1000 or len(found) > 4


def test_one_tall_building_is_not_divided(monkeypatch):
    """Doors that are all at one place are one cell, however many."""
    monkeypatch.setattr(cells, "CELL", 100)

    assert len(cells.halved(*np.ones((2, 500)), np.arange(500)).rows) == 1


def test_doors_without_a_place_are_listed():
    """A door that is nowhere is left out by name; when all are, nothing can be cut."""
    lost = placed([np.nan, np.inf], ids=["z", "a"])
    table = pa.concat_tables([street(30), lost])

    assert turf.cut(table, PLAN, workers=Here()).left_out.to_pylist() == ["a", "z"]
    with pytest.raises(NothingToCut):
        turf.cut(lost, PLAN, workers=Here())


def test_a_border_that_is_crossed_is_found(monkeypatch):
    """Planted: partitions are forgotten; then some turf lies in two counties."""
    monkeypatch.setattr(apart, "numbered", lambda by: np.zeros(len(by), np.int64))
    table = village(400)
    by = names(table)

    done = turf.cut(table, PLAN, workers=Here(), by=by)

    assert any(len(some) > 1 for some in county_of(done.turfs, table, by).values())
