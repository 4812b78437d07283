"""The marks of a page: where they stand, and how they say which page it is.

A page has eight marks, one in each corner and one in the middle of each side. Each is
an AprilTag of the family 36h11, whose patterns differ in eleven cells or more. Its
number says two things: which of the eight places it stands in, and one of the eight
symbols of the page code. So any photograph that shows the marks tells which way is up,
how the paper lies, and which page it is.
"""

from collections.abc import Mapping
from functools import cache

from groundgame.packet.code import LENGTH, SYMBOLS

SIZE = 22.0
"""Points: the side of a mark, its black rim included."""
EDGE = 18.0
"""Points from the edge of the paper; few printers reach further."""
CELLS = 8
"""Cells along the side of a mark, its rim included."""
PLACES = 8
Point = tuple[float, float]


def centres(width: float, height: float) -> tuple[Point, ...]:
    """Return the middle of each mark: corners clockwise, then the sides clockwise."""
    near, right, low = (
        EDGE + SIZE / 2,
        width - EDGE - SIZE / 2,
        height - EDGE - SIZE / 2,
    )
    corners = ((near, near), (right, near), (right, low), (near, low))
    sides = (
        (width / 2, near),
        (right, height / 2),
        (width / 2, low),
        (near, height / 2),
    )
    return corners + sides


def numbers(code: str) -> tuple[int, ...]:
    """Return the number of the mark in each place of the page with this code."""
    symbols = code.replace("-", "")
    return tuple(
        SYMBOLS.index(symbol) * PLACES + place for place, symbol in enumerate(symbols)
    )


def code_of(found: Mapping[int, int]) -> str:
    """Return the page code that marks say, with '?' for each place without one.

    Args:
        found: By place, the number of its mark.
    """
    symbols = [
        SYMBOLS[found[place] // PLACES] if place in found else "?"
        for place in range(LENGTH)
    ]
    return f"{''.join(symbols[:4])}-{''.join(symbols[4:])}"


@cache
def svg(number: int) -> str:
    """Return a mark as SVG, a unit a cell."""
    from cv2 import aruco  # noqa: PLC0415  # half a second that only paper needs

    known = aruco.getPredefinedDictionary(aruco.DICT_APRILTAG_36h11)
    cells = known.generateImageMarker(number, CELLS)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(cells.tolist())
        for x, cell in enumerate(row)
        if not cell
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CELLS} {CELLS}" '
        f'width="{SIZE:g}" height="{SIZE:g}" shape-rendering="crispEdges">'
        f'<path d="{path}"/></svg>'
    )
