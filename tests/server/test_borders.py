"""Borders of a cut: who draws them, what they bind, what is cut again within them."""

import json
import shutil
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from groundgame.errors import (
    BadBorder,
    CannotEdit,
    NotYours,
    RoadsWithoutStreets,
    StaleTurfs,
    UnknownRoad,
)
from groundgame.server.actions import (
    borders,
    cuts,
    edits,
    jobs,
    orders,
    packets,
    recut,
)
from groundgame.server.store.models import AuditLink, Border, Cut
from tests.server.world import door_id

pytestmark = pytest.mark.django_db
EVERYBODY = [door_id("elm", n) for n in range(1, 13)]
AFTER_THIRD = [[-77.999125, 41.999], [-77.999125, 42.001]]
"""A line between the third door and the fourth."""
CORNER = [-77.999125, 42.00005]


@pytest.fixture(autouse=True)
def _no_streets_from_other_tests(data):
    """Leave no streets behind: all tests share one folder."""
    yield
    shutil.rmtree(data / "streets", ignore_errors=True)


@pytest.fixture
def turfs(world):
    """Return a function that gives the doors of each turf, as numbers in order."""

    def read():
        held = {}
        table = pq.read_table(Cut.objects.get(pk=world.cut.pk).turfs_file)
        for row in table.to_pylist():
            number = int(row["door_id"].rsplit("-", 1)[1])
            held.setdefault(row["turf"], set()).add(number)
        return held

    return read


def draw(world, line=AFTER_THIRD):
    """Draw a border as Alice."""
    return borders.draw(cut=world.cut.pk, line=line, by=world.alice)


def again(world, by=None):
    """Cut again what is left, after the last change."""
    after = Cut.objects.get(pk=world.cut.pk).version
    return recut.recut(cut=world.cut.pk, after=after, by=by or world.alice)


def test_what_is_cut_again_keeps_to_the_border(world, turfs):
    """Doors 1 to 3 are apart from the others; each door is in one turf, as before."""
    draw(world)

    again(world, by=world.bob)

    now = turfs()
    west = {1, 2, 3}
    assert all(held <= west or not held & west for held in now.values())
    assert sorted(n for held in now.values() for n in held) == list(range(1, 13))
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.alice)
    assert sum(turf.doors for turf in page.turfs) == 12


def test_the_border_says_what_it_costs(world):
    """Two walks of five legs, 207 m; with it, of two, three and four legs."""
    assert recut.price(world.cut) is None
    draw(world)
    again(world)

    price = recut.price(Cut.objects.get(pk=world.cut.pk))

    assert price.free == pytest.approx(10 * 20.7, rel=0.01)
    assert price.metres == pytest.approx(9 * 20.7, rel=0.01)
    assert price.turfs == 1
    assert price.percent == pytest.approx(-10, abs=0.5)


def test_turfs_in_hand_and_locked_stay_as_they_are(world, packet, turfs):
    """Cass keeps turf 1 with its packet, locked turf 2 is left: nothing to cut."""
    before = turfs()
    draw(world)
    edits.lock(cut=world.cut.pk, turf=2, after=0, by=world.alice)

    left = recut.left(cut=world.cut.pk, seen_by=world.alice)

    assert (left.doors, left.in_hand, left.locked) == (0, [1], [2])
    with pytest.raises(CannotEdit, match="in hand or locked"):
        again(world)
    edits.unlock(cut=world.cut.pk, turf=2, after=1, by=world.alice)
    again(world)
    assert turfs()[1] == before[1]
    assert world.turfs[0].packets.get(returned=None).pk == packet.id


def test_the_next_evening_what_was_walked_stays(world, phone, turfs):
    """Door 1 was walked: it stays in turf 1, and its five neighbours are cut again."""
    assert phone.send(phone.conversation()).status_code == 200
    packets.take_back(packet=UUID(phone.packet), by=world.alice)
    assert recut.left(cut=world.cut.pk, seen_by=world.alice).walked == 1

    again(world)

    now = turfs()
    assert now[1] == {1}
    assert sorted(n for held in now.values() for n in held) == list(range(1, 13))
    assert set(now) == {1, 2, 3}  # turf 1 was somebody's, so its number is not given


