"""The screen that takes a rescue file in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from groundgame.server.actions import rescue
from groundgame.server.store.models import Event
from tests.server.test_rescue import saved, two


@pytest.fixture
def upload(world, signed_in):
    """Return a function that brings a file in, as Alice, and follows to the answer."""

    def send(content: bytes, who: str = "alice"):
        browser = signed_in(getattr(world, who)) if who else Client()
        file = SimpleUploadedFile("groundgame-rescue-2025-06-01-00000a.json", content)
        return browser.post(reverse("rescue"), {"file": file}, follow=True)

    return send


def test_what_came_of_the_file_is_said_in_words(upload, phone, read):
    """Taken in, there already, set aside, elsewhere: each is counted, and adds up."""
    known, *new = two(phone), phone.conversation(door="elm-door-12")
    phone.send(known[0])
    nowhere = phone.conversation(packet="00000000-0000-4000-8000-000000000000")

    page = read(upload(saved(*known, *new, nowhere)))

    assert "1 entry was taken in." in page
    assert "1 entry was there already." in page
    assert "1 entry is set aside, for it did not fit." in page
    assert f'<a href="{reverse("quarantine")}">Look at what waits.</a>' in page
    assert "1 entry is of no packet of your chapters" in page


def test_once_more_it_says_that_all_was_there(upload, phone, read):
    """Bob takes in what Alice took in: he is told so, and nothing is counted twice."""
    file = saved(*two(phone))
    assert "2 entries were taken in." in read(upload(file))

    page = read(upload(file, "bob"))

    assert "2 entries were there already." in page
    assert "taken in. They" not in page
    assert Event.objects.count() == 2


@pytest.mark.usefixtures("world")
def test_a_file_with_nothing_in_it_says_so(upload, read):
    """A phone that had sent everything saves an empty list; nobody need wonder."""
    assert "No entry is in this file" in read(upload(saved()))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(saved()[:20], "it breaks off", id="half a file"),
        pytest.param(b"", "The submitted file is empty", id="an empty file"),
        pytest.param(b" " * (rescue.LARGEST + 9), "larger than 5 MiB", id="too large"),
    ],
)
def test_what_is_no_rescue_file_leaves_the_form_with_the_reason(
    upload, read, content, says
):
    """The reason stands beside the field, and the form is there for another try."""
    page = read(upload(content), status=422)

    assert says in page
    assert 'type="file"' in page


@pytest.mark.usefixtures("world")
def test_a_form_without_a_file_says_so(world, signed_in, read):
    """A press of the button too soon is no crash."""
    page = read(signed_in(world.alice).post(reverse("rescue")), status=422)

    assert "This field is required" in page


@pytest.mark.parametrize(
    ("who", "status"), [("cass", 404), ("charlie", 200), ("", 200)]
)
def test_nobody_else_takes_anything_in(upload, phone, who, status):
    """Cass is not shown the screen, Charlie's chapter has none of it, others sign in.

    What Charlie is told of Elm's packet is what he is told of one that never was.
    """
    answer = upload(saved(*two(phone)), who)

    assert answer.status_code == status
    assert Event.objects.count() == 0
    if who == "charlie":
        assert "2 entries are of no packet of your chapters" in answer.content.decode()
    if not who:
        assert answer.redirect_chain[0][0].startswith("/account/login/")


@pytest.mark.usefixtures("phone")
def test_the_screen_is_found_from_results_and_from_quarantine(world, signed_in, read):
    """Whoever is handed a file looks where conversations arrive."""
    for name in ("results", "quarantine"):
        page = read(signed_in(world.alice).get(reverse(name)))
        assert f'href="{reverse("rescue")}"' in page
