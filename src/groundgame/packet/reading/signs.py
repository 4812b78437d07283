"""What is seen of each box, in a dozen numbers, from which it is told if it is marked.

In:  how dark the paper is (boxes.darkness), where the boxes are, and which of them
     belong to one question.
Out: SIGNS, a column each; a row a box.

Darkness is a share of that of the page's own printed lines: so a blurred photograph,
and one in poor light, give the same numbers as a good one. A stroke that only passes
through is told from a mark by what is seen on both sides of the box, and by how little
of the box it fills; what spills over from the box beside it, by how dark that one is.
"""

import cv2
import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

from groundgame.packet.reading.find import UNIT
from groundgame.packet.reading.placed import Floats, Placed, Whole, square, windows
from groundgame.packet.reading.strokes import BESIDE, clearest, running_on

SIGNS = (
    "mean",
    "core",
    "spot",
    "pencil",
    "rim",
    "filled",
    "narrow",
    "long",
    "beside",
    "far",
    "through",
    "rest",
    "noise",
    "stroke",
    "on",
)
"""How dark the inside is on average, and in the middle; its darkest spot, and that as
a share of black; the darkest spot at its rim; how much of it is dark; how far that
reaches in its shorter and its longer direction; the darkest in the gaps beside it; the
darkest farther out on the side of the box where it is darkest, and on the next darkest;
the darkest other box of its question; the noise; how far the clearest stroke in it
stands out; and how dark what runs on beyond it is, as a share of its darkest spot."""
INSET = 1.9
"""Points from the middle of a box's line to where its inside begins."""
DARK = 0.4
"""How dark a pixel is, as a share of a printed line, to count as dark."""
FAR = (2.9, 4.7)
"""Points around a box, from and to, where few marks go that are meant for it."""
BEYOND = 3.0
"""Points around a box, more than its side, that are looked at."""
NEAR = ((-2.1, -1.4), (1.4, 2.1))
"""Points between a box and whatever is printed over and under it."""
GAPS = ((-2.4, -1.5), (1.5, 2.4))
"""Points to the left and right of a box: before the next one begins."""
FEW = 4
"""Rows of a column by which what is printed there is told from what is written."""
MANY = 9
"""And more than so many are not needed."""


