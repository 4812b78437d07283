"""Turf codes: short enough to type with a cold thumb, hard to mistake, hard to guess.

Eight symbols of Crockford's base 32, which has no I, L, O or U: 40 bits, 7KQ2-MX4P.
"""

import re

from groundgame.errors import BadTurfCode

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
BYTES = 5
"""How many bytes of chance one code takes."""

LONGEST = 100
"""No more than this is looked at, however much is sent."""

_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")


def make(chance: bytes) -> str:
    """Return the code that five bytes of chance stand for.

    A code opens a turf: where it does, its bytes come from a source of secrets.
    """
    if len(chance) != BYTES:
        raise ValueError(f"a code is made of {BYTES} bytes, not {len(chance)}")
    number = int.from_bytes(chance)
    symbols = [SYMBOLS[(number >> shift) & 31] for shift in range(35, -1, -5)]
    return _written("".join(symbols))


def normal(text: str) -> str:
    """Return the code somebody meant, as it is printed.

    Case, spaces and dashes do not matter, and O is read as 0, I and L as 1.

    Raises:
        BadTurfCode: It is too short or too long, or holds another symbol.
    """
    bare = _BETWEEN.sub("", text[:LONGEST])
    if len(bare) != LENGTH:
        raise BadTurfCode(f"has {LENGTH} letters and digits, not {len(bare)}")
    typed = bare.upper().translate(_MISREAD)
    if not bare.isascii() or not set(typed) <= set(SYMBOLS):
        raise BadTurfCode("has only digits and the letters A to Z without I, L, O, U")
    return _written(typed)


def _written(symbols: str) -> str:
    """Return eight symbols in two groups of four."""
    return f"{symbols[:4]}-{symbols[4:]}"
