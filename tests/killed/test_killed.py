"""The real server, killed every second, while a hundred phones hand in their evening.

What each phone saw saved is in the book, once and unaltered, and nothing else is: on
SQLite and on PostgreSQL; between the two, 50 kills under 100,000 events. The phones
run the app's own code over real HTTP.

    GROUNDGAME_TEST_KILLS=50 GROUNDGAME_TEST_EVENTS=100000 pytest tests/killed -s

is the long way, for each.
"""

import os
import shutil
import time
from contextlib import ExitStack

import pytest

from groundgame.values import Seed
from tests.browser.house import serving
from tests.house.measure import HOUSE
from tests.killed.evening import Evening, Many, phones, verdict
from tests.server import cluster

KILLS = int(os.environ.get("GROUNDGAME_TEST_KILLS", "25"))
PHONES = 100
SEED = 20261103
EVENTS = int(os.environ.get("GROUNDGAME_TEST_EVENTS", "50000"))
MANY = Many(PHONES, EVENTS // PHONES, burst=40)
ELM = str(HOUSE / "examples" / "elm")


def killing(evening: Evening, kills: int) -> None:
    """Kill the server's processes a moment after each start; then leave it up."""
    draw = Seed(SEED).stream("tests.killed")
    for _ in range(kills):
        time.sleep(float(draw.uniform(0.3, 1.7)))
        assert evening.at_work(), "the phones gave up"
        evening.server.stop()
        evening.server.start()


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
        evening = stack.enter_context(phones(server, MANY, tmp_path))
        killing(evening, KILLS)
        evening.end()
        rows = evening.rows()

    saved, told = evening.saved, evening.network
    print(kind, KILLS, "kills,", len(saved), "events, seed", SEED, told)  # noqa: T201  # shown with -s
    assert len(saved) == EVENTS
    assert verdict(saved, rows) == {"lost": 0, "altered": 0, "extra": 0}
    assert saved.keys() == evening.acknowledged()
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
