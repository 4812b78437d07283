"""The turf room: doors that are dragged on a map, and what is drawn there."""

import gzip
import json
from pathlib import Path

import pytest
from django.utils import translation

from groundgame.errors import BeyondLimits, CannotEdit, NotYours, StaleTurfs
from groundgame.server.actions import cuts, edits, packets, picks, recut, reshape
from groundgame.server.actions.loads import Measure
from groundgame.server.store.models import Edit
from groundgame.server.web.cuts.refusals import WORDS, words
from tests.server.world import door_id

pytestmark = pytest.mark.django_db
FIRST = [door_id("elm", n) for n in range(1, 7)]


@pytest.fixture
def alice(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


@pytest.fixture
def cost(world, alice):
    """Return a function that asks, as a hand does that hovers over a turf."""

    def ask(browser=alice, **asked):
        asked = {"drag": 1, "seen": 0} | asked
        return browser.get(f"/turf/{world.cut.pk}/cost/", asked)

    return ask


def moved(world, alice, **sent):
    """Let doors go over turf 2."""
    sent = {"verb": "move", "after": 0, "seen": 0, "to": 2, "beyond": 1} | sent
    return alice.post(f"/turf/{world.cut.pk}/edit/?turf=1", sent)


class TestTheCostOfADrag:
    """What stands beside the hand."""

    def test_doors_metres_and_minutes_of_both_turfs_stand_there(self, cost):
        """Door 6 stands 20.7 m from door 5 and from door 7."""
        said = " ".join(cost(stops="1:6", to=2).content.decode().split())

        assert 'data-held="1:6"' in said
        assert "1 door → Turf 2" in said
        assert "Turf 1: 6 → 5, \N{MINUS SIGN}21 m" in said
        assert "Turf 2: 6 → 7, +21 m" in said
        assert "not as asked" in said

    def test_a_side_of_the_street_is_held_as_a_whole(self, cost):
        """Who presses number 3 holds 1, 3 and 5, and nothing of another turf."""
        assert 'data-held="1:1.3.5"' in cost(side="1:3").content.decode()

    @pytest.mark.parametrize("who", ["locked", "handed out"])
    def test_a_turf_that_stays_as_it_is_says_so_before_anything_is_let_go(
        self, world, cost, who
    ):
        """Whoever hovers over it reads why nothing can land there."""
        if who == "locked":
            edits.lock(cut=world.cut.pk, turf=2, after=0, by=world.alice)
        else:
            packets.hand_out(turf=world.turfs[1], by=world.alice)

        seen = 1 if who == "locked" else 0
        said = cost(stops="1:6", to=2, seen=seen).content.decode()

        assert f"Turf 2 is {who}." in said
        assert "data-held" not in said

    def test_what_somebody_else_has_changed_is_said_at_once(self, world, cost):
        """Places in a walk that is no longer so are not spoken of."""
        edits.lock(cut=world.cut.pk, turf=2, after=0, by=world.bob)

        said = cost(stops="1:6", to=2).content.decode()

        assert "Somebody else has changed these turfs" in said
        assert "data-held" not in said

    def test_nobody_else_learns_anything(self, world, cost, signed_in):
        """Bob organizes too; for Charlie there is no such cut."""
        assert cost(signed_in(world.bob), stops="1:6", to=2).status_code == 200
        assert cost(signed_in(world.charlie), stops="1:6", to=2).status_code == 404

    @pytest.mark.parametrize(
        "asked",
        [
            {"stops": "1:7"},
            {"stops": "9:1"},
            {"stops": "1:x"},
            {"stops": "1:6", "seen": 5},
            {"stops": "1:6", "seen": ""},
            {"side": "1:99"},
            {"side": "1"},
        ],
    )
    def test_what_is_not_there_is_not_found(self, cost, asked):
        """Neither a place after the last door, nor a change that nobody made."""
        assert cost(**asked).status_code == 404


class TestADrop:
    """What comes of letting go."""

    def test_doors_and_a_whole_side_move_by_their_places_in_the_walk(
        self, world, alice
    ):
        """Stop 6 goes; then, seen after that change, the side of stop 1."""
        assert moved(world, alice, stops="1:6").status_code == 302
        assert moved(world, alice, side="1:1", after=1, seen=1).status_code == 302

        said = [edit.said["doors"] for edit in Edit.objects.order_by("number")]
        assert said == [FIRST[5:], [FIRST[0], FIRST[2], FIRST[4]]]

    def test_a_place_means_the_door_that_was_there_when_it_was_seen(self, world, alice):
        """The same drop sent twice moves one door, not the next one in its place."""
        for _ in range(2):
            assert moved(world, alice, stops="1:1").status_code == 302

        assert [edit.said["doors"] for edit in Edit.objects.all()] == [FIRST[:1]]

    def test_going_on_beyond_the_limits_takes_the_same_doors_along(self, world, alice):
        """The button that says yes sends what was let go."""
        asked = moved(world, alice, stops="1:6", beyond="")

        assert asked.status_code == 422
        assert 'name="stops" value="1:6"' in asked.content.decode()

    def test_it_says_what_became_of_both_turfs(self, world, alice):
        """And that it can be taken back."""
        moved(world, alice, stops="1:6")
        said = alice.get(f"/turf/{world.cut.pk}/edit/").content.decode()

        assert "Done. You can take it back. Turf 1: 5 doors, 83 m" in said
        assert "Turf 2: 7 doors, 124 m" in said

    def test_charlie_moves_nothing(self, world, signed_in):
        """For a stranger there is no such cut, whatever is sent."""
        assert moved(world, signed_in(world.charlie), stops="1:6").status_code == 404
        assert not Edit.objects.exists()


class TestWhatAMapIsDrawnFrom:
    """Lines through doors, and only what has changed."""

    def drawn(self, world, **asked):
        """Return what Alice's map is drawn from."""
        return json.loads(cuts.cut_map(id=world.cut.pk, seen_by=world.alice, **asked))

    def test_a_turf_is_a_line_through_its_doors_in_walking_order(self, world):
        """Turf 1 begins at door 1 and ends at door 6."""
        first, second = self.drawn(world)["features"]

        assert (first["id"], second["id"]) == (1, 2)
        assert first["geometry"]["type"] == "LineString"
        east = [place[0] for place in first["geometry"]["coordinates"]]
        assert east == pytest.approx([-78 + n * 0.00025 for n in range(1, 7)])

    def test_after_a_change_only_its_turfs_are_sent(self, world):
        """A merge leaves one turf that is new, and one that holds nothing."""
        edits.merge(
            cut=world.cut.pk, turf=1, into=2, after=0, beyond=True, by=world.alice
        )

        drawn = self.drawn(world, since=0)

        assert drawn["version"] == 1
        told = {each["id"]: each["geometry"] for each in drawn["features"]}
        assert told[1] is None
        assert len(told[2]["coordinates"]) == 12
        assert self.drawn(world, since=1)["features"] == []
        with pytest.raises(NotYours):
            self.drawn(world, since=2)

    def test_it_is_sent_packed(self, world, alice):
        """A hundred thousand doors are half a megabyte, not two and a half."""
        answer = alice.get(
            f"/turf/{world.cut.pk}/doors.geojson?since=0", HTTP_ACCEPT_ENCODING="gzip"
        )
        whole = alice.get(
            f"/turf/{world.cut.pk}/doors.geojson", HTTP_ACCEPT_ENCODING="gzip"
        )

        assert json.loads(answer.content)["features"] == []
        assert len(json.loads(gzip.decompress(whole.content))["features"]) == 2

    def test_a_turf_of_one_door_is_a_point(self, world):
        """A line needs two places."""
        edits.move(
            cut=world.cut.pk, doors=FIRST[1:], to=2, after=0, beyond=True, by=world.bob
        )

        assert self.drawn(world)["features"][0]["geometry"]["type"] == "Point"


def test_the_words_of_a_map_come_back_as_the_same_doors(world):
    """What is said of doors names these doors and no others."""
    asked = {"cut": world.cut.pk, "after": 0, "seen_by": world.alice}
    said = picks.said(doors=[FIRST[0], FIRST[4], door_id("elm", 9)], **asked)

    assert said == "1:1.5;2:3"
    found = picks.doors(stops=said, side="", **asked)
    assert found == sorted([FIRST[0], FIRST[4], door_id("elm", 9)])


def test_a_long_table_has_pages_and_a_turf_is_found_on_its_own(
    world, alice, monkeypatch
):
    """Of two turfs on two pages, the second is shown by its page, and by its number."""
    monkeypatch.setattr("groundgame.server.web.cuts.view.TURFS", 1)

    def shown(asked, **how):
        page = alice.get(f"/turf/{world.cut.pk}/{asked}", **how).content.decode()
        return page, [n for n in (1, 2) if f'data-turf="{n}"' in page]

    asked = ("", "?page=2", "?page=99", "?turf=2", "?turf=99")
    assert [shown(one)[1] for one in asked] == [[1], [2], [2], [2], [1]]
    whole, piece = shown("")[0], shown("", headers={"hx-request": "true"})[0]
    assert "Page 1 of 2" in piece
    assert "ground-map" in whole
    assert "ground-map" not in piece


def test_the_table_says_on_which_streets_a_turf_is(world, alice):
    """Whoever prints it knows where to drive."""
    page = alice.get(f"/turf/{world.cut.pk}/").content.decode()

    assert page.count("Elmcanary Street</td>") == 2


@pytest.mark.parametrize(
    "refusal",
    [
        *(CannotEdit(problem, "3") for problem in WORDS),
        CannotEdit("something that has no words yet"),
        *(BeyondLimits("1, 2", 40, 50, each) for each in Measure),
        StaleTurfs(),
    ],
)
def test_every_refusal_is_a_sentence(refusal):
    """It begins with a capital letter, ends with a stop, and has no gap in it."""
    said = words(refusal)

    assert said[0].isupper()
    assert said[-1] == "."
    assert "%(" not in said
    assert "{" not in said


def test_a_refusal_speaks_the_language_of_the_page(monkeypatch):
    """The words go through gettext: a catalogue is all that a language needs."""
    asked = []

    def spanish(one, many, number):
        asked.append((one, number))
        return "Los bloques %(turfs)s"

    monkeypatch.setattr(translation._trans, "ngettext", spanish, raising=False)
    refusal = CannotEdit("turf {turfs} is locked; unlock it first", "2, 3")

    assert words(refusal) == "Los bloques 2, 3"
    assert asked == [
        ("Turf %(turfs)s is locked. Unlock it first. Nothing was changed.", 2)
    ]


def test_every_reason_that_is_raised_has_words():
    """No reason to leave turfs alone is left to the plain English of a log."""
    files = (Path(each.__file__) for each in (edits, recut, reshape))
    source = "".join(each.read_text(encoding="utf-8") for each in files)

    assert source.count("raise CannotEdit(") == len(WORDS)
    assert all(problem in source for problem in WORDS)
