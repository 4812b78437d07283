"""Who asked not to be contacted is left alone: everywhere, from then on."""

import pytest

from groundgame.errors import EmptyTurf
from groundgame.server.actions import (
    asked as asking,
)
from groundgame.server.actions import (
    bundles,
    cuts,
    exports,
    feed,
    packets,
    results,
    universes,
)
from groundgame.server.actions.suppression import Suppressed, suppressed
from groundgame.server.store.models import Packet
from tests.server.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(phone):
    """The event in which Ada behind the first door asked not to be contacted."""
    first = phone.bundle["stops"][0]
    event = phone.conversation(
        person=first["people"][0]["id"], result="do_not_contact", note="never again"
    )
    assert phone.send(event).status_code == 200
    return event


def found(world) -> set[str]:
    """Return whom a universe of everybody finds now."""
    return set(asking.found(world.snapshot, "everyone").people["person_id"].to_pylist())


def handed_out(world, number=0) -> set[str]:
    """Return who is in a packet of a turf that is handed out now."""
    row = packets.hand_out(turf=world.turfs[number], by=world.alice)
    page = packets.packet_page(id=row.id, seen_by=world.alice)
    return {person.id for stop in page.stops for person in stop.people}


def they_are_in_no_universe(world, phone, asked):
    """Not counted, not found, by any rule."""
    page = universes.preview(
        snapshot=world.snapshot.pk, rule="everyone", seen_by=world.alice
    )

    assert asked["person"] not in found(world)
    assert page.people == 23


def they_are_in_no_later_packet(world, phone, asked):
    """Nor in one of a turf that was cut before they asked."""
    packets.take_back(packet=Packet.objects.get().pk, by=world.alice)

    assert asked["person"] not in handed_out(world)


def they_are_not_on_a_sheet_or_phone_that_loads_it_now(world, phone, asked):
    """A packet that is out loses them as soon as it is fetched or printed again."""
    people = [p["id"] for s in phone.fetch().json()["stops"] for p in s["people"]]

    assert len(people) == 11
    assert asked["person"] not in people


def they_are_not_on_the_page_of_the_packet(world, phone, asked):
    """The canvasser who has the turf in hand, and organizers, see them no more."""
    packet = Packet.objects.get()
    for asks in (world.alice, world.cass):
        page = packets.packet_page(id=packet.pk, seen_by=asks)
        shown = {person.id for stop in page.stops for person in stop.people}
        assert len(shown) == 11
        assert asked["person"] not in shown


def they_are_in_no_export(world, phone, asked):
    """What leaves the house as a file does not hold them or their words."""
    text = results.export_csv(
        cut=world.cut.pk, reason="the weekly report", by=world.alice
    ).decode()

    assert "never again" not in text
    assert "Elmcanary" not in text


GUARANTEES = [
    they_are_in_no_universe,
    they_are_in_no_later_packet,
    they_are_not_on_a_sheet_or_phone_that_loads_it_now,
    they_are_not_on_the_page_of_the_packet,
    they_are_in_no_export,
]


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_do_not_contact_holds(guarantee, world, phone, asked):
    """One conversation at one door, and it holds for the whole chapter."""
    guarantee(world, phone, asked)


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_a_forgotten_suppression_is_caught(guarantee, world, phone, asked, monkeypatch):
    """Were the list of the suppressed empty, each guarantee would fail."""
    fired = []

    def forgotten(chapter):
        fired.append(chapter)
        return Suppressed(frozenset(), frozenset())

    for place in (asking, bundles, exports, feed):
        monkeypatch.setattr(place, "suppressed", forgotten)

    with pytest.raises(AssertionError):
        guarantee(world, phone, asked)
    assert fired


def test_asked_by_nobody_in_particular_it_holds_for_the_door(world, phone):
    """A voice behind a closed door speaks for all behind it."""
    phone.send(phone.conversation(result="do_not_contact"))

    assert len(found(world)) == 22
    assert suppressed(world.elm).doors == {phone.door}


def test_it_ends_when_the_conversation_is_withdrawn(world, phone, asked):
    """A slip of the thumb is undone like any other."""
    phone.send(phone.withdrawal(of=asked))

    assert asked["person"] in found(world)


def test_a_later_conversation_does_not_end_it(world, phone, asked):
    """Somebody who knocks all the same has not been given leave."""
    phone.send(phone.conversation(person=asked["person"], result="canvassed"))

    assert asked["person"] not in found(world)


def test_it_holds_in_the_chapter_and_not_beyond(world, phone, asked):
    """What Elm was told stays in Elm."""
    assert suppressed(world.oak) == Suppressed(frozenset(), frozenset())


def test_a_protected_person_is_nowhere(world):
    """Not found, not counted, not handed out: the watch looks for the name as well."""
    assert len(found(world)) == 24
    assert len(handed_out(world, number=1)) == 12


def test_a_turf_whose_people_all_asked_is_not_handed_out(world, phone):
    """There is nothing to hand out, and it says so."""
    for stop in phone.bundle["stops"]:
        phone.send(phone.conversation(door=stop["door"], result="do_not_contact"))
    packets.take_back(packet=Packet.objects.get().pk, by=world.alice)

    with pytest.raises(EmptyTurf):
        packets.hand_out(turf=world.turfs[0], by=world.alice)
    again = cuts.cut(
        universe=world.universe.pk, least=3, most=6, seed=1, by=world.alice
    )
    assert again.doors == 6


def test_a_new_phone_gets_the_packet_without_them(world, phone, asked, packet):
    """Also with the code that was on the sheet before."""
    newcomer = Phone(device="018f0000-0000-7000-8000-00000000000d")

    assert newcomer.claim(packet.code).status_code == 200
    assert asked["person"] not in str(newcomer.bundle)
