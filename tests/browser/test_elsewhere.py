"""The whole shift in Firefox and in WebKitGTK, with the server away in the middle.

    GROUNDGAME_TEST_ELSEWHERE=1 pytest tests/browser/test_elsewhere.py

It wants both browsers: apt-get install firefox-esr webkit2gtk-driver xvfb.
"""

import os
import time
from contextlib import suppress

import pytest

from tests.browser.elsewhere import Firefox, WebKit, do
from tests.browser.house import renew
from tests.browser.test_shift import on_server

BY_NAME = "GROUNDGAME_TEST_ELSEWHERE=1 pytest tests/browser/test_elsewhere.py"
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the drivers
    pytest.mark.skipif(
        "GROUNDGAME_TEST_ELSEWHERE" not in os.environ, reason=f"run by name: {BY_NAME}"
    ),
]


@pytest.fixture(params=[Firefox, WebKit], ids=["Firefox", "WebKitGTK"])
def browser(request, tmp_path):
    """A browser that is not Chromium; closed at the end."""
    kind = request.param
    if not kind.is_here():
        pytest.skip(f"it is not here (Debian: apt-get install {kind.NEEDS})")
    opened = kind(tmp_path)
    yield opened
    with suppress(Exception):
        opened.kill()


def opened(browser, app):
    """Open the app anew, once more where it does not come up, as anybody would."""
    browser.go(app)
    try:
        do(browser, "list")
    except AssertionError:
        browser.go(app)
        do(browser, "list")


def test_a_shift_with_no_signal_in_the_middle_arrives_whole(browser, own_elm):
    """Loaded anew, killed where it can be, from two tabs: seven saved, seven arrive."""
    app, before = f"{own_elm.url}/phone/", on_server(own_elm.data)
    browser.go(f"{app}#code={own_elm.demo['code']}")
    do(browser, "enter", "Ana")
    opened(browser, app)
    do(browser, "record", 0)
    do(browser, "record", 1)
    do(browser, "status", "2 saved here, 0 not sent")

    own_elm.stop()
    opened(browser, app)
    for number in (2, 3, 4):
        do(browser, "record", number)
    do(browser, "status", "5 saved here, 3 not sent")
    if isinstance(browser, Firefox):
        browser.kill()
        browser.start()
    opened(browser, app)
    do(browser, "status", "5 saved here, 3 not sent")
    browser.tab(app)
    do(browser, "record", 5)
    browser.first_tab()
    do(browser, "status", "6 saved here, 4 not sent")
    do(browser, "record", 6)
    assert len(on_server(own_elm.data)) == len(before) + 2

    own_elm.start()
    do(browser, "status", "7 saved here, 0 not sent")
    assert len(on_server(own_elm.data)) == len(before) + 7


def test_a_page_that_is_left_at_once_holds_up_no_page_after_it(browser, elm):
    """Opened anew while it still writes, and again: each time the doors are there."""
    app = f"{elm.url}/phone/"
    browser.go(f"{app}#code={elm.demo['code']}")
    do(browser, "enter", "Ana")
    for _ in range(8):
        browser.go(app)
        do(browser, "list")


def test_a_new_version_in_the_middle_waits_for_the_sentence(
    browser, changing, tmp_path
):
    """Half a sentence stays; one tap, with no signal, and the log is whole and sent."""
    app, before = f"{changing.url}/phone/", on_server(changing.data)
    browser.go(f"{app}#code={changing.demo['code']}")
    do(browser, "enter", "Ana")
    opened(browser, app)
    do(browser, "record", 0)
    do(browser, "begin", "half a sen")
    renew(tmp_path / "phone")

    opened(browser, app)
    do(browser, "resume", "half a sen")
    changing.stop()
    do(browser, "finish")
    do(browser, "status", "2 saved here, 1 not sent")
    do(browser, "renew")
    time.sleep(2)  # a page that goes away answers nobody
    do(browser, "renewed")
    do(browser, "status", "2 saved here, 1 not sent")

    changing.start()
    do(browser, "status", "2 saved here, 0 not sent")
    assert len(on_server(changing.data)) == len(before) + 2


def test_a_step_that_cannot_be_done_is_said(browser, elm):
    """Without a turf there are no doors: the measure itself can fail."""
    browser.go(f"{elm.url}/phone/")

    with pytest.raises(AssertionError, match="in vain for the list of doors"):
        do(browser, "record", 0)
