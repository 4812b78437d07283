"""Turfs changed by hand, with the mouse on the map and with nothing but keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.turfs import (
    FLATS,
    HOUSE,
    PICKED,
    at_edit,
    beside,
    done,
    door,
    over,
    shown,
)


@pytest.fixture
def desk(elm, own_cut, profile):
    """The turf-editing screen as an organizer has it, its map drawn."""
    page = profile(DESK).pages[0]
    at_edit(page, elm.link("organizer"), own_cut)
    return page


def test_a_door_moves_by_the_map_and_comes_back(desk):
    """A press picks a house, or its side; a number says where it goes."""
    before = desk.locator("[name=doors]").count()
    box, flats = desk.get_by_label(HOUSE, exact=True), desk.get_by_label(FLATS)
    side = desk.locator("fieldset").filter(has=box).locator("[name=doors]").count()

    desk.mouse.click(*door(desk, box))
    expect(box).to_be_checked()
    expect(desk.locator(PICKED)).to_have_count(1)
    desk.mouse.click(*door(desk, flats.first))
    expect(desk.locator(PICKED)).to_have_count(1 + flats.count())
    desk.get_by_label("its side of the street").check()
    desk.mouse.click(*door(desk, box))
    expect(desk.locator(PICKED)).to_have_count(side)
    desk.get_by_label("a house", exact=True).check()

    other = beside(desk)
    desk.get_by_role("button", name=other, exact=True).click()
    expect(desk.locator("#to")).to_have_value(other.removeprefix("Turf "))
    expect(desk.locator("[data-costs]")).to_contain_text(f"{before} → {before - side}")
    desk.get_by_role("button", name="Move", exact=True).click()
    done(desk)
    expect(desk.locator("[name=doors]")).to_have_count(before - side)

    desk.get_by_role("button", name="Take back the last change").click()
    done(desk)
    expect(desk.locator("[name=doors]")).to_have_count(before)


def press_until(page: Page, selector: str) -> None:
    """Press Tab until the focus is on something."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"Tab never came to {selector}")


def test_a_door_moves_by_keys_alone(desk):
    """Whoever uses no mouse picks, sees the cost, moves and takes it back."""
    before = desk.locator("[name=doors]").count()

    press_until(desk, "[name=doors]")
    desk.keyboard.press("Space")
    press_until(desk, "#to")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#to")).to_have_value(re.compile(r"^\d+$"))
    expect(desk.locator("[data-costs]")).to_contain_text(f"{before} → {before - 1}")
    press_until(desk, "[value=move]")
    desk.keyboard.press("Enter")
    done(desk)
    expect(desk.locator("[name=doors]")).to_have_count(before - 1)

    press_until(desk, "[value=undo]")
    desk.keyboard.press("Enter")
    done(desk)
    expect(desk.locator("[name=doors]")).to_have_count(before)


def carry(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press at a place and move to another, as a hand does."""
    page.mouse.move(*start)
    page.mouse.down()
    for part in (0.2, 0.6, 1.0):
        x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
        page.mouse.move(x, y)


def test_a_door_is_dragged_to_another_turf_and_its_cost_is_seen_before(desk):
    """Nothing is sent until it is let go over a turf; Escape puts it back."""
    before = desk.locator("[name=doors]").count()
    sign, aloud = desk.locator(".drag-sign"), desk.locator("[data-aloud]")
    start = door(desk, desk.get_by_label(HOUSE, exact=True))
    other = beside(desk)
    costs = f"Turf {shown(desk)}: {before} → {before - 1},"

    carry(desk, start, over(desk, other))
    expect(sign).to_contain_text(f"→ {other}")
    expect(sign).to_contain_text(costs)
    expect(aloud).to_contain_text(costs)
    desk.keyboard.press("Escape")
    desk.mouse.up()
    expect(sign).to_be_hidden()
    expect(aloud).to_have_text("Put back. Nothing was changed.")
    expect(desk.locator("[name=doors]")).to_have_count(before)

    carry(desk, start, over(desk, other))
    expect(sign).to_contain_text(costs)
    desk.mouse.up()
    done(desk)
    expect(desk.locator("[name=doors]")).to_have_count(before - 1)
    expect(aloud).to_contain_text(other)
    desk.get_by_role("button", name="Take back the last change").click()
    done(desk)


def test_a_line_around_doors_picks_them_and_one_drag_moves_all(desk):
    """With Shift a line is drawn; what is inside goes to another turf together."""
    before = desk.locator("[name=doors]").count()
    box = desk.get_by_label(HOUSE, exact=True)
    side = desk.locator("fieldset").filter(has=box).locator("[name=doors]")
    x, y = door(desk, box)
    places = [door(desk, each) for each in side.all()]
    west, east = (end(place[0] for place in places) for end in (min, max))
    north, south = (end(place[1] for place in places) for end in (min, max))
    corners = [(west - 6, north - 6), (east + 6, north - 6)]
    corners += [(east + 6, south + 6), (west - 6, south + 6)]

    desk.keyboard.down("Shift")
    desk.mouse.move(*corners[0])
    desk.mouse.down()
    for corner in corners[1:]:
        desk.mouse.move(*corner, steps=4)
    desk.mouse.up()
    desk.keyboard.up("Shift")
    expect(desk.get_by_label(HOUSE, exact=True)).to_be_checked()
    picked = desk.locator(PICKED).count()
    assert 1 < picked < before

    other = beside(desk)
    carry(desk, (x, y), over(desk, other))
    expect(desk.locator(".drag-sign")).to_contain_text(f"{before} → {before - picked},")
    desk.mouse.up()
    done(desk)
    expect(desk.locator("[name=doors]")).to_have_count(before - picked)
    desk.get_by_role("button", name="Take back the last change").click()
    done(desk)
