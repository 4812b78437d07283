"""The server's machine loses its power, with the book in PostgreSQL.

PostgreSQL keeps its data on a file system of ours that forgets what was not synced, or
keeps it in part, torn. The phones run the app's own code over real HTTP; what a receipt
named before a cut is in the book when the power is back.

    GROUNDGAME_TEST_POSTGRES_CUTS=10 pytest tests/power/test_postgres.py -s

is the long way.
"""

import os
import shutil
import time
from contextlib import contextmanager
from math import inf

import pytest

from groundgame.values import Seed
from tests.browser.house import serving
from tests.house.measure import HOUSE
from tests.killed.evening import READ, Many, book, phones, verdict
from tests.power import mounted
from tests.power.postgres import machine
from tests.server import cluster

CUTS = int(os.environ.get("GROUNDGAME_TEST_POSTGRES_CUTS", "3"))
MANY = Many(20, inf, burst=2)
NEWS = 100
"""Events that are acknowledged before each cut."""
SEED = 20261103
ELM = str(HOUSE / "examples" / "elm")


@contextmanager
def an_evening(place, **settings):
    """Twenty phones at work on a machine that may lose its power."""
    lacks = mounted.missing()
    if cluster.programs() is None:
        lacks = "there is no PostgreSQL here (Debian: apt-get install postgresql)"
    if shutil.which("node") is None:
        lacks = "there is no node on the PATH; bin/test puts one there"
    if lacks:
        pytest.skip(lacks)
    with (
        machine(seed=SEED, **settings) as host,
        serving(place / "data", ELM, database=host.url) as server,
        phones(server, MANY, place) as evening,
    ):
        yield host, evening


def cut(host, evening, after):
    """Cut the power after some news; return what was acknowledged, and what is lost."""
    begun = len(evening.acknowledged())
    while len(evening.acknowledged()) < begun + NEWS:
        assert evening.at_work(), "the phones gave up"
        time.sleep(0.02)
    time.sleep(after)
    host.cut()
    evening.server.stop()
    time.sleep(0.5)  # whatever was answered has arrived by then
    acknowledged = evening.acknowledged()
    host.back()
    there = dict(book(evening.server, READ))
    return acknowledged, acknowledged - there.keys()


def test_a_power_cut_loses_nothing_that_postgres_called_committed(tmp_path):
    """Cut after cut: what receipts named is there at once, and all of it in the end."""
    draw = Seed(SEED).stream("tests.power.postgres")
    lost = []
    with an_evening(tmp_path) as (host, evening):
        for _ in range(CUTS):
            acknowledged, gone = cut(host, evening, float(draw.uniform(0, 1)))
            lost += gone
            evening.server.start()
        evening.end()
        rows = evening.rows()

    said = {"acknowledged": len(acknowledged), "lost": len(lost)}
    print("postgres", CUTS, "cuts, seed", SEED, said)  # noqa: T201  # shown with -s
    assert lost == []
    assert verdict(evening.saved, rows) == {"lost": 0, "altered": 0, "extra": 0}
    assert acknowledged


def test_a_postgres_that_does_not_wait_for_the_disk_is_noticed(tmp_path):
    """With synchronous_commit=off the same cut takes what receipts had named."""
    hasty = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
    with an_evening(tmp_path, **hasty) as (host, evening):
        acknowledged, gone = cut(host, evening, 0.2)

    said = {"acknowledged": len(acknowledged), "lost": len(gone)}
    print("postgres synchronous_commit=off", said)  # noqa: T201  # shown with -s
    assert gone
