"""Turfs changed by hand: each door in one of them, and every change can be undone."""

from collections import Counter
from itertools import chain
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundgame.errors import BeyondLimits, CannotEdit, NotYours, StaleTurfs, WrongTable
from groundgame.server.actions import cuts, edits, packets, results, sides
from groundgame.server.store.models import AuditLink, Cut, Edit
from tests.server.world import door_id

pytestmark = pytest.mark.django_db
FIRST = [door_id("elm", n) for n in range(1, 7)]
SECOND = [door_id("elm", n) for n in range(7, 13)]


@pytest.fixture
def act(world):
    """Return a function that changes Elm's turfs as Alice, after the last change."""

    def do(deed, *, by=world.alice, **asked):
        after = Cut.objects.get(pk=world.cut.pk).version
        return deed(cut=world.cut.pk, by=by, **{"after": after} | asked)

    return do


@pytest.fixture
def turfs(world):
    """Return a function that gives the doors of each turf in walking order."""

    def read():
        held = {}
        table = pq.read_table(Cut.objects.get(pk=world.cut.pk).turfs_file)
        for row in table.sort_by(
            [("turf", "ascending"), ("position", "ascending")]
        ).to_pylist():
            held.setdefault(row["turf"], []).append(row["door_id"])
        return held

    return read


def move(act, doors=FIRST[-1:], to=2, **asked):
    """Move the last door of turf 1 to turf 2."""
    return act(edits.move, doors=doors, to=to, beyond=True, **asked)


def test_a_door_moves_and_both_walks_are_in_order_again(world, act, turfs):
    """Door 6 stands beside door 7; 20.7 m leave the one walk and enter the other."""
    move(act)

    now = turfs()
    ordered = [FIRST[-1], *SECOND]
    assert now[1] in (FIRST[:-1], FIRST[-2::-1])
    assert now[2] in (ordered, ordered[::-1])
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.bob)
    assert [turf.doors for turf in page.turfs] == [5, 7]
    assert [turf.metres for turf in page.turfs] == pytest.approx(
        [4 * 20.7, 6 * 20.7], rel=0.01
    )


def test_the_cost_is_said_before_and_is_what_comes_of_it(world, act):
    """Nothing is written while somebody only looks."""
    costs = edits.cost(cut=world.cut.pk, doors=FIRST[-1:], to=2, seen_by=world.alice)

    assert [(each.turf, each.doors_before, each.doors) for each in costs] == [
        (1, 6, 5),
        (2, 6, 7),
    ]
    assert not any(each.fits for each in costs)
    assert not Edit.objects.exists()
    move(act)
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.alice)
    assert [turf.metres for turf in page.turfs] == pytest.approx(
        [each.metres for each in costs]
    )


def test_a_merge_and_a_split_keep_every_door(world, act, turfs):
    """Two turfs become one of twelve; one of twelve becomes two of six."""
    act(edits.merge, turf=1, into=2, beyond=True)
    merged = turfs()
    act(edits.split, turf=2, beyond=True)

    assert sorted(merged[2]) == sorted(FIRST + SECOND)
    assert list(merged) == [2]
    assert sorted(map(len, turfs().values())) == [6, 6]
    assert sorted(chain(*turfs().values())) == sorted(FIRST + SECOND)


def test_a_turf_without_doors_is_in_no_table_unless_it_was_walked(world, act, phone):
    """Splitting and taking it back leaves two turfs; what was said in one stays."""

    def shown():
        page = results.results(cut=world.cut.pk, seen_by=world.alice)
        return [turf.number for turf in page.by_turf]

    act(edits.split, turf=2, beyond=True)
    assert shown() == [1, 2, 3]
    act(edits.undo)
    assert shown() == [1, 2]

    assert phone.send(phone.conversation()).status_code == 200
    packets.take_back(packet=UUID(phone.packet), by=world.alice)
    act(edits.merge, turf=1, into=2, beyond=True)
    assert shown() == [1, 2]
    assert [turf.number for turf in listed(world)] == [2]


def listed(world):
    """Return the turfs on the cut's own page."""
    return cuts.cut_page(id=world.cut.pk, seen_by=world.alice).turfs


def test_undo_and_redo_are_changes_of_their_own(world, act, turfs):
    """What was taken back is there again as it was, and four rows say who did what."""
    before = turfs()
    move(act)
    moved = turfs()
    act(edits.undo, by=world.bob)
    assert turfs() == before
    act(edits.redo)
    assert turfs() == moved
    act(edits.undo)

    rows = Edit.objects.order_by("number").values_list("verb", "by__username")
    assert list(rows) == [
        ("move", "alice"),
        ("undo", "bob"),
        ("redo", "alice"),
        ("undo", "alice"),
    ]
    assert turfs() == before
    with pytest.raises(CannotEdit):
        act(edits.undo)
    assert AuditLink.objects.filter(verb__startswith="edit turf").count() == 4


def test_the_same_change_sent_twice_is_one(world, act, turfs):
    """A second press of the button moves nothing more."""
    first = move(act, after=0)
    again = move(act, after=0)

    assert first.pk == again.pk
    assert Edit.objects.count() == 1


def test_a_change_of_turfs_that_others_changed_is_refused(world, act, turfs):
    """Bob does not move a door out of what Alice has just changed unseen."""
    move(act)
    seen = turfs()

    with pytest.raises(StaleTurfs):
        move(act, doors=FIRST[:1], after=0, by=world.bob)
    assert turfs() == seen


