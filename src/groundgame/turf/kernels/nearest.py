"""The street of each door: the nearest of its own name, else the nearest.

In:  straight pieces of lines on a plane, and doors on the same; names as numbers.
Out: for each door a piece, or none within reach.

Pieces lie in the squares of a grid that they touch. A door looks at its own square,
then at the ring of squares around it, and on, until nothing nearer can come.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import Floats, Ints, compiled, inner


class Grid(NamedTuple):
    """Squares over the doors, row by row."""

    west: float
    south: float
    side: float  # metres of a square
    wide: int
    high: int


class Pieces(NamedTuple):
    """Straight pieces, from (x0, y0) to (x1, y1)."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    name: Ints  # -1: none
    shy: Floats  # metres by which it must be nearer, for a door that does not name it


class Reach(NamedTuple):
    """How far a door looks, in metres."""

    own: float  # for a street that it names
    any: float  # for another


@inner
def square(place: float, origin: float, side: float, count: int) -> int:
    """Return the column or row of a place; one that is outside has the last."""
    at = np.floor((place - origin) / side)
    return int(min(max(at, 0.0), count - 1.0))


@inner
def columns(grid: Grid, piece: Pieces, k: int, row: int) -> tuple[int, int]:
    """Return the first and the last column that a piece touches in a row."""
    x0, y0, x1, y1 = piece.x0[k], piece.y0[k], piece.x1[k], piece.y1[k]
    low, high = min(x0, x1), max(x0, x1)
    if y0 != y1:
        slope = (x1 - x0) / (y1 - y0)
        south = grid.south + row * grid.side
        there = x0 + (south - y0) * slope
        beyond = x0 + (south + grid.side - y0) * slope
        low, high = max(low, min(there, beyond)), min(high, max(there, beyond))
    slack = 1e-6 * grid.side  # of rounding
    first = square(low - slack, grid.west, grid.side, grid.wide)
    return first, square(high + slack, grid.west, grid.side, grid.wide)


@inner
def outside(grid: Grid, piece: Pieces, k: int) -> bool:
    """Say whether a piece lies beside the grid altogether."""
    east, north = grid.wide * grid.side, grid.high * grid.side
    return bool(
        max(piece.x0[k], piece.x1[k]) < grid.west
        or min(piece.x0[k], piece.x1[k]) > grid.west + east
        or max(piece.y0[k], piece.y1[k]) < grid.south
        or min(piece.y0[k], piece.y1[k]) > grid.south + north
    )


@compiled
def sorted_in(grid: Grid, pieces: Pieces) -> tuple[Ints, Ints]:
    """Return where each square's pieces begin, and the pieces, square by square."""
    start = np.zeros(grid.wide * grid.high + 1, np.int32)
    held = np.empty(0, np.int32)
    for filling in range(2):
        for k in range(pieces.x0.size):
            if outside(grid, pieces, k):
                continue
            low, high = min(pieces.y0[k], pieces.y1[k]), max(pieces.y0[k], pieces.y1[k])
            bottom = square(low, grid.south, grid.side, grid.high)
            for row in range(
                bottom, square(high, grid.south, grid.side, grid.high) + 1
            ):
                first, last = columns(grid, pieces, k, row)
                for at in range(row * grid.wide + first, row * grid.wide + last + 1):
                    if filling == 1:
                        start[at] -= 1
                        held[start[at]] = k
                    else:
                        start[at] += 1
        if filling == 0:
            start[:] = np.cumsum(start)
            held = np.empty(start[-1], np.int32)
    return start, held


@inner
def squared(piece: Pieces, k: int, x: float, y: float) -> float:
    """Return the square of the metres from a place to a piece."""
    dx, dy = piece.x1[k] - piece.x0[k], piece.y1[k] - piece.y0[k]
    ax, ay = x - piece.x0[k], y - piece.y0[k]
    length = dx * dx + dy * dy
    share = (ax * dx + ay * dy) / length if length > 0.0 else 0.0
    share = min(max(share, 0.0), 1.0)
    ax, ay = ax - share * dx, ay - share * dy
    return float(ax * ax + ay * ay)


@inner
def look(  # noqa: PLR0913, PLR0917  # a square, a door, and what it has found so far
    held: Ints,
    begin: int,
    end: int,
    pieces: Pieces,
    x: float,
    y: float,
    name: int,
    far: Floats,
    best: Ints,
) -> None:
    """Look at the pieces of one square: [0] is the best of its own name, [1] of any."""
    for at in range(begin, end):
        k = held[at]
        away = np.sqrt(squared(pieces, k, x, y))
        shy = away + pieces.shy[k]
        if name >= 0 and pieces.name[k] == name and closer(away, k, far[0], best[0]):
            far[0], best[0] = away, k
        if closer(shy, k, far[1], best[1]):
            far[1], best[1] = shy, k


@inner
def closer(away: float, k: int, far: float, best: int) -> bool:
    """Say whether a piece goes before the best so far; of two equals, the first."""
    return away < far or (away == far and k < best)


@inner
def settled(sure: float, reach: Reach, name: int, far: Floats, best: Ints) -> bool:
    """Say whether nothing that is `sure` metres away, or more, can be better."""
    if best[0] >= 0:
        return bool(far[0] <= sure)
    return bool((name < 0 or reach.own <= sure) and far[1] <= sure)


@inner
def to_edge(place: float, origin: float, side: float, at: int) -> float:
    """Return the metres from a place to the nearer edge of its column or row."""
    within = place - (origin + at * side)
    return float(min(within, side - within))


@compiled
def nearest(  # noqa: PLR0913, PLR0917  # numba knows no records that change
    grid: Grid,
    start: Ints,
    held: Ints,
    pieces: Pieces,
    reach: Reach,
    x: Floats,
    y: Floats,
    name: Ints,
    found: Ints,
) -> None:
    """Find the piece of each door, in place.

    Args:
        grid: The squares.
        start: Where each square's pieces begin in `held`, shape (squares + 1,).
        held: Pieces, square by square.
        pieces: Their places and names.
        reach: How far to look.
        x: Metres east of each door, shape (doors,); none is outside of the grid.
        y: Metres north, same shape.
        name: The name of each door's street, -1 for none.
        found: The piece of each door, to be written; -1 where none is in reach. Of two
            that are as near, it is the first.
    """
    far, best = np.empty(2, np.float64), np.empty(2, np.int32)
    rings = int(np.ceil(max(reach.own, reach.any) / grid.side))
    for door in range(x.size):
        column = square(x[door], grid.west, grid.side, grid.wide)
        row = square(y[door], grid.south, grid.side, grid.high)
        edge = min(
            to_edge(x[door], grid.west, grid.side, column),
            to_edge(y[door], grid.south, grid.side, row),
        )
        far[0], far[1] = reach.own, reach.any
        best[0], best[1] = -1, -1
        for ring in range(rings + 1):
            sure = edge + (ring - 1) * grid.side
            if settled(sure, reach, name[door], far, best):
                break
            for r in range(max(row - ring, 0), min(row + ring, grid.high - 1) + 1):
                hop = 1 if abs(r - row) == ring else 2 * ring
                for c in range(column - ring, column + ring + 1, hop):
                    if 0 <= c < grid.wide:
                        at = r * grid.wide + c
                        look(
                            held,
                            start[at],
                            start[at + 1],
                            pieces,
                            x[door],
                            y[door],
                            name[door],
                            far,
                            best,
                        )
        found[door] = best[0] if best[0] >= 0 else best[1]
