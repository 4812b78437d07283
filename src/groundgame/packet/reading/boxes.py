"""Read the boxes of a page: which are marked, and how sure that is.

In:  the picture of a page (find.py) as `darkness` gives it, and where its boxes are.
Out: for each box how likely it is marked, and whether that may be relied on.

A box counts as read only where its printed line is seen: what is covered, glaring,
blurred or folded away is in doubt, not empty. Ink is what is darker than the paper
beside it, so a shadow is none. What is seen of a box is measured (signs.py) and weighed
(judge.py); what is neither clearly marked nor clearly empty is in doubt. A box in which
anything is to be seen is not clearly empty; and what is small as a dot, or runs on like
a slip of the pen, is not clearly a mark.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from groundgame.packet.reading.find import UNIT
from groundgame.packet.reading.judge import judge
from groundgame.packet.reading.photo import Pixels
from groundgame.packet.reading.placed import Floats, Placed, Whole
from groundgame.packet.reading.signs import SIGNS, signs

PAPER = 13.0
"""Points: paper shows beside anything written that is narrower than this."""
BLACK = np.uint8(12)
"""Paper is not taken for darker than this, of 255."""
REACH = 4.6
"""Points by which a box may lie beside its place; the next box is 12 away."""
DOT = 0.6
"""What reaches less far across a box than this is a dot, and may be dirt: a doubt."""
RUNS_ON = 0.4
"""What runs on beyond a box, at least as dark as that share of what is in it, may be a
slip of the pen, a crease or a thin shadow: a doubt."""
DOUBTFUL = 0.8
"""How likely such a box is marked, at most; and how likely one is empty, at most, in
which something is to be seen."""
TINT = 0.03
"""A box that is darker on average than half of its question, by so much, has something
in it, though no stroke stands out: a pale box, filled."""
SPILT = 0.1
"""A box may be less dark than that share of a mark in another of its question, and a
stroke in it may stand out less than SPILT_STROKE: then it is the end of that mark."""
SPILT_STROKE = 0.2
A_MARK = 0.1
"""How dark a box is on average, at least, with a mark from which anything spills."""
STRAY = 1.2
"""Points by which a box may lie beside where its neighbours say that it is."""
FEWEST = 8
"""Boxes by which each of the terms is held that say how the paper is bent."""
LINE_LEAST = 0.14
"""How much darker than paper a line is at least, to count as seen."""
LINE_SHARE = 0.42
"""And which share of the darkness of the page's other lines."""
Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a page, as they were printed."""

    corners: Points
    """The upper left corner of each, in points, shape (n, 2)."""
    side: float
    """Of each, in points."""
    question: Whole
    """Which belong together: one of them may be marked."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read of each box of a page, in the order in which they were given."""

    marked: npt.NDArray[np.float64]
    """How likely it is that a box is marked, 0 to 1."""
    seen: npt.NDArray[np.bool_]
    """Whether the line of the box is where it was printed, and to be seen."""

    @property
    def sure(self) -> npt.NDArray[np.bool_]:
        """Which boxes are read: those that are seen, and clearly one or the other."""
        return np.asarray(self.seen & judge().sure(self.marked))


def read(ink: Floats, boxes: Boxes) -> Readings:
    """Read the boxes of a page, from how dark it is."""
    found, seen = measured(ink, boxes)
    return Readings(weighed(found, boxes.question), seen)


def weighed(found: Floats, question: Whole) -> Points:
    """Return how likely each box is marked; what may be either is neither for sure."""
    likely = judge().likely(found)
    likely = np.where(unlike(found), np.minimum(likely, DOUBTFUL), likely)
    nothing = judge().nothing(found) & ~_tinted(found, question)
    something = ~nothing & ~_spilt(found)
    return np.where(something, np.maximum(likely, 1 - DOUBTFUL), likely)


