"""The pictures of the README, taken from the running program: bin/pictures."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import canvasser
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE
from tests.browser.house import Server, serving
from tests.house.measure import HOUSE

IMAGES = HOUSE / "docs/images"
KEEP_MAP = """
const keep = ({ detail }) => { window.theMap = detail.map; };
document.addEventListener("map-made", keep, true);
"""
SLOWEST = 120_000
DRAWN = 5_000
"""Milliseconds that a map takes to draw without a graphics card."""

TURF = 20
NEXT_DOOR = """
(turf) => {
  const { places } = document.querySelector("ground-map");
  const canvas = document.querySelector("ground-map canvas");
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const at = (stop) => {
    const { x, y } = window.theMap.project(places.at(stop));
    return [left + x, top + y];
  };
  const middle = [left + width / 2, top + height / 2];
  const far = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]);
  const free = (place) => document.elementFromPoint(...place) === canvas;
  const stops = Array.from(places.turf, (_, door) => places.stop(door));
  const own = stops.filter((stop) => stop.turf === turf).map(at).filter(free);
  const others = stops.filter((stop) => stop.turf !== turf).map(at).filter(free);
  const nearest = (list) => list.reduce((a, b) => (far(a) < far(b) ? a : b));
  return [nearest(own), nearest(others)];
}
"""
"""From the door of a turf nearest to the middle of the map to another turf's, where no
number stands before them."""


def main() -> None:
    """Take every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        make = [sys.executable, str(HOUSE / "examples/elm/make.py"), "--large"]
        subprocess.run([*make, str(files)], check=True)
        with (
            serving(Path(folder) / "data", str(files)) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            _phone(browser, server)
            _desk(browser, server)


def _phone(browser: Browser, server: Server) -> None:
    """Walk a little, then take the map that the canvasser sees."""
    page = browser.new_page(viewport=PHONE)
    canvasser.enter(page, server.url, server.demo["code"])
    for number in range(9):
        canvasser.record(page, number)
    canvasser.status(page, "9 saved here, 0 not sent")
    page.get_by_role("button", name="Map").click()
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=IMAGES / "phone.png")


def _desk(browser: Browser, server: Server) -> None:
    """Take the turfs that the organizer sees."""
    page = browser.new_page(viewport=DESK)
    page.set_default_timeout(SLOWEST)
    page.add_init_script(KEEP_MAP)
    page.goto(server.link("organizer"))
    page.goto(f"{server.url}/turf/1/")
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=IMAGES / "cut.png")
    _drag(page, server)


def _drag(page: Page, server: Server) -> None:
    """Take a house on its way to another turf, with what that costs."""
    page.goto(f"{server.url}/turf/1/edit/?turf={TURF}")
    page.locator("ground-map[data-ready]").wait_for()
    page.wait_for_timeout(DRAWN)
    start, end = page.evaluate(NEXT_DOOR, TURF)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.locator(".drag-sign").get_by_text("→ Turf").wait_for()
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=IMAGES / "drag.png")
    page.keyboard.press("Escape")
    page.mouse.up()


if __name__ == "__main__":
    main()
