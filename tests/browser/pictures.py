"""The pictures of the README, taken from the running program: bin/pictures."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import canvasser
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE
from tests.browser.house import Server, serving
from tests.house.measure import HOUSE

IMAGES = HOUSE / "docs/images"
DRAWN = 3_000
"""Milliseconds that a map takes to draw without a graphics card."""


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
    page.goto(server.link("organizer"))
    page.goto(f"{server.url}/turf/1/")
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=IMAGES / "cut.png")


if __name__ == "__main__":
    main()
