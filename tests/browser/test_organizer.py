"""The whole main job by hand: file, universe, turf, code, phone, results."""

import re

from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.conftest import DESK
from tests.house.measure import HOUSE

ELM = HOUSE / "examples/elm"
DONE = 60_000
"""Milliseconds that a job may take on a loaded machine."""


def bring_in(page, url):
    """Import small Elm on the screen, and go on to the snapshot's page."""
    page.goto(f"{url}/snapshots/")
    page.get_by_label("Voter file", exact=True).set_input_files(ELM / "voters.csv")
    page.get_by_label(re.compile("^Address points")).set_input_files(
        ELM / "addresses.csv"
    )
    page.get_by_label(re.compile("^Streets")).set_input_files(ELM / "streets.geojson")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_label(re.compile("^Elm County"))).to_be_checked()
    page.get_by_label("Date of the file").fill("2025-02-01")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("Every row is accounted for")).to_be_visible(timeout=DONE)
    page.get_by_role("link", name="See the snapshot").click()


def test_from_a_file_to_a_conversation_on_the_screen(elm, profile, playwright):
    """An organizer with a file and a canvasser with a code need nobody else."""
    desk = profile(DESK).pages[0]
    desk.goto(elm.link("organizer"))
    bring_in(desk, elm.url)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("elm")
    expect(desk.locator("main")).to_contain_text("10")
    expect(desk.locator("density-map p[data-in-view]")).to_contain_text(
        "doors", timeout=DONE
    )

    number = desk.url.rstrip("/").rpartition("/")[2]
    desk.goto(f"{elm.url}/universes/over/{number}/")
    desk.get_by_label("Rule", exact=True).fill("age >= 18 and not party = REP")
    expect(desk.locator("#preview")).to_contain_text("7", timeout=10_000)
    desk.get_by_label("Name").fill("Elm, by hand")
    desk.get_by_role("button", name="Save this universe").click()

    desk.get_by_label("At least, in a turf").fill("2")
    desk.get_by_label("At most, in a turf").fill("4")
    desk.get_by_role("button", name=re.compile("^Cut")).click()
    expect(desk).to_have_url(re.compile(r"/turf/\d+/$"), timeout=DONE)
    desk.get_by_role("link", name="Hand out").first.click()
    desk.get_by_role("button", name="Hand out").click()
    code = desk.locator(".big-code").inner_text()
    desk.get_by_role("link", name="Back to the turfs").click()
    desk.get_by_role("link", name="Results").last.click()

    phone = playwright.chromium.launch(**profile.launch).new_page()
    canvasser.enter(phone, elm.url, code)
    canvasser.record(phone, 1)
    canvasser.status(phone, "1 saved here, 0 not sent")
    phone.context.browser.close()

    expect(desk.get_by_text("note 1: ¿mañana?")).to_be_visible(timeout=20_000)


def test_a_wrong_code_says_what_to_do(elm, profile):
    """Whoever mistypes a code is told so in words, and loses nothing they typed."""
    page = profile().pages[0]
    page.goto(f"{elm.url}/phone/")
    page.get_by_label("Your first name").fill("Ben")
    page.get_by_label("Turf code").fill("0000-0000")
    page.get_by_role("button", name="Get my turf").click()

    expect(page.get_by_role("alert")).to_contain_text("No turf has this code")
    expect(page.get_by_label("Your first name")).to_have_value("Ben")


def test_two_tabs_are_one_phone(elm, profile):
    """What is recorded in a second tab has a number of its own, and both arrive."""
    phone = profile()
    first = phone.pages[0]
    canvasser.enter(first, elm.url, elm.demo["code"], "Cleo")
    second = phone.new_page()
    second.goto(f"{elm.url}/phone/")
    expect(second.locator(".row").first).to_be_visible()

    phone.set_offline(True)
    canvasser.record(first, 0)
    canvasser.record(second, 3)
    phone.set_offline(False)

    canvasser.status(second, "2 saved here, 0 not sent")
    canvasser.status(first, "2 saved here, 0 not sent")
    assert len(canvasser.events(first)) == 2