def test_cutting_again_can_be_taken_back(world, turfs):
    """Undo gives the turfs of before, and redo those of after."""
    before = turfs()
    draw(world)
    again(world)
    after = turfs()

    edits.undo(cut=world.cut.pk, after=1, by=world.bob)
    assert turfs() == before
    assert recut.price(Cut.objects.get(pk=world.cut.pk)) is None
    edits.redo(cut=world.cut.pk, after=2, by=world.bob)
    assert turfs() == after


def test_the_same_doors_and_borders_give_the_same_turfs(world, turfs):
    """Cut, taken back and cut again: not one door elsewhere."""
    draw(world)
    again(world)
    first = turfs()
    edits.undo(cut=world.cut.pk, after=1, by=world.alice)

    again(world)

    assert turfs() == first


def test_no_door_is_moved_across_a_border(world):
    """By hand neither: not moved, not merged, until the border is taken away."""
    border = draw(world)
    again(world)
    west, *east = sorted(
        cuts.cut_page(id=world.cut.pk, seen_by=world.alice).turfs, key=lambda t: t.doors
    )

    def merge():
        both = {"turf": west.number, "into": east[0].number}
        return edits.merge(cut=world.cut.pk, **both, after=1, beyond=True, by=world.bob)

    with pytest.raises(CannotEdit, match="across a border"):
        merge()
    assert not Cut.objects.get(pk=world.cut.pk).edits.filter(verb="merge").exists()
    borders.remove(border=border.pk, by=world.bob)
    assert merge().verb == "merge"


def test_without_the_check_doors_from_both_sides_would_be_in_one_turf(
    world, turfs, monkeypatch
):
    """Were the check to go blind, all doors could be merged: it is what refuses."""
    draw(world)
    again(world)
    fired = []

    def blind(*_given):
        fired.append(1)
        return []

    monkeypatch.setattr(borders, "crossed", blind)
    numbers = [
        t.number for t in cuts.cut_page(id=world.cut.pk, seen_by=world.bob).turfs
    ]
    for one in numbers[1:]:
        after = Cut.objects.get(pk=world.cut.pk).version
        both = {"turf": one, "into": numbers[0]}
        edits.merge(cut=world.cut.pk, **both, after=after, beyond=True, by=world.bob)

    assert fired
    assert list(map(len, turfs().values())) == [12]


def test_a_border_taken_away_no_longer_binds_and_can_come_back(world, turfs):
    """Removing twice is removing once; each is written down with who did it."""
    border = draw(world)
    for _twice in range(2):
        borders.remove(border=border.pk, by=world.bob)
    assert borders.borders(cut=world.cut.pk, seen_by=world.alice)[0].removed
    again(world)
    assert sorted(map(len, turfs().values())) == [6, 6]

    for _twice in range(2):
        borders.put_back(border=border.pk, by=world.bob)
    again(world)

    assert {1, 2, 3} in turfs().values()
    said = AuditLink.objects.filter(verb__contains="border").order_by("n")
    assert [link.verb for link in said] == [
        "draw border",
        "remove border",
        "put border back",
    ]


def test_drawing_the_same_line_twice_is_drawing_it_once(world):
    """A lost answer may be asked for again."""
    assert draw(world) == draw(world)
    assert Border.objects.count() == 1


@pytest.mark.parametrize(
    "line",
    [
        [],
        [[-78.0, 42.0]],
        [[-78.0, 42.0], [-78.0, 42.0]],
        [[42.0, -78.0], [42.1, -78.0]],
        [[10.0, 42.0], [10.0, 42.1]],
        [["a", "b"], ["c", "d"]],
        [[float("nan"), 42.0], [-78.0, 42.0]],
        [[1e9, 1e9], [2e9, 2e9]],
        [7, 8],
        [[-78.0 + n * 1e-6, 42.0] for n in range(1001)],
    ],
    ids=[
        "none",
        "one",
        "twice",
        "swapped",
        "far",
        "words",
        "nan",
        "off",
        "flat",
        "long",
    ],
)
def test_what_is_no_line_here_is_refused(world, line):
    """One place, one place twice, swapped, far away, words, NaN, too long."""
    with pytest.raises(BadBorder):
        draw(world, line)
    assert not Border.objects.exists()


