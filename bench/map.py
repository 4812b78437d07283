"""A map of turfs as a browser draws it: time to the first picture, and frames.

    .venv/bin/python -m bench.map [--doors 100000] [--keep FOLDER]

An invented town (bench/map_world.py) is brought in as a server's demo is, and cut; with
--keep it stays in FOLDER for the next time. Then Chromium, without a graphics card,
opens the screen on which turfs are changed; it moves the map, goes closer and back,
drags a door over many turfs, and draws a line around doors. Of each is printed how long
frames took (of all times between two frames the middle, the 95th of 100, and the
longest), and how many tasks of the page took longer than 50 ms, with the longest. Of
each address of the screen: bytes as sent, and processor seconds of the server. The
clock on the wall counts, so let nothing else run.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from bench.map_world import make
from tests.browser.conftest import CHROMIUM, DESK, FLAGS
from tests.browser.house import Server, serving

DRAWN = 120_000
LOOK = """
const keep = ({ detail }) => { window.theMap = detail.map; };
document.addEventListener("map-made", keep, true);
window.long = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    window.long.push([startTime, duration]);
  }
}).observe({ type: "longtask", buffered: true });
window.seen = [];
const tick = (now) => { window.seen.push(now); requestAnimationFrame(tick); };
requestAnimationFrame(tick);
"""
READY = "ground-map[data-ready]"
AT_REST = """
async () => {
  const busy = () => window.theMap.isMoving() || !window.theMap.loaded();
  while (busy()) await new Promise(requestAnimationFrame);
}
"""
A_DOOR = """
() => {
  const ground = document.querySelector("ground-map");
  const turf = Number(document.querySelector("[data-pick-doors]").dataset.pickDoors);
  const { x, y } = window.theMap.project(ground.places.at({ turf, position: 5 }));
  const { left, top } = window.theMap.getCanvas().getBoundingClientRect();
  return [left + x, top + y];
}
"""
FRAME = """
() => {
  const frame = document.querySelector("ground-map .map-frame");
  const { x, y, width, height } = frame.getBoundingClientRect();
  return [x, y, width, height];
}
"""


@dataclass
class Screen:
    """The screen on which turfs are changed, and what is measured of it."""

    page: Page
    server: Server

    def frames(self, what: str, act: Callable[[], None]) -> None:
        """Print how long frames took while something was done."""
        start = self.page.evaluate("performance.now()")
        act()
        self.page.evaluate(AT_REST)
        end = self.page.evaluate("performance.now()")
        seen, slow = self.page.evaluate("[window.seen, window.long]")
        at = np.array(seen)
        took = np.diff(at[(at >= start) & (at <= end)])
        late = [span for when, span in slow if start <= when <= end]
        middle, most = np.percentile(took, [50, 95])
        print(
            f"{what:42} {took.size:5} frames, {middle:5.1f} {most:5.1f} "
            f"{took.max():6.1f} ms; long tasks {len(late)}, "
            f"{max(late, default=0):.0f} ms"
        )

    def move(self, points: list[tuple[float, float]], *, keys: str = "") -> None:
        """Press the mouse at the first point, and move it over the others."""
        mouse = self.page.mouse
        mouse.move(*points[0])
        if keys:
            self.page.keyboard.down(keys)
        mouse.down()
        for x, y in points[1:]:
            mouse.move(x, y)
            self.page.wait_for_timeout(8)
        if keys:
            self.page.keyboard.up(keys)

    def middle(self) -> tuple[float, float, float, float]:
        """Return the middle of the map on the page, and how wide and high it is."""
        x, y, wide, high = self.page.evaluate(FRAME)
        return x + wide / 2, y + high / 2, wide, high


def main() -> None:
    """Print what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--doors", type=int, default=100_000)
    asked.add_argument("--keep", type=Path)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = told.keep or Path(passing)
        if not (folder / "files" / "voters.csv").exists():
            make(told.doors, folder / "files")
        with serving(folder / "data", str(folder / "files")) as server:
            print(f"{server.demo['doors']} doors, {server.demo['turfs']} turfs")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=FLAGS
                )
                page = browser.new_page(viewport=DESK)
                page.add_init_script(LOOK)
                page.goto(server.link("organizer"))
                _measure(Screen(page, server))


