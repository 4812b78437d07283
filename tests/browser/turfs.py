"""What a hand does on the map of turfs: where doors are, and when a move is done."""

import re
from collections.abc import Callable
from typing import Any

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
ON_TOP = """
(one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}
"""
PAN = "way => { window.theMap.panBy(way, { animate: false }); }"
FARTHER = """
() => {
  const map = window.theMap;
  const zoom = map.getZoom() - 0.5;
  if (zoom < map.getMinZoom()) throw new Error("there is no other turf on the map");
  map.jumpTo({ zoom });
}
"""
SIDES = ("x", "width"), ("y", "height")
BEFORE, AFTER = 20, 80
"""Pixels from the edges of the map, within which nothing is well inside it."""
A_PIXEL = 2
"""A map comes to rest on whole pixels, not quite where it was sent."""
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
    frame = page.locator("ground-map").bounding_box()
    for one, box in others(page):
        if inside(box, frame) and one.evaluate(ON_TOP):
            return one.get_attribute("aria-label") or ""
    return pytest.fail("no other turf's number is to be seen on the map")


def others(page: Page) -> list[tuple[Locator, Any]]:
    """Return the numbers of other turfs on the map or at its edge, and where."""
    names = page.get_by_role("button", name=re.compile(r"^Turf \d+$"))
    own = f"Turf {shown(page)}"
    numbers = [one for one in names.all() if one.get_attribute("aria-label") != own]
    return [(one, box) for one in numbers if (box := one.bounding_box())]


def bring(page: Page) -> None:
    """Move the map until the number of another turf is well inside it.

    Where a turf fills the map, the others' numbers come in view from farther away.
    """
    frame = page.locator("ground-map").bounding_box()
    assert frame
    while not others(page):
        page.evaluate(FARTHER)
    ways = [
        tuple(_too_far(box, frame, *side) for side in SIDES) for _, box in others(page)
    ]
    page.evaluate(PAN, min(ways, key=lambda way: sum(map(abs, way))))
    page.evaluate(AT_REST)


def _too_far(
    box: dict[str, float], frame: dict[str, float], low: str, long: str
) -> float:
    """Return by how much the map has to move along one side, to the right or down."""
    first, last = frame[low] + BEFORE, frame[low] + frame[long] - AFTER
    return min(box[low] - first, 0.0) + max(box[low] + box[long] - last, 0.0)


def at_edit(page: Page, link: str, own_cut: Callable[..., str]) -> None:
    """Open the turf-editing screen of a cut of one's own, and wait for its map."""
    page.add_init_script(KEEP_MAP)
    page.goto(link)
    cut = own_cut(page, seed=22)
    page.goto(f"{cut}/edit/?turf={holding(page, cut)}")
    expect(page.locator("ground-map[data-ready]")).to_be_visible(timeout=DRAWN)
    bring(page)


def inside(box: dict[str, float], frame: dict[str, float]) -> bool:
    """Say whether a box lies in another, a little off its edges."""
    return all(abs(_too_far(box, frame, *side)) < A_PIXEL for side in SIDES)


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
