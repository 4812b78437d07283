"""Turfs changed by fingers on a tablet: doors are dragged, and the map still moves."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.turfs import (
    DRAWN,
    HOUSE,
    KEEP_MAP,
    PICKED,
    beside,
    done,
    door,
    holding,
    over,
    shown,
)

TABLET = {"width": 820, "height": 1180}
OFF = 14
"""Pixels by which a finger misses a door that it means."""
TO = re.compile(r"→ Turf \d+")


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
    page.add_init_script(KEEP_MAP)
    page.goto(elm.link("organizer"))
    cut = own_cut(page, seed=22)
    page.goto(f"{cut}/edit/?turf={holding(page, cut)}")
    expect(page.locator("ground-map[data-ready]")).to_be_visible(timeout=DRAWN)
    yield page
    browser.close()


def test_a_finger_moves_a_door_sees_the_cost_at_once_and_takes_it_back(tablet):
    """A touch near a house picks it; dragged, its cost stands above the finger."""
    fingers, before = Fingers(tablet), tablet.locator("[name=doors]").count()
    box, sign = tablet.get_by_label(HOUSE, exact=True), tablet.locator(".drag-sign")
    x, y = door(tablet, box)
    end = over(tablet, beside(tablet))

    fingers.tap((x, y + OFF))
    expect(box).to_be_checked()
    expect(tablet.locator(PICKED)).to_have_count(1)
    fingers.carry(((x, y), end))
    expect(sign).to_contain_text(TO)
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
