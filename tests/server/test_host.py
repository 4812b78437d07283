"""How a host is set up: its database, its key, its log, what browsers are told."""

import logging
import sys
import threading

import pytest
from django.conf import settings as in_force
from django.db import connection, transaction
from django.test import Client

from groundgame.server import sqlite, start
from groundgame.server.log import Quiet
from groundgame.server.store.models import AuditHead


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "TRUNCATE"), ((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL")],
)
def test_the_journal_is_one_that_is_safe_with_the_linked_sqlite(version, mode):
    """The write-ahead log can corrupt a book in releases before 3.51.3."""
    assert sqlite.journal_mode(version) == mode


@pytest.mark.django_db
def test_a_commit_of_sqlite_survives_a_power_cut():
    """What a phone deletes after a receipt must be on the disk: synchronous is FULL."""
    if connection.vendor != "sqlite":
        pytest.skip("it is about SQLite")
    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "foreign_keys", "journal_mode", "busy_timeout")
        }

    assert told == {
        "synchronous": 2,
        "foreign_keys": 1,
        "journal_mode": sqlite.journal_mode().lower(),
        "busy_timeout": sqlite.WAIT * 1000,
    }


@pytest.mark.django_db(transaction=True)
def test_two_writers_wait_for_each_other():
    """Four threads that add to one number lose none of it, on either database."""

    def add() -> None:
        for _ in range(5):
            with transaction.atomic():
                head, _new = AuditHead.objects.select_for_update().get_or_create(pk=1)
                head.n += 1
                head.save()
        connection.close()

    AuditHead.objects.create(pk=1)
    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert AuditHead.objects.get(pk=1).n == 20


def test_a_secret_key_is_made_once_and_only_for_us(tmp_path, monkeypatch):
    """A second start must not throw everybody out; nobody else may read it."""
    monkeypatch.setenv("GROUNDGAME_DATA", "")
    monkeypatch.delenv("GROUNDGAME_SECRET_KEY", raising=False)

    start.prepare(tmp_path)
    first = (tmp_path / "secret-key").read_text()
    start.prepare(tmp_path)

    assert (tmp_path / "secret-key").read_text() == first
    assert len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_log_line_holds_nobodys_data():
    """A database repeats the row that it refused; the log does not."""
    try:
        int("Ada Elmcanary01")
    except ValueError:
        record = logging.LogRecord(
            "django", logging.ERROR, __file__, 1, "failed", None, sys.exc_info()
        )

    text = Quiet().format(record)

    assert "Elmcanary" not in text
    assert "ValueError, raised at" in text
    assert "test_host.py" in text


def test_no_script_of_a_stranger_runs_here():
    """The policy allows our own files only, and nothing inline."""
    policy = Client().get("/account/login/")["Content-Security-Policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["img-src"] == "'self' data: blob:"
    assert rules["worker-src"] == "'self' blob:"
    assert "unsafe" not in policy


def test_a_server_never_shows_its_insides():
    """There is no debug page to turn on by mistake."""
    assert in_force.DEBUG is False
