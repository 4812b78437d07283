"""A shift without a signal, on real addresses: what was recorded is what arrives."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from groundgame.canvass import box
from tests.browser import canvasser
from tests.browser.house import serving
from tests.house.measure import HOUSE

ADDRESSES = HOUSE.parent / "shared/data/streets/queens-village-ny-addresses.csv.gz"
TWELVE = 12


@pytest.fixture(scope="session")
def queens(tmp_path_factory):
    """A server with invented voters over the real addresses of Queens Village."""
    if not ADDRESSES.exists():
        pytest.skip("the real addresses are not here (../shared/data)")
    place = tmp_path_factory.mktemp("queens")
    make = [sys.executable, str(HOUSE / "examples/elm/make.py")]
    make += ["--over", str(ADDRESSES), str(place / "files")]
    subprocess.run(make, check=True, capture_output=True)
    with serving(place / "data", str(place / "files")) as server:
        yield server


def kill(profile: Path) -> None:
    """End every process of a browser at once, as an empty battery would."""
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(profile).encode() in command and entry.name.isdigit():
            os.kill(int(entry.name), signal.SIGKILL)


def on_server(data: Path) -> dict[str, str]:
    """Return what the server's book holds: id and hash of each event."""
    with sqlite3.connect(f"file:{data / 'book.sqlite3'}?mode=ro", uri=True) as book:
        return dict(book.execute("select event, sha256 from store_event"))


def inside(data: Path, boxes: list[dict]) -> dict[str, str]:
    """Return what lies in a phone's boxes: id and hash of each event."""
    with sqlite3.connect(f"file:{data / 'book.sqlite3'}?mode=ro", uri=True) as book:
        keys = dict(book.execute("select name, private from store_sealkey"))
    found = [box.unsealed(each, keys) for each in boxes]
    return {each["event"]["id"]: each["sha256"] for each in found}


@pytest.mark.parametrize("place", ["elm", "queens"])
def test_twelve_conversations_without_a_signal(place, request, profile, tmp_path):
    """Offline, a reload, twelve conversations, a dead battery: twelve arrive."""
    server = request.getfixturevalue(place)
    before = on_server(server.data)
    phone = profile()
    page = phone.pages[0]
    canvasser.enter(page, server.url, server.demo["code"])

    phone.set_offline(True)
    page.reload()
    for number in range(TWELVE):
        canvasser.record(page, number)
    canvasser.status(page, "12 saved here, 12 not sent")
    sealed = canvasser.boxes(page)
    written = inside(server.data, sealed)
    kill(tmp_path / "profile")

    phone = profile()
    phone.set_offline(True)
    page = phone.pages[0]
    page.goto(f"{server.url}/phone/")
    canvasser.status(page, "12 saved here, 12 not sent")
    assert canvasser.boxes(page) == sealed
    assert on_server(server.data) == before

    phone.set_offline(False)
    canvasser.status(page, "12 saved here, 0 not sent")
    assert on_server(server.data) == before | written
    assert len(written) == TWELVE
