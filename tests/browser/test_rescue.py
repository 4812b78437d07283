"""A phone that cannot send: its entries reach the book in a file, and count once."""

import pytest
from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.conftest import DESK
from tests.browser.house import serving
from tests.browser.test_shift import inside, on_server
from tests.house.measure import HOUSE


@pytest.fixture
def small_elm(tmp_path):
    """A server of its own with small Elm County in it, and one turf handed out."""
    with serving(tmp_path / "data", str(HOUSE / "examples/elm")) as server:
        yield server


def rescue_file(page, folder):
    """Save the rescue file as a canvasser does, and return where it lies."""
    page.locator(".status-button").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a rescue file").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def take_in(desk, path):
    """Take a file in as an organizer does, by way of the results."""
    desk.get_by_role("link", name="Results").first.click()
    desk.get_by_role("link", name="Take in its rescue file").click()
    desk.get_by_label("Rescue file").set_input_files(path)
    desk.get_by_role("button", name="Take it in").click()


def test_a_rescue_file_carries_what_a_phone_cannot_send(
    small_elm, profile, playwright, tmp_path
):
    """Two recorded offline, a file, an organizer: two in the book, then and later."""
    before = on_server(small_elm.data)
    phone = profile()
    page = phone.pages[0]
    canvasser.enter(page, small_elm.url, small_elm.demo["code"])
    phone.set_offline(True)
    for number in (0, 1):
        canvasser.record(page, number)
    canvasser.status(page, "2 saved here, 2 not sent")
    written = inside(small_elm.data, canvasser.boxes(page))
    path = rescue_file(page, tmp_path)
    assert path.name.startswith("groundgame-rescue-")
    assert on_server(small_elm.data) == before

    desk = playwright.chromium.launch(**profile.launch).new_page(viewport=DESK)
    desk.goto(small_elm.link("organizer"))
    take_in(desk, path)
    expect(desk.get_by_role("status")).to_have_text(
        "2 entries were taken in. They count from now on."
    )
    assert on_server(small_elm.data) == before | written
    take_in(desk, path)
    expect(desk.get_by_role("status")).to_contain_text("2 entries were there already")
    desk.context.browser.close()

    phone.set_offline(False)
    canvasser.status(page, "2 saved here, 0 not sent")
    assert on_server(small_elm.data) == before | written
    assert len(written) == 2
