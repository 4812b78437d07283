"""Where the boxes of a page are in the picture of it, and the pixels at each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundgame.packet.reading.find import UNIT

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Placed:
    """The boxes of a page, in the picture of it."""

    at: Whole
    """The upper left corner of each box, in pixels, shape (n, 2)."""
    side: float
    """Of each, in points."""
    column: Whole
    """Which boxes stand one under the other."""
    question: Whole
    """Which boxes belong together: one of them may be marked."""
    line: float
    """How dark the printed lines of the page are."""


def windows(ink: Floats, at: Whole, side: float, grown: float) -> Floats:
    """Return the pixels of each box, grown by so many points, shape (n, pixels)."""
    out, length = round(grown * UNIT), round(side * UNIT)
    reach = np.arange(-out, length + out + 1)
    across = np.clip(at[:, :1] + reach, 0, ink.shape[1] - 1)
    down = np.clip(at[:, 1:] + reach, 0, ink.shape[0] - 1)
    return np.asarray(ink[down[:, :, None], across[:, None, :]]).reshape(len(at), -1)


def square(pixels: Floats) -> Floats:
    """Return the pixels of each box in rows, shape (n, wide, wide)."""
    wide = round(pixels.shape[1] ** 0.5)
    return pixels.reshape(-1, wide, wide)
