"""Signing in: a link that works once, passwords, a second factor, no signing up."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from groundgame.server import sign_in
from groundgame.server.store.models import User
from tests.server.watch import routes

pytestmark = pytest.mark.django_db


def follow(address: str):
    """Follow a link in a new browser; return the browser and the answer."""
    client = Client()
    return client, client.get(address)


def test_a_link_signs_in_once(world):
    """A link found in a browser's history opens nothing."""
    address = sign_in.link(world.alice)

    client, first = follow(address)
    _, second = follow(address)

    assert (first.status_code, first["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(world.alice.pk)
    assert second["Location"] == "/account/login/?link=spent"


def test_a_link_is_good_for_an_hour_and_no_longer(world, settings):
    """One that lay in a mailbox overnight is spent."""
    address = sign_in.link(world.alice)
    settings.SESAME_MAX_AGE = -1

    assert "spent" in follow(address)[1]["Location"]


@pytest.mark.parametrize("token", ["", "nonsense", "A" * 500, "\0", "é"])
def test_a_made_up_link_opens_nothing(world, token):
    """Whatever stands in it."""
    client = Client()

    answer = client.get("/sign-in/link/", {"token": token})

    assert "spent" in answer["Location"]
    assert "_auth_user_id" not in client.session


def test_a_link_does_not_go_round_the_second_factor(world):
    """Who set a second factor is asked for it, however they came in."""
    get_adapter()
    Authenticator.objects.create(
        user=world.alice, type="totp", data={"secret": get_adapter().encrypt("A" * 32)}
    )

    client, answer = follow(sign_in.link(world.alice))

    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("login", ["alice", "alice@elm.example"])
def test_a_password_signs_in_by_name_and_by_address(world, login):
    """Whichever somebody remembers."""
    client = Client()

    client.post("/account/login/", {"login": login, "password": "alice has 12+"})

    assert client.session["_auth_user_id"] == str(world.alice.pk)


def test_nobody_signs_up(world):
    """Accounts are made by whoever runs the server."""
    body = {"username": "eve", "password1": "x" * 20, "password2": "x" * 20}

    answer = Client().post("/account/signup/", body)

    assert answer.status_code == 200
    assert not User.objects.filter(username="eve").exists()


def test_every_page_about_accounts_answers_a_stranger_politely(world):
    """No page of the sign-in library breaks, or lets somebody in."""
    plain = [
        f"/{route}"
        for route, _ in routes()
        if route.startswith("account/") and "<" not in route and "(" not in route
    ]
    assert len(plain) > 10
    for address in plain:
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code in {200, 302, 403, 405}, address
            assert "sessionid" not in answer.cookies or not answer.wsgi_request.user.pk
