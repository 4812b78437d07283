"""The frame of every page: errors in our words, signing in; and what tests catch."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from groundgame.server.actions import people
from groundgame.server.web import words
from tests.server.watch import Leak


def test_a_form_from_elsewhere_changes_nothing_and_is_told_what_to_do(world, read):
    """A page that was open for days, or somebody else's page, cannot act as Alice."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.alice, "django.contrib.auth.backends.ModelBackend")
    answer = browser.post(reverse("hand-out", args=[world.turfs[0].pk]), {"hours": 3})

    assert "This form had expired" in read(answer, 403)
    assert not world.turfs[0].packets.exists()


@pytest.mark.parametrize("page", ["400.html", "403.html", "404.html", "500.html"])
def test_an_error_page_stands_alone_and_says_what_to_do(page):
    """When all else is broken, no variable is needed to say so."""
    text = render_to_string(page)

    assert "MISSPELT" not in text
    assert 'href="/"' in text


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index"])
def test_pages_of_the_account_have_our_frame(world, signed_in, read, name):
    """Password and second factor look as everything else does."""
    page = read(signed_in(world.alice).get(reverse(name)))

    assert 'class="top"' in page
    assert reverse("account_logout") in page


def test_a_sign_in_page_offers_the_phone_to_those_without_an_account(client, read):
    """Most of those who come here by mistake hold a turf code."""
    page = read(client.get(reverse("account_login")))

    assert f'href="{reverse("phone")}"' in page
    assert "Forgot" not in page


def test_a_spent_link_says_that_it_is_spent(client, read):
    """Links work once; who presses one twice is told so, and where to go."""
    page = read(client.get(reverse("account_login"), {"link": "spent"}))

    assert "has been used or is too old" in page


@pytest.mark.usefixtures("told")
def test_a_stranger_who_was_let_in_by_mistake_is_caught(world, signed_in, monkeypatch):
    """Planted: nobody is asked for a role any more. The watch over answers fires."""
    monkeypatch.setattr(people, "require", lambda user, *_: user)
    browser = signed_in(world.charlie)
    with pytest.raises(Leak, match="charlie was shown"):
        browser.get(reverse("result", args=[world.cut.pk]))


def test_a_misspelt_variable_is_caught(read):
    """Planted: a page asks for something that nobody gives it."""
    template = engines["django"].from_string("{{ packet.row.cod }}")
    answer = HttpResponse(template.render({"packet": {"row": {}}}))
    with pytest.raises(AssertionError, match="MISSPELT"):
        read(answer)


@pytest.mark.parametrize(
    ("said", "words_for_it"),
    [
        (words.many(12345), "12,345"),
        (words.distance(214), "214 m"),
        (words.distance(1049), "1.0 km"),
        (words.percent(0.4049), "40%"),
        (words.of_hundred(1.7), 100),
        (words.shift(39.6), "about 40 minutes"),
        (words.shift(132), "about 2.2 hours"),
        (words.hours(132), "2.2 h"),
        (words.in_minutes(131.6), "132 min"),
    ],
)
def test_numbers_are_said_as_people_say_them(said, words_for_it):
    """132 minutes are 2.2 hours; in a column there is less room."""
    assert said == words_for_it
