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

from fractions import Fraction
from functools import partial
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
    salt = np.uint64(number_of(f"{seed.number}:{unit}"))
    thrown = np.empty(len(numbers), np.uint64)
    starts = range(0, len(numbers), _STEP)
    share = Here().map if len(numbers) > _MANY else map
    for _ in share(partial(_throw, numbers, salt, thrown), starts):
        pass
    return thrown


def _throw(numbers: Numbers, salt: np.uint64, thrown: Throws, start: int) -> None:
    """Throw for some numbers, from a start on."""
    z = thrown[start : start + _STEP]
    shifted = np.empty_like(z)
    np.bitwise_xor(numbers[start : start + _STEP], salt, out=z)
    z += _GOLDEN
    for shift, factor in _MIX:
        np.right_shift(z, np.uint64(shift), out=shifted)
        z ^= shifted
        z *= np.uint64(factor)
    np.right_shift(z, _LAST, out=shifted)
    z ^= shifted


def drawn(thrown: Throws, share: Share) -> npt.NDArray[np.bool_]:
    """Return which throws fall in a share."""
    below = int(Fraction(share.of_one) * _SIDES)
    if below >= _SIDES:
        return np.ones(len(thrown), np.bool_)
    return thrown < np.uint64(below)
