"""A turf is found for a volunteer with nothing but keys, at the desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_turf_is_found_and_handed_out_with_keys(elm, profile, viewport, tmp_path):
    """A place, a tick and Enter; the best turf first, with reasons, and its button."""
    page = profile(viewport).pages[0]
    page.goto(elm.link("organizer"))
    page.goto(f"{elm.url}/turf/1/")
    page.get_by_role("link", name="Find a turf for a volunteer").press("Enter")

    page.get_by_label("Near", exact=True).focus()
    page.keyboard.type("1107 Alder Ave")
    page.get_by_label("No stairs").press("Space")
    page.keyboard.press("Enter")

    found = page.get_by_role("region", name="Turfs that would do, best first")
    expect(found.get_by_role("status")).to_contain_text("would do")
    first = found.get_by_role("row").nth(1)
    expect(first).to_contain_text("from where they set out")
    page.screenshot(path=tmp_path / "find.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= viewport["width"]

    first.get_by_role("link", name="Hand out Turf").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hand out Turf")


def test_what_is_wrong_with_a_place_is_in_sight(elm, profile):
    """On a phone too, where what is free fills the screen."""
    page = profile(PHONE).pages[0]
    page.goto(elm.link("organizer"))
    page.goto(f"{elm.url}/turf/1/find/")

    page.get_by_label("Near", exact=True).fill("42.4, 101.6")
    page.get_by_role("button", name="Find turfs").click()

    expect(page.get_by_text("more than 300 km from every door")).to_be_in_viewport()
