"""The five rooms come to the same rows in process, on a cluster, and done twice."""

import pytest

from groundgame.values import Here
from tests.cluster import world


class Twice:
    """Workers who do each piece twice at once, as when one was thought dead."""

    count = 2

    def map(self, work, pieces):
        """Do each piece twice, side by side, and yield what came of it."""
        both = [piece for piece in pieces for _ in range(2)]
        yield from list(Here(2).map(work, both))[::2]


@pytest.mark.parametrize("room", world.ROOMS)
def test_a_cluster_comes_to_the_same_rows(room, elm, here, workers, tmp_path):
    """Two workers in other processes write the very tables that threads here write."""
    there = world.ROOMS[room](*elm, tmp_path, workers)

    assert not world.differing(here(room), there)


@pytest.mark.parametrize("room", world.ROOMS)
def test_a_piece_done_twice_changes_nothing(room, elm, here, tmp_path):
    """Each piece done twice at once: the same rows, none of them doubled."""
    twice = world.ROOMS[room](*elm, tmp_path, Twice())

    assert not world.differing(here(room), twice)


@pytest.mark.parametrize("rule", world.RULES)
def test_parts_add_up_to_the_whole(rule, elm, here):
    """Asked part by part, a rule wants whom it wants of the snapshot as a whole."""
    whole = here_as_one(elm[1])

    assert here("asked")[rule] == whole[rule]
    assert world.same(here("asked")[f"{rule}: people"], whole[f"{rule}: people"])
    assert world.same(here("asked")[f"{rule}: doors"], whole[f"{rule}: doors"])


def here_as_one(snapshot):
    """Return what all rules want of the snapshot as a whole."""
    return world.asked(None, snapshot, None, None)


def test_there_are_several_of_everything(elm):
    """The world is one in which a mistake would show: parts, and what they share."""
    snapshot = elm[1]

    assert len(snapshot.paths("people")) >= 3
    assert snapshot.manifest.refused == 1
    buildings = [
        set(table["building_id"].to_pylist())
        for name, table in world.tables(snapshot).items()
        if name.startswith("doors")
    ]
    assert sum(map(len, buildings)) == snapshot.manifest.buildings + 1
