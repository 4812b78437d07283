"""A new version comes in the middle of a shift: the log and the sentence stay."""

import pytest
from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.house import renew
from tests.browser.test_shift import inside, kill, on_server

HALF = "half a sen"


@pytest.fixture
def shift(changing, profile, tmp_path):
    """A phone in mid-sentence with two entries unsent, and a new version that waits."""
    phone = profile()
    page = phone.pages[0]
    canvasser.enter(page, changing.url, changing.demo["code"])
    phone.route("**/api/events", lambda route: route.abort())
    for number in range(2):
        canvasser.record(page, number)
    canvasser.status(page, "2 saved here, 2 not sent")
    page.get_by_role("button", name="Next door").click()
    page.locator(".people button").first.click()
    page.get_by_label("Note").fill(HALF)
    page.wait_for_timeout(1_000)
    renew(tmp_path / "phone")
    page.reload()
    page.wait_for_function(
        """() => navigator.serviceWorker.getRegistration()
          .then((found) => Boolean(found?.waiting))""",
        timeout=60_000,
    )
    return phone, page, canvasser.boxes(page)


def newer(page):
    """Say whether the page is of the new version."""
    return page.locator("html").get_attribute("data-newer") == "yes"


def test_a_new_version_waits_until_the_sentence_is_finished(changing, shift):
    """It asks for nothing while somebody types; then one tap, and all is sent."""
    phone, page, boxes = shift
    before = on_server(changing.data)
    assert not newer(page)
    expect(page.get_by_label("Note")).to_have_value(HALF, timeout=20_000)
    expect(page.get_by_text("There is a new version")).to_have_count(0)

    page.locator('[data-group^="q-"]').first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Reload").click()

    page.wait_for_selector("html[data-newer]", timeout=60_000)
    canvasser.status(page, "3 saved here, 3 not sent")
    sealed = canvasser.boxes(page)
    assert [each for each in sealed if each in boxes] == boxes
    phone.unroute("**/api/events")
    page.reload()
    canvasser.status(page, "3 saved here, 0 not sent")
    assert on_server(changing.data) == before | inside(changing.data, sealed)


def test_a_phone_that_dies_in_between_finds_its_log_and_its_sentence(
    changing, shift, profile, tmp_path
):
    """The battery goes while it waits: whichever version opens has all of it."""
    _, page, boxes = shift
    assert not newer(page)
    kill(tmp_path / "profile")

    phone = profile()
    phone.set_offline(True)
    page = phone.pages[0]
    page.goto(f"{changing.url}/phone/")

    canvasser.status(page, "2 saved here, 2 not sent")
    assert canvasser.boxes(page) == boxes
    expect(page.get_by_text("Not finished").first).to_be_visible(timeout=20_000)
    phone.set_offline(False)
    canvasser.status(page, "2 saved here, 0 not sent")
    assert set(inside(changing.data, boxes)) <= set(on_server(changing.data))
