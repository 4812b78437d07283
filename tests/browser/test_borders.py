"""Borders drawn on the map, by mouse and by nothing but keys; then cut again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

DRAWN = 60_000
"""Milliseconds that a map, or a cut, may take on a loaded machine."""


@pytest.fixture(params=[DESK, PHONE], ids=["1280", "390"])
def room(request, elm, own_cut, profile):
    """The screen of borders as an organizer has it, its map drawn."""
    page = profile(request.param).pages[0]
    page.goto(elm.link("organizer"))
    cut = own_cut(page, seed=21)
    page.goto(f"{cut}/borders/")
    ready = page.locator("ground-map[data-ready][data-borders-drawn]")
    expect(ready).to_be_visible(timeout=DRAWN)
    yield page
    page.goto(f"{cut}/borders/")
    away = page.get_by_role("button", name="Take it away")
    while away.count():  # the tests of this file share the cut
        away.first.click()
        page.wait_for_load_state()


def bordered(page: Page) -> None:
    """Wait until the page that lists a new border is there, and its map drawn."""
    expect(page.get_by_text("The border is drawn.")).to_be_visible(timeout=DRAWN)
    ready = page.locator("ground-map[data-ready][data-borders-drawn]")
    expect(ready).to_be_visible(timeout=DRAWN)


def test_a_border_is_drawn_by_mouse_and_kept_to(room):
    """Two presses and save; what is left is cut again, and its cost is said."""
    room.get_by_role("button", name="Draw a border").click()
    canvas = room.locator("ground-map canvas.maplibregl-canvas")
    box = canvas.bounding_box()
    assert box
    for share in (0.2, 0.5, 0.8):
        canvas.click(position={"x": box["width"] / 2, "y": box["height"] * share})
    expect(room.get_by_text("Places so far: 3.")).to_be_visible()
    room.get_by_role("button", name="Take back the last place").click()
    expect(room.get_by_text("Places so far: 2.")).to_be_visible()
    room.get_by_role("button", name="Save the border").click()
    bordered(room)
    expect(room.get_by_text("A line of 2 places").first).to_be_visible()

    room.get_by_role("button", name="Cut again what is left").click()
    price = room.get_by_text("Keeping to the borders costs")
    see = room.get_by_role("link", name="See the turfs")
    expect(see.or_(price)).to_be_visible(timeout=DRAWN)
    if see.is_visible():
        see.click()
    expect(price).to_be_visible(timeout=DRAWN)
    sideways = "document.documentElement.scrollWidth <= innerWidth"
    assert room.evaluate(sideways)


def test_a_border_is_drawn_and_taken_away_with_keys_alone(room):
    """The map is moved by arrows and its middle added; no pointer is ever used."""
    room.get_by_role("button", name="Draw a border").press("Enter")
    middle = room.get_by_role("button", name="Add the middle of the map")
    expect(middle).to_be_focused()
    middle.press("Enter")
    canvas = room.locator("ground-map canvas.maplibregl-canvas")
    canvas.focus()
    canvas.press("ArrowUp")
    room.wait_for_timeout(800)  # the map comes to rest
    middle.press("Enter")
    expect(room.get_by_text("Places so far: 2.")).to_be_visible()
    room.get_by_role("button", name="Save the border").press("Enter")
    bordered(room)

    room.get_by_role("button", name="Take it away").first.press("Enter")
    expect(room.get_by_role("button", name="Put it back").first).to_be_visible()


def test_a_road_is_made_a_border_by_its_name(room):
    """A slip is met with names that are like it; the name itself with a border."""
    room.get_by_label("Not across this road").fill("Aldr Avnue")
    room.get_by_role("button", name="Make it a border").click()
    expect(room.get_by_role("alert")).to_contain_text("Alder")

    room.get_by_label("Not across this road").fill("Alder Ave")
    room.get_by_role("button", name="Make it a border").click()
    expect(room.get_by_text("Not across Alder Ave").first).to_be_visible()
