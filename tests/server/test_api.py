"""The phone's API: codes, tokens, packets; and what it says to strangers."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from groundgame.server.actions import claims, packets
from groundgame.server.store.models import Packet, WrongCode
from tests.server.phone import DEVICE as DEVICE_A
from tests.server.phone import OTHER_DEVICE, Phone, uuid7

PROBLEM = "application/problem+json"


def is_problem(response, status, name=""):
    """Say whether an answer is a problem of this status and type."""
    body = response.json()
    kind = f"/problems/{name}" if name else "about:blank"
    return (response["Content-Type"], response.status_code) == (PROBLEM, status) and (
        body["type"],
        body["status"],
    ) == (kind, status)


def test_a_code_gives_a_token_and_the_packet(packet):
    """What is on the sheet is all that a canvasser needs."""
    response = Phone().claim(packet.code)

    bundle = response.json()["bundle"]
    assert bundle["packet"] == str(packet.id)
    assert [stop["position"] for stop in bundle["stops"]] == [1, 2, 3, 4, 5, 6]
    assert len(bundle["stops"][0]["people"]) == 2


@pytest.mark.parametrize("typed", [str.lower, lambda c: c.replace("-", " ")])
def test_a_code_may_be_typed_carelessly(packet, typed):
    """Cold thumbs leave out the dash and the capitals."""
    assert Phone().claim(typed(packet.code)).status_code == 200


def test_the_same_phone_may_ask_again_and_keep_both_tokens(packet):
    """A reply that was lost may be asked for again; the older token still hands in."""
    first, again = Phone(), Phone()

    first.claim(packet.code)
    again.claim(packet.code)

    assert first.bundle | {"time": 0} == again.bundle | {"time": 0}
    assert first.fetch().status_code == again.fetch().status_code == 200
    assert Packet.objects.get(pk=packet.id).claims.count() == 1


def test_a_code_is_used_up_by_as_many_phones_as_it_is_for(packet):
    """A photograph of the sheet that goes round does not open the turf to everybody."""
    Packet.objects.filter(pk=packet.id).update(device_limit=2)
    devices = [DEVICE_A, OTHER_DEVICE, uuid7(3)]

    answers = [Phone(device=device).claim(packet.code) for device in devices]

    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert is_problem(answers[2], 409, "used-up-code")
    assert Phone(device=DEVICE_A).claim(packet.code).status_code == 200


def test_an_expired_code_and_one_taken_back_open_nothing(world, packet):
    """What is no longer in hand shows no door."""
    packets.take_back(packet=packet.id, by=world.alice)
    second = packets.hand_out(turf=world.turfs[1], by=world.alice)
    Packet.objects.filter(pk=second.id).update(expires=timezone.now())

    for code in (packet.code, second.code):
        assert is_problem(Phone().claim(code), 410, "expired-code")


@pytest.mark.parametrize("code", ["7KQ2-MX4P", "nonsense", "'; drop table"])
def test_a_wrong_code_is_unknown(world, code):
    """Whatever was typed, nothing is told of the codes there are."""
    assert is_problem(Phone().claim(code), 404, "unknown-code")


def test_guessing_is_slowed_down_by_network_and_not_by_phone(packet):
    """A hundred wrong codes from one address close it a while, to right codes too."""
    guesses = [Phone(device=uuid7(n)).claim("7KQ2-MX4P") for n in range(101)]

    assert [guess.status_code for guess in guesses] == [404] * 100 + [429]
    blocked = Phone().claim(packet.code)
    assert is_problem(blocked, 429, "too-many-wrong-codes")
    assert blocked["Retry-After"] == "600"
    elsewhere = Phone()
    elsewhere.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert elsewhere.claim(packet.code).status_code == 200
    assert "127.0.0.1" not in set(WrongCode.objects.values_list("network", flat=True))


def test_a_phone_that_has_the_packet_is_not_locked_out_by_its_neighbours(
    phone, packet, monkeypatch
):
    """Whoever guesses behind the same address closes no turf that is being walked."""
    monkeypatch.setattr(claims, "MOST_WRONG", 1)
    Phone(device=OTHER_DEVICE).claim("7KQ2-MX4P")

    assert is_problem(
        Phone(device=OTHER_DEVICE).claim(packet.code), 429, "too-many-wrong-codes"
    )
    assert phone.claim(packet.code).status_code == 200


def test_a_stranger_cannot_tell_which_packets_there_are(phone, oak_packet):
    """Without a token, or with another packet's, there and not there are the same."""
    nowhere = "00000000-0000-4000-8000-000000000000"
    stranger = Phone(visitor="anonymous")
    with_token = [phone.fetch(str(oak_packet.id)), phone.fetch(nowhere)]
    without = [stranger.fetch(str(oak_packet.id)), stranger.fetch(nowhere)]

    assert with_token[0].content == with_token[1].content
    assert is_problem(with_token[0], 403, "not-yours")
    assert without[0].content == without[1].content
    assert is_problem(without[0], 401, "unknown-token")
    stranger.token = nowhere
    assert is_problem(stranger.fetch(str(oak_packet.id)), 401, "unknown-token")
    assert is_problem(stranger.send(phone.conversation()), 401, "unknown-token")


