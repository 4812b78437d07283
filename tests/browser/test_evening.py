"""A whole evening at phone size, in English and in Spanish, as a tired person walks it.

Every screen is held to what one needs in the dark and the cold, with a screen reader or
with one thumb: each control has a name, is large enough, and is told by more than a
colour; nothing hangs over the edge.

    GROUNDGAME_TEST_PICTURES=folder pytest tests/browser/test_evening.py

keeps a picture of each screen, for eyes to judge.
"""

import json
import os
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.conftest import CHROMIUM, DESK, FLAGS, PHONE
from tests.house.measure import HOUSE

PICTURES = os.environ.get("GROUNDGAME_TEST_PICTURES")
LOCALES = {"en": "en-US", "es": "es-MX"}
DAYS = {"en": "Nov 3, 2026", "es": "3 nov 2026"}
SCHEMES = {"en": "light", "es": "dark"}
"""One language in the sun, the other at night."""
WORDS = json.loads((HOUSE / "phone/view/words.json").read_text(encoding="utf-8"))
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")


@pytest.fixture(params=sorted(LOCALES))
def evening(request, playwright, elm, tmp_path):
    """A canvasser's phone in one language; what is wrong with a screen is collected."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    phone = browser.new_context(
        viewport=PHONE,
        locale=LOCALES[request.param],
        color_scheme=SCHEMES[request.param],
    )
    page = phone.new_page()
    page.set_default_timeout(canvasser.OPEN)
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield Evening(page, request.param, elm, complaints, request.function.__name__)
    browser.close()


class Evening:
    """One phone, its language, and the screens that were looked at."""

    def __init__(self, page, language, server, complaints, name):
        """Keep what the evening is walked with."""
        self.page, self.language, self.server = page, language, server
        self.words, self.complaints = WORDS[language], complaints
        self.name, self.looks = name, 0

    def look(self, screen):
        """Hold the screen that is open to what everybody needs of it."""
        expect(self.page.locator(screen)).to_be_visible()
        self.looks += 1
        if PICTURES:
            name = f"{self.name}-{self.looks:02}-{self.language}.png"
            self.page.screenshot(path=Path(PICTURES) / name, full_page=True)
        found = self.page.evaluate(LOOK)
        assert found == {
            "nameless": [],
            "small": [],
            "wide": "",
            "headings": 1,
            "mains": 1,
            "faint": [],
            "adrift": [],
            "twice": [],
            "language": self.language,
        }, screen

    def tap(self, *selectors):
        """Tap one thing after the other."""
        for selector in selectors:
            self.page.locator(selector).first.click()

    def told(self, key, **facts):
        """Wait until the last word is this one."""
        words = self.words[key]
        if isinstance(words, dict):
            words = words["one" if facts["n"] == 1 else "other"]
        text = words.format(**facts)
        expect(self.page.locator(".toast-words")).to_contain_text(text)

    def saved(self, count):
        """Wait until the status line counts so many, and all are sent."""
        line = self.words["status.counts"].format(saved=count, unsent=0)
        expect(self.page.locator(".status-counts")).to_have_text(line)


def test_a_whole_evening(evening):
    """From the code to thank you: every screen can be used, and all of it arrives."""
    page, words = evening.page, evening.words
    begin(evening)
    conversation(evening)
    newcomer(evening)
    apartment_house(evening)
    left_alone(evening)
    pause(evening)
    evening.tap('[data-clock="end"]')
    evening.look(".finish")
    safe = words["finish.safe"]["other"].format(n=4)
    expect(page.locator(".finish .big")).to_contain_text(safe)
    expect(page.locator("h1")).to_have_text(words["finish.title"].format(name="Ana"))
    evening.tap(".status-button")
    evening.look(".more")
    assert evening.complaints == []


def begin(evening):
    """Load the turf and start the shift: last year is remembered at the door."""
    page = evening.page
    page.goto(f"{evening.server.url}/phone/#code={evening.server.demo['code']}")
    evening.look(".enter")
    page.fill("#name", "Ana")
    evening.tap("button.main")
    evening.look(".turf")
    evening.tap('[data-clock="start"]')
    expect(page.locator('[data-shift="on"]')).to_be_visible()
    evening.tap(".row")
    evening.look(".door")
    expect(page.locator(".memory")).to_be_visible()


def conversation(evening):
    """Answer question after question, then correct what was saved."""
    page = evening.page
    evening.tap(".people button")
    evening.look(".talk")
    evening.tap('[data-group="q-issue"]')
    expect(page.locator('[data-question="story"] textarea')).to_be_visible()
    expect(page.locator('[data-asking="story"]')).to_be_focused()
    page.fill("#q-story", "¿Mañana?")
    evening.tap('[data-on="story"]')
    expect(page.locator('[data-asking="rating"]')).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[data-question="rating"] strong')).to_have_text("7")
    evening.look(".talk")
    evening.tap('[data-on="support"]', "button.save")
    evening.told("saved")
    evening.saved(1)
    evening.tap(".correct")
    evening.look(".talk")
    page.fill("#note", "At work until six")
    evening.tap("button.save")
    evening.told("corrected")
    evening.saved(1)
    expect(page.locator(".history .note")).to_have_text("At work until six")


def newcomer(evening):
    """Somebody who is not on the list wants a visit tomorrow."""
    page = evening.page
    evening.tap("[data-add]", "button.save")
    expect(page.locator("#added-name")).to_have_attribute("aria-invalid", "true")
    evening.look(".talk")
    page.fill("#added-name", "Núria Sol")
    evening.tap('[data-fold="results"]')
    evening.look(".talk")
    evening.tap('[data-value="come_back"]', '[data-group="again"] >> nth=1')
    evening.look(".talk")
    evening.tap("button.save")
    evening.told("saved")
    evening.saved(2)
    added = page.locator('.people [data-person^="new:"]').last
    expect(added).to_contain_text("Núria Sol")
    evening.look(".door")


def apartment_house(evening):
    """A whole floor by one tap, taken back by one; a way in; another language."""
    page = evening.page
    evening.tap(".way-on button >> nth=0", ".house-open")
    evening.look(".house")
    left = page.locator(".floor .unit-door[data-state='left']")
    before = left.count()
    floor = page.locator(".floor").first.locator("[data-state='left']").count()
    evening.tap(".nobody")
    evening.told("building.done", n=floor)
    assert left.count() == before - floor
    evening.tap(".toast button")
    evening.told("undo.done")
    expect(left).to_have_count(before)
    evening.tap(".access button")
    evening.look(".house")
    page.fill('[name="elevator"]', f"Out ({evening.language})")
    evening.tap(".access button.main")
    evening.told("access.saved")
    expect(page.locator(".known")).to_contain_text(f"Out ({evening.language})")
    evening.tap(".unit-door[data-state='left']", '.people [data-person=""]')
    evening.tap('[data-value="language_barrier"]')
    evening.look(".talk")
    evening.tap('[data-group="language"] >> nth=2', "button.save")
    evening.saved(3)


def left_alone(evening):
    """Somebody wants no visit any more; one entry is taken back, after a question."""
    page = evening.page
    evening.tap(".way-on .next", ".people button", '[data-fold="results"]')
    evening.tap('[data-value="do_not_contact"]', "button.save")
    evening.told("saved")
    evening.saved(4)
    expect(page.locator(".warning")).to_have_text(evening.words["door.dnc"])
    evening.look(".door")
    evening.tap('.quick [data-result="not_home"]')
    evening.saved(5)
    expect(page.locator(".warning")).to_have_text(evening.words["door.dnc"])
    evening.tap(".history .undo")
    evening.look(".door")
    evening.tap(".history .undo")
    evening.told("undo.done")
    evening.saved(4)


def pause(evening):
    """The map, a pause, and on again."""
    evening.tap(".way-on button >> nth=1")
    if PICTURES:
        evening.page.wait_for_timeout(5_000)  # a map is drawn slowly without a card
    evening.look("main.map")
    evening.tap(".way-on button >> nth=0", '[data-clock="pause"]')
    expect(evening.page.locator('[data-shift="paused"]')).to_be_visible()
    evening.look(".turf")
    evening.tap('[data-clock="resume"]')
    expect(evening.page.locator('[data-shift="on"]')).to_be_visible()


@pytest.fixture(scope="module")
def deep(playwright, elm):
    """The code of a turf that goes out with a deep canvass."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    desk = browser.new_page(viewport=DESK)
    desk.goto(elm.link("organizer"))
    desk.goto(f"{elm.url}/turf/1/")
    desk.get_by_role("link", name="Hand out").last.click()
    desk.get_by_label("With which script").select_option(label="Deep canvass")
    desk.get_by_role("button", name="Hand out").click()
    code = desk.locator(".big-code").inner_text()
    browser.close()
    with sqlite3.connect(elm.data / "book.sqlite3") as book:
        book.execute("update store_packet set device_limit = 1000")
    return code


