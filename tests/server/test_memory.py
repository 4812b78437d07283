"""What a phone remembers: earlier visits, ways into a building, who else is there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groundgame.server.actions import events, memory, packets
from groundgame.server.store.models import Packet, Quarantine
from tests.server.phone import OTHER_DEVICE, Phone, sealed, uuid7
from tests.server.said import plain
from tests.server.world import SEALED, person_id
from tests.unit.packet.test_bundle import problems

pytestmark = pytest.mark.django_db
NEW = f"new:{uuid7(77)}"
CONFIDENCE = "Said in confidence"


@pytest.fixture
def next_year(world, phone):
    """Return a function that hands turf 1 out again and loads it on another phone."""

    def again(**headers):
        packets.take_back(packet=phone.packet, by=world.alice)
        row = packets.hand_out(turf=world.turfs[0], by=world.alice)
        later = Phone(device=OTHER_DEVICE)
        assert later.claim(row.code, "Bo").status_code == 200
        return later

    return again


def told(phone, door=None):
    """Return what a phone is told of a door: result and person of each visit."""
    stop = next(
        each for each in phone.bundle["stops"] if each["door"] == (door or phone.door)
    )
    return [(each["result"], each["person"]) for each in stop.get("before", [])]


def first_person(phone):
    """Return who is behind the first door."""
    return phone.bundle["stops"][0]["people"][0]["id"]


def access(phone, **says):
    """Return the next event of a phone: how to get into the first building."""
    event = phone.conversation(kind="access", building=phone.door, says=says)
    for name in ("door", "person", "result", "script", "answers", "note"):
        del event[name]
    return event


def test_the_next_packet_knows_what_was_said_and_by_whom(phone, next_year):
    """Result, day, first name, answers in words and the note; the latest first."""
    person = first_person(phone)
    answers = {"issue": "housing", "support": "1"}
    phone.send(
        phone.conversation(),
        phone.conversation(
            person=person,
            result="canvassed",
            script=phone.bundle["script"]["id"],
            answers=answers,
            note="Rent.",
        ),
    )

    later = next_year()
    visit = later.bundle["stops"][0]["before"][0]

    assert told(later) == [("canvassed", person), ("not_home", None)]
    assert visit["day"] == timezone.localdate().isoformat()
    assert (visit["by"], visit["note"]) == ("Ana", "Rent.")
    assert visit["answers"] == [
        {"ask": "Issue", "answer": "Rent and housing"},
        {"ask": "Support", "answer": "Strong support"},
    ]


def test_a_phone_in_spanish_is_told_in_spanish(phone, next_year):
    """As far as the script was written in it; what people said stays their words."""
    script = phone.bundle["script"]["id"]
    phone.send(
        phone.conversation(
            person=first_person(phone),
            result="canvassed",
            script=script,
            answers={"issue": "housing"},
        )
    )
    later = next_year()

    answer = later.client.get(
        f"/api/packets/{later.packet}",
        headers=later.headers | {"Accept-Language": "es-MX,es;q=0.9"},
    )
    visit = answer.json()["stops"][0]["before"][0]

    assert visit["answers"] == [{"ask": "Tema", "answer": "Alquiler y vivienda"}]


def test_three_visits_are_told_and_no_more(phone, next_year):
    """Nobody reads a book at a door."""
    phone.send(*(phone.conversation() for _ in range(5)))

    assert len(told(next_year())) == memory.MOST_VISITS


def test_what_was_taken_back_is_not_remembered(phone, next_year):
    """An undone conversation leaves no trace at the door."""
    undone = phone.conversation(result="moved")
    phone.send(undone, phone.withdrawal(of=undone))

    assert told(next_year()) == []


def test_after_two_years_it_is_forgotten(phone, next_year):
    """Memory is for organizing, not for keeping."""
    long_ago = timezone.now() - memory.KEPT - timedelta(days=1)
    batch = {"device": phone.device, "events": [sealed(phone.conversation())]}
    events.receive(token=phone.token, batch=batch, now=long_ago)

    assert told(next_year()) == []


def test_who_asked_for_peace_is_not_in_the_memory(phone, next_year):
    """Neither they nor what was said with them; the neighbour still is."""
    mine, other = (each["id"] for each in phone.bundle["stops"][0]["people"])
    phone.send(
        phone.conversation(person=mine, result="canvassed", note=CONFIDENCE),
        phone.conversation(person=other, result="canvassed"),
        phone.conversation(person=mine, result="do_not_contact", note=CONFIDENCE),
    )

    later = next_year()

    assert told(later) == [("canvassed", other)]
    assert CONFIDENCE not in str(later.bundle)


def test_somebody_who_is_not_in_the_packet_is_not_remembered(world, phone):
    """Protected people are in no packet, so nothing about them is told either."""
    packet = Packet.objects.get(pk=phone.packet)
    hidden = person_id("elm", 12, 3)
    before = memory.said_before(packet, {"elm-door-12": ["somebody else"]})

    assert hidden not in str(before)
    assert SEALED not in str(phone.bundle)


def test_a_way_in_comes_with_the_next_packet(phone, next_year):
    """Field by field, the latest word; what was taken back is gone."""
    wrong = access(phone, buzzer="99")
    phone.send(access(phone, buzzer="14", hours="after 5"), wrong)
    phone.send(access(phone, hours="after 6"))
    undo = phone.withdrawal(of=wrong)
    assert phone.send(undo).json()["receipts"][0]["status"] == "kept"

    later = next_year()

    assert later.bundle["buildings"] == {
        phone.door: {"buzzer": "14", "hours": "after 6"}
    }


def test_a_way_into_somebody_else_s_building_is_set_aside(phone):
    """A phone speaks of the buildings of its packet, and of no others."""
    event = access(phone, buzzer="1") | {"building": "elm-door-12"}

    receipt = phone.send(event).json()["receipts"][0]

    assert receipt["status"] == "quarantined"
    assert Quarantine.objects.get().reason == Quarantine.Reason.DOOR


def test_two_on_one_turf_see_each_other_s_doors_and_not_what_was_said(
    phone, other_phone
):
    """That Ana was there, and with whom; her notes and answers stay hers."""
    person = first_person(phone)
    talk = phone.conversation(
        person=person, result="canvassed", answers={"support": "1"}, note=CONFIDENCE
    )
    phone.send(talk)

    seen = other_phone.fetch().json()

    assert [each["event"]["id"] for each in seen["log"]] == [talk["id"]]
    assert seen["log"][0]["event"]["result"] == "canvassed"
    assert CONFIDENCE not in str(seen)
    assert seen["log"][0]["event"]["answers"] == {}
    assert {each["name"] for each in seen["canvassers"]} == {"Ana", "Bo"}


class TestSomebodyNew:
    """People who were not on the list."""

    def added(self, phone, **changes):
        """Return a conversation with somebody who was not on the list."""
        named = {"person": NEW, "added": {"name": "Nuria", "age": 34}}
        return phone.conversation(**{"result": "canvassed"} | named | changes)

    def test_is_kept_and_seen_by_a_colleague(self, phone, other_phone):
        """The conversation itself says who it was with; no other event need arrive."""
        receipt = phone.send(self.added(phone)).json()["receipts"][0]

        log = other_phone.fetch().json()["log"]
        assert receipt["status"] == "kept"
        assert log[0]["event"]["added"] == {"name": "Nuria", "age": 34}

    def test_is_not_shown_any_more_once_they_ask_for_peace(self, phone, other_phone):
        """Their name leaves with their wish."""
        phone.send(self.added(phone), self.added(phone, result="do_not_contact"))

        assert "Nuria" not in str(other_phone.fetch().json())

    def test_without_a_name_is_set_aside(self, phone):
        """An id that nobody knows and nobody explains is for an organizer."""
        event = phone.conversation(person=NEW, result="canvassed")

        assert phone.send(event).json()["receipts"][0]["status"] == "quarantined"

    def test_does_not_make_a_listed_person_of_another_door(self, phone):
        """A name of one's own choosing opens no other door."""
        event = self.added(phone, person=person_id("elm", 9, 1))

        assert phone.send(event).json()["receipts"][0]["status"] == "quarantined"


