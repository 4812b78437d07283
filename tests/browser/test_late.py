"""What comes late: an evening that is over, and storage that does not answer."""

import pytest
from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE

DEAF = """
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...all) {
    const asked = open.apply(this, all);
    const keep = (event) => event.stopImmediatePropagation();
    if (!sessionStorage.again) asked.addEventListener("success", keep);
    return asked;
  };
  addEventListener("pagehide", () => { sessionStorage.again = "yes"; });
"""
"""As if the phone's storage never answered; and does, once the page is loaded again."""


@pytest.fixture
def page(playwright):
    """A page of a phone."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(viewport=PHONE)
    page.set_default_timeout(canvasser.OPEN)
    yield page
    browser.close()


@pytest.mark.parametrize(("hour", "offered"), [(19, 3), (21, 2)])
def test_nobody_is_promised_a_visit_that_is_past(page, elm, hour, offered):
    """At seven, "Later today" is eight o'clock; at nine there is no later today."""
    canvasser.enter(page, elm.url, elm.demo["code"])
    page.clock.set_fixed_time(f"2026-10-20T{hour}:30:00")
    page.locator("[data-next]").click()
    page.locator(".people button").first.click()
    page.locator('[data-fold="results"]').click()
    page.locator('[data-value="come_back"]').click()

    expect(page.locator('[data-group="again"]')).to_have_count(offered)


def test_storage_that_does_not_answer_is_said_and_may_be_asked_again(page, elm):
    """Nobody is left before a page that only waits: one tap, and the app is there."""
    page.add_init_script(DEAF)
    page.goto(f"{elm.url}/phone/")
    late = page.get_by_text("This takes longer than it should")
    expect(late).to_be_visible(timeout=canvasser.OPEN)

    page.get_by_role("button", name="Try again").click()

    expect(page.get_by_role("heading", name="Start your turf")).to_be_visible()
