"""What a hand does on the map of turfs: where doors are, and when a move is done."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

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


def over(page: Page, other: str) -> tuple[float, float]:
    """Return where the number of another turf is on the page."""
    box = page.get_by_role("button", name=other, exact=True).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
