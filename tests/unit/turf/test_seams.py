"""Seams between cells are mended: nothing is lost, crossed or longer by it."""

import pickle
from itertools import count, cycle

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.turf import CutPlan, apart, cells, seams
from groundgame.turf.stand import stand
from groundgame.turf.streets import prepare
from groundgame.turf.within.region import REGION
from groundgame.values import Here, Seed
from tests.unit.turf import laws, test_loads
from tests.unit.turf.grid import geojson
from tests.unit.turf.towers import built
from tests.unit.turf.towns import placed, shuffled, sizes, village, walks
from tests.unit.turf.within.fields import of_village

PLAN = CutPlan(least=10, most=15, effort=1.0)


@pytest.fixture(autouse=True)
def _small_cells(monkeypatch):
    """Cut all there is in cells of a hundred doors."""
    monkeypatch.setattr(cells, "CELL", 100)
    monkeypatch.setattr(apart, "MANY", 1)


class Watched(Here):
    """Workers who remember what came of cells, and of strips."""

    def __init__(self, threads=1):
        """Begin with nothing."""
        super().__init__(threads)
        self.cells, self.strips = [], []

    def map(self, work, pieces):
        """Do each piece, and remember it."""
        for at, result in enumerate(super().map(work, pieces)):
            if isinstance(result, seams.Cell):
                self.cells.append(result.cut)
            else:
                self.strips.append((pieces[at], result))
            yield result


def _sent(thing):
    """Return what another process would get."""
    return pickle.loads(pickle.dumps(thing))  # noqa: S301  # our own


class Sent(Here):
    """Workers to whom all is sent, and who send back what came of it."""

    def map(self, work, pieces):
        """Do each piece, as another process would have it."""
        for piece in pieces:
            there, given = _sent((work, piece))
            yield _sent(there(given))


def watched(table, plan=PLAN, **more):
    """Return a cut, and those who made it."""
    workers = Watched()
    return turf.cut(table, plan, workers=workers, **more), workers


def scattered(doors, number=1):
    """Return doors of which no two are as far east, nor as far north."""
    chance = Seed(number).stream("tests.scattered")
    return placed(*(chance.permutation(2000)[:doors].astype(float) for _ in "xy"))


def longer(table, plan=PLAN):
    """Return the strips whose walks are longer than they were, by a slow measure."""
    _cut, workers = watched(table, plan)
    for strip, after in workers.strips:
        number = strip[seams.TURF].to_numpy() + 1
        before = strip.select(["door_id"]).append_column("turf", pa.array(number))
        place = pa.array(np.arange(strip.num_rows, dtype=np.int32))
        before = before.append_column("position", place)
        old = turf.measure(before, table)["metres"].to_numpy().sum()
        if after.metres > old + 1e-6:
            yield after.metres - old


def across(turfs, groups):
    """Return the turfs that have doors of two groups."""
    return [one for one in walks(turfs) if len({groups[door] for door in one}) > 1]


@pytest.mark.parametrize("number", [1, 2])
def test_cells_with_mended_seams_break_no_law(number):
    """Each door once, limits kept, metres true, the order of rows nothing."""
    assert laws.broken(village(900, number), PLAN) == []


def test_seams_are_mended():
    """Of what cells cost, much is gone; some turfs lie across, and others stay."""
    table = scattered(1600)
    done, workers = watched(table)
    whole = apart.cut_whole(table, PLAN).metres

    before = sum(cut.metres for cut in workers.cells)

    assert len(workers.cells) == 16
    assert done.metres < before - 0.3 * (before - whole)
    assert sum(strip.num_rows for strip, _ in workers.strips) < table.num_rows
    assert done.summary.num_rows == sum(cut.summary.num_rows for cut in workers.cells)


@pytest.mark.parametrize("effort", [0.1, 1.0, 3.0])
def test_no_strip_gets_longer(effort):
    """Whatever the tries came to, no strip is walked farther than before."""
    plan = CutPlan(least=10, most=15, effort=effort)

    assert list(longer(village(900), plan)) == []


def test_no_turf_is_in_two_strips():
    """The strips have doors of their own: workers need not wait for one another."""
    _cut, workers = watched(village(900))

    doors = [d for strip, _ in workers.strips for d in strip["door_id"].to_pylist()]

    assert len(workers.strips) > 3
    assert len(doors) == len(set(doors))


def test_a_border_that_was_asked_for_holds():
    """Doors are mended within a partition and within a region, never across."""
    table = scattered(1600)
    ids, half = table["door_id"].to_pylist(), table["x"].to_numpy() > 900
    names = dict(zip(ids, half.tolist(), strict=True))

    by = turf.cut(table, PLAN, workers=Here(), by=pa.array(half).cast(pa.string()))
    region = table.append_column(REGION, pa.array(half.astype(np.int32)))

    assert across(by.turfs, names) == []
    assert across(turf.cut(region, PLAN).turfs, names) == []


def test_who_cuts_changes_nothing():
    """One thread, two, and other processes come to the same turfs, to the row."""
    table = village(900)

    one, *others = (
        turf.cut(table, PLAN, workers=who) for who in (Here(1), Here(2), Sent())
    )

    assert all(one.turfs.equals(other.turfs) for other in others)
    assert all(one.summary.equals(other.summary) for other in others)


@pytest.mark.parametrize("signs", [(-1, 1), (1, -1), (-1, -1)])
def test_a_mirrored_town_has_turfs_of_the_same_length(signs):
    """East and west are the same to whoever walks, also across seams."""
    table = scattered(1600)
    x, y = (table[name].to_numpy() for name in ("x", "y"))

    here, there = (
        turf.cut(placed(a, b), PLAN) for a, b in ((x, y), (x * signs[0], y * signs[1]))
    )

    assert sorted(sizes(here.turfs)) == sorted(sizes(there.turfs))
    assert sorted(here.summary["metres"].to_pylist()) == pytest.approx(
        sorted(there.summary["metres"].to_pylist())
    )