def _tinted(found: Floats, question: Whole) -> npt.NDArray[np.bool_]:
    """Return which boxes are darker all over than half of their question."""
    mean = found[:, SIGNS.index("mean")]
    order = np.lexsort((mean, question))
    _, first, which, count = np.unique(
        question[order], return_index=True, return_inverse=True, return_counts=True
    )
    half = np.empty_like(mean)
    half[order] = mean[order][first + (count - 1) // 2][which]
    return np.asarray(mean - half > TINT)


def _spilt(found: Floats) -> npt.NDArray[np.bool_]:
    """Return into which boxes a little has spilt from a mark beside them."""
    mean, rest, stroke = (found[:, SIGNS.index(e)] for e in ("mean", "rest", "stroke"))
    beside = rest > A_MARK
    return np.asarray(beside & (mean < SPILT * rest) & (stroke < SPILT_STROKE))


def unlike(found: Floats) -> npt.NDArray[np.bool_]:
    """Return which boxes have in them what is unlike a mark, however dark it is."""
    dot = found[:, SIGNS.index("long")] < DOT
    return np.asarray(dot | (found[:, SIGNS.index("on")] >= RUNS_ON))


def measured(ink: Floats, boxes: Boxes) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the signs of each box, and whether its line is seen.

    Boxes are in one column where they stand one under the other, each in a question of
    as many: around others something else is printed.
    """
    at, line, seen = _placed(ink, boxes.corners, boxes.side)
    lines = max(float(np.median(line[seen])) if seen.any() else 1.0, LINE_LEAST)
    _, of, many = np.unique(boxes.question, return_inverse=True, return_counts=True)
    ways = np.column_stack([np.rint(boxes.corners[:, 0]), many[of]])
    column = np.unique(ways, axis=0, return_inverse=True)[1].reshape(-1)
    placed = Placed(at, boxes.side, column, boxes.question, lines)
    return signs(ink, placed), seen


def darkness(page: Pixels) -> Floats:
    """Return how much darker than the paper beside it each pixel is, 0 to 1.

    The paper beside it is a morphological closing: whatever is dark and narrow is
    closed over, whatever is dark and wide, such as a shadow, is not.
    """
    soft = cv2.GaussianBlur(page, (0, 0), 0.33 * UNIT)
    kernel = np.ones((round(PAPER * UNIT),) * 2, np.uint8)
    paper = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, kernel)
    paper = cv2.blur(paper, (UNIT * 4 + 1, UNIT * 4 + 1))
    colours = zip(cv2.split(soft), cv2.split(np.maximum(paper, BLACK)), strict=True)
    blue, green, red = (cv2.divide(*each, dtype=cv2.CV_32F) for each in colours)
    return np.asarray(1 - cv2.min(cv2.min(blue, green), red), np.float32)


def _placed(
    ink: Floats, corners: Points, side: float
) -> tuple[npt.NDArray[np.int64], Floats, npt.NDArray[np.bool_]]:
    """Return where each box is, how dark its line is there, and whether it is seen.

    First each box is looked for by itself; then where the others say that it should
    be, for paper bends smoothly.
    """
    at, line = _aligned(ink, corners, side, REACH)
    beside = _bend(corners, at / UNIT - corners, _dark(line))
    at, line = _aligned(ink, corners + beside, side, STRAY + 0.7)
    beside = _bend(corners, at / UNIT - corners, _dark(line))
    off = np.abs(at / UNIT - corners - beside).max(axis=1)
    return at, line, np.asarray(_dark(line) & (off < STRAY))


def _dark(line: Floats) -> npt.NDArray[np.bool_]:
    """Return which lines are dark enough to be lines that were printed."""
    return np.asarray(line >= max(LINE_LEAST, LINE_SHARE * float(np.median(line))))


def _aligned(
    ink: Floats, corners: Points, side: float, reach: float
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return where each box is seen, in pixels, and how dark its line is there."""
    length = round(side * UNIT)
    across = cv2.boxFilter(ink, -1, (length, 2), anchor=(0, 0))
    down = cv2.boxFilter(ink, -1, (2, length), anchor=(0, 0))
    start = np.rint(corners * UNIT).astype(np.int64) - 1
    shift = np.arange(-round(reach * UNIT), round(reach * UNIT) + 1)
    dx, dy = (each.ravel() for each in np.meshgrid(shift, shift))
    x = np.clip(start[:, :1] + dx, 0, ink.shape[1] - length - 3)
    y = np.clip(start[:, 1:] + dy, 0, ink.shape[0] - length - 3)
    sides = np.stack(
        [across[y, x], across[y + length, x], down[y, x], down[y, x + length]]
    )
    score = sides.mean(axis=0) + sides.min(axis=0)
    best = score.argmax(axis=1)
    each = np.arange(len(corners))
    at = np.column_stack([x[each, best], y[each, best]]) + 1
    return at, sides[:, each, best].min(axis=0)


def _bend(corners: Points, off: Points, good: npt.NDArray[np.bool_]) -> Points:
    """Return how far each box should lie beside its place, from all that are good.

    A surface of third degree at most, of as many terms as the boxes can hold; boxes
    that do not lie on it are left out, and it is fitted again.
    """
    middle, reach = corners.mean(axis=0), np.ptp(corners, axis=0) / 2 + 1
    x, y = ((corners - middle) / reach).T
    powers = [(i, n - i) for n in range(4) for i in range(n + 1)]
    terms = np.column_stack([x**i * y**j for i, j in powers])
    beside = np.zeros_like(off)
    for _ in range(4):
        held = int(good.sum()) // FEWEST
        most = next((n for n in (10, 6, 3, 1) if n <= held), 0)
        if not most:
            return beside
        surface = np.linalg.lstsq(terms[good][:, :most], off[good], rcond=None)[0]
        beside = terms[:, :most] @ surface
        wide = np.abs(off - beside).max(axis=1)
        good = good & (wide < max(STRAY, 2.5 * float(np.median(wide[good]))))
    return np.asarray(beside)
