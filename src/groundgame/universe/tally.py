"""Count different numbers of doors, or buildings, in the order of the file.

Equal numbers stand together, so each is counted where it begins, and nothing need be
remembered. Those that the file has in several places are scattered: they are known from
the layout, and counted apart. All is done in small steps, since to ask the system for
new memory costs more than to count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from groundgame.universe.electorate.files import Cells
from groundgame.values.workers import Here

Numbers: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]
_Piece: TypeAlias = tuple[Numbers, np.int32]

_STEP = 1 << 15  # numbers at a time: they stay in the processor's own memory
_PIECE = 1 << 19  # numbers that one thread takes


@dataclass(frozen=True, slots=True)
class Tally:
    """How many numbers are different, how many of those below zero; how often 0."""

    different: int
    below: int
    none: int


def tally(
    numbers: Cells, scattered: Flags | None = None, of: Numbers | None = None
) -> Tally:
    """Count different numbers, but for 0, which stands for none.

    Args:
        numbers: Whole numbers; those that are equal stand together.
        scattered: By number, whether it may stand in several places; None: none does.
        of: By number, below zero or not, another that is to be counted instead.
    """
    pieces = list(_cut(numbers))
    share = map if len(pieces) < 3 else Here().map  # noqa: PLR2004  # two are soon done
    done = list(share(partial(_tally, scattered, of), pieces))
    once = np.unique(np.concatenate([np.zeros(0, np.int32), *(one for _, one in done)]))
    return Tally(
        sum(one.different for one, _ in done) + len(once),
        sum(one.below for one, _ in done) + int(np.count_nonzero(once < 0)),
        sum(one.none for one, _ in done),
    )


def _cut(numbers: Cells) -> Iterator[_Piece]:
    """Give numbers piece by piece, each with the number before it."""
    before = np.int32(0)
    for chunk in numbers.chunks:
        whole: Numbers = chunk.to_numpy()
        for start in range(0, len(whole), _PIECE):
            piece = whole[start : start + _PIECE]
            yield piece, before
            before = piece[-1]


def _tally(
    scattered: Flags | None, of: Numbers | None, piece: _Piece
) -> tuple[Tally, Numbers]:
    """Count a piece, and return the scattered that are in it, to be counted apart."""
    numbers, before = piece
    different = below = none = 0
    several = [np.zeros(0, np.int32)]
    for start in range(0, len(numbers), _STEP):
        step = numbers[start : start + _STEP]
        first = _heads(step, before)
        if of is not None:
            first = of.take(np.abs(first))
            first = _heads(first, of[abs(before)])
        if scattered is not None:
            apart = scattered.take(np.abs(first))
            several.append(first.compress(apart))
            first = first.compress(~apart)
        different += _count(first)
        below += _count(first < 0)
        none += len(step) - _count(step)
        before = step[-1]
    return Tally(different, below, none), np.concatenate(several)


def _heads(numbers: Numbers, before: np.int32) -> Numbers:
    """Return the numbers that are not the same as the one before."""
    begins = np.empty(len(numbers), np.bool_)
    begins[:1] = numbers[:1] != before
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
    return numbers.compress(begins)  # several times quicker than numbers[begins]


def _count(numbers: npt.NDArray[np.int32] | Flags) -> int:
    """Count numbers that are not 0, or flags that are set."""
    return int(np.count_nonzero(numbers))