def test_a_deep_canvass(evening, deep):
    """Rating, listening, two stories, rating again, a promise with its day."""
    page = evening.page
    page.goto(f"{evening.server.url}/phone/#code={deep}")
    page.fill("#name", "Ana")
    evening.tap("button.main", ".row", ".people button")
    evening.look(".talk")
    evening.tap('[data-group="q-before"] >> nth=4')
    evening.look(".talk")
    evening.tap('[data-on="listen"]')
    page.fill("#q-touched", "Su hermana, 2019")
    evening.tap('[data-on="touched"]')
    evening.look(".talk")
    evening.tap('[data-on="own_story"]', '[data-value="family"]', '[data-value="work"]')
    evening.look(".talk")
    evening.tap('[data-on="mattered"]')
    earlier = evening.words["talk.earlier"].format(answer=4)
    expect(page.get_by_text(earlier)).to_be_visible()
    evening.look(".talk")
    evening.tap('[data-group="q-after"] >> nth=7', '[data-value="talk"]')
    page.fill("#q-promise_day", "2026-11-03")
    evening.look(".talk")
    evening.tap('[data-on="promise_day"]', "button.save")
    evening.saved(1)
    answers = page.locator(".history .answer")
    expect(answers.last).to_contain_text(DAYS[evening.language])
    evening.look(".door")
    assert evening.complaints == []


