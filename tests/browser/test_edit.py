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
async ([turf, position]) => {
  const map = window.theMap;
  const { features } = await (await fetch(map.ours)).json();
  const door = features.find(({ geometry, properties: its }) =>
    geometry.type === "Point" && its.turf === turf && its.position === position);
  const { x, y } = map.project(door.geometry.coordinates);
  const { left, top } = map.getCanvas().getBoundingClientRect();
  return [left + x, top + y];
}
"""
HOUSE, FLATS = "1107 Alder Ave", "1111 Alder Ave"
PICKED = "[name=doors]:checked"


@pytest.fixture
def desk(elm, profile):
    """The turf-editing screen as an organizer has it, its map drawn."""
    page = profile(DESK).pages[0]
    page.add_init_script(KEEP_MAP)
    page.goto(elm.link("organizer"))
    page.goto(f"{elm.url}/turf/1/edit/?turf={holding(page, elm.url)}")
    expect(page.locator("ground-map[data-ready]")).to_be_visible(timeout=DRAWN)
    return page


def holding(page: Page, url: str) -> int:
    """Return the number of the turf that has the house."""
    for turf in range(1, 100):
        page.goto(f"{url}/turf/1/edit/?turf={turf}", wait_until="domcontentloaded")
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
    source = page.locator("ground-map").get_attribute("src")
    page.evaluate("source => { window.theMap.ours = source; }", source)
    x, y = page.evaluate(DOOR_ON_PAGE, [shown(page), position])
    return x, y


def done(page: Page) -> None:
    """Wait until a change is made; where it goes beyond the limits, say yes to that."""
    said = page.get_by_text("Done. You can take it back.")
    asks = page.get_by_role("button", name="do it all the same")
    expect(said.or_(asks)).to_be_visible(timeout=DRAWN)
    if asks.is_visible():
        asks.click()
    expect(said).to_be_visible(timeout=DRAWN)


def test_a_door_moves_by_the_map_and_comes_back(desk):
    """A press picks a house, with Shift its side; a number says where it goes."""
    before = desk.locator("[name=doors]").count()
    box, flats = desk.get_by_label(HOUSE, exact=True), desk.get_by_label(FLATS)
    side = desk.locator("fieldset").filter(has=box).locator("[name=doors]").count()

    desk.mouse.click(*door(desk, box))
    expect(box).to_be_checked()
    expect(desk.locator(PICKED)).to_have_count(1)
    desk.mouse.click(*door(desk, flats.first))
    expect(desk.locator(PICKED)).to_have_count(1 + flats.count())
    desk.keyboard.down("Shift")
    desk.mouse.click(*door(desk, box))
    desk.keyboard.up("Shift")
    expect(desk.locator(PICKED)).to_have_count(side)

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
