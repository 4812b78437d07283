"""The nearest stops of each stop in straight lines, for many stops at once.

In:  places on a plane. Out: for each, the nearest, itself among them. `curve` puts
     places in an order in which those that follow one another are near.

Stops are sorted into the squares of a grid; a square's neighbours are looked at ring by
ring, until nothing nearer can come. On the stops of a town this takes a third of the
time of a tree (scipy's cKDTree), since they are spread so evenly; where they are not,
it may take for ever, and `tour.nearest` takes the tree.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import (
    Counts,
    Floats,
    Ints,
    compiled,
    filed,
    within,
)

EACH = 3.0  # stops of a square that has any, on average
THIN = 0.05  # of all squares have any, at least, or it is reckoned so
WIDEST = 4000  # squares of a side, at most


class Squares(NamedTuple):
    """Stops in the squares of a grid."""

    x: Floats  # metres from the west end
    y: Floats  # metres from the south end
    side: float  # metres of a square
    wide: int  # squares from west to east
    high: int  # squares from south to north
    begins: Counts  # where the stops of each square begin, shape (squares + 1,)
    stops: Ints  # square by square


@compiled
def squares(x: Floats, y: Floats) -> Squares:
    """Sort stops into squares, smaller ones where most of the land has no stops."""
    grid = gridded(x, y, EACH)
    some = np.count_nonzero(np.diff(grid.begins)) / (grid.begins.size - 1)
    return gridded(x, y, EACH * max(some, THIN))


@compiled
def gridded(x: Floats, y: Floats, each: float) -> Squares:
    """Sort stops into squares of so many stops on average, empty ones included."""
    n = x.size
    x, y = x - x.min(), y - y.min()
    east, north = x.max(), y.max()
    side = max(np.sqrt(each * east * north / n), max(east, north) / WIDEST, 1e-9)
    wide, high = int(east / side) + 1, int(north / side) + 1
    at = (np.floor(y / side) * wide + np.floor(x / side)).astype(np.int64)
    begins, stops = filed(at, wide * high)
    return Squares(x, y, side, wide, high, begins, stops)


@compiled
def on_plane(grid: Squares, count: int) -> Ints:
    """Return the nearest stops of each stop, nearest first, itself among them.

    Of several as near as one another the one with the lower number comes first.

    Args:
        grid: The stops in squares.
        count: How many to return; at most n.

    Returns:
        Stops, shape (n, count).
    """
    x, y, side = grid.x, grid.y, grid.side
    near, far = np.empty((x.size, count), np.int32), np.empty(count, np.float64)
    for i in range(x.size):
        column, row = int(x[i] / side), int(y[i] / side)
        edge = min(x[i] - column * side, (column + 1) * side - x[i])
        edge = max(0.0, min(edge, y[i] - row * side, (row + 1) * side - y[i]))
        found, ring = 0, 0
        while found < count or far[count - 1] >= (edge + (ring - 1) * side) ** 2:
            found = ringed(grid, i, ring, near[i], far, found)
            ring += 1
            if ring > max(grid.wide, grid.high):
                break
    return near


@within
def ringed(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    grid: Squares, i: int, ring: int, near: Ints, far: Floats, found: int
) -> int:
    """Look at the squares of one ring around a stop; return how many are kept."""
    x, y, side, count = grid.x, grid.y, grid.side, far.size
    column, row = int(x[i] / side), int(y[i] / side)
    for down in range(max(row - ring, 0), min(row + ring, grid.high - 1) + 1):
        step = 1 if abs(down - row) == ring else 2 * ring
        for over in range(column - ring, column + ring + 1, step):
            if over < 0 or over >= grid.wide:
                continue
            square = down * grid.wide + over
            for j in grid.stops[grid.begins[square] : grid.begins[square + 1]]:
                gap = (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2
                if found < count or gap <= far[count - 1]:
                    found = taken(near, far, found, j, gap)
    return found


@within
def taken(near: Ints, far: Floats, found: int, j: int, gap: float) -> int:
    """Keep a stop that may be among the nearest; return how many there are."""
    count = far.size
    if found == count:
        if gap == far[count - 1] and j > near[count - 1]:
            return found
        found -= 1  # the farthest is out
    slot = found
    while slot > 0 and far[slot - 1] > gap:
        far[slot], near[slot] = far[slot - 1], near[slot - 1]
        slot -= 1
    while slot > 0 and far[slot - 1] == gap and near[slot - 1] > j:
        near[slot], far[slot] = near[slot - 1], gap
        slot -= 1
    far[slot], near[slot] = gap, j
    return found + 1


@compiled
def curve(east: Counts, north: Counts, bits: int) -> Counts:
    """Return how far along Hilbert's curve squares are: near in it, near on land.

    Args:
        east: Squares from the west end, below 2**bits, shape (n,).
        north: Squares from the south end, same shape.
        bits: How often the whole is divided into four.
    """
    along = np.empty(east.size, np.int64)
    for place in range(east.size):
        a, b, far = east[place], north[place], 0
        for bit in range(bits - 1, -1, -1):
            right, up = (a >> bit) & 1, (b >> bit) & 1
            far = far * 4 + ((3 * right) ^ up)
            if not up:
                if right:
                    a, b = ~a, ~b
                a, b = b, a
        along[place] = far
    return along
