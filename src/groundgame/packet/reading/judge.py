"""How likely a box is marked, from its signs: a logistic curve over some numbers.

In:  SIGNS of each box (signs.py).
Out: how likely it is marked, and from where on that is relied on.

The weights stand in judge.toml beside this file, with the command that made them. They
were fitted to sheets that a generator fills and photographs badly, and are held against
others of it (`python -m bench.paper read`). A sign counts no further than the ends of
its range, so nothing unheard-of makes a box surer than what was seen before.

What is around a box may speak against a mark; it is no reason to take a box for empty
in which something is to be seen. So that is asked by itself, of the inside alone.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from groundgame.packet.reading.placed import Floats
from groundgame.packet.reading.signs import SIGNS

Likely = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judge:
    """The weight of each sign."""

    least: Likely
    """Where the range of each sign begins."""
    most: Likely
    """Where it ends."""
    weight: Likely
    """What a sign adds, from the beginning of its range to the end."""
    start: float
    """What is there without any sign."""
    empty: float
    """A box is read as empty where it is less likely marked than this."""
    marked: float
    """And as marked where it is more likely so than this."""
    mean: float
    """Where a box is darker than this on average, something is in it."""
    stroke: float
    """And where a stroke in it stands out further than this."""

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Self:
        """Return what a file says."""
        each = [plain["signs"][name] for name in SIGNS]
        return cls(
            least=np.array([sign["from"] for sign in each], np.float64),
            most=np.array([sign["to"] for sign in each], np.float64),
            weight=np.array([sign["weight"] for sign in each], np.float64),
            start=float(plain["start"]),
            empty=float(plain["empty"]),
            marked=float(plain["marked"]),
            mean=float(plain["nothing"]["mean"]),
            stroke=float(plain["nothing"]["stroke"]),
        )

    def likely(self, signs: Floats) -> Likely:
        """Return how likely each box is marked, 0 to 1."""
        inside = (np.clip(signs, self.least, self.most) - self.least) / (
            self.most - self.least
        )
        return np.asarray(1 / (1 + np.exp(-(inside @ self.weight + self.start))))

    def nothing(self, signs: Floats) -> npt.NDArray[np.bool_]:
        """Return in which boxes nothing is to be seen, whatever is around them."""
        mean, stroke = (signs[:, SIGNS.index(name)] for name in ("mean", "stroke"))
        return np.asarray((mean <= self.mean) & (stroke <= self.stroke))

    def sure(self, likely: Likely) -> npt.NDArray[np.bool_]:
        """Return which boxes are clearly one or the other."""
        return np.asarray((likely < self.empty) | (likely > self.marked))


@cache
def judge() -> Judge:
    """Return the judge that is kept beside this file."""
    text = (files("groundgame.packet.reading") / "judge.toml").read_text("utf-8")
    return Judge.of(tomllib.loads(text))
