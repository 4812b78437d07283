"""Chance that can be asked for again."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Seed:
    """A number that fixes one random draw, for good.

    Whoever holds the seed and the inputs can draw again and get the same result; so a
    seed is published beside every draw.
    """

    number: int

    def __post_init__(self) -> None:
        """Refuse a number that no generator takes."""
        if self.number < 0:
            raise ValueError(f"a seed is 0 or more, not {self.number}")

    def stream(self, purpose: str) -> np.random.Generator:
        """Return the stream for one named purpose; two purposes never share draws."""
        return np.random.default_rng([self.number, *purpose.encode()])
