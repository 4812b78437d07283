"""Chance by id: the same die for the same id and seed, whoever throws it.

The number of an id is the first eight bytes of the MD5 of its text, the first byte
being the least. The number of a seed is that of the text 'SEED:UNIT', as in '42:doors'.
A throw is splitmix64 of the one exclusive-or the other: a number below 2**64. An id is
in a share where its throw is below the share times 2**64. In plain Python:

    def number(text):
        return int.from_bytes(md5(text.encode()).digest()[:8], "little")

    def throw(unit, seed, id):
        z = (number(id) ^ number(f"{seed}:{unit}")) + 0x9E3779B97F4A7C15 & MASK
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        return z ^ z >> 31

MD5 is a fair die that every program can throw again; nothing here is secret. Two of
eight million people share a number once in half a million files, and are then drawn
together.
"""

from collections.abc import Callable
from fractions import Fraction
from hashlib import md5

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.universe.electorate.engine import engine
from groundgame.universe.ids import Ids
from groundgame.values import Seed, Share
from groundgame.values.workers import Here

Throws = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint64]

_STEP = 1 << 15  # rows at a time: they stay in the processor's own memory
_MANY = 1 << 18  # from so many on, threads share the work
_SIDES = 2**64
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST = np.uint64(31)


def number_of(text: str) -> int:
    """Return the number of an id, or of a seed."""
    digest = md5(text.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "little")


def numbers_of(ids: Ids) -> Numbers:
    """Return the numbers of many ids."""
    with engine().cursor() as asked:
        asked.register("those", pa.table({"id": ids}))
        answer = asked.execute("select md5_number_upper(id) as number from those")
        numbers: Numbers = answer.to_arrow_table()["number"].to_numpy()
    return numbers


def throws(numbers: Numbers, unit: str, seed: Seed) -> Throws:
    """Return a throw for each number of an id."""
    salt = _salt(unit, seed)
    thrown = np.empty(len(numbers), np.uint64)

    def throw(start: int) -> None:
        piece = slice(start, start + _STEP)
        _throw(numbers[piece], salt, thrown[piece])

    _share(throw, len(numbers))
    return thrown


def drawn(
    numbers: Numbers, unit: str, seed: Seed, share: Share
) -> npt.NDArray[np.bool_]:
    """Return which numbers of ids fall in a share.

    No throw is kept: to ask for the memory would cost more than to throw.
    """
    salt, below = _salt(unit, seed), int(Fraction(share.of_one) * _SIDES)
    if below >= _SIDES:
        return np.ones(len(numbers), np.bool_)
    lucky = np.empty(len(numbers), np.bool_)

    def throw(start: int) -> None:
        piece = numbers[start : start + _STEP]
        thrown = np.empty(len(piece), np.uint64)
        _throw(piece, salt, thrown)
        np.less(thrown, np.uint64(below), out=lucky[start : start + _STEP])

    _share(throw, len(numbers))
    return lucky


def _salt(unit: str, seed: Seed) -> np.uint64:
    """Return the number of a seed."""
    return np.uint64(number_of(f"{seed.number}:{unit}"))


def _share(throw: Callable[[int], None], many: int) -> None:
    """Throw for so many, step by step; for many, threads share the work."""
    share = Here().map if many > _MANY else map
    for _ in share(throw, range(0, many, _STEP)):
        pass


def _throw(numbers: Numbers, salt: np.uint64, z: Throws) -> None:
    """Throw for some numbers into `z`."""
    shifted = np.empty_like(z)
    np.bitwise_xor(numbers, salt, out=z)
    z += _GOLDEN
    for shift, factor in _MIX:
        np.right_shift(z, np.uint64(shift), out=shifted)
        z ^= shifted
        z *= np.uint64(factor)
    np.right_shift(z, _LAST, out=shifted)
    z ^= shifted
