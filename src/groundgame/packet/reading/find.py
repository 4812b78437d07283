"""Find the page in a photograph: its marks, its code, and how the paper lies.

In:  a picture.
Out: where the marks are seen (Seen), and with the size of the page the picture of it as
     if it had been scanned: UNIT pixels a point, whichever way it lay.

Perspective is undone by the corners of all marks that are seen, up to 32 points; what
is left of a curl, by a surface of second degree through the same points.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from groundgame.errors import UnreadablePhoto
from groundgame.packet import marks
from groundgame.packet.code import SYMBOLS
from groundgame.packet.reading.photo import Photo, Pixels

UNIT = 3
"""Pixels a point in the picture of the page."""
LOOKED_AT = (1500, 2400, 3400)
"""Longer sides at which marks are looked for, until all are found."""
LEAST_MARKS = 6
"""With fewer, a part of the page is not in the picture."""
LEAST_PIXELS = 1.3
"""Pixels a point that a photograph must have, for a box to be seen in it."""
GRID = 24
"""Points between those at which the lie of the paper is worked out."""
CURLED = 8
"""With all marks a surface is fitted; with fewer it would be guessed."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """The marks of one page, as they stand in a picture."""

    photo: Photo
    corners: dict[int, Floats]
    """By place, the four corners of its mark in the picture, shape (4, 2)."""
    code: str
    """The page code, with '?' for each mark that is not seen."""


def look(photo: Photo) -> Seen:
    """Find the marks of a page in a picture.

    Raises:
        UnreadablePhoto: There are none, those of two pages, or too few.
    """
    found: dict[int, list[tuple[int, Floats]]] = {}
    for side in LOOKED_AT:
        found = max(found, _marks(photo.pixels, side), key=len)
        if len(found) == marks.PLACES:
            break
    if any(len(each) > 1 for each in found.values()):
        raise UnreadablePhoto(
            photo.name,
            "shows more than one page",
            "one page a photograph",
            "Photograph each sheet by itself",
        )
    if not found:
        raise UnreadablePhoto(
            photo.name,
            "shows no walk sheet, or none that can be made out",
            "a page with eight square marks at its edge",
            "Photograph the whole sheet from above, in better light, without a flash",
        )
    if len(found) < LEAST_MARKS:
        raise UnreadablePhoto(
            photo.name,
            f"shows {len(found)} of the eight marks at the edge of the page",
            "the whole page",
            "Lay the sheet flat, uncover its edges, and photograph all of it",
        )
    code = marks.code_of({place: each[0][0] for place, each in found.items()})
    return Seen(photo, {place: each[0][1] for place, each in found.items()}, code)


def _marks(pixels: Pixels, side: int) -> dict[int, list[tuple[int, Floats]]]:
    """Return the marks seen in a picture of this size: by place, number and corners."""
    share = min(1.0, side / max(pixels.shape[:2]))
    small = _shrunk(pixels, share)
    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    how = cv2.aruco.DetectorParameters()
    how.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    how.adaptiveThreshWinSizeMin, how.adaptiveThreshWinSizeMax = 13, 45
    how.adaptiveThreshWinSizeStep = 16
    how.minMarkerPerimeterRate = 0.05
    how.errorCorrectionRate = 0.4
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    seeker: Any = cv2.aruco.ArucoDetector(known, how)
    corners, numbers, _ = seeker.detectMarkers(grey)
    found = defaultdict(list)
    seen = () if numbers is None else np.asarray(numbers).ravel()
    for four, number in zip(corners, seen, strict=True):
        if number < marks.PLACES * len(SYMBOLS):
            at = (four.reshape(4, 2).astype(np.float64) + 0.5) / share - 0.5
            found[int(number) % marks.PLACES].append((int(number), at))
    return dict(found)


def flatten(seen: Seen, size: tuple[float, float]) -> Pixels:
    """Return the picture of the page alone, as if it had been scanned.

    Raises:
        UnreadablePhoto: The page is too small in the picture, or is no page.
    """
    ours, theirs = _pairs(seen, size)
    flat = _plane(ours, theirs)
    if flat is None:
        raise _crooked(seen)
    pixels_a_point = float(
        np.linalg.norm(np.ptp(theirs, axis=0)) / np.linalg.norm(np.ptp(ours, axis=0))
    )
    if pixels_a_point < LEAST_PIXELS:
        raise UnreadablePhoto(
            seen.photo.name,
            "shows the page too small for its boxes to be seen",
            f"{round(LEAST_PIXELS * 842):,} pixels from top to foot of the page",
            "Go closer, and photograph it again",
        )
    bend = _bend(seen, flat, ours, theirs)
    picture, shrunk = seen.photo.pixels, min(1.0, (UNIT + 0.6) / pixels_a_point)
    if shrunk < 1.0:
        picture = _shrunk(picture, shrunk)
    across, along = (int(side * UNIT) for side in size)
    x, y = np.meshgrid(
        np.arange(0, across + GRID * UNIT, GRID * UNIT),
        np.arange(0, along + GRID * UNIT, GRID * UNIT),
    )
    grid = np.column_stack([x.ravel(), y.ravel()]) / UNIT
    at = (_project(flat, grid) + _surface(grid, size) @ bend + 0.5) * shrunk - 0.5
    coarse = at.reshape(*x.shape, 2).astype(np.float32)
    return _draw(picture, coarse, across, along)


def _plane(ours: Floats, theirs: Floats) -> Floats | None:
    """Return the perspective from page to picture; None: there is none."""
    found: tuple[Any, Any] = cv2.findHomography(ours, theirs, cv2.RANSAC, 12.0)
    return None if found[0] is None else np.asarray(found[0], np.float64)


def _draw(
    picture: Pixels, coarse: npt.NDArray[np.float32], across: int, along: int
) -> Pixels:
    """Return the picture of the page, given where a coarse grid of it lies."""
    step = GRID * UNIT
    fine_x = (np.arange(across, dtype=np.float32)) / step
    fine_y = (np.arange(along, dtype=np.float32)) / step
    fine = np.meshgrid(fine_x, fine_y)
    where = cv2.remap(coarse, fine[0], fine[1], cv2.INTER_LINEAR)
    x, y = (np.ascontiguousarray(each) for each in np.moveaxis(where, 2, 0))
    drawn = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, np.uint8)


def _shrunk(picture: Pixels, share: float) -> Pixels:
    """Return a picture made smaller."""
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _pairs(seen: Seen, size: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return the corners of the marks on the page, and in the picture."""
    half = marks.SIZE / 2
    square = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    centres = marks.centres(*size)
    places = sorted(seen.corners)
    ours = np.concatenate([square + centres[place] for place in places])
    return ours, np.concatenate([seen.corners[place] for place in places])


