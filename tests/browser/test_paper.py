"""A pile of sheets, from the printer to the log: with a phone, and at a desk."""

import json
import re
import sqlite3
from uuid import UUID

import pytest
from playwright.sync_api import expect

from groundgame.packet import PageKey
from tests.browser.conftest import DESK, PHONE
from tests.unit.packet.hand import FAINT, crossed, drawn, jpeg

DONE = 60_000
"""Milliseconds that a job may take on a loaded machine."""


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request, own_elm, profile, playwright):
    """An organizer's browser, at a desk or on a phone; signed in."""
    browser = playwright.chromium.launch(**profile.launch)
    opened = browser.new_page(
        viewport=request.param, has_touch=request.param is PHONE, accept_downloads=True
    )
    opened.goto(own_elm.link("organizer"))
    yield opened
    browser.close()


def printed(page, elm):
    """Print the sheet of the demo's packet; return its pages as pictures, and keys."""
    ask = "select id from store_packet where code = ?"
    with sqlite3.connect(elm.data / "book.sqlite3") as book:
        (packet,) = book.execute(ask, [elm.demo["code"]]).fetchone()
    page.goto(f"{elm.url}/packets/{UUID(packet)}/")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Print the walk sheet")).click()
    pictures = drawn(download.value.path().read_bytes())
    with sqlite3.connect(elm.data / "book.sqlite3") as book:
        ask = "select code, says from store_paperpage where packet_id = ? order by id"
        rows = book.execute(ask, [packet])
        keys = [PageKey(code, json.loads(says)) for code, says in rows]
    return list(zip(pictures[-len(keys) :], keys, strict=True))


def test_from_paper_to_the_log_and_back(page, own_elm):
    """One mark is clear, one faint: it is decided, taken back, and decided again."""
    (one, key), (two, other), *_ = printed(page, own_elm)
    phone = page.viewport_size == PHONE
    doors = [r["n"] for r in other.says["rows"] if "vacant" in str(r["fields"])]
    row = doors[phone]  # one of its own, whichever comes first
    clear = jpeg(crossed(one, key, [(1, "=result", "not_home")]))
    faint = jpeg(crossed(two, other, [(row, "=result", "vacant")], dark=FAINT))
    shots = [
        {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": shot}
        for shot in (clear, faint)
    ]

    page.goto(f"{own_elm.url}/paper/")
    if phone:
        camera = page.get_by_label("Photograph a page")
        for shot in shots:
            camera.set_input_files([shot])
        expect(page.get_by_text("Photographs so far: 2")).to_be_visible()
    else:
        expect(page.get_by_text("Photograph a page")).to_be_hidden()
        page.get_by_label("Photographs", exact=True).set_input_files(shots)
    page.get_by_role("button", name="Read them").click()

    expect(page.locator("[data-heard]")).to_have_text("Done.", timeout=DONE)
    expect(page.get_by_text(re.compile("1 conversation was"))).to_be_visible()
    _fits(page)
    page.get_by_role("link", name="Look at the row in doubt").click()
    page.get_by_role("link", name="Look at what is in doubt").click()
    expect(page.get_by_role("heading", name="What is marked?")).to_be_visible()
    _fits(page)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take back my last decision").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    page.get_by_label(re.compile("Vacant")).check()
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text("is in doubt")).to_be_hidden()


def _fits(page):
    """Check that nothing is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
