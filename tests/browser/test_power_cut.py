"""The phone's battery dies: what the app said was saved is still there.

Chromium keeps its profile on a file system that forgets unsynced writes (tests/power).
A canvasser saves conversations through the app, with no signal; the power is cut, at
times in the middle of a save; the browser starts again on what was synced, and sends.

    GROUNDGAME_TEST_PHONE_CUTS=50 pytest tests/browser/test_power_cut.py -s

is the long way; left out, they are skipped.
"""

import os

import pytest
from playwright.sync_api import expect

from groundgame.values import Seed
from tests.browser import battery, canvasser
from tests.power import mounted

CUTS = int(os.environ.get("GROUNDGAME_TEST_PHONE_CUTS", "0"))
SEED = 20261129
pytestmark = pytest.mark.skipif(
    not CUTS,
    reason="run by name: GROUNDGAME_TEST_PHONE_CUTS=2 pytest tests/browser/...",
)  # Chromium itself hangs on such a disk now and then, and the whole run with it


@pytest.fixture
def phone(playwright, elm, tmp_path):
    """A phone on a disk that forgets, where there is FUSE."""
    if lacks := mounted.missing():
        pytest.skip(lacks)
    with battery.phone_on(playwright, elm, tmp_path) as phone:
        yield phone


def evenings(phone, cuts, many):
    """Save and die, so many times; return how many were seen saved and then lost."""
    draw = Seed(SEED).stream("tests.browser.power_cut")
    phone.start()
    phone.enter()
    seen, lost = 0, 0
    for cut in range(cuts):
        phone.context.set_offline(True)
        before = len(phone.saved)
        phone.save(many)
        seen += len(phone.saved) - before
        assert bool(phone.page.evaluate("window.relaxed")) == phone.relaxes
        if cut % 2:
            phone.half_save(float(draw.uniform(0, 40)))
        phone.die()
        phone.start()
        phone.send()
        lost += phone.lost()
    return seen, lost


def test_what_the_app_called_saved_survives_a_dead_battery(phone):
    """Cut after cut: each entry that was seen saved is in the book, unaltered."""
    seen, lost = evenings(phone, CUTS, 4)

    print(CUTS, "cuts, seed", SEED, "saved", seen, "lost", lost)  # noqa: T201  # shown with -s
    assert lost == 0
    assert seen >= CUTS * 4  # what was cut off in mid-save may be there or not


def test_a_full_disk_is_said_aloud_and_takes_nothing(phone):
    """The save is refused on the screen; what was saved stays, and room is enough."""
    phone.start()
    phone.enter()
    phone.context.set_offline(True)
    phone.save(2)
    with phone.disk.on("disk-full"):
        phone.half_save(0)
        refused = phone.page.get_by_role("alert")
        expect(refused).to_contain_text("Not saved", timeout=canvasser.OPEN)
    assert battery.saved(phone.page, phone.server.data) == phone.saved

    phone.die()
    phone.start()
    phone.page.goto(f"{phone.server.url}/phone/")
    phone.save(1)
    phone.send()

    assert len(phone.saved) == 3
    assert phone.lost() == 0


def test_an_app_that_asks_for_less_loses_what_it_called_saved(phone):
    """With durability "relaxed", the browsers' default, the same evening loses."""
    phone.relaxes = True

    seen, lost = evenings(phone, 1, 4)

    print("relaxed: saved", seen, "lost", lost)  # noqa: T201  # shown with -s
    assert lost > 0
