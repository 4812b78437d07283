"""The screens of scripts: the list, the editor, and choosing one when turf goes out."""

import json
import re

import pytest
from django.urls import reverse

from groundgame.server.store.models import Packet, ScriptRow, ScriptVersion
from tests.server.said import scripted


@pytest.fixture
def browser(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


def written(page):
    """Return the script that the editor of a page begins with."""
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    return json.loads(text.replace("&quot;", '"').replace("&#x27;", "'"))


def test_a_chapter_without_a_script_is_told_how_to_begin(world, browser, read):
    """An empty list says what is used instead, and offers three beginnings."""
    page = read(browser.get(reverse("scripts")))

    assert "no script of its own yet" in page
    assert page.count(reverse("script-new")) == 3


@pytest.mark.parametrize(
    ("start", "questions"),
    [("listening", 4), ("deep_canvass", 8), ("nothing", 0), ("../../etc", 0)],
)
def test_a_new_script_begins_with_what_was_asked_for(browser, read, start, questions):
    """What is not shipped begins with an empty page."""
    page = read(browser.get(reverse("script-new"), {"from": start}))

    assert len(written(page)["questions"]) == questions


def test_what_is_written_is_saved_and_can_be_changed(world, browser, read):
    """The second time it is the next version, and the page says so."""
    first = browser.post(reverse("script-new"), {"body": scripted()}, follow=True)
    row = ScriptRow.objects.get()
    address = reverse("script", args=[row.pk])
    changed = {"body": scripted(opening="Good morning.")}
    second = browser.post(address, changed, follow=True)
    third = browser.post(address, changed, follow=True)

    assert "Saved as version rent-" in read(first)
    assert "Good morning." in written(read(second))["opening"]
    assert "no new version" in read(third)
    assert row.versions.count() == 2
    assert "2 versions" in read(browser.get(reverse("scripts")))


def test_what_cannot_be_asked_comes_back_with_the_reason(world, browser, read):
    """Nothing that was written is lost, and nothing is saved."""
    sent = scripted(name="", opening="<b>Hours of work</b>")
    page = read(browser.post(reverse("script-new"), {"body": sent}), 422)

    assert "This script needs a name of 1 to 40 letters" in page
    assert "&lt;b&gt;Hours of work" in page
    assert not ScriptVersion.objects.exists()


@pytest.mark.parametrize("sent", ["", "{", "[]", '{"questions": 3}'])
def test_what_arrives_broken_leaves_the_page_as_it_was(browser, script, read, sent):
    """The editor is never given what it could not show."""
    address = reverse("script", args=[script.pk])

    page = read(browser.post(address, {"body": sent}), 422)

    assert written(page)["name"] == "Rent"


def test_turf_is_handed_out_with_the_script_of_the_form(world, browser, script, read):
    """One choice in the form of one turf, and in that of all turfs of a cut."""
    one = reverse("hand-out", args=[world.turfs[0].pk])
    assert "Rent</option>" in read(browser.get(one))
    read(browser.post(one, {"hours": 3, "script": script.pk}, follow=True))
    all_ = reverse("hand-out-all", args=[world.cut.pk])
    read(browser.post(all_, {"script": "deep_canvass"}, follow=True))

    assert [each.script["name"] for each in Packet.objects.order_by("at")] == [
        "Rent",
        "Deep canvass",
    ]


def test_a_script_of_nobody_hands_nothing_out(world, browser):
    """A key that the page never offered is not there."""
    address = reverse("hand-out-all", args=[world.cut.pk])

    assert browser.post(address, {"script": "77"}).status_code == 404
    assert not Packet.objects.exists()


def test_a_stranger_writes_into_their_own_chapter_only(world, signed_in):
    """Charlie may name Elm in the address; the script does not land there."""
    charlie = signed_in(world.charlie)
    address = f"{reverse('script-new')}?chapter={world.elm.pk}"

    assert charlie.get(address).status_code == 404
    assert charlie.post(address, {"body": scripted()}).status_code == 404
    assert not ScriptRow.objects.exists()
