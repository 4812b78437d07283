"""Where to look for the street of a door: pieces of lines, in squares, with names.

In:  streets on a plane, all doors of a table, and the streets of their addresses.
Out: for some of the doors at a time, the piece of a line that each is on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from groundgame.turf.loops import kernels
from groundgame.turf.stops import Floats
from groundgame.turf.streets.called import Called, Texts, called
from groundgame.turf.streets.classes import classes
from groundgame.turf.streets.network import Laid, legs
from groundgame.values import at_once

OWN = 200.0  # metres within which a street of the door's address is its own
REACH = 250.0  # metres within which any street is
SQUARE = 60.0  # metres of a square of the grid, where there are not too many
SQUARES = 1 << 24

Ints = npt.NDArray[np.int32]
Box = tuple[float, float, float, float]
"""West, south, east and north."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Straight pieces of the lines that doors may be on."""

    edge: Ints
    """The edge that each is of, shape (pieces,)."""
    before: Floats
    """Metres from the first end of its edge to it."""
    ends: tuple[Floats, Floats, Floats, Floats]
    """x0, y0, x1, y1."""
    shy: Floats
    """Metres by which it must be nearer than a street."""

    @classmethod
    def of(cls, laid: Laid) -> Self:
        """Cut the lines of streets into straight pieces."""
        known, lines = classes(), laid.lines
        goes_on = np.ones(lines.x.size, np.bool_)
        goes_on[lines.first[1:] - 1] = False
        place = np.flatnonzero(goes_on)
        sizes = np.diff(lines.first) - 1
        edge = np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)
        kind = laid.streets.kind[edge]
        joins = known.figures("joins")[kind] > 0
        edge, place, kind = edge[joins], place[joins], kind[joins]
        upto = np.append(0.0, np.cumsum(legs(lines)))
        x, y = lines.x, lines.y
        return cls(
            edge,
            upto[place] - upto[lines.first[edge]],
            (x[place], y[place], x[place + 1], y[place + 1]),
            known.figures("shy")[kind],
        )

    def box(self) -> Box:
        """Return the box of all that is within reach of a piece."""
        x0, y0, x1, y1 = self.ends
        if not x0.size:
            return 0.0, 0.0, -1.0, -1.0
        west, south = min(x0.min(), x1.min()), min(y0.min(), y1.min())
        east, north = max(x0.max(), x1.max()), max(y0.max(), y1.max())
        return west - REACH, south - REACH, east + REACH, north + REACH


@dataclass(frozen=True, slots=True)
class Search:
    """All that a search for the streets of doors needs; threads may share it."""

    pieces: Pieces
    box: Box
    """Where doors can have a street at all."""
    names: Sequence[Called]
    """The names of pieces and of doors, the stricter way first."""
    grid: Any
    squares: tuple[Ints, Ints]
    """Where each square's pieces begin, and the pieces."""

    @classmethod
    def of(cls, laid: Laid, x: Floats, y: Floats, street: Texts | None) -> Self:
        """Return the search for the streets of doors, as `join` is asked for it."""

        def drawn() -> tuple[Any, ...]:
            pieces = Pieces.of(laid)
            box = pieces.box()
            inside = _inside(box, x, y)
            grid = _grid(x[inside], y[inside])
            cut = _cut(pieces, np.empty(0, np.int32))
            return pieces, box, grid, kernels().sorted_in(grid, cut)

        said, (pieces, box, grid, squares) = at_once(
            lambda: called(laid.streets, street, x.size), drawn
        )
        names = [(edges[pieces.edge], doors) for edges, doors in said]
        return cls(pieces, box, names, grid, squares)

    def inside(self, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
        """Say which doors may have a street; NaN has none."""
        return _inside(self.box, x, y)

    def found(self, x: Floats, y: Floats, rows: npt.NDArray[np.int64]) -> Ints:
        """Return the piece of each of some doors, by the best name of one near it.

        Args:
            x: Metres east of these doors.
            y: Metres north.
            rows: Their rows among all doors.
        """
        loops, reach = kernels(), kernels().Reach(OWN, REACH)
        piece = np.full(x.size, -1, np.int32)
        left = np.arange(x.size)
        for of_pieces, of_doors in self.names:
            cut = _cut(self.pieces, of_pieces)
            sought, got = of_doors[rows[left]], np.empty(left.size, np.int32)
            loops.nearest(
                self.grid, *self.squares, cut, reach, x[left], y[left], sought, got
            )
            piece[left] = got
            left = left[(got < 0) | (sought < 0) | (of_pieces[got] != sought)]
        return piece


def _cut(pieces: Pieces, names: Ints) -> Any:
    """Return pieces with names, as loops take them."""
    return kernels().Pieces(*pieces.ends, names, pieces.shy)


def _inside(box: Box, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
    """Say which places are in a box; NaN is in none."""
    west, south, east, north = box
    inside: npt.NDArray[np.bool_] = (x >= west) & (x <= east)
    return inside & (y >= south) & (y <= north)


def _grid(x: Floats, y: Floats) -> Any:
    """Return squares over doors and all that is within their reach."""
    if not x.size:
        x = y = np.zeros(1)
    west, south = (float(one.min()) - REACH for one in (x, y))
    wide, high = (float(np.ptp(one)) + 2 * REACH for one in (x, y))
    side = max(SQUARE, float(np.sqrt(wide * high / SQUARES)))
    columns, rows = int(wide // side) + 1, int(high // side) + 1
    return kernels().Grid(west, south, side, columns, rows)
