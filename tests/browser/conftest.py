"""Fixtures: one Chromium, and one server with large Elm County in it, for all tests."""

import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.browser.house import serving
from tests.house.measure import HOUSE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_itemcollected(item):
    """Mark every test here, and skip it where no browser is."""
    item.add_marker(pytest.mark.browser)
    if CHROMIUM is None:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def playwright():
    """Playwright, which drives the system's own browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # slow to import

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def profile(playwright, tmp_path):
    """Open a browser on a profile of its own; closing and opening it keeps the disk.

    Yields a function: `open_profile(viewport) -> context`.
    """
    opened = []

    def open_profile(viewport=PHONE):
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=viewport,
            service_workers="allow",
        )
        opened.append(context)
        return context

    open_profile.launch = {"executable_path": CHROMIUM, "args": FLAGS}
    yield open_profile
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def elm_files(tmp_path_factory):
    """The files of large Elm County."""
    place = tmp_path_factory.mktemp("elm") / "files"
    make = [sys.executable, str(HOUSE / "examples/elm/make.py"), "--large"]
    subprocess.run([*make, str(place)], check=True, capture_output=True)
    return str(place)


@pytest.fixture(scope="module")
def own_elm(elm_files, tmp_path_factory):
    """A server with large Elm County for one file of tests, which no other changes."""
    with serving(tmp_path_factory.mktemp("own") / "data", elm_files) as server:
        yield server


@pytest.fixture
def changing(tmp_path, monkeypatch):
    """A server with small Elm whose phone files lie in a folder, for `renew`."""
    shutil.copytree(HOUSE / "phone", tmp_path / "phone")
    with monkeypatch.context() as changed:
        changed.setenv("DJANGO_SETTINGS_MODULE", "tests.browser.newer")
        changed.setenv("PYTHONPATH", str(HOUSE))
        changed.setenv("GROUNDGAME_TEST_PHONE", str(tmp_path / "phone"))
        with serving(tmp_path / "data", str(HOUSE / "examples/elm")) as server:
            yield server


@pytest.fixture(scope="session")
def elm(elm_files, tmp_path_factory):
    """A server with large Elm County, imported, cut, and one turf handed out."""
    with serving(tmp_path_factory.mktemp("elm") / "data", elm_files) as server:
        with sqlite3.connect(server.data / "book.sqlite3") as book:
            book.execute("update store_packet set device_limit = 1000")
        yield server


@pytest.fixture(scope="session")
def own_cut(elm):
    """Return a function that cuts large Elm once for each file that changes turfs.

    `own_cut(page, seed) -> address`: where that file's own cut is, for an organizer.
    """
    made: dict[int, str] = {}

    def cut(page, seed):
        if seed not in made:
            page.goto(f"{elm.url}/universes/1/")
            page.get_by_label("Seed").fill(str(seed))
            page.get_by_role("button", name="Cut", exact=True).click()
            page.wait_for_url(re.compile(r"/turf/\d+/$"), timeout=120_000)
            made[seed] = page.url.rstrip("/")
        return made[seed]

    return cut
