"""Strokes: the clearest line that is drawn in a box, and what runs on beyond a box.

In:  how dark the paper is inside each box, or around it.
Out: how much the clearest stroke stands out; how dark what runs on is.

A pale stroke is told from noise by its length: along it the noise cancels out, and what
no single pixel shows is plain. And it is told from what blur makes of a box's own line
by the boxes around it, of which most are empty: they all have that. A mark ends near
its box; a slip of the pen, a crease or the shadow of a cable runs on.
"""

from functools import cache
from itertools import product

import cv2
import numpy as np
from scipy.ndimage import median_filter

from groundgame.packet.reading.find import UNIT
from groundgame.packet.reading.placed import Floats, Whole

BESIDE = 31
"""Boxes, one after the other as they stand, from which it is told what an empty one
looks like there; most of them are empty."""
ENDS = np.linspace(0.1, 0.9, 5)
"""Where a stroke may begin or end, as shares of the inside of a box."""
SHORTEST = 0.45
"""A stroke is as long as that share, or it is none."""
WIDTH = 0.09
"""And about twice as wide as that."""
BARE = 30
"""Of a hundred parts of a box, as many are bare paper, however it is ticked."""
TURNS = np.arange(48) * 2 * np.pi / 48
"""Directions in which a stroke may leave a box."""
ACROSS = np.linspace(-0.4, 0.4, 11)
"""Where it may do so in each of them, in sides of the box from its middle."""
CHORD = 0.5
"""Sides of a box; what passes through less of it is not looked at."""
PRINTED = 0.25
"""How dark print is at least, as a share of a printed line."""
SEEN = 0.5
"""The share of a stroke that must lie on bare paper for it to be one."""
LINE = 1.6
"""Points from the middle of a box's line to where a stroke inside it is looked at."""
GAP = (1.3, 2.6)
"""Points from there, outward, between which it is looked at beyond the box."""


def clearest(inside: Floats) -> Floats:
    """Return how far the clearest stroke in each box stands out, shape (n,).

    Args:
        inside: How dark the inside of each box is, shape (n, wide, wide).
    """
    flat = inside.reshape(len(inside), -1)
    empty = median_filter(flat, size=(BESIDE, 1), mode="nearest")
    own = flat - empty
    bare = np.percentile(own, BARE, axis=1)
    return np.asarray((own @ _strokes(inside.shape[1])).max(axis=1) - bare, np.float32)


@cache
def _strokes(wide: int) -> Floats:
    """Return the strokes that a box may hold: weights of its pixels, a column each."""
    ends = np.stack(np.meshgrid(ENDS, ENDS), axis=-1).reshape(-1, 2) * (wide - 1)
    places = np.stack(np.meshgrid(*[np.arange(wide)] * 2), axis=-1).reshape(-1, 2)
    found = []
    for n, one in enumerate(ends):
        for two in ends[:n]:
            along = two - one
            length = float(np.hypot(*along))
            if length >= SHORTEST * wide:
                at = np.clip((places - one) @ along / length**2, 0, 1)
                off = np.linalg.norm(places - one - at[:, None] * along, axis=1)
                weight = np.exp(-0.5 * (off / (WIDTH * wide)) ** 2)
                found.append(weight / weight.sum())
    return np.asarray(np.stack(found, axis=1), np.float32)


def running_on(around: Floats, printed: Floats, side: float, spot: Floats) -> Floats:
    """Return how dark what runs on beyond each box is, as a share of its darkest spot.

    It runs on where it leaves the box straight, for the length of the box's side; or
    where it goes through the box and out at both ends. It is as dark as its palest
    part. What is printed around a box neither breaks it nor makes it; where nobody
    knows what is printed there, nothing runs on.

    Args:
        around: How dark it is around each box, shape (n, high, high).
        printed: How dark print is there, same shape; NaN: nobody knows.
        side: Of a box, in points.
        spot: How dark the darkest spot of each is. With none, nothing runs on.
    """
    found = np.zeros(len(spot), np.float32)
    known = ~np.isnan(printed).any(axis=(1, 2))
    looked = np.flatnonzero((spot > PRINTED) & known)
    if not looked.size:
        return found
    soft = np.stack([cv2.dilate(each, np.ones((3, 3))) for each in around[looked]])
    soft[printed[looked] > PRINTED] = np.inf
    flat = np.asarray(soft.reshape(len(looked), -1), np.float32)
    through, gaps, ahead = _ways(side, around.shape[1])
    inside = np.minimum(flat[:, through], 9.0)
    half = through.shape[1] // 2
    out = np.minimum(inside[:, :, half:].min(axis=2), _palest(flat, ahead))
    both = np.minimum(_palest(flat, gaps[:, 0]), _palest(flat, gaps[:, 1]))
    both = np.minimum(inside.min(axis=2), both)
    darkest = np.maximum(out, both).max(axis=1)
    found[looked] = darkest / np.minimum(spot[looked], 1.0)
    return found


def _palest(flat: Floats, at: Whole) -> Floats:
    """Return how dark the palest part of some ways is; 0 where most is print."""
    part = flat[:, at]
    seen = np.isfinite(part).mean(axis=2)
    return np.where(seen > SEEN, part.min(axis=2), np.float32(0))


@cache
def _ways(side: float, high: int) -> tuple[Whole, Whole, Whole]:
    """Return the pixels of straight ways through a box.

    Those inside it; those in the gaps at both of its ends; and those from its far end
    on, for the length of the box's side.
    """

    def pixels(along: np.ndarray) -> Whole:
        place = along[:, None] * on + off * side * beside
        pixel = np.clip(np.rint(place * UNIT + (high - 1) / 2), 0, high - 1)
        return np.asarray(pixel[:, 1] * high + pixel[:, 0], np.int64)

    through, gaps, ahead = [], [], []
    steps = np.arange(-side, side, 0.5 / UNIT)
    gap, far = np.linspace(*GAP, 5), np.linspace(GAP[0], GAP[0] + side, 16)
    for turn, off in product(TURNS, ACROSS):
        on = np.array([np.cos(turn), np.sin(turn)])
        beside = np.array([-on[1], on[0]])
        way = np.abs(steps[:, None] * on + off * side * beside).max(axis=1) <= side / 2
        if way.sum() * 0.5 / UNIT >= CHORD * side:
            start, end = steps[way][[0, -1]]
            through.append(pixels(np.linspace(start + LINE, end - LINE, 8)))
            gaps.append((pixels(start - gap), pixels(end + gap)))
            ahead.append(pixels(end + far))
    return np.array(through), np.array(gaps), np.array(ahead)
