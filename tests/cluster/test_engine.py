"""What every engine promises: each piece once, in order, and a clear no."""

import os

import pytest

from groundgame.cluster import engine
from groundgame.errors import NoSnapshot, NoSuchEngine
from groundgame.values import Here


def double(piece):
    """Return twice a number, and who worked it out."""
    return 2 * piece, os.getpid()


def refuse(piece):
    """Say no to the second piece."""
    if piece == 2:
        raise NoSnapshot("elm")
    return piece


def test_pieces_come_back_in_order(workers):
    """Twenty pieces on two workers: twenty results, in the order of the pieces."""
    found = list(workers.map(double, range(20)))

    assert [result for result, _ in found] == list(range(0, 40, 2))


def test_the_cluster_works_in_other_processes(workers):
    """No piece is done by this process, and more than one other does some."""
    who = {process for _, process in workers.map(double, range(20))}

    assert os.getpid() not in who
    assert workers.count == len(who) == 2


@pytest.mark.parametrize("where", ["here", "cluster"])
def test_a_refusal_comes_back_as_it_was_said(where, request):
    """A piece that says no is the same error, whoever did the piece."""
    workers = Here() if where == "here" else request.getfixturevalue("workers")

    with pytest.raises(NoSnapshot) as refused:
        list(workers.map(refuse, [1, 2, 3]))

    assert refused.value.name == "elm"


def test_an_address_of_nothing_is_refused():
    """What is no address of an engine is named, with what one looks like."""
    with pytest.raises(NoSuchEngine, match="spark://host:7077"), engine("elm"):
        pass


def test_without_an_address_the_work_is_done_here():
    """The default needs no cluster and no Spark."""
    with engine() as workers:
        assert [n for n, _ in workers.map(double, [1, 2])] == [2, 4]
