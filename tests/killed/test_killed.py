"""The real server, killed every second, while a hundred phones hand in their evening.

What each phone saw saved is in the book, once and unaltered, and nothing else is: on
SQLite and on PostgreSQL. The phones run the app's own code over real HTTP.

    GROUNDGAME_TEST_KILLS=50 GROUNDGAME_TEST_EVENTS=100000 pytest tests/killed -s

is the long way.
"""

import json
import os
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from groundgame.values import Seed
from tests.browser.house import Server, serving
from tests.server import cluster

KILLS = int(os.environ.get("GROUNDGAME_TEST_KILLS", "5"))
PHONES = 100
SEED = 20261103
EVENTS = int(os.environ.get("GROUNDGAME_TEST_EVENTS", "5000"))
HERE = Path(__file__).parent
ELM = str(HERE.parents[1] / "examples" / "elm")
READ = "SELECT event, sha256 FROM store_event ORDER BY position"


def book(server: Server, sql: str) -> list[tuple]:
    """Ask the book something, or change it, behind the server's back."""
    address = server.environment.get("GROUNDGAME_DATABASE_URL")
    if address:
        name, _, host = address.removeprefix("postgres://").partition("?host=")
        user, _, database = name.partition("@/")
        connection = psycopg.connect(user=user, dbname=database, host=host)
    else:
        import sqlite3  # noqa: PLC0415  # only here

        connection = sqlite3.connect(server.data / "book.sqlite3", timeout=20)
    try:
        cursor = connection.execute(sql)
        found = cursor.fetchall() if cursor.description else []
        connection.commit()
        return found
    finally:
        connection.close()


def verdict(saved: dict[str, str], rows: list[tuple[str, str]]) -> dict[str, int]:
    """Compare what was seen saved with what the book holds."""
    there = dict(rows)
    return {
        "lost": len(saved.keys() - there.keys()),
        "altered": sum(there.get(each, sha) != sha for each, sha in saved.items()),
        "extra": len(rows) - len(saved.keys() & there.keys()),
    }


def killing(server: Server, phones: subprocess.Popen, kills: int) -> None:
    """Kill the server's processes a moment after each start; then leave it up."""
    draw = Seed(SEED).stream("tests.killed")
    for _ in range(kills):
        time.sleep(float(draw.uniform(0.3, 1.7)))
        assert phones.poll() is None, "the phones gave up"
        server.stop()
        server.start()


def evening(server: Server, kills: int, events: int) -> dict:
    """Let a hundred phones work through kills; return what they say in the end.

    What the book held before (last year, in a demo) is added as `before`.
    """
    before = book(server, READ)
    book(server, "UPDATE store_packet SET device_limit = 1000")
    command = ["node", HERE / "phones.js", server.url, server.demo["code"]]
    numbers = [str(PHONES), str(events // PHONES)]
    with subprocess.Popen(
        [*command, *numbers], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as phones:
        killing(server, phones, kills)
        said, _ = phones.communicate()
        assert phones.returncode == 0
    return json.loads(said) | {"before": before}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_server_that_is_killed_every_second_loses_nothing(kind, tmp_path):
    """Nothing lost, altered or extra; and the kills and thrown answers were felt."""
    if shutil.which("node") is None:
        pytest.skip("there is no node on the PATH; bin/test puts one there")
    if kind == "postgres" and cluster.programs() is None:
        pytest.skip("there is no PostgreSQL here (Debian: apt-get install postgresql)")
    with ExitStack() as stack:
        url = stack.enter_context(cluster.cluster()) if kind == "postgres" else ""
        server = stack.enter_context(serving(tmp_path / "data", ELM, database=url))
        told = evening(server, KILLS, EVENTS)
        rows = book(server, READ)[len(told.pop("before")) :]

    saved = told.pop("saved")
    print(kind, KILLS, "kills,", len(saved), "events, seed", SEED, told)  # noqa: T201  # shown with -s
    assert len(saved) == EVENTS
    assert verdict(saved, rows) == {"lost": 0, "altered": 0, "extra": 0}
    assert min(told["broken"], told["thrown"], told["repeats"]) > 0


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("a", "1")], "lost"),
        ([("a", "1"), ("b", "9")], "altered"),
        ([("a", "1"), ("b", "2"), ("b", "2")], "extra"),
        ([("a", "1"), ("b", "2"), ("c", "3")], "extra"),
    ],
)
def test_a_book_that_is_not_what_was_said_is_noticed(rows, wrong):
    """The comparison itself can fail: each kind of harm is counted as what it is."""
    assert verdict({"a": "1", "b": "2"}, rows)[wrong] == 1
