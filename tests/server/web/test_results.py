"""The screens of results and quarantine."""

import re

import pytest
from django.urls import reverse

from groundgame.server.store.models import Export, Quarantine, Release


@pytest.fixture
def browser(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


@pytest.mark.usefixtures("told")
def test_what_came_in_is_counted_and_shown(world, browser, read):
    """Two attempts at one door, one contact: a contact rate of a half."""
    page = read(browser.get(reverse("result", args=[world.cut.pk])))

    assert "50%" in page
    assert "Not Home" in page
    assert "Canvassed" in page


@pytest.mark.usefixtures("told")
def test_what_a_phone_wrote_is_text_and_never_markup(world, browser, read):
    """A note with tags in it stands there as it was typed."""
    page = read(browser.get(reverse("result", args=[world.cut.pk])))

    assert "&lt;b&gt;Call&lt;/b&gt; on Sunday" in page
    assert "<b>Call" not in page


@pytest.mark.usefixtures("told")
def test_the_live_part_says_something_only_when_there_is_news(
    world, phone, browser, read
):
    """What was seen is answered with nothing: nobody loses their place."""
    address = reverse("result-live", args=[world.cut.pk])
    page = read(browser.get(address))

    assert "<html" not in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert browser.get(address, {"seen": seen}).status_code == 204
    phone.send(phone.conversation(result="refused"))
    assert browser.get(address, {"seen": seen}).status_code == 200


@pytest.mark.usefixtures("told")
def test_an_export_without_a_reason_is_refused(world, browser, read):
    """Nothing leaves the house without somebody saying why."""
    address = reverse("export", args=[world.cut.pk])
    for reason in ("", "   "):
        read(browser.post(address, {"reason": reason}), 422)

    assert not Export.objects.exists()


@pytest.mark.usefixtures("told")
def test_an_export_with_a_reason_is_a_file_and_is_written_down(world, browser):
    """Who, why and how many rows are kept."""
    answer = browser.post(
        reverse("export", args=[world.cut.pk]), {"reason": "Call back on Sunday"}
    )

    assert answer["Content-Type"].startswith("text/csv")
    assert "Canvassed" in answer.content.decode() or "canvassed" in str(answer.content)
    assert Export.objects.get().reason == "Call back on Sunday"


@pytest.mark.usefixtures("waiting")
def test_results_say_that_something_waits(world, browser, read):
    """An entry in quarantine is in sight of whoever looks at results."""
    page = read(browser.get(reverse("result", args=[world.cut.pk])))

    assert "One entry from a phone waits" in page


def seen():
    """Return what the form sends: the hash of the one entry that waits."""
    return {"sha256": Quarantine.objects.get().event.sha256}


@pytest.mark.usefixtures("waiting")
def test_letting_an_entry_in_asks_once(browser, read):
    """Looking at the question changes nothing; answering it lets the entry in."""
    event = Quarantine.objects.get().event_id
    address = reverse("release", args=[event])
    assert "cannot be taken out again" in read(browser.get(address))
    assert not Release.objects.exists()

    page = read(browser.post(address, seen(), follow=True))
    assert "Let in." in page
    assert "Nothing waits." in page


@pytest.mark.usefixtures("waiting")
def test_letting_it_in_twice_changes_nothing(browser):
    """A second press of the button is answered as the first."""
    address = reverse("release", args=[Quarantine.objects.get().event_id])
    sent = seen()
    answers = [browser.post(address, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Release.objects.count() == 1


def test_an_entry_that_cannot_count_says_why(phone, browser, read):
    """What is no event cannot be let in, and stays."""
    assert phone.post([{"event": {"id": "?"}, "sha256": "0" * 64}]).status_code == 200
    listed = read(browser.get(reverse("quarantine")))
    assert "It cannot count as it is" in listed

    address = reverse("release", args=[Quarantine.objects.get().event_id])
    read(browser.post(address), 422)
    assert not Release.objects.exists()


@pytest.mark.usefixtures("told")
def test_results_ask_no_more_questions_when_more_comes_in(
    world,
    browser,
    django_assert_max_num_queries,
):
    """The page looks again every five seconds, in every organizer's browser."""
    with django_assert_max_num_queries(25):
        browser.get(reverse("result-live", args=[world.cut.pk]))
