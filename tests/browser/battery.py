"""A phone on a disk that forgets: Chromium with its profile on tests/power."""

from contextlib import contextmanager, suppress

from playwright.sync_api import Error, expect

from tests.browser import canvasser
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.test_shift import inside, kill, on_server
from tests.power import mounted

RELAXED = """
  const begin = IDBDatabase.prototype.transaction;
  window.relaxed = 0;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    window.relaxed += mode === "readwrite" && options?.durability === "strict";
    return begin.call(this, stores, mode, { ...options, durability: "relaxed" });
  };
"""
"""As if the shelf asked for what browsers do by default; it counts how often it did."""


def saved(page, data):
    """Return what lies sealed on a phone: id and hash of each event within."""
    return inside(data, canvasser.boxes(page))


class Phone:
    """A phone whose disk forgets, and what its canvasser saw saved."""

    def __init__(self, playwright, disk, server, place):
        """Take a new one."""
        self.playwright, self.disk, self.server = playwright, disk, server
        self.profile, self.cache = disk.root / "profile", place / "cache"
        self.saved: dict[str, str] = {}
        self.number = 0
        self.relaxes = False

    def start(self):
        """Turn it on."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            args=[*FLAGS, f"--disk-cache-dir={self.cache}"],
            viewport=PHONE,
            service_workers="allow",
        )
        self.page = self.context.pages[0]

    def enter(self):
        """Load the turf."""
        canvasser.enter(self.page, self.server.url, self.server.demo["code"])
        if self.relaxes:
            self.context.add_init_script(RELAXED)
            self.page.reload()

    def save(self, many):
        """Save so many conversations, and note what is on the phone once they are."""
        for _ in range(many):
            canvasser.record(self.page, self.number)
            self.number += 1
        self.saved = saved(self.page, self.server.data)

    def half_save(self, milliseconds):
        """Begin to save another, and look away."""
        self.page.get_by_role("button", name="Next door").click()
        self.page.locator('.quick [data-result="not_home"]').click(no_wait_after=True)
        self.page.wait_for_timeout(milliseconds)

    def die(self):
        """Lose all power at once; get it back."""
        self.disk.cut()
        kill(self.profile)
        with suppress(Error):
            self.context.close()
        self.disk.again()

    def send(self):
        """Open the app where there is a signal, and wait until all is sent."""
        self.page.goto(f"{self.server.url}/phone/")
        said = self.page.locator(".status-counts")
        expect(said).to_contain_text(" 0 not sent", timeout=canvasser.OPEN)

    def lost(self):
        """Return how many saved entries are not in the book as they were saved."""
        there = on_server(self.server.data)
        return sum(there.get(each) != sha256 for each, sha256 in self.saved.items())


@contextmanager
def phone_on(playwright, server, place):
    """Take a phone whose disk lies in a folder, until the test is over."""
    with mounted.mounted(place) as disk:
        phone = Phone(playwright, disk, server, place)
        try:
            yield phone
        finally:
            kill(phone.profile)
            with suppress(Error):
                phone.context.close()