def test_what_cannot_be_sent_is_shown_as_squares(evening):
    """No signal for good: the phone says how its entries get out, in squares."""
    page = evening.page
    page.goto(f"{evening.server.url}/phone/#code={evening.server.demo['code']}")
    page.fill("#name", "Ana")
    evening.tap("button.main", "[data-next]")
    page.context.set_offline(True)
    evening.tap('.quick [data-result="not_home"]')
    line = evening.words["status.counts"].format(saved=1, unsent=1)
    expect(page.locator(".status-counts")).to_have_text(line)
    evening.look(".door")
    evening.tap(".status-button")
    evening.look(".more")
    page.get_by_role("button", name=evening.words["more.squares"]).click()
    evening.look(".squares")


def test_two_share_a_turf(playwright, elm):
    """What Bo records is on Ana's list after her phone has asked: who, and how."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    try:
        phones = [browser.new_context(viewport=PHONE).new_page() for _ in range(2)]
        for page, name in zip(phones, ("Ana", "Bo"), strict=True):
            page.set_default_timeout(canvasser.OPEN)
            canvasser.enter(page, elm.url, elm.demo["code"], name)
        ana, bo = phones
        bo.locator("[data-next]").click()
        door = bo.locator(".door").get_attribute("data-door")
        bo.locator('.quick [data-result="lit_dropped"]').click()
        canvasser.status(bo, "1 saved here, 0 not sent")
        ana.reload()
        row = ana.locator(f'.row[data-door="{door}"]')
        expect(row).to_contain_text(re.compile("Lit Dropped, by Bo"))
        expect(ana.locator(".with")).to_contain_text("Bo")
        row.click()
        expect(ana.locator(".history .where")).to_contain_text("Bo")
    finally:
        browser.close()


def test_the_look_at_a_screen_finds_what_is_planted(evening):
    """A small, nameless, faint or wide thing on the screen would be told."""
    page = evening.page
    page.goto(f"{evening.server.url}/phone/")
    expect(page.locator(".enter")).to_be_visible()
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          const button = document.createElement("button");
          button.style.cssText = "min-height: 0; height: 20px";
          const faint = document.createElement("p");
          faint.style.color = "#777";
          faint.textContent = "faint";
          const wide = document.createElement("div");
          wide.style.cssText = "width: 600px; height: 4px";
          const adrift = document.createElement("p");
          adrift.style.cssText = "position: absolute; bottom: -9rem";
          adrift.textContent = "adrift";
          main.append(button, faint, wide, adrift);
        }"""
    )
    found = page.evaluate(LOOK)

    for what in ("nameless", "small", "faint", "adrift"):
        assert len(found[what]) == 1, what
    assert found["wide"]
