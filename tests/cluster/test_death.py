"""A machine that goes away: its piece is done again, and nothing is doubled."""

import os
import signal
from functools import partial
from pathlib import Path
from time import sleep

import polars as pl
import pytest

from groundgame import universe
from groundgame.errors import WrongTable
from groundgame.match import search
from groundgame.universe import apart
from groundgame.values import Here
from tests.cluster import world


def parent(process):
    """Return the number of a process's parent."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(words[1])


def die_once(work, marks, piece):
    """Do a piece; when it is the first one ever, lose it together with its executor."""
    done = work(piece)
    try:
        (marks / "died").touch(exist_ok=False)
    except FileExistsError:
        return done
    executor = parent(os.getppid())  # above this process: Spark's daemon, then Java
    assert b"java" in Path(f"/proc/{executor}/cmdline").read_bytes()
    os.kill(executor, signal.SIGKILL)
    sleep(60)
    raise AssertionError("this process should have died")


class Dying:
    """Workers of whom one dies, once, when it has just written its files."""

    count = 2

    def __init__(self, workers, marks):
        """Take the cluster's workers, and a folder to remember the death in."""
        self._workers, self._marks = workers, marks

    def map(self, work, pieces):
        """Do the pieces on the cluster, and yield what came of them."""
        return self._workers.map(partial(die_once, work, self._marks), pieces)


class Again:
    """Workers who do each piece, and then do it again."""

    count = 1

    def map(self, work, pieces):
        """Do each piece twice, and yield what came of it the second time."""
        for piece in pieces:
            work(piece)
            yield work(piece)


def test_an_executor_that_is_killed_changes_nothing(elm, here, workers, tmp_path):
    """Kill -9 of an executor that has just written a piece: the very same snapshot."""
    made = world.imported(*elm, tmp_path / "in", Dying(workers, tmp_path))

    assert (tmp_path / "died").exists()
    assert not world.differing(here("imported"), made)
    assert not list((tmp_path / "in").rglob(".*"))


def test_pieces_that_add_to_what_stands_are_found(elm, tmp_path, monkeypatch):
    """Planted: a piece adds its rows to the file that its first try has left."""
    added = []

    def grow(rows, to):
        if to.exists():
            added.append(to)
            rows = pl.concat([pl.read_parquet(to), rows])
        rows.write_parquet(to)

    monkeypatch.setattr(search, "_write", grow)
    with pytest.raises(WrongTable, match="repeats"):
        world.matched(*elm, tmp_path, Again())

    assert added


def test_buildings_that_are_counted_twice_are_found(elm, monkeypatch):
    """Planted: nobody looks for the buildings that have doors in two parts."""
    rule = universe.parse("everyone")
    monkeypatch.setattr(apart, "_shared", lambda *_: ())

    whole = universe.count(elm[1], rule, as_of=world.DAY)
    parts = universe.count(elm[1], rule, as_of=world.DAY, workers=Here())

    assert parts.buildings == whole.buildings + 1
