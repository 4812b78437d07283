"""An organizer writes a script with the phone beside it, and a phone asks it."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE


@pytest.fixture
def desk(playwright, elm):
    """An organizer's browser, signed in; what its console says is collected."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(viewport=DESK)
    page.set_default_timeout(canvasser.OPEN)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
    page.goto(elm.link("organizer"))
    yield page
    browser.close()


def write(page, elm):
    """Write two questions, the second only for who answered yes; return the phone."""
    page.goto(f"{elm.url}/scripts/new/")
    expect(page.locator("form[data-ready]")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Street lights")
    page.get_by_label("What is said first").fill("Good evening, a word on the lights?")
    page.locator('[data-add="choice"]').click()
    first = page.locator(".question-card").nth(0)
    first.get_by_label("The question").fill("Is your street dark?")
    first.get_by_label("In two words").fill("Dark")
    page.locator('[data-add="text"]').click()
    second = page.locator(".question-card").nth(1)
    second.get_by_label("The question").fill("Where is it darkest?")
    second.locator("[data-condition]").click()
    return page.locator("#preview")


def test_the_preview_is_the_phone_and_follows_every_word(desk, elm):
    """A tap on yes opens the second question, a tap on no does not; nothing is kept."""
    phone = write(desk, elm)

    expect(phone.get_by_text("Good evening, a word on the lights?")).to_be_visible()
    expect(phone.get_by_text("Where is it darkest?")).to_have_count(0)
    phone.get_by_role("button", name="Yes").click()
    expect(phone.get_by_text("Where is it darkest?")).to_be_visible()
    phone.locator('[data-question="question"]').click()
    phone.get_by_role("button", name="No", exact=True).click()
    expect(phone.get_by_text("Where is it darkest?")).to_have_count(0)
    desk.get_by_label("The question").first.fill("Is it dark where you live?")
    phone.locator('[data-question="question"]').click()
    expect(phone.get_by_text("Is it dark where you live?")).to_be_visible()
    assert desk.complaints == []


def test_a_script_is_translated_where_it_is_written(desk, elm):
    """Spanish words stand below ours, and the phone beside them speaks Spanish."""
    phone = write(desk, elm)

    desk.get_by_label("Also in").select_option("es")
    desk.get_by_label("What is said first, Spanish").fill("Buenas noches.")

    expect(phone.get_by_text("Buenas noches.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Con Ada Adams")).to_be_visible()
    said = json.loads(desk.locator("#id_body").input_value())
    assert said["translations"] == {"es": {"opening": "Buenas noches."}}


def test_what_is_saved_is_asked_at_a_door(desk, elm, playwright):
    """Refused with a reason, mended, saved, handed out, and put on a phone."""
    write(desk, elm)
    desk.locator('[data-add="scale"]').click()
    desk.get_by_role("button", name="Save this script").click()
    expect(desk.get_by_role("alert")).to_contain_text("says nothing to ask")
    third = desk.locator(".question-card").nth(2)
    third.get_by_label("The question").fill("How dark, from 0 to 10?")
    desk.get_by_role("button", name="Save this script").click()
    expect(
        desk.get_by_text(re.compile("Saved as version street-lights-"))
    ).to_be_visible()

    desk.goto(f"{elm.url}/turf/1/")
    desk.get_by_role("link", name="Hand out").first.click()
    desk.get_by_label("With which script").select_option(label="Street lights")
    desk.get_by_role("button", name="Hand out").click()
    code = desk.locator(".big-code").inner_text()

    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(viewport=PHONE)
    page.set_default_timeout(canvasser.OPEN)
    canvasser.enter(page, elm.url, code)
    page.locator("[data-next]").click()
    page.locator(".people button").first.click()
    expect(page.locator('[data-asking="question"]')).to_have_text(
        "Is your street dark?"
    )
    page.get_by_role("button", name="Yes").click()
    expect(page.locator('[data-asking="question_2"]')).to_be_focused()
    browser.close()