def _bend(seen: Seen, flat: Floats, ours: Floats, theirs: Floats) -> Floats:
    """Return the surface by which the paper is off the plane, in the picture.

    Raises:
        UnreadablePhoto: The marks do not stand as on any page, however it is bent.
    """
    size = _size_of(ours)
    left = theirs - _project(flat, ours)
    reach = float(np.linalg.norm(np.ptp(theirs, axis=0)))
    if np.abs(left).max() > 0.04 * reach:
        raise _crooked(seen)
    if len(seen.corners) < CURLED:
        return np.zeros((6, 2))
    bend = np.linalg.lstsq(_surface(ours, size), left, rcond=None)[0]
    return np.asarray(bend, np.float64)


def _size_of(ours: Floats) -> tuple[float, float]:
    """Return the size of a page whose marks reach as far as these."""
    right, low = ours.max(axis=0) + marks.EDGE
    return float(right), float(low)


def _surface(points: Floats, size: tuple[float, float]) -> Floats:
    """Return the terms of second degree at some points of a page, shape (n, 6)."""
    x, y = points[:, 0] / size[0] * 2 - 1, points[:, 1] / size[1] * 2 - 1
    return np.column_stack([np.ones_like(x), x, y, x * x, x * y, y * y])


def _project(flat: Floats, points: Floats) -> Floats:
    """Return where points of the page lie in the picture, were the paper flat."""
    shown = cv2.perspectiveTransform(points.reshape(-1, 1, 2), flat)
    return np.asarray(shown, np.float64).reshape(-1, 2)


def _crooked(seen: Seen) -> UnreadablePhoto:
    """Return the refusal of a page that is folded, or is none."""
    return UnreadablePhoto(
        seen.photo.name,
        "shows a page whose marks do not lie as they were printed",
        "a page that lies flat",
        "Smooth the sheet, and photograph it from above",
    )