def test_a_shift_is_kept_and_is_nobody_s_door(phone, other_phone):
    """Clocking in counts no door, and colleagues are not told one's hours."""
    event = phone.conversation(kind="shift", what="start")
    for name in ("door", "person", "result", "script", "answers", "note"):
        del event[name]

    assert phone.send(event).json()["receipts"][0]["status"] == "kept"
    assert other_phone.fetch().json()["log"] == []


def test_a_door_may_have_a_script_of_its_own(world, phone):
    """Where an experiment chooses one, the phone gets both and knows which is where."""
    packet = Packet.objects.get(pk=phone.packet)
    packet.scripts = [plain() | {"id": "rent-1"}]
    packet.save(update_fields=["scripts"])
    packet.stops.filter(door=phone.door).update(script="rent-1")

    bundle = phone.fetch().json()

    assert [each.get("script") for each in bundle["stops"]] == ["rent-1", *[None] * 5]
    assert [each["id"] for each in bundle["scripts"]] == ["rent-1"]


def test_the_bundle_obeys_the_contract_with_all_that_it_can_hold(phone, next_year):
    """Every field that the server may add is one that the contract knows."""
    person = first_person(phone)
    phone.send(
        phone.conversation(person=person, result="canvassed", note="x"),
        access(phone, buzzer="14"),
    )
    later = next_year()
    later.send(
        later.conversation(result="language_barrier", language="so"),
        later.conversation(result="come_back", again="2026-11-03T18:00"),
    )

    assert problems(later.fetch().json()) == []