def signs(ink: Floats, boxes: Placed) -> Floats:
    """Return SIGNS of each box, a column each."""
    inside = windows(ink, boxes.at, boxes.side, -INSET)
    paper, varies = _paper(ink, boxes, inside)
    noise = median_filter(varies, size=BESIDE, mode="nearest") / boxes.line
    count, pixels = inside.shape
    seen = square((inside - paper[:, None]) / boxes.line)
    wide = seen.shape[1]
    most = max(3, pixels // 25)
    flat = seen.reshape(count, -1)
    spot = np.partition(flat, -most, axis=1)[:, -most]
    mean = flat.mean(axis=1)
    dark = seen > DARK
    reach = np.stack([_reach(dark, axis=1), _reach(dark, axis=2)])
    soft = np.asarray(cv2.blur(ink, (UNIT, UNIT)), np.float32)
    whole = windows(soft, boxes.at, boxes.side, boxes.side + BEYOND)
    around = square((whole - paper[:, None]) / boxes.line)
    printed = _printed(around, boxes.column)
    beside, far, through = _around(soft, boxes, paper, around - printed)
    found = {
        "mean": mean,
        "core": _core(seen, wide // 4).mean(axis=(1, 2)),
        "spot": spot,
        "pencil": spot * boxes.line,
        "rim": _rim(seen, wide // 6),
        "filled": dark.mean(axis=(1, 2)),
        "narrow": reach.min(axis=0),
        "long": reach.max(axis=0),
        "beside": beside,
        "far": far,
        "through": through,
        "rest": _rest(mean, boxes.question),
        "noise": noise,
        "stroke": clearest(seen),
        "on": running_on(around, printed, boxes.side, spot),
    }
    return np.column_stack([found[name] for name in SIGNS]).astype(np.float32)


def _paper(ink: Floats, boxes: Placed, inside: Floats) -> tuple[Floats, Floats]:
    """Return how dark the bare paper at each box is, and how much that varies.

    A shadow lies on the paper beside a box as well.
    """
    around = windows(ink, boxes.at, boxes.side, 2.2)
    wide = round(around.shape[1] ** 0.5)
    frame = np.ones((wide, wide), bool)
    edge = round(0.9 * UNIT)
    frame[edge:-edge, edge:-edge] = False
    both = np.sort(np.concatenate([around[:, frame.ravel()], inside], axis=1), axis=1)
    share = both.shape[1]
    middle, low = both[:, round(share * 0.35)], both[:, round(share * 0.08)]
    return middle, np.asarray((middle - low) / 1.02, np.float32)


def _core(seen: Floats, edge: int) -> Floats:
    """Return the middle of each box."""
    return seen[:, edge:-edge, edge:-edge]


def _rim(seen: Floats, edge: int) -> Floats:
    """Return the darkest spot at the rim of each box."""
    count, wide, _ = seen.shape
    rim = np.ones((wide, wide), bool)
    rim[edge:-edge, edge:-edge] = False
    return np.asarray(seen.reshape(count, -1)[:, rim.ravel()].max(axis=1))


def _reach(dark: npt.NDArray[np.bool_], axis: int) -> npt.NDArray[np.float64]:
    """Return from the first to the last of what is dark, as a share of all."""
    along = np.asarray(dark.any(axis=axis))
    wide = along.shape[1]
    first, last = along.argmax(axis=1), wide - along[:, ::-1].argmax(axis=1)
    return np.where(along.any(axis=1), (last - first) / wide, 0.0)


def _rest(mean: Floats, question: Whole) -> Floats:
    """Return the darkest of the other boxes of each box's question."""
    first = np.zeros(int(question.max()) + 1, np.float32)
    np.maximum.at(first, question, mean)
    others = np.where(mean == first[question], np.float32(0.0), mean)
    second = np.zeros_like(first)
    np.maximum.at(second, question, others)
    return np.where(mean == first[question], second[question], first[question])


def _printed(around: Floats, column: Whole) -> Floats:
    """Return how dark print is around each box: what most boxes of its column have.

    What is printed there, letters and other boxes, is the same in every row of a
    column. Where a column has too few rows to tell, it is unknown: NaN.
    """
    printed = np.full_like(around, np.nan)
    for each in range(int(column.max()) + 1):
        rows = np.flatnonzero(column == each)
        if rows.size >= FEW:
            some = around[rows[:: -(-rows.size // MANY)]]
            printed[rows] = cv2.dilate(np.median(some, axis=0), np.ones((3, 3)))
    return printed


def _around(
    soft: Floats, boxes: Placed, paper: Floats, written: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the darkest in the gaps beside each box.

    And the darkest farther out on its two darkest sides: of what is written there, or
    where that is unknown, of what stands between the box and the print around it.
    """

    def band(of: Floats, at: Whole, where: tuple[float, float]) -> Floats:
        dark = (_band(of, at, boxes.side, *where) - paper[:, None]) / boxes.line
        return np.asarray(dark.max(axis=1), np.float32)

    beside = [band(soft.T, boxes.at[:, ::-1], each) for each in GAPS]
    near = np.stack([*beside, *(band(soft, boxes.at, each) for each in NEAR)])
    cut = round((boxes.side + BEYOND) * UNIT) - round(FAR[1] * UNIT)
    sides = _sides(written[:, cut:-cut, cut:-cut])
    order = np.sort(np.where(np.isnan(sides), near, sides), axis=0)
    return np.maximum(*beside), order[-1], order[-2]


def _sides(around: Floats) -> Floats:
    """Return the darkest to the left and right of each box, above and below it.

    A corner is above or below, and not beside: so a tail that leaves through it is on
    one side.
    """
    far = round(FAR[1] * UNIT) - round(FAR[0] * UNIT)
    middle = around[:, far:-far]
    bands = middle[:, :, :far], middle[:, :, -far:], around[:, :far], around[:, -far:]
    return np.stack([band.max(axis=(1, 2)) for band in bands])


def _band(ink: Floats, at: Whole, side: float, low: float, high: float) -> Floats:
    """Return the pixels of a band above (negative) or below each box."""
    length = round(side * UNIT)
    start = 0 if low < 0 else length
    y = np.arange(start + round(low * UNIT), start + round(high * UNIT))
    x = np.arange(-UNIT, length + UNIT + 1)
    down = np.clip(at[:, 1:] + y, 0, ink.shape[0] - 1)
    across = np.clip(at[:, :1] + x, 0, ink.shape[1] - 1)
    return np.asarray(ink[down[:, :, None], across[:, None, :]]).reshape(len(at), -1)
