"""How a turf is walked, changed by hand: from a door, back again, by side, by two."""

import polars as pl
import pyarrow.parquet as pq
import pytest
from django.urls import reverse

from groundgame.errors import CannotEdit, NotYours
from groundgame.server.actions import cuts, edits, reshape
from groundgame.server.store.models import Cut, Edit
from tests.server.world import door_id

pytestmark = pytest.mark.django_db
FIRST = [door_id("elm", n) for n in range(1, 7)]


@pytest.fixture
def act(world):
    """Return a function that changes turf 1 as Alice, after the last change."""

    def do(deed, *, by=world.alice, turf=1, **asked):
        after = Cut.objects.get(pk=world.cut.pk).version
        return deed(cut=world.cut.pk, turf=turf, after=after, by=by, **asked)

    return do


@pytest.fixture
def walks(world):
    """Return a function that gives the doors of each turf in walking order."""

    def read():
        table = pq.read_table(Cut.objects.get(pk=world.cut.pk).turfs_file)
        rows = pl.DataFrame(table).sort("turf", "position")
        assert rows["position"].to_list() == [
            n
            for _, some in rows.group_by("turf", maintain_order=True)
            for n in range(1, some.height + 1)
        ]
        return {
            turf: some["door_id"].to_list()
            for (turf,), some in rows.group_by("turf", maintain_order=True)
        }

    return read


@pytest.mark.parametrize("start", FIRST)
def test_a_walk_starts_at_the_door_that_was_chosen(act, walks, start):
    """All six doors are still in it, and turf 2 is as it was."""
    before = walks()
    try:
        act(edits.walk, start=start)
    except CannotEdit:  # it starts there already
        assert before[1][0] == start

    assert walks()[1][0] == start
    assert sorted(walks()[1]) == FIRST
    assert walks()[2] == before[2]


def test_one_side_at_a_time_has_odd_numbers_together(act, walks):
    """Without streets the sides are odd and even: first all of one, then the other."""
    act(edits.walk, one_side=True)

    odd = [int(door.rsplit("-", 1)[1]) % 2 for door in walks()[1]]
    assert sorted(odd[:3]) == [odd[0]] * 3
    assert sorted(odd[3:]) == [1 - odd[0]] * 3


def test_a_walk_that_comes_back_goes_out_by_one_half_and_back_by_the_other(act, walks):
    """From door 3: there and back is twice the street, whatever is visited when."""
    act(edits.walk, start=FIRST[2], back=True)

    number = [FIRST.index(door) for door in walks()[1]]
    way = sum(abs(a - b) for a, b in zip(number, number[1:] + number[:1], strict=True))
    assert (number[0], way) == (2, 10)


def test_two_share_a_turf_on_opposite_sides(act, walks, world):
    """Odd with the one, even with the other, each in order; six doors as before."""
    act(edits.share, beyond=True)

    now = walks()
    assert set(now) == {1, 2, 3}
    assert sorted(now[1] + now[3]) == FIRST
    for walk in (now[1], now[3]):
        numbers = [FIRST.index(door) for door in walk]
        assert len({n % 2 for n in numbers}) == 1
        assert numbers in (sorted(numbers), sorted(numbers, reverse=True))
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.alice)
    assert [turf.doors for turf in page.turfs] == [3, 6, 3]


def test_both_can_be_taken_back(act, walks, world):
    """Undo gives the walk of before, to the door."""
    before = walks()
    act(edits.share, beyond=True)
    act(edits.walk, start=FIRST[3], turf=3)

    for _ in range(2):
        after = Cut.objects.get(pk=world.cut.pk).version
        edits.undo(cut=world.cut.pk, after=after, by=world.bob)

    assert walks() == before


def test_what_is_no_door_of_the_turf_is_no_start(act, walks):
    """A door of turf 2, or of Oak: nothing is changed."""
    before = walks()
    for door in (door_id("elm", 9), door_id("oak", 1), "nowhere"):
        with pytest.raises(NotYours):
            act(edits.walk, start=door)

    assert walks() == before
    assert not Edit.objects.exists()


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_only_organizers_of_elm_say_how_it_is_walked(act, world, name):
    """Neither who walks for Elm nor who organizes Oak."""
    for deed in (edits.walk, edits.share):
        with pytest.raises(NotYours):
            act(deed, by=getattr(world, name))


def test_a_side_that_is_not_looked_at_is_caught(act, walks, monkeypatch):
    """Planted: all doors are said to be on one side, so the two do not part by it."""
    right, fired = reshape._on_sides, []

    def one_side(row, ids):
        fired.append(row)
        on, placed = right(row, ids)
        at = placed.column_names.index("side")
        return on, placed.set_column(at, "side", pl.Series([1] * len(ids)).to_arrow())

    monkeypatch.setattr(reshape, "_on_sides", one_side)
    act(edits.share, beyond=True)

    assert fired
    assert len({FIRST.index(door) % 2 for door in walks()[1]}) == 2


def test_the_screen_offers_both_and_does_them(world, signed_in, walks):
    """A door is chosen in the list, the button pressed, and the walk starts there."""
    alice = signed_in(world.alice)
    address = reverse("cut-edit", args=[world.cut.pk]) + "?turf=1"
    page = alice.get(address).content.decode()
    assert "How it is walked" in page
    assert "Share it between two" in page
    sent = {"verb": "walk", "turf": "1", "after": "0", "start": FIRST[3], "back": ""}

    assert alice.post(address, sent).status_code == 302

    assert walks()[1][0] == FIRST[3]
