"""Count different numbers of doors, or buildings, in the order of the file.

Equal numbers stand together, so each is counted where it begins, and nothing need be
remembered. Those that the file has in several places are scattered: they are known from
the layout, and counted apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from groundgame.universe.electorate.files import Cells
from groundgame.values.workers import Here

Numbers: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]

_STEP = 1 << 16  # numbers at a time: they stay in the processor's own memory
_MANY = 1 << 19  # from so many on, threads share the work


@dataclass(frozen=True, slots=True)
class Tally:
    """How many numbers are different, and how many of those below zero."""

    different: int
    below: int


def heads(numbers: Cells) -> Numbers:
    """Return the first number of each run of equal ones, in their order."""
    pieces = list(_pieces(numbers))
    share = Here().map if len(numbers) >= _MANY else map
    return np.concatenate([np.zeros(0, np.int32), *share(_heads, pieces)])


def tally(numbers: Numbers, scattered: Flags | None = None) -> Tally:
    """Count different numbers, but for 0, which stands for none.

    Args:
        numbers: Whole numbers; those that are equal stand together.
        scattered: By number, whether it may stand in several places; None: none does.
    """
    different = below = 0
    several = [np.zeros(0, np.int32)]
    before = np.int32(0)
    for start in range(0, len(numbers), _STEP):
        first = _heads((numbers[start : start + _STEP], before))
        before = numbers[min(start + _STEP, len(numbers)) - 1]
        if scattered is not None:
            apart = scattered[np.abs(first)]
            several.append(first[apart])
            first = first[~apart]
        different += int(np.count_nonzero(first))
        below += int(np.count_nonzero(first < 0))
    once = np.unique(np.concatenate(several))
    return Tally(different + len(once), below + int(np.count_nonzero(once < 0)))


def zeros(numbers: Cells) -> int:
    """Count how often 0 stands."""
    there = (int(np.count_nonzero(chunk.to_numpy())) for chunk in numbers.chunks)
    return len(numbers) - sum(there)


def _pieces(numbers: Cells) -> Iterator[tuple[Numbers, np.int32]]:
    """Give numbers piece by piece, each with the number before it."""
    before = np.int32(0)
    for chunk in numbers.chunks:
        whole: Numbers = chunk.to_numpy()
        for start in range(0, len(whole), _STEP):
            piece = whole[start : start + _STEP]
            yield piece, before
            before = piece[-1]


def _heads(piece: tuple[Numbers, np.int32]) -> Numbers:
    """Return the numbers of a piece that are not the same as the one before."""
    number, before = piece
    begins = np.empty(len(number), np.bool_)
    begins[0] = number[0] != before
    np.not_equal(number[1:], number[:-1], out=begins[1:])
    return number[begins]
