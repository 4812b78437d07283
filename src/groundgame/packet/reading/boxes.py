"""Read the boxes of a page: which are marked, and how sure that is.

In:  the picture of a page (find.py), and where its boxes were printed.
Out: for each box how likely it is marked, and whether that may be relied on.

A box counts as read only where its printed line is seen: what is covered, glaring,
blurred or folded away is in doubt, not empty. Ink is what is darker than the paper
beside it, so a shadow is none. What is neither clearly ink nor clearly paper is in
doubt, and so is a mark that goes on beyond its box, or fills in part of the next one.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

from groundgame.packet.reading.find import UNIT
from groundgame.packet.reading.photo import Pixels

PAPER = 13.0
"""Points: paper shows beside anything written that is narrower than this."""
REACH = 4.6
"""Points by which a box may lie beside its place; the next box is 12 away."""
STRAY = 1.2
"""Points by which a box may lie beside where its neighbours say that it is."""
FEWEST = 8
"""Boxes by which each of the terms is held that say how the paper is bent."""
INSET = 1.9
"""Points from the middle of a box's line to where its inside begins."""
LINE_LEAST = 0.14
"""How much darker than paper a line is at least, to count as seen."""
LINE_SHARE = 0.42
"""And which share of the darkness of the page's other lines."""
EMPTY, MARKED = 0.012, 0.045
"""How much darker than paper the inside is on average, as a share of black: at most in
an empty box, and at least in a marked one."""
SPECK, INK = 0.16, 0.42
"""How dark the darkest spot inside is, as a share of the page's own lines: likewise."""
BESIDE = 31
"""Boxes, one after the other as they stand, from which the noise at one is told; most
of them are empty."""
PENCIL = 0.25
"""A marked box has a spot this much darker than paper, however blurred its lines are;
what a rubber leaves of a pencil mark is fainter."""
NOISE = 3.0
"""Times the noise that a mark must stand out by."""
BEYOND = 0.55
"""How dark ink beyond a box is, as a share of the page's lines, to be a stroke."""
FAR = ((-5.0, -3.3), (2.7, 3.6))
"""Points above and below a box to which no mark goes that is meant for it."""
NEAR = ((-2.1, -1.4), (1.4, 2.1))
"""Points between a box and whatever is printed over and under it."""
GAPS = ((-2.4, -1.5), (1.5, 2.4))
"""Points to the left and right of a box: before the next one begins."""
FEW = 4
"""Rows of a column by which what is printed there is told from what is written."""
SURE = 0.95
"""A box is read where it is as sure as this."""

Floats = npt.NDArray[np.float32]
Points = npt.NDArray[np.float64]


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
        clear = np.maximum(self.marked, 1 - self.marked) >= SURE
        return np.asarray(self.seen & clear)


def read(page: Pixels, corners: Points, side: float) -> Readings:
    """Read the boxes of a page.

    Args:
        page: As `flatten` gives it.
        corners: The upper left corner of each box, in points, shape (n, 2).
        side: Of each box, in points.
    """
    ink = darkness(page)
    at, line, seen = _placed(ink, corners, side)
    inside = _windows(ink, at, side, -INSET)
    paper, varies = _paper(ink, at, side, inside)
    noise = median_filter(varies, size=BESIDE, mode="nearest")
    mean = inside.mean(axis=1) - paper
    most = max(3, inside.shape[1] // 25)
    spot = np.partition(inside, -most, axis=1)[:, -most] - paper
    lines = max(float(np.median(line[seen])) if seen.any() else 1.0, LINE_LEAST)
    least = max(INK, PENCIL / lines)
    likely = _likely(mean, spot / lines, noise, noise / lines, least)
    beyond = _beyond(ink, at, side, corners, BEYOND * lines)
    likely = np.where(beyond & (likely > 1 - SURE), np.minimum(likely, 0.8), likely)
    return Readings(likely, seen)


def _paper(
    ink: Floats, at: npt.NDArray[np.int64], side: float, inside: Floats
) -> tuple[Floats, Floats]:
    """Return how dark the bare paper at each box is, and how much that varies.

    A shadow that is narrower than PAPER lies on the paper beside a box as well.
    """
    around = _windows(ink, at, side, 2.2)
    count = around.shape[1]
    wide = round(count**0.5)
    frame = np.ones((wide, wide), bool)
    edge = round(0.9 * UNIT)
    frame[edge:-edge, edge:-edge] = False
    both = np.sort(np.concatenate([around[:, frame.ravel()], inside], axis=1), axis=1)
    share = both.shape[1]
    middle, low = both[:, round(share * 0.35)], both[:, round(share * 0.08)]
    return middle, np.asarray((middle - low) / 1.02, np.float32)


def darkness(page: Pixels) -> Floats:
    """Return how much darker than the paper beside it each pixel is, 0 to 1.

    The paper beside it is a morphological closing: whatever is dark and narrow is
    closed over, whatever is dark and wide, such as a shadow, is not.
    """
    soft = cv2.GaussianBlur(page, (0, 0), 0.33 * UNIT)
    kernel = np.ones((round(PAPER * UNIT),) * 2, np.uint8)
    paper = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, kernel)
    paper = cv2.blur(paper, (UNIT * 4 + 1, UNIT * 4 + 1))
    share = 1 - soft.astype(np.float32) / np.maximum(paper, 12)
    return np.asarray(share.max(axis=2), np.float32)


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