def test_a_turf_that_is_handed_out_stays_as_it_is(world, act, turfs):
    """Whoever walks it has the list in hand; the refusal says to take it back."""
    packets.hand_out(turf=world.turfs[1], by=world.alice)
    before = turfs()

    for deed in (
        lambda: move(act),
        lambda: act(edits.merge, turf=1, into=2, beyond=True),
        lambda: act(edits.split, turf=2, beyond=True),
    ):
        with pytest.raises(
            CannotEdit, match="turf 2 is handed out; take it back first"
        ):
            deed()
    assert turfs() == before


def test_a_locked_turf_stays_as_it_is_until_it_is_unlocked(world, act, turfs):
    """The lock holds for both ends of a move; undoing the lock opens it too."""
    act(edits.lock, turf=2)
    with pytest.raises(CannotEdit, match="turf 2 is locked; unlock it first"):
        move(act)
    act(edits.undo)
    move(act)
    act(edits.lock, turf=2)
    act(edits.unlock, turf=2)
    move(act, doors=SECOND[:1], to=1)

    assert {turf: len(doors) for turf, doors in turfs().items()} == {1: 6, 2: 6}


def test_beyond_the_limits_one_is_asked_first(world, act, turfs):
    """Turfs of six were asked for: seven and five only if somebody says so."""
    before = turfs()

    with pytest.raises(BeyondLimits, match="turf 1, 2 would have another size than"):
        act(edits.move, doors=FIRST[-1:], to=2)
    assert turfs() == before


@pytest.mark.parametrize(
    "asked",
    [
        {"doors": ["elm-door-99"], "to": 2},
        {"doors": ["oak-door-1"], "to": 2},
        {"doors": FIRST[:1], "to": 9},
    ],
    ids=["no such door", "another chapter's", "no such turf"],
)
def test_what_is_not_there_is_not_moved(world, act, asked):
    """A door of Oak never comes into a turf of Elm."""
    with pytest.raises(NotYours):
        act(edits.move, beyond=True, **asked)
    assert not Edit.objects.exists()


@pytest.mark.parametrize("bug", ["lost", "twice"])
def test_a_change_that_would_lose_or_double_a_door_is_not_written(
    world, act, turfs, monkeypatch, bug
):
    """Planted: a change that forgets a door, or leaves it in two turfs."""
    whole, fired = edits.reshaped, []

    def mutant(*args):
        fired.append(bug)
        table = whole(*args)
        return (
            table.slice(1)
            if bug == "lost"
            else pa.concat_tables([table, table.slice(0, 1)])
        )

    monkeypatch.setattr(edits, "reshaped", mutant)
    before = turfs()

    with pytest.raises((ValueError, WrongTable), match=r"exactly one turf|repeats 1"):
        move(act)
    assert fired == [bug]
    assert turfs() == before
    assert max(Counter(chain(*before.values())).values()) == 1


def test_doors_stand_by_side_of_the_street(world):
    """Without streets: odd and even numbers apart, in walking order."""
    shown = sides.sides(cut=world.cut.pk, turf=1, seen_by=world.alice)

    assert [[door.position for door in side.doors] for side in shown] == [
        [1, 3, 5],
        [2, 4, 6],
    ]
    assert shown[0].doors[0].address == "1 Elmcanary Street"
    assert [side.numbers for side in shown] == [
        "1\N{EN DASH}5",
        "2\N{EN DASH}6",
    ]


class TestTheScreen:
    """What an organizer meets there."""

    def post(self, world, signed_in, **sent):
        """Press a button."""
        alice = signed_in(world.alice)
        return alice.post(f"/turf/{world.cut.pk}/edit/", {"after": 0} | sent)

    def test_moving_doors_asks_and_then_does_it(self, world, signed_in, turfs):
        """First the limits are said with a button to go on; then the door has moved."""
        sent = {"verb": "move", "doors": FIRST[-1:], "to": 2}
        asked = self.post(world, signed_in, **sent)
        done = self.post(world, signed_in, **sent, beyond=1)

        assert asked.status_code == 422
        assert "do it all the same" in asked.content.decode()
        assert done.status_code == 302
        assert FIRST[-1] in turfs()[2]

    def test_the_turf_that_was_shown_stays_in_sight(self, world, signed_in):
        """After a change the same turf shows; where it is gone, the first one."""
        alice, edit = signed_in(world.alice), f"/turf/{world.cut.pk}/edit/"
        sent = {"verb": "lock", "turf": 2, "after": 0}

        locked = alice.post(f"{edit}?turf=2", sent)

        assert locked["Location"] == f"{edit}?turf=2"
        assert 'data-pick-doors="1"' in alice.get(f"{edit}?turf=9").content.decode()

    def test_a_turf_that_is_out_says_why_it_cannot_be_changed(self, world, signed_in):
        """And leads to where it is taken back."""
        packets.hand_out(turf=world.turfs[0], by=world.alice)

        shown = signed_in(world.alice).get(f"/turf/{world.cut.pk}/edit/?turf=1")

        assert "It is handed out, so it cannot be changed." in shown.content.decode()

    def test_the_cost_stands_there_before_the_move(self, world, signed_in):
        """Doors, metres and minutes of both turfs."""
        asked = {"doors": FIRST[-1:], "to": 2}
        shown = signed_in(world.alice).get(f"/turf/{world.cut.pk}/cost/", asked)

        assert "6 → 5" in shown.content.decode()
        assert "6 → 7" in shown.content.decode()
        assert "13 min → 16 min" in shown.content.decode()

    def test_nothing_chosen_is_said_and_nonsense_is_not_found(self, world, signed_in):
        """An empty form is a slip; a verb that nobody knows is no screen of ours."""
        assert self.post(world, signed_in, verb="move").status_code == 422
        assert self.post(world, signed_in, verb="burn").status_code == 404
