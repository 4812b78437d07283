"""Classes of road: which may be walked, and what it costs to cross one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from groundgame.turf.stops import Floats

NEVER = 1e6
"""Metres-worth of what cannot be crossed, or taken for a door's street."""


@dataclass(frozen=True, slots=True)
class Class:
    """One class of road; what the figures mean, and whence: streets.toml."""

    across: float
    wait: float = 0.0
    slow: float = 1.0
    shy: float = 0.0
    joins: bool = True
    asks: bool = False

    @property
    def toll(self) -> float:
        """Metres-worth of the wait before it is crossed at a corner."""
        return self.wait * classes().speed


@dataclass(frozen=True, slots=True)
class Classes:
    """All classes, in the order of their numbers."""

    speed: float
    """Metres that are walked in a second."""
    fewest: float
    """Metres of the shortest piece of a network that is kept by itself."""
    names: tuple[str, ...]
    classes: tuple[Class, ...]
    same: dict[str, str]
    """Values of the tag that are as another."""

    def number(self, highway: str) -> int:
        """Return the number of a value of the tag `highway`; -1: it is not walked."""
        name = self.same.get(highway, highway)
        return self.names.index(name) if name in self.names else -1

    def figures(self, of: str) -> Floats:
        """Return one figure of every class, in order: 'across', 'toll' ..."""
        return np.array([getattr(one, of) for one in self.classes], np.float64)


@cache
def classes() -> Classes:
    """Return what streets.toml says."""
    text = resources.files("groundgame.turf.streets").joinpath("streets.toml")
    said = tomllib.loads(text.read_text("utf-8"))
    known = {name: Class(**one) for name, one in said["classes"].items()}
    return Classes(
        said["speed"],
        said["fewest"],
        tuple(known),
        tuple(known.values()),
        said["same"],
    )