def _windows(
    ink: Floats, at: npt.NDArray[np.int64], side: float, grown: float
) -> Floats:
    """Return the pixels of each box, grown by so many points, shape (n, pixels)."""
    out, length = round(grown * UNIT), round(side * UNIT)
    reach = np.arange(-out, length + out + 1)
    across = np.clip(at[:, :1] + reach, 0, ink.shape[1] - 1)
    down = np.clip(at[:, 1:] + reach, 0, ink.shape[0] - 1)
    return np.asarray(ink[down[:, :, None], across[:, None, :]]).reshape(len(at), -1)


def _likely(
    mean: Floats, spot: Floats, noise: Floats, spot_noise: Floats, least: float
) -> npt.NDArray[np.float64]:
    """Return how likely each box is marked, from its mean and its darkest spot.

    The two limits of each are where it is 95 % sure; between them it is in doubt, and
    so it is where one says that it is marked, and the other that it is not. The mean
    varies less than the pixels do, which are blurred into each other.
    """
    by_mean = _between(mean, EMPTY, MARKED + NOISE * noise / 6)
    by_spot = _between(spot, SPECK + spot_noise, least + NOISE * spot_noise)
    agree = np.sign(by_mean) == np.sign(by_spot)
    nearer = np.minimum(np.abs(by_mean), np.abs(by_spot)) * np.sign(by_mean)
    surest = np.where(agree, nearer, 0.0)
    steep = 2 * np.log(SURE / (1 - SURE))
    return np.asarray(1 / (1 + np.exp(-np.clip(surest * steep, -30, 30))), np.float64)


def _between(value: Floats, low: Any, high: Any) -> Floats:
    """Return where a value stands: -0.5 at the lower limit, 0.5 at the upper one."""
    return np.asarray((value - (low + high) / 2) / (high - low), np.float32)


def _beyond(
    ink: Floats, at: npt.NDArray[np.int64], side: float, corners: Points, line: float
) -> npt.NDArray[np.bool_]:
    """Return which boxes have ink around them, farther than a mark goes.

    Also if it is around the box beside them: a stroke may come in askew.

    The letters over a box are the same in every row of its column, so what most rows
    have there was printed. Where a column has too few rows to tell, ink between a box
    and its letters is enough.
    """
    soft = np.asarray(cv2.blur(ink, (UNIT, UNIT)), np.float32)
    found = np.zeros(len(at), bool)
    _, column = np.unique(np.rint(corners[:, 0]), return_inverse=True)
    turned = at[:, ::-1]
    gaps = [_band(soft.T, turned, side, *where) for where in GAPS]
    far = [*gaps, *(_band(soft, at, side, *where) for where in FAR)]
    near = [*gaps, *(_band(soft, at, side, *where) for where in NEAR)]
    for each in range(int(column.max()) + 1):
        rows = column == each
        if rows.sum() >= FEW:
            bands = [band[rows] - np.median(band[rows], axis=0) for band in far]
        else:
            bands = [band[rows] for band in near]
        found[rows] = np.max([band.max(axis=1) for band in bands], axis=0) > line
    off = np.abs(corners[:, None] - corners[found])
    beside = (off[..., 0] < 1.6 * side) & (off[..., 1] < 1.0)
    return np.asarray(beside.any(axis=1))


def _band(
    ink: Floats, at: npt.NDArray[np.int64], side: float, low: float, high: float
) -> Floats:
    """Return the pixels of a band above (negative) or below each box."""
    length = round(side * UNIT)
    start = 0 if low < 0 else length
    y = np.arange(start + round(low * UNIT), start + round(high * UNIT))
    x = np.arange(-UNIT, length + UNIT + 1)
    down = np.clip(at[:, 1:] + y, 0, ink.shape[0] - 1)
    across = np.clip(at[:, :1] + x, 0, ink.shape[1] - 1)
    return np.asarray(ink[down[:, :, None], across[:, None, :]]).reshape(len(at), -1)
