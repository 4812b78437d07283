"""Turfs changed by fingers on a tablet: doors are dragged, and the map still moves."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.turfs import (
    AT_REST,
    HOUSE,
    PICKED,
    at_edit,
    beside,
    done,
    door,
    over,
    shown,
)

TABLET = {"width": 820, "height": 1180}
TAPPED = 600
"""Milliseconds after a tap within which a map takes two fingers for one that zooms."""
OFF = 14
"""Pixels by which a finger misses a door that it means."""
SEEN = """
() => {
  const { lng, lat } = window.theMap.getCenter();
  return { place: [lng, lat], zoom: window.theMap.getZoom(), scrolled: scrollY };
}
"""


class Fingers:
    """Fingers on a screen, as the browser has them from the machine."""

    def __init__(self, page: Page) -> None:
        """Take a page in hand."""
        self.page = page
        self._line = page.context.new_cdp_session(page)

    def put(self, kind: str, *places: tuple[float, float]) -> None:
        """Say where all fingers are now."""
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]
        told = {"type": kind, "touchPoints": points}
        self._line.send("Input.dispatchTouchEvent", told)
        self.page.wait_for_timeout(30)

    def tap(self, place: tuple[float, float]) -> None:
        """Touch one place for a moment."""
        self.put("touchStart", place)
        self.put("touchEnd")

    def carry(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """Put a finger at the start of each way and go along; none is lifted."""
        self.put("touchStart", *(start for start, _end in ways))
        for part in (0.05, 0.2, 0.4, 0.6, 0.8, 1.0):
            places = [
                (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
                for a, b in ways
            ]
            self.put("touchMove", *places)


@pytest.fixture
def tablet(elm, own_cut, playwright):
    """The turf-editing screen on a tablet without a mouse, its map drawn."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    context = browser.new_context(viewport=TABLET, has_touch=True, is_mobile=True)
    page = context.new_page()
    at_edit(page, elm.link("organizer"), own_cut)
    yield page
    browser.close()


def test_a_finger_moves_a_door_sees_the_cost_at_once_and_takes_it_back(tablet):
    """A touch near a house picks it; dragged at once, its cost is above the finger.

    A map by itself takes a touch soon after a tap for a zoom by one finger.
    """
    fingers, before = Fingers(tablet), tablet.locator("[name=doors]").count()
    box, sign = tablet.get_by_label(HOUSE, exact=True), tablet.locator(".drag-sign")
    x, y = door(tablet, box)
    other = beside(tablet)
    end = over(tablet, other)

    fingers.tap((x, y + OFF))
    expect(box).to_be_checked()
    expect(tablet.locator(PICKED)).to_have_count(1)
    fingers.carry(((x, y), end))
    expect(sign).to_contain_text(f"→ {other}")
    expect(sign).to_contain_text(f"Turf {shown(tablet)}: {before} → {before - 1},")
    told = sign.bounding_box()
    assert told
    assert not told["x"] < end[0] < told["x"] + told["width"]
    fingers.put("touchEnd")
    done(tablet)
    expect(tablet.locator("[name=doors]")).to_have_count(before - 1)

    tablet.get_by_role("button", name="Take back the last change").tap()
    done(tablet)
    expect(tablet.locator("[name=doors]")).to_have_count(before)


def test_a_side_of_a_street_goes_together_and_back_where_it_is_let_go(tablet):
    """With the tool for it one touch picks the side, and one drag holds all of it."""
    fingers, sign = Fingers(tablet), tablet.locator(".drag-sign")
    box = tablet.get_by_label(HOUSE, exact=True)
    side = tablet.locator("fieldset").filter(has=box).locator("[name=doors]").count()
    start = door(tablet, box)
    end = over(tablet, beside(tablet))

    tablet.get_by_label("its side of the street").tap()
    start = door(tablet, box)
    fingers.tap(start)
    expect(tablet.locator(PICKED)).to_have_count(side)
    fingers.carry((start, end))
    expect(sign).to_contain_text(f"{side} doors →")
    fingers.put("touchMove", start)
    fingers.put("touchEnd")
    expect(sign).to_be_hidden()
    expect(tablet.locator("[data-aloud]")).to_have_text(
        "Put back. Nothing was changed."
    )


def rested(page: Page) -> dict[str, Any]:
    """Return what is seen of the map, and how far the page is scrolled, at rest."""
    page.evaluate(AT_REST)
    seen: dict[str, Any] = page.evaluate(SEEN)
    return seen


def test_two_fingers_move_the_map_and_one_the_page(tablet):
    """Also where one of the two is on a door that is picked: it lets go of it."""
    fingers = Fingers(tablet)
    x, y = door(tablet, tablet.get_by_label(HOUSE, exact=True))
    fingers.tap((x, y))
    expect(tablet.locator(PICKED)).to_have_count(1)
    first = ",".join(map(str, rested(tablet)["place"]))
    tablet.wait_for_timeout(TAPPED)

    fingers.put("touchStart", (x, y))
    fingers.carry(((x, y), (x + 60, y - 80)), ((x + 90, y), (x + 150, y - 80)))
    fingers.put("touchEnd")
    tablet.wait_for_function(f"from => String(({SEEN})().place) !== from", arg=first)
    panned = rested(tablet)
    fingers.carry(((300, 600), (220, 600)), ((360, 600), (440, 600)))
    fingers.put("touchEnd")
    tablet.wait_for_function(
        f"from => ({SEEN})().zoom > from + 0.5", arg=panned["zoom"]
    )
    zoomed = rested(tablet)
    expect(tablet.locator(PICKED)).to_have_count(1)
    assert zoomed["scrolled"] == 0

    fingers.carry(((300, 700), (300, 500)))
    fingers.put("touchEnd")
    tablet.wait_for_function("scrollY > 50")
    assert rested(tablet)["place"] == zoomed["place"]
