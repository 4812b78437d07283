"""A filled sheet as a phone photographs it: askew, crumpled, in poor light, blurred.

In:  a page as a picture, chance, and how bad each of the conditions is.
Out: a JPEG.

Every condition goes from 0 (a scanner's) over FAIR (a kitchen table, a lamp, a steady
hand) and 1 (a porch at dusk, in a hurry) to 1.5 (one would photograph it again).
"""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np

DRAWN = 4
"""Pixels a point, at which pages are drawn and filled."""
Floats = np.ndarray


@dataclass(frozen=True)
class Conditions:
    """How bad it is, from 0 to 1 and beyond."""

    skew: float
    """Photographed from the side, and turned."""
    crumple: float
    """Curled, and folded for a pocket."""
    shade: float
    """Light that falls off, shadows with edges, a coloured lamp."""
    blur: float
    """Out of focus, moved, with the noise and the JPEG of a small camera."""

    @classmethod
    def all(cls, hard: float) -> Self:
        """Return conditions that are all as bad."""
        return cls(hard, hard, hard, hard)


FAIR = Conditions.all(0.35)
"""A sheet in fair conditions."""


def photographed(
    paper: np.ndarray, chance: np.random.Generator, how: Conditions
) -> bytes:
    """Return a photograph of paper, as JPEG."""
    high, wide = paper.shape[:2]
    tall = int(chance.uniform(1800, 3300))
    frame = (int(tall * 0.77), tall)
    x, y = _lie(chance, (wide, high), frame, how)
    x, y, light = _crumpled(chance, x, y, (wide, high), how.crumple)
    desk = np.full((*frame[::-1], 3), chance.uniform(40, 190, 3).astype(np.float32))
    desk += cv2.resize(chance.normal(0, 12, (40, 30, 3)).astype(np.float32), frame)
    soft = cv2.GaussianBlur(paper, (0, 0), max(0.4 * high / tall, 0.3))
    shown = cv2.remap(soft, x, y, cv2.INTER_LINEAR) * light[..., None]
    inside = ((x >= 0) & (x < wide) & (y >= 0) & (y < high))[..., None]
    scene = np.where(inside, shown, desk).astype(np.float32)
    return _taken(_lit(scene, chance, how.shade), chance, how.blur)


def _lie(
    chance: np.random.Generator,
    size: tuple[int, int],
    frame: tuple[int, int],
    how: Conditions,
) -> tuple[Floats, Floats]:
    """Return which place of the paper each pixel of the photograph shows."""
    (wide, high), hard = size, how.skew
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    share = chance.uniform(0.72, 0.94)
    target = (corners / (wide, high) - 0.5) * (frame[0] * share, frame[1] * share)
    target += chance.normal(0, 0.022 * hard * frame[1], (4, 2))
    angle = np.radians(chance.normal(0, 5 * hard)) + np.pi * (chance.random() < 0.15)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = target @ turn.T * min(1.0, 1.02 / (1 + abs(np.sin(angle)) * 0.4))
    target += (frame[0] / 2, frame[1] / 2)
    back = cv2.getPerspectiveTransform(target.astype(np.float32), corners).astype(
        np.float32
    )
    u, v = np.meshgrid(
        np.arange(frame[0], dtype=np.float32), np.arange(frame[1], dtype=np.float32)
    )
    w = back[2, 0] * u + back[2, 1] * v + back[2, 2]
    x = (back[0, 0] * u + back[0, 1] * v + back[0, 2]) / w
    y = (back[1, 0] * u + back[1, 1] * v + back[1, 2]) / w
    return x, y


def _crumpled(
    chance: np.random.Generator,
    x: Floats,
    y: Floats,
    size: tuple[int, int],
    hard: float,
) -> tuple[Floats, Floats, Floats]:
    """Bend paper: a curl, and creases that catch the light; return that light too."""
    wide, high = size
    curl = chance.normal(0, 2.2 * hard * DRAWN, 4).astype(np.float32)
    pi = np.float32(np.pi)
    px, py = np.clip(x / wide, 0, 1), np.clip(y / high, 0, 1)
    x = x + curl[0] * np.sin(pi * py) + curl[1] * np.sin(2 * pi * px) * 0.5
    y = y + curl[2] * np.sin(pi * px) + curl[3] * np.sin(2 * pi * py) * 0.5
    light = np.ones_like(px)
    for _ in range(int(chance.poisson(3 * hard))):
        through, angle = chance.uniform(0.15, 0.85, 2), chance.uniform(0, np.pi)
        if chance.random() < 0.5:  # folded in two, or in four
            through, angle = np.array([0.5, 0.5]), float(chance.choice([0, np.pi / 2]))
        across = np.array([np.cos(angle), np.sin(angle)], np.float32)
        start = through.astype(np.float32)
        off = (px - start[0]) * wide * across[0] + (py - start[1]) * high * across[1]
        far = np.abs(off)
        kink = np.float32(chance.normal(0, 0.8 * hard * DRAWN))
        reach = np.float32(chance.uniform(60, 160) * DRAWN)
        push = kink * np.exp(-far / reach)
        x, y = x + push * across[0], y + push * across[1]
        dark = np.float32(chance.uniform(-0.16, 0.16) * hard)
        band = np.float32(chance.uniform(6, 30) * DRAWN)
        light = light * (1 + dark * np.sign(off) * np.exp(-far / band))
    return x, y, np.minimum(light, 1.05)


def _lit(scene: Floats, chance: np.random.Generator, hard: float) -> Floats:
    """Return a scene in poor light."""
    high, wide = scene.shape[:2]
    slope = chance.uniform(max(1 - 0.6 * hard, 0.12), 1.0, (3, 3)).astype(np.float32)
    light = cv2.resize(slope, (wide, high), interpolation=cv2.INTER_CUBIC)
    if chance.random() < 0.5 * hard:
        shade = np.ones((high, wide), np.float32)
        edge = chance.uniform(0, 1, (4, 2)) * (wide, high)
        cv2.fillPoly(shade, [edge.astype(np.int32)], float(chance.uniform(0.45, 0.8)))
        light = light * cv2.GaussianBlur(shade, (0, 0), chance.uniform(2, 40))
    cast = chance.uniform(1 - 0.18 * hard, 1.0, 3).astype(np.float32)
    return scene * light[..., None] * cast


def _taken(lit: Floats, chance: np.random.Generator, hard: float) -> bytes:
    """Return what a camera makes of it: blurred, with noise, saved as JPEG."""
    high, wide = lit.shape[:2]
    blur = chance.uniform(0.3, 0.3 + 1.9 * hard) * high / 3000
    lit = cv2.GaussianBlur(lit, (0, 0), max(blur, 0.25))
    if chance.random() < 0.25 * hard:
        length = int(chance.integers(2, 2 + max(1, round(5 * high / 3000))))
        kernel = np.eye(length) if chance.random() < 0.5 else np.ones((1, length))
        lit = cv2.filter2D(lit, -1, (kernel / kernel.sum()).astype(np.float32))
    noise = np.float32(chance.uniform(1, 1 + 8 * hard))
    grain = chance.standard_normal((high // 4, wide // 4, 3), np.float32) * noise
    lit += np.tile(grain, (5, 5, 1))[:high, :wide]
    quality = int(chance.uniform(max(92 - 50 * hard, 25), 95))
    _, jpeg = cv2.imencode(
        ".jpg",
        np.clip(lit, 0, 255).astype(np.uint8),
        [cv2.IMWRITE_JPEG_QUALITY, quality],
    )
    return bytes(jpeg)