def test_at_no_effort_nothing_moves():
    """Doors do not move between turfs, so they do not cross a seam."""
    _cut, workers = watched(village(900), CutPlan(least=10, most=15, effort=0.0))

    assert workers.strips == []


def test_what_turfs_take_is_counted_after_mending():
    """Minutes, with walks, are right and within limits; so is what is said of them."""
    table = test_loads.town(900)

    assert list(test_loads.broken(table, test_loads.SHIFT)) == []


def test_a_tower_at_a_seam_stays_one_stop():
    """Buildings of more doors than a turf keep each door once, within limits."""
    places = Seed(3).stream("tests.seams").integers(0, 300, (40, 2)).astype(float)
    table = built([(tuple(place), [4] * 6) for place in places])

    assert laws.broken(table, PLAN) == []


def test_progress_goes_up_to_the_end():
    """Whoever waits is told of both rounds, and of the end once it is there."""
    told = []

    turf.cut(village(900), PLAN, tell=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_walks_on_streets_are_as_long_as_said(tmp_path):
    """A strip's own ground says of its walks what the ground of all doors says."""
    rows = [(f"Street {n}", [(0, 90 * n), (1000, 90 * n)]) for n in range(12)]
    columns = [(f"Road {n}", [(90 * n, 0), (90 * n, 990)]) for n in range(12)]
    path = tmp_path / "streets.geojson"
    path.write_text(geojson(*rows, *columns))
    standing = stand(of_village(900), prepare(path).streets)

    done, workers = watched(standing.placed, network=standing.network)

    slow = turf.measure(done.turfs, standing.placed, network=standing.network)
    assert workers.strips
    assert done.metres == pytest.approx(slow["metres"].to_numpy().sum())


def keeps_what_is_mended_twice(monkeypatch):
    """The cells keep the turfs that went to a strip."""
    monkeypatch.setattr(apart, "_some", lambda cut, _stays: cut)


def forgets_what_turfs_have_room_for(monkeypatch):
    """A strip is mended as if turfs had room for twice as much, and could lack all."""
    honest = seams.Limits

    def limits(least, most, **more):
        return honest(1, 2 * most, **more)

    monkeypatch.setattr(seams, "Limits", limits)


def halves_by_the_row(monkeypatch):
    """The first rows of the file are in the near half."""

    def near_half(side):
        return np.arange(side.size) < side.size // 2

    monkeypatch.setattr(cells, "_near_half", near_half)


def counts_the_old_walks(monkeypatch):
    """A strip says of its walks what they were before."""
    honest = seams.written

    def written(pieces, *more):
        done = honest(pieces, *more)
        metres = done.summary["metres"].to_numpy() * 1.01
        summary = done.summary.set_column(2, "metres", pa.array(metres))
        return turf.Cut(done.turfs, summary, metres.sum(), done.left_out, done.limits)

    monkeypatch.setattr(seams, "written", written)


@pytest.mark.parametrize(
    ("plant", "law"),
    [
        (keeps_what_is_mended_twice, "each door once"),
        (forgets_what_turfs_have_room_for, "none above most"),
        (halves_by_the_row, "the order of the rows changes nothing"),
        (counts_the_old_walks, "a turf is as long as its legs"),
    ],
)
def test_a_planted_bug_is_caught(monkeypatch, plant, law):
    """The laws are sharp for seams too."""
    plant(monkeypatch)

    assert law in laws.broken(village(900), PLAN)


def test_a_seam_across_a_border_is_found(monkeypatch):
    """Planted: cells of two partitions have a seam; then some turf lies across."""
    honest = cells.Cells.also

    def also(self, other):
        both = honest(self, other)
        if not self.rows:
            return both
        return both._replace(seams=[cells.Seam(0, 900.5, 0, len(both.rows))])

    monkeypatch.setattr(cells.Cells, "also", also)
    with pytest.raises(AssertionError):
        test_a_border_that_was_asked_for_holds()


def test_a_strip_that_gets_longer_is_found(monkeypatch):
    """Planted: tries go astray. It is taken back; if nobody looks, it is seen."""

    def astray(pieces, *_more):
        turn = np.lexsort((pieces.stop * 7919 % 101, pieces.doors))
        return pieces.take(turn, pieces.turf)

    monkeypatch.setattr(seams, "mended", astray)
    assert list(longer(scattered(900))) == []
    said = cycle(np.array([[0.0], [1.0]]))  # after, and before
    monkeypatch.setattr(seams, "lengths", lambda *_: next(said))
    assert list(longer(scattered(900)))


def test_a_worker_with_a_mind_of_its_own_is_found(monkeypatch):
    """Planted: chance goes on from strip to strip; then it matters who cuts."""
    honest, number = seams.mended, count()

    def mended(pieces, ground, near, limits, effort, _seed, tell):
        return honest(pieces, ground, near, limits, effort, next(number), tell)

    monkeypatch.setattr(seams, "mended", mended)
    with pytest.raises(AssertionError):
        test_who_cuts_changes_nothing()


def test_the_order_of_rows_says_nothing_of_strips():
    """The strips of shuffled rows are the same strips, row by row."""
    table = village(900)

    one, two = (watched(some)[1].strips for some in (table, shuffled(table)))

    assert [strip for strip, _ in one] == [strip for strip, _ in two]