def test_the_packet_on_a_phone_is_the_packet_that_was_handed_out(phone):
    """Fetched again, it is the same to the letter."""
    assert phone.fetch().json() | {"time": 0} == phone.bundle | {"time": 0}


HOSTILE = [
    pytest.param(b"", 422, id="empty"),
    pytest.param(b"{", 400, id="half an object"),
    pytest.param(b"\xff\xfe{}", 400, id="not UTF-8"),
    pytest.param(b"[" * 100_000, 400, id="nested without end"),
    pytest.param(b'{"a":' * 500 + b"1" + b"}" * 500, 400, id="nested very deeply"),
    pytest.param(b'{"device": NaN}', 400, id="a number that is none"),
    pytest.param(b'{"device": 1e400}', 400, id="a number beyond any"),
    pytest.param(b"9" * 5_000, 400, id="a number without end"),
    pytest.param(b"[]", 422, id="a list"),
    pytest.param(b"null", 422, id="null"),
    pytest.param(b'{"device": 5, "events": []}', 422, id="a device that is a number"),
    pytest.param(b'{"device": "x", "events": []}', 422, id="a device that is no UUID"),
    pytest.param(b'{"events": []}', 422, id="no device"),
]


@pytest.mark.parametrize(("body", "status"), HOSTILE)
def test_a_body_that_is_no_batch_is_refused_as_a_problem(phone, body, status):
    """A client with a fault is told so, and never gets a 500 or a page."""
    answer = phone.client.post(
        "/api/events", body, "application/json", headers=phone.headers
    )

    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)


def test_a_batch_may_hold_a_thousand_events_and_two_mebibytes(phone):
    """More than that is asked for in parts."""
    assert is_problem(phone.post([{}] * 1001), 422, "bad-batch")
    assert is_problem(phone.post(["x" * 2**21]), 413)


def test_a_body_must_say_that_it_is_json(phone):
    """A form of another site cannot post here by accident."""
    answer = phone.client.post("/api/events", {"device": "x"}, headers=phone.headers)

    assert is_problem(answer, 415)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/nothing", 404),
        ("get", "/api/claim", 405),
        ("delete", "/api/events", 405),
        ("get", "/api/packets/not-a-uuid", 404),
    ],
)
def test_whatever_the_api_refuses_is_a_problem(method, path, status):
    """Also what never reached the API's own code."""
    assert is_problem(getattr(Client(), method)(path), status)


def test_a_fault_of_ours_is_a_problem_too(phone, monkeypatch):
    """A phone that meets a bug is told 500 in the same form, and keeps its events."""
    monkeypatch.setattr(packets.Packet, "in_hand", lambda *_: 1 / 0)

    assert is_problem(phone.fetch(), 500)


def test_hostile_values_in_a_claim_are_refused_without_repeating_them(packet):
    """What was sent does not come back in the answer, nor does it reach the book."""
    phone = Phone(device="<script>")

    answer = phone.claim(packet.code, name="x" * 101)

    assert is_problem(answer, 422, "wrong-shape")
    assert "script" not in answer.json()["detail"]
    assert "device" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["", "   ", "A\0na", "Ana\n"])
def test_a_name_is_not_blank_and_holds_no_control_character(packet, name):
    """A database refuses some of them, and an organizer could not read the others."""
    assert is_problem(Phone().claim(packet.code, name=name), 422, "wrong-shape")


def test_the_api_describes_itself(world):
    """A programmer who has the address finds the schema."""
    schema = json.loads(Client().get("/api/openapi.json").content)

    assert set(schema["paths"]) == {
        "/api/claim",
        "/api/events",
        "/api/packets/{packet}",
    }
