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

Numbers: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]

_STEP = 1 << 16  # rows at a time: they stay in the processor's own memory


@dataclass(frozen=True, slots=True)
class Tally:
    """How many numbers are different, how many of those below zero; how often 0."""

    different: int
    below: int
    none: int


def tally(numbers: Cells, scattered: Flags | None = None) -> Tally:
    """Count different numbers, but for 0, which stands for none.

    Args:
        numbers: Whole numbers; those that are equal stand together.
        scattered: By number, whether it may stand in several places; None: none does.
    """
    different = below = none = 0
    several = [np.zeros(0, np.int32)]
    for number, begins in _steps(numbers):
        zero = number == 0
        zeros = _count(zero)
        none += zeros
        if scattered is not None:
            heads = number[begins]
            apart = scattered[np.abs(heads)]
            several.append(heads[apart])
            begins[np.flatnonzero(begins)[apart]] = False
        different += _count(begins) - (_count(begins & zero) if zeros else 0)
        low = number < 0
        if low.any():
            below += _count(begins & low)
    once = np.unique(np.concatenate(several))
    return Tally(different + len(once), below + _count(once < 0), none)


def _steps(numbers: Cells) -> Iterator[tuple[Numbers, Flags]]:
    """Give numbers, and which of them are not the same as the one before."""
    before = np.int32(0)
    for chunk in numbers.chunks:
        whole: Numbers = chunk.to_numpy()
        for start in range(0, len(whole), _STEP):
            number = whole[start : start + _STEP]
            begins = np.empty(len(number), np.bool_)
            begins[0] = number[0] != before
            np.not_equal(number[1:], number[:-1], out=begins[1:])
            before = number[-1]
            yield number, begins


def _count(flags: Flags) -> int:
    """Count flags that are set."""
    return int(np.count_nonzero(flags))
