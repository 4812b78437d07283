"""Workers: in order, at the same time, and each piece at its turn."""

from collections.abc import Sequence
from threading import Barrier

from groundgame.values import Here, at_once


class Asked(Sequence):
    """Pieces that remember which of them were asked for."""

    def __init__(self):
        """Begin with none."""
        self.asked = []

    def __len__(self):
        """Return how many there are."""
        return 5

    def __getitem__(self, at):
        """Return one of them."""
        self.asked.append(at)
        return at


def test_a_piece_is_made_when_its_turn_comes():
    """With one worker, no later piece has been asked for while one is done."""
    pieces = Asked()

    made = list(Here(1).map(lambda piece: (piece, len(pieces.asked)), pieces))

    assert made == [(at, at + 1) for at in range(5)]


def test_things_at_once_are_at_the_same_time_and_come_back_in_order():
    """Each waits for the other, so one after the other neither would end."""
    both = Barrier(2, timeout=10)

    done = at_once(lambda: (both.wait(), "a")[1], lambda: (both.wait(), "b")[1])

    assert done == ["a", "b"]
