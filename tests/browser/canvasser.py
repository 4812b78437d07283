"""A canvasser: what thumbs do with the phone app."""

import re
from typing import Any

from playwright.sync_api import Page, expect

OPEN = 20_000
"""Milliseconds that a loaded machine may take to open the app."""


INSTALLED = """
  (most) => Promise.race([
    navigator.serviceWorker.ready.then(() => true),
    new Promise((late) => setTimeout(() => late(false), most)),
  ])
"""
"""Whether the app is whole on the phone, asked for so many milliseconds."""


def enter(page: Page, url: str, code: str, name: str = "Ana") -> None:
    """Load a turf by its code, as the QR does, and wait until it works offline."""
    page.goto(f"{url}/phone/#code={code}")
    page.get_by_label("Your first name").fill(name)
    page.get_by_role("button", name="Get my turf").click()
    expect(page.locator(".row").first).to_be_visible(timeout=OPEN)
    installed(page)
    page.reload()
    expect(page.locator(".row").first).to_be_visible(timeout=OPEN)


def installed(page: Page) -> None:
    """Wait until the app works offline; where it did not come whole, open it again."""
    if not page.evaluate(INSTALLED, OPEN):
        page.reload()
        assert page.evaluate(INSTALLED, OPEN), "the app never came whole"


def status(page: Page, words: str) -> None:
    """Wait until the status line says so."""
    expect(page.locator(".status-counts")).to_have_text(words, timeout=OPEN)


def record(page: Page, number: int) -> None:
    """Record one conversation at the next door: at every third one nobody comes."""
    page.get_by_role("button", name=re.compile("^Next door")).click()
    if number % 3 == 0:
        page.locator('.quick [data-result="not_home"]').click()
    else:
        page.locator(".people button").first.click()
        page.locator('[data-group^="q-"]').first.click()
        page.get_by_label("Note").fill(f"note {number}: ¿mañana?")
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved on this phone")).to_be_visible(timeout=OPEN)
    page.get_by_role("button", name=re.compile("^(Back|List)")).first.click()


def events(page: Page) -> dict[str, str]:
    """Return what is on this phone's disk: id and hash of each sealed event."""
    return {row["id"]: row["sha256"] for row in boxes(page)}


def boxes(page: Page) -> list[dict[str, Any]]:
    """Return what is on this phone's disk: each event as it would be sent."""
    kept: list[dict[str, Any]] = page.evaluate(
        """() => new Promise((done, failed) => {
          const opening = indexedDB.open("groundgame");
          opening.onerror = () => failed(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction("events").objectStore("events");
            reading.transaction.onabort = failed;
            reading.getAll().onsuccess = (event) => {
              opening.result.close();
              done(event.target.result.map(({ copy, ...row }) => row));
            };
          };
        })"""
    )
    return kept
