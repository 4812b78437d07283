"""Many phones, one wait for the disk: nobody is told early, nobody pays for another."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from groundgame.server.actions import together
from groundgame.server.actions.together import Line
from groundgame.server.store.models import WrongCode

pytestmark = pytest.mark.django_db(transaction=True)
NOW = "2025-06-01T12:00Z"


def elsewhere() -> int:
    """Count the rows that are committed, as somebody else sees them."""

    def count() -> int:
        try:
            return WrongCode.objects.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(count).result(20)


def through(line: Line, work) -> tuple[object, int]:
    """Send work through; return what came of it, and how many rows are then there."""
    try:
        return line.through(work), elsewhere()
    except ZeroDivisionError as problem:
        return problem, elsewhere()
    finally:
        connection.close()


def row(name: str) -> str:
    """Write a row, and say which."""
    WrongCode.objects.create(network=name, at=NOW)
    return name


def crowd(monkeypatch, works) -> tuple[list[tuple[object, int]], int]:
    """Let one hold the line up until all others stand in it; count the transactions."""
    line, count = Line(lambda works: [work() for work in works]), []
    atomic = transaction.atomic
    monkeypatch.setattr(
        together.transaction, "atomic", lambda **how: count.append(how) or atomic(**how)
    )
    held, go = Event(), Event()

    def first() -> str:
        held.set()
        assert go.wait(20)
        return row("first")

    with ThreadPoolExecutor(len(works) + 1) as threads:
        leading = threads.submit(through, line, first)
        assert held.wait(20)
        rest = [threads.submit(through, line, work) for work in works]
        while len(line._waiting) < len(works):
            time.sleep(0.01)
        go.set()
        return [each.result(20) for each in (leading, *rest)], len(count)


def test_those_who_wait_share_one_commit_and_each_gets_its_own_answer(monkeypatch):
    """Forty in line are one transaction; all rows are there before any word."""
    names = [f"n{n}" for n in range(40)]

    answers, transactions = crowd(monkeypatch, [lambda n=n: row(n) for n in names])

    assert [said for said, _ in answers] == ["first", *names]
    assert {there for _, there in answers[1:]} == {41}
    assert transactions == 2


def test_one_that_fails_takes_nobody_with_it(monkeypatch):
    """Its own thread hears of it; the others' rows are there, and its own are not."""

    def bad():
        row("bad")
        return 1 // 0

    works = [lambda: row("a"), bad, lambda: row("b")]

    answers, transactions = crowd(monkeypatch, works)

    said = [each for each, _ in answers]
    assert (said[0], said[1], said[3]) == ("first", "a", "b")
    assert isinstance(said[2], ZeroDivisionError)
    networks = WrongCode.objects.values_list("network", flat=True)
    assert sorted(networks) == ["a", "b", "first"]
    assert transactions == 5  # the first; the three together; each alone


def _told_early(pieces, do):
    """Wake everybody once their work is done, before it is committed."""
    with transaction.atomic(durable=True):
        for piece in pieces:
            (piece.result,), piece.done = do([piece.work]), True
            piece.turn.set()
        time.sleep(0.5)


def test_a_line_that_answers_before_the_commit_is_noticed(monkeypatch):
    """With that bug planted, somebody is told of a row that is not there."""
    monkeypatch.setattr(together, "_commit", _told_early)

    answers, _ = crowd(monkeypatch, [lambda: row("a"), lambda: row("b")])

    assert min(there for _, there in answers[1:]) < 3