def test_a_road_is_found_among_the_streets_or_near_ones_are_named(world, work_off):
    """Without streets there are none; with them a slip is met with what was meant."""
    with pytest.raises(RoadsWithoutStreets):
        borders.follow(cut=world.cut.pk, road="Route 9", by=world.alice)
    job = orders.ask_streets(
        snapshot=world.snapshot.pk, upload=streets(), by=world.alice
    )
    work_off()
    assert jobs.job(id=job.pk, seen_by=world.alice).state == "done"
    made = cuts.cut(universe=world.universe.pk, least=4, most=6, seed=8, by=world.bob)

    assert borders.roads(cut=made.pk, seen_by=world.bob) == ["Main Street", "Route 9"]
    with pytest.raises(UnknownRoad, match="Route 9"):
        borders.follow(cut=made.pk, road="Rout 9", by=world.alice)
    borders.follow(cut=made.pk, road="route 9", by=world.alice)
    recut.recut(cut=made.pk, after=0, by=world.alice)

    table = pq.read_table(Cut.objects.get(pk=made.pk).turfs_file).to_pylist()
    sides = {row["turf"]: set() for row in table}
    for row in table:
        sides[row["turf"]].add(int(row["door_id"].rsplit("-", 1)[1]) <= 3)
    assert all(len(side) == 1 for side in sides.values())
    drawn = json.loads(borders.border_map(cut=made.pk, seen_by=world.alice))
    assert drawn["features"][0]["geometry"]["type"] == "LineString"


def streets():
    """Return a file with the one street of Elm, and Route 9 across it."""
    lines = {
        "Main Street": [
            [-78.001, 42.00005],
            [-77.999125, 42.00005],
            [-77.99, 42.00005],
        ],
        "Route 9": [[-77.999125, 41.998], [-77.999125, 42.00005], [-77.999125, 42.002]],
    }
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "LineString", "coordinates": places},
        }
        for name, places in lines.items()
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return SimpleUploadedFile("streets.geojson", json.dumps(whole).encode())


def test_cutting_again_is_a_job_that_may_be_run_twice(world, work_off, turfs):
    """A worker does it; the same job once more finds the change that it made."""
    draw(world)
    job = orders.ask_recut(cut=world.cut.pk, after=0, by=world.alice)
    work_off()

    page = jobs.job(id=job.pk, seen_by=world.alice)
    assert (page.state, page.result) == ("done", {"cut": world.cut.pk})
    first = recut.recut(cut=world.cut.pk, after=0, by=world.alice)
    assert first.number == 1
    assert {1, 2, 3} in turfs().values()


def test_whoever_saw_other_turfs_is_told_so(world):
    """Two organizers at once: the second one looks again, and nothing is lost."""
    edits.lock(cut=world.cut.pk, turf=1, after=0, by=world.alice)

    with pytest.raises(StaleTurfs):
        recut.recut(cut=world.cut.pk, after=0, by=world.bob)


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_a_border_of_elm_is_not_charlies_to_touch(world, name):
    """Neither who walks for Elm nor who organizes Oak draws, removes or looks."""
    border, them = draw(world), getattr(world, name)

    for act in (
        lambda: borders.draw(cut=world.cut.pk, line=AFTER_THIRD, by=them),
        lambda: borders.follow(cut=world.cut.pk, road="Route 9", by=them),
        lambda: borders.remove(border=border.pk, by=them),
        lambda: borders.put_back(border=border.pk, by=them),
        lambda: borders.borders(cut=world.cut.pk, seen_by=them),
        lambda: borders.border_map(cut=world.cut.pk, seen_by=them),
        lambda: borders.roads(cut=world.cut.pk, seen_by=them),
        lambda: recut.left(cut=world.cut.pk, seen_by=them),
        lambda: orders.ask_recut(cut=world.cut.pk, after=0, by=them),
        lambda: recut.recut(cut=world.cut.pk, after=0, by=them),
    ):
        with pytest.raises(NotYours):
            act()
    assert Border.objects.count() == 1
