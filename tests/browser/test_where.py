"""Places and scores in the builder, by mouse, by keyboard, and on a small screen."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

SOON = 20_000
"""Milliseconds that a count may take on a loaded machine."""


@pytest.fixture
def builder(elm, profile):
    """Return a function that opens the builder at a size, signed in."""

    def open_it(viewport):
        page = profile(viewport).pages[0]
        page.goto(elm.link("organizer"))
        page.goto(f"{elm.url}/universes/over/1/")
        expect(page.locator("density-map")).to_have_attribute(
            "data-ready", "", timeout=SOON
        )
        return page

    return open_it


def people(page):
    """Return how many people the rule finds, once it is counted."""
    number = page.locator("#preview dd").first
    expect(number).to_be_visible(timeout=SOON)
    return int(number.inner_text().replace(",", ""))


def test_a_point_is_clicked_and_put_into_the_rule(builder):
    """The click fills in degrees, the count follows, and so does the rule."""
    page = builder(DESK)
    page.get_by_text("Near a point").click()
    page.locator("density-map canvas").first.click(position={"x": 250, "y": 250})
    expect(page.locator("#near")).to_contain_text("there, behind", timeout=SOON)
    page.get_by_label("Metres from it").fill("2000")
    expect(page.locator("#near")).to_contain_text("people live there", timeout=SOON)

    page.locator("details", has_text="Near a point").get_by_role(
        "button", name="Put it into the rule"
    ).click()

    expect(page.get_by_label("Rule", exact=True)).to_have_value(
        re.compile(r"^within 2000 m of \d+\.\d+, -\d+\.\d+$")
    )
    assert people(page) > 0
    expect(page.locator("#preview")).to_contain_text("living within 2000 m of")


def test_an_area_is_drawn_with_the_keyboard_alone(builder):
    """Enter puts a corner at the map's middle, arrows move it, Backspace undoes."""
    page = builder(DESK)
    page.get_by_label("Rule", exact=True).fill("party = DEM")
    everybody = people(page)
    page.get_by_text("Inside an area", exact=True).click()
    canvas = page.locator("density-map canvas").first
    corners = page.get_by_label("Its corners, one a line")
    canvas.focus()
    for n, moves in enumerate(("", "RRR", "DDD", "LLL"), start=1):
        for move in moves:
            name = {"R": "Right", "D": "Down", "L": "Left"}[move]
            page.keyboard.press(f"Arrow{name}")
            page.wait_for_timeout(400)  # the map glides
        page.keyboard.press("Enter")
        expect(corners).to_have_value(re.compile(rf"^(\S+, \S+\n?){{{n}}}$"))
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    assert len(corners.input_value().splitlines()) == 4
    expect(page.locator("#inside")).to_contain_text("there, behind", timeout=SOON)

    page.get_by_label("What to call the area").fill("South side")
    page.get_by_role("button", name="Keep it, and put it into the rule").click()

    rule = page.get_by_label("Rule", exact=True)
    expect(rule).to_have_value('party = DEM and in area "South side"', timeout=SOON)
    assert 0 <= people(page) < everybody
    expect(page.locator("#preview")).to_contain_text("inside the area “South side”")
    page.get_by_text("Inside an area", exact=True).click()
    page.get_by_role("button", name="Take South side away").click()
    expect(page.locator("#preview")).to_contain_text("no area named", timeout=SOON)


def test_an_area_is_uploaded_on_a_phone(builder, tmp_path):
    """A file of it is enough; nothing hangs over the edge of a small screen."""
    page = builder(PHONE)
    ring = [[-180, -80], [180, -80], [180, 80], [-180, 80], [-180, -80]]
    file = tmp_path / "all.geojson"
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    page.get_by_text("Inside an area", exact=True).click()
    page.get_by_label("Or a file of it").set_input_files(file)
    page.get_by_label("What to call the area").fill("The world")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Keep it, and put it into the rule").click()

    expect(page.get_by_label("Rule", exact=True)).to_have_value(
        'in area "The world"', timeout=SOON
    )
    assert people(page) > 1_000


def test_scores_are_brought_in_and_asked_for(builder, tmp_path):
    """What became of each is said, and a button puts the score into the rule."""
    page = builder(DESK)
    file = tmp_path / "model.csv"
    file.write_text("person_id,turnout\nnobody,50\n")
    page.get_by_text("By a score").click()
    page.get_by_label("A table of scores").set_input_files(file)
    page.get_by_role("button", name="Bring the scores in").click()
    expect(page.get_by_text("1 scores = 1 kept + 0 refused")).to_be_visible()

    page.get_by_text("By a score").click()
    page.get_by_role("button", name="turnout", exact=True).click()

    expect(page.get_by_label("Rule", exact=True)).to_have_value(
        "score turnout is known"
    )
    assert people(page) == 0
