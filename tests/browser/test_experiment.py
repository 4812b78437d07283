"""An experiment from the screen of its universe to its report, by hand."""

import re
import sqlite3

import polars as pl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

DONE = 60_000
"""Milliseconds that a job may take on a loaded machine."""


@pytest.fixture(scope="module")
def elm(own_elm):
    """A large Elm of this file's own, and no turf in hand that may hold a control."""
    with sqlite3.connect(own_elm.data / "book.sqlite3") as book:
        book.execute("update store_packet set expires = '2020-01-01 00:00:00'")
    return own_elm


def set_up(page, url, name):
    """Save a universe of one ward, and design an experiment from it."""
    page.goto(f"{url}/universes/over/1/")
    page.get_by_label("Rule", exact=True).fill("age >= 18 and ward = 2")
    expect(page.locator("#preview")).to_contain_text("People", timeout=DONE)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save this universe").click()
    page.get_by_role("link", name=re.compile("Draw an experiment")).click()
    shown = page.locator("#power")
    expect(shown).to_contain_text("you will see an effect", timeout=DONE)
    page.get_by_label("Name").fill(name)
    page.get_by_label("What do you want to know?").fill("Do visits change the rating?")
    page.get_by_label("What will be measured?").select_option("survey")
    page.get_by_label("Seed").fill("20")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_set_up_launch_and_read(elm, profile, tmp_path, size):
    """Nobody leaves the screens, from a universe to a report and to the stop."""
    page = profile(size).pages[0]
    page.goto(elm.link("organizer"))
    name = f"Ward 2 at {size['width']}"
    set_up(page, elm.url, name)
    page.get_by_role("button", name="Draw and register").click()
    expect(page.get_by_text("registered, not launched")).to_be_visible(timeout=DONE)
    page.get_by_role("button", name="Launch").click()
    expect(page.get_by_role("heading", name="It runs")).to_be_visible()

    page.get_by_label("A survey").set_input_files(survey(elm, tmp_path))
    page.get_by_label("age", exact=True).check()
    page.get_by_label("party", exact=True).check()
    page.get_by_label("Compare groups of").select_option("party")
    page.get_by_label("Volunteer hours that it took").fill("120")
    page.get_by_role("button", name="Write the report").click()
    page.wait_for_url(re.compile(r"/findings/"), timeout=DONE)
    found = page.locator(".report .found").first
    expect(found).to_contain_text("of 100 people", timeout=DONE)
    expect(page.get_by_role("heading", name="What could be wrong")).to_be_visible()
    expect(page.get_by_role("heading", name="In groups")).to_be_visible()
    report = page.locator(".report")
    expect(report).to_contain_text("the draw: the answer before, age, party")
    expect(report).to_contain_text("Do not pick out the best group")
    expect(report).to_contain_text("regression to the mean")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"]

    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("heading", name="It is over")).to_be_visible()


def survey(elm, folder):
    """Write what everybody of the newest experiment answered, before and after."""
    newest = max(
        (elm.data / "experiments").glob("*.parquet"),
        key=lambda one: one.stat().st_mtime,
    )
    people = pl.read_parquet(newest)
    visited = pl.col("arm") == "visit"
    luck = pl.col("person_id").hash(seed=1) % 100
    path = folder / "survey.csv"
    people.select(
        "person_id",
        (luck < 40 + 20 * visited.cast(int)).cast(int).alias("outcome"),
        (luck < 40).cast(int).alias("before"),
    ).write_csv(path)
    return path
