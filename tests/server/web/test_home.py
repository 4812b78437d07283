"""The first page: what to do next, for whoever is signed in."""

import pytest
from django.urls import reverse

from groundgame.server.actions import packets, people
from groundgame.server.store.models import User


def test_an_organizer_is_led_to_the_step_that_is_not_done(world, signed_in, read):
    """With a cut and no packet, the next step is to hand it out."""
    page = read(signed_in(world.alice).get("/"))

    assert page.count('class="done"') == 3
    assert page.count('class="next"') == 1
    assert "0 of 2 turfs" in page


@pytest.mark.usefixtures("world")
def test_a_new_organizer_begins_with_a_voter_file(signed_in, read):
    """Nothing is done in a chapter of today, and nothing of Elm is shown."""
    dana = people.seat(chapter="Ash", username="dana", role="organizer").user
    page = read(signed_in(dana).get("/"))

    assert 'class="done"' not in page
    assert page.index('class="next"') < page.index(reverse("snapshots") + '">Bring')


def test_a_canvasser_sees_the_turf_in_hand_and_opens_it_on_this_phone(
    world, packet, signed_in, read
):
    """The button leads to the phone app with the code, as the QR does."""
    page = read(signed_in(world.cass).get("/"))

    assert packet.turf in page
    assert f'href="{reverse("phone")}#code={packet.code}"' in page
    assert "Voter files" not in page


def test_what_was_taken_back_is_gone_from_the_canvassers_page(
    world, packet, signed_in, read
):
    """A packet out of hand shows no door and no code."""
    packets.take_back(packet=packet.id, by=world.alice)
    page = read(signed_in(world.cass).get("/"))

    assert packet.code not in page
    assert "You have no turf in hand" in page


@pytest.mark.usefixtures("world")
def test_whoever_has_no_role_is_told_where_to_get_one_and_sees_no_voter(
    signed_in,
    read,
):
    """An account alone shows nobody's data."""
    page = read(signed_in(User.objects.create_user("nora")).get("/"))

    assert "you have no role yet" in page
    assert "nora" in page
    assert "canary" not in page


@pytest.mark.usefixtures("packet")
def test_the_first_page_asks_few_questions(
    world, signed_in, django_assert_max_num_queries
):
    """It is the page that is opened most, by canvassers most of all."""
    alice, cass = signed_in(world.alice), signed_in(world.cass)
    with django_assert_max_num_queries(25):
        alice.get("/")
    with django_assert_max_num_queries(10):
        cass.get("/")
