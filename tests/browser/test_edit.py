"""Turfs changed by hand, with the mouse on the map and with nothing but keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK

DRAWN = 60_000
"""Milliseconds that a map may take on a loaded machine."""
KEEP_MAP = """
const keep = ({ detail }) => { window.theMap = detail.map; };
document.addEventListener("map-made", keep, true);
"""
AT_REST = """
async () => {
  const busy = () => window.theMap.isMoving() || !window.theMap.loaded();
  while (busy()) await new Promise(requestAnimationFrame);
}
"""
DOOR_ON_PAGE = """
([turf, position]) => {
  const map = window.theMap;
  const { places } = document.querySelector("ground-map");
  const { x, y } = map.project(places.at({ turf, position }));
  const { left, top } = map.getCanvas().getBoundingClientRect();
  return [left + x, top + y];
}
"""
HOUSE, FLATS = "1107 Alder Ave", "1111 Alder Ave"
PICKED = "[name=doors]:checked"


@pytest.fixture
def desk(elm, own_cut, profile):
    """The turf-editing screen as an organizer has it, its map drawn."""
    page = profile(DESK).pages[0]
    page.add_init_script(KEEP_MAP)
    page.goto(elm.link("organizer"))
    cut = own_cut(page, seed=22)
    page.goto(f"{cut}/edit/?turf={holding(page, cut)}")
    expect(page.locator("ground-map[data-ready]")).to_be_visible(timeout=DRAWN)
    return page


def holding(page: Page, cut: str) -> int:
    """Return the number of the turf that has the house."""
    for turf in range(1, 100):
        page.goto(f"{cut}/edit/?turf={turf}", wait_until="domcontentloaded")
        if page.get_by_label(HOUSE, exact=True).count():
            return turf
    return pytest.fail(f"{HOUSE} is in no turf")


def shown(page: Page) -> int:
    """Return the number of the turf whose doors are shown."""
    return int(page.url.rsplit("=", 1)[1])


def beside(page: Page) -> str:
    """Return the words on the number of another turf that is seen on the map."""
    names = page.get_by_role("button", name=re.compile(r"^Turf \d+$"))
    own, frame = f"Turf {shown(page)}", page.locator("ground-map").bounding_box()
    for one in names.all():
        box, name = one.bounding_box(), one.get_attribute("aria-label")
        if box and name and name != own and inside(box, frame):
            return name
    return pytest.fail("no other turf's number is on the map")


def inside(box: dict[str, float], frame: dict[str, float]) -> bool:
    """Say whether a box lies in another, a little off its edges."""
    return all(
        frame[low] + 20 < box[low]
        and box[low] + box[long] < frame[low] + frame[long] - 80
        for low, long in (("x", "width"), ("y", "height"))
    )


def door(page: Page, box: Locator) -> tuple[float, float]:
    """Return where the door of a checkbox is on the page, once the map is at rest."""
    position = int(box.get_attribute("data-position") or 0)
    page.evaluate(AT_REST)
    x, y = page.evaluate(DOOR_ON_PAGE, [shown(page), position])
    return x, y


def done(page: Page) -> None:
    """Wait until a change is made; where it goes beyond the limits, say yes to that."""
    said = page.locator("#messages").get_by_text("Done. You can take it back.")
    asks = page.get_by_role("button", name="do it all the same")
    expect(said.or_(asks).first).to_be_visible(timeout=DRAWN)
    if asks.is_visible():
        asks.click()
    expect(said).to_be_visible(timeout=DRAWN)
    page.evaluate("document.querySelector('#messages').replaceChildren()")


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


def over(page: Page, other: str) -> tuple[float, float]:
    """Return where the number of another turf is on the page."""
    box = page.get_by_role("button", name=other, exact=True).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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