def _measure(screen: Screen) -> None:
    """Print all figures of one server."""
    page = screen.page
    for name in ("turf/1/", "turf/1/edit/", "turf/1/doors.geojson"):
        _address(screen, name)
    _address(screen, "turf/1/streets.geojson")
    for name in ("turf/1/", "turf/1/edit/?turf=600"):
        page.goto(f"{screen.server.url}/{name}", wait_until="commit")
        page.locator(READY).wait_for(timeout=DRAWN)
        drawn = page.evaluate("performance.now()")
        late = [span for _, span in page.evaluate("window.long")]
        print(
            f"{name:42} drawn after {drawn / 1000:.1f} s; long tasks {len(late)}, "
            f"{max(late, default=0):.0f} ms"
        )
    _closer(screen)
    page.get_by_role("button", name="Show everything").click()
    page.evaluate(AT_REST)
    _further(screen)


def _closer(screen: Screen) -> None:
    """Do with one turf what a field director does."""
    page = screen.page
    page.evaluate(AT_REST)
    x, y, wide, high = screen.middle()
    door = page.evaluate(A_DOOR)
    round_ = _circle(x, y, 0.4 * min(wide, high))
    ask = "stops=600:5&seen=0&to=601&drag=1"
    _address(screen, f"turf/1/cost/?{ask}")
    screen.frames("a turf: drag a door", lambda: screen.move([tuple(door), *round_]))
    page.keyboard.press("Escape")
    page.mouse.up()
    screen.frames(
        "a turf: draw around doors", lambda: screen.move(round_, keys="Shift")
    )
    page.mouse.up()
    screen.frames("a turf: they are picked", lambda: page.wait_for_timeout(500))
    page.get_by_role("button", name="Pick none").click()
    screen.frames("a turf: move the map", lambda: _pan(screen))
    screen.frames("a turf: closer and back", lambda: _zoom(screen, x, y))


def _further(screen: Screen) -> None:
    """Move the whole map."""
    x, y, _, _ = screen.middle()
    screen.frames("all turfs: move the map", lambda: _pan(screen))
    screen.frames("all turfs: closer and back", lambda: _zoom(screen, x, y))


def _pan(screen: Screen) -> None:
    """Move the map about, as its arrow keys do."""
    screen.page.evaluate(
        """async () => {
          for (const [x, y] of [[-200, 0], [200, 100], [0, -200], [0, 100]]) {
            window.theMap.panBy([x, y], { duration: 700, essential: true });
            await new Promise((resolve) => window.theMap.once("moveend", resolve));
          }
        }"""
    )


def _zoom(screen: Screen, x: float, y: float) -> None:
    """Go closer and back with the wheel."""
    screen.page.mouse.move(x, y)
    for by in [-120] * 15 + [120] * 15:
        screen.page.mouse.wheel(0, by)
        screen.page.wait_for_timeout(60)


def _circle(x: float, y: float, reach: float) -> list[tuple[float, float]]:
    """Return eighty points on a circle."""
    turn = np.linspace(0, 2 * np.pi, 80)
    return [(x + reach * np.cos(one), y + reach * np.sin(one)) for one in turn]


def _address(screen: Screen, name: str) -> None:
    """Print bytes and seconds of one address, asked a second time."""
    url = f"{screen.server.url}/{name}"
    screen.page.request.get(url)
    before = _seconds(screen.server)
    answer = screen.page.request.get(url)
    took = _seconds(screen.server) - before
    whole = len(answer.body())
    sent = int(answer.headers.get("content-length", whole))
    print(f"{name:42} {whole:10,} bytes, {sent:9,} sent, {took:5.2f} s")


def _seconds(server: Server) -> float:
    """Return the processor seconds of a server and its children so far."""
    ticks, group = 0, server.process.pid if server.process else 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
