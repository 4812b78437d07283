"""Precincts and wards kept apart: from the first cut on, or in one that is there."""

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundgame.errors import BadBorder, CannotEdit, NotYours
from groundgame.server.actions import apart, borders, cuts, edits, recut
from groundgame.server.store.models import Border, Cut
from tests.server.world import door_id

pytestmark = pytest.mark.django_db
WARD_ONE = {door_id("elm", n) for n in range(1, 5)}


def cut(world, keep_apart="ward", **plan):
    """Cut the universe of Elm as Alice."""
    plan = {"least": 2, "most": 6, "seed": 3} | plan
    return cuts.cut(
        universe=world.universe.pk, keep_apart=keep_apart, by=world.alice, **plan
    )


def sides(row):
    """Return for each turf in which wards its doors are."""
    held = {}
    for each in pq.read_table(Cut.objects.get(pk=row.pk).turfs_file).to_pylist():
        held.setdefault(each["turf"], set()).add(each["door_id"] in WARD_ONE)
    return list(held.values())


def test_no_turf_of_the_first_cut_has_doors_of_two_wards(world):
    """Four doors here and eight there: no turf is in both, and no door is left out."""
    row = cut(world)

    assert row.doors == 12
    assert all(len(side) == 1 for side in sides(row))
    assert any(len(side) == 2 for side in sides(cut(world, "", least=6)))


def test_the_cut_says_at_once_what_that_costs(world):
    """Metres and turfs of the same plan without: both are cut, and compared."""
    row, free = cut(world), cut(world, "")

    price = recut.price(row)

    assert price.free == pytest.approx(free.metres)
    assert price.metres == row.metres
    assert price.turfs == row.turfs.count() - free.turfs.count()
    assert recut.price(free) is None


def test_the_same_again_is_the_same_cut(world):
    """Asked twice, there is one; without keeping apart it is another."""
    row = cut(world)

    assert cut(world).pk == row.pk
    assert cut(world, "").pk != row.pk
    assert Border.objects.filter(cut=row).count() == 1


def test_it_goes_on_to_hold_when_the_rest_is_cut_again(world):
    """It is a border like those drawn later, and once taken away it is not."""
    row = cut(world)

    recut.recut(cut=row.pk, after=0, by=world.bob)
    assert all(len(side) == 1 for side in sides(row))
    (border,) = borders.borders(cut=row.pk, seen_by=world.bob)
    assert (border.column, border.road, border.places) == ("wards", "", 0)
    borders.remove(border=border.id, by=world.bob)
    assert not borders.Held.of(row).columns


def test_wards_can_be_kept_apart_in_a_cut_that_is_there(world):
    """Said twice it is one border; what is cut again then keeps to it."""
    border = borders.keep_apart(cut=world.cut.pk, column="ward", by=world.alice)
    assert borders.keep_apart(cut=world.cut.pk, column="ward", by=world.bob) == border

    recut.recut(cut=world.cut.pk, after=0, by=world.alice)

    assert all(len(side) == 1 for side in sides(world.cut))
    assert recut.price(Cut.objects.get(pk=world.cut.pk)) is not None


def test_a_door_is_not_moved_by_hand_into_another_ward(world):
    """A change that would lay a turf across is refused, as with a drawn line."""
    row = cut(world, least=1)
    table = pl.DataFrame(pq.read_table(row.turfs_file))
    away = table.filter(pl.col("door_id").is_in(list(WARD_ONE)))["turf"][0]
    door = table.filter(~pl.col("door_id").is_in(list(WARD_ONE)))["door_id"][0]

    with pytest.raises(CannotEdit, match="across a border"):
        edits.move(cut=row.pk, doors=[door], to=away, after=0, by=world.alice)


@pytest.mark.parametrize("column", ["zip", "planet", "door_id"])
def test_what_the_file_does_not_say_keeps_nothing_apart(world, column):
    """Elm's doors have no ZIP codes, and there is no planet: both are refused."""
    before = Cut.objects.count()

    with pytest.raises(BadBorder):
        cut(world, column)
    with pytest.raises(BadBorder):
        borders.keep_apart(cut=world.cut.pk, column=column, by=world.alice)

    assert (Cut.objects.count(), Border.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_only_who_organizes_elm_keeps_its_wards_apart(world, name):
    """Neither who walks for Elm nor who organizes Oak."""
    them = getattr(world, name)

    with pytest.raises(NotYours):
        borders.keep_apart(cut=world.cut.pk, column="ward", by=them)
    with pytest.raises(NotYours):
        cuts.cut(universe=world.universe.pk, keep_apart="ward", by=them)


def test_a_door_is_where_most_of_its_people_are():
    """Two of three say 7; of one each, the first by letter; of nobody, none."""
    people = pa.table(
        {
            "door_id": ["a", "a", "a", "b", "b", "c"],
            "precinct": ["9", "7", "7", "2", "1", None],
        }
    )

    found = apart._behind(pl.DataFrame(people))

    assert dict(found.sort("door_id").iter_rows()) == {"a": "7", "b": "1"}


def test_wards_that_are_not_looked_at_are_caught(world, monkeypatch):
    """With all doors in one ward, the first test would find a turf in both."""
    one = lambda _row, _column, ids: pa.array(["1"] * len(ids))  # noqa: E731  # a bug
    monkeypatch.setattr(apart, "names", one)

    assert any(len(side) == 2 for side in sides(cut(world, least=6)))
