"""A phone with no way out shows squares; an organizer's camera takes them in, once."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.conftest import DESK, FLAGS
from tests.browser.house import serving
from tests.browser.test_shift import inside, on_server
from tests.house.measure import HOUSE

FRAMES = 12
"""Of a film for each square: at least one of them is whole when it is looked at."""


@pytest.fixture
def server(tmp_path):
    """A server of its own with small Elm County in it, and one turf handed out."""
    with serving(tmp_path / "data", str(HOUSE / "examples/elm")) as server:
        yield server


@pytest.fixture
def shown(server, profile):
    """Three conversations recorded offline; they, and a picture of each square."""
    phone = profile()
    page = phone.pages[0]
    canvasser.enter(page, server.url, server.demo["code"])
    phone.set_offline(True)
    for number in range(3):
        canvasser.record(page, number)
    canvasser.status(page, "3 saved here, 3 not sent")
    written = inside(server.data, canvasser.boxes(page))
    page.locator(".status-button").click()
    page.get_by_role("button", name="Show it as squares").click()
    page.get_by_role("button", name="Hold still").click()
    pictures = {}
    while True:
        square = page.locator("svg.square")
        words = square.get_attribute("aria-label")
        if words in pictures:
            return page, written, list(pictures.values())
        pictures[words] = square.screenshot(type="png")
        page.get_by_role("button", name="One on").click()
        expect(square).not_to_have_attribute("aria-label", words)


def desk_of(playwright, profile, server, *flags):
    """Open an organizer's browser on the page that reads squares."""
    how = profile.launch | {"args": [*FLAGS, *flags]}
    desk = playwright.chromium.launch(**how).new_page(viewport=DESK)
    desk.goto(server.link("organizer"))
    desk.get_by_role("link", name="Results").first.click()
    desk.get_by_role("link", name="Read squares").click()
    expect(desk.get_by_role("button", name="Use this camera")).to_be_enabled(
        timeout=30_000
    )
    return desk


def film(pictures, path):
    """Write what a camera sees that is held before the phone."""
    with path.open("wb") as file:
        for each in pictures:
            frame = Image.new("RGB", (640, 480), "white")
            frame.paste(Image.open(io.BytesIO(each)).resize((460, 460)), (90, 10))
            out = io.BytesIO()
            frame.save(out, "JPEG", quality=92)
            file.write(out.getvalue() * FRAMES)
    return path


def test_a_camera_takes_the_squares_in(server, shown, profile, playwright, tmp_path):
    """The film of a phone's screen, in a loop, becomes three entries in the book."""
    before = on_server(server.data)
    page, written, pictures = shown
    assert len(pictures) >= 5
    path = film(pictures, tmp_path / "squares.mjpeg")
    desk = desk_of(
        playwright,
        profile,
        server,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )

    desk.get_by_role("button", name="Use this camera").click()

    expect(desk.get_by_text("3 entries were taken in.")).to_be_visible(timeout=90_000)
    assert on_server(server.data) == before | written
    desk.context.browser.close()
    page.get_by_role("button", name="Put them away").click()
    page.context.set_offline(False)
    canvasser.status(page, "3 saved here, 0 not sent")
    assert on_server(server.data) == before | written


def test_pictures_of_the_squares_do_as_well(
    server, shown, profile, playwright, tmp_path
):
    """In any order, some twice; what is missing is named, and nothing counts before."""
    before = on_server(server.data)
    _, written, pictures = shown
    files = []
    for number, each in enumerate(pictures):
        files.append(tmp_path / f"{number}.png")
        files[-1].write_bytes(each)
    (blank := tmp_path / "blank.png").write_bytes(pictures[0][:100])
    desk = desk_of(playwright, profile, server)
    choose = desk.get_by_label("Or choose pictures of the squares")

    choose.set_input_files([blank])
    expect(desk.get_by_role("status")).to_contain_text("blank.png", timeout=30_000)
    choose.set_input_files([*files[:0:-1], files[1]])
    expect(desk.locator("[data-left]")).to_have_text("Still missing: 1", timeout=30_000)
    assert on_server(server.data) == before
    choose.set_input_files(files[0])

    expect(desk.get_by_text("3 entries were taken in.")).to_be_visible(timeout=30_000)
    assert on_server(server.data) == before | written
    desk.context.browser.close()
