"""Which street each door is on, how far along it, and on which side.

In:  streets on a plane; doors on the same, with the street and the number of their
     address where those are known.
Out: an edge for each door, or none: no street is within REACH of it.

A corner house is often nearer to the other street. So the nearest edge of the street
that the address names is the door's, where one is within OWN; then the nearest that has
the same name but for its type and directions (Main St for East Main Street); then the
nearest of any. A door that stands on the line itself is on the side where the numbers
of its parity are on that edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from pyproj import Geod

from groundgame.errors import OtherTown
from groundgame.turf.stops import Counts, Floats
from groundgame.turf.streets.called import Called, Texts, called
from groundgame.turf.streets.classes import classes
from groundgame.turf.streets.network import Laid, legs
from groundgame.turf.tour import kernels

OWN = 200.0  # metres within which a street of the door's address is its own
REACH = 250.0  # metres within which any street is
SQUARE = 60.0  # metres of a square of the grid, where there are not too many
SQUARES = 1 << 24
ON_LINE = 1.0  # metres from the line within which a side is not to be seen
FEWEST = 0.1  # of the doors that have to be on the streets of their own town

Ints = npt.NDArray[np.int32]


class Joined(NamedTuple):
    """Where each door is on the network."""

    edge: Ints
    """The edge it is on, shape (doors,); -1: outside of the street file."""
    along: Floats
    """Metres from end `a` along the line."""
    side: npt.NDArray[np.int8]
    """-1: left of the line as it is drawn, 1: right, 0: not known."""
    off: Floats
    """Metres from the line; NaN where there is none."""


def join(
    laid: Laid,
    x: Floats,
    y: Floats,
    street: Texts | None = None,
    number: Texts | None = None,
) -> Joined:
    """Join doors to the streets that they are on.

    Args:
        laid: The streets, on the plane of the doors.
        x: Metres east of each door, shape (doors,). NaN: it has no place, and no edge.
        y: Metres north, same shape.
        street: The street of each door's address, as it is spelled; null: not known.
        number: Its house number, as it is spelled, such as 221-31 or 12A.

    Raises:
        OtherTown: Hardly any door has a street within reach.
    """
    pieces = _pieces(laid)
    box = _box(pieces)
    there = np.flatnonzero(_inside(box, x, y))
    px, py = np.ascontiguousarray(x[there]), np.ascontiguousarray(y[there])
    names = called(laid.streets, street, there)
    piece = _found(pieces, px, py, names)
    _refuse_other_town(laid, x, y, int((piece >= 0).sum()))
    there, piece = there[piece >= 0], piece[piece >= 0]
    whole = Joined(
        np.full(x.size, -1, np.int32),
        np.full(x.size, np.nan),
        np.zeros(x.size, np.int8),
        np.full(x.size, np.nan),
    )
    edge, along, side, off = _placed(laid, pieces, piece, x[there], y[there])
    whole.edge[there], whole.along[there], whole.off[there] = edge, along, off
    whole.side[there] = side
    if number is not None:
        _take_sides(whole, number)
    return whole


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Straight pieces of the lines that doors may be on."""

    edge: Ints
    """The edge that each is of, shape (pieces,)."""
    place: Counts
    """The place of the lines at which it begins."""
    ends: tuple[Floats, Floats, Floats, Floats]
    """x0, y0, x1, y1."""
    shy: Floats


def _pieces(laid: Laid) -> _Pieces:
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
    x, y = lines.x, lines.y
    ends = x[place], y[place], x[place + 1], y[place + 1]
    return _Pieces(edge, place, ends, known.figures("shy")[kind])


Box = tuple[float, float, float, float]


def _box(pieces: _Pieces) -> Box:
    """Return west, south, east and north of all that is within reach of a piece."""
    x0, y0, x1, y1 = pieces.ends
    if not x0.size:
        return 0.0, 0.0, -1.0, -1.0
    west, south = min(x0.min(), x1.min()), min(y0.min(), y1.min())
    east, north = max(x0.max(), x1.max()), max(y0.max(), y1.max())
    return west - REACH, south - REACH, east + REACH, north + REACH


def _inside(box: Box, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
    """Say which places are in a box; NaN is in none."""
    west, south, east, north = box
    inside: npt.NDArray[np.bool_] = (x >= west) & (x <= east)
    return inside & (y >= south) & (y <= north)


def _found(pieces: _Pieces, x: Floats, y: Floats, names: Sequence[Called]) -> Ints:
    """Return the piece of each door, by the best name that a street near it has."""
    piece = np.full(x.size, -1, np.int32)
    if not x.size:
        return piece
    loops = kernels()
    grid = _grid(x, y)
    cut = loops.Pieces(*pieces.ends, np.empty(0, np.int32), pieces.shy)
    squares = loops.sorted_in(grid, cut)
    left = np.arange(x.size)
    for names_of_edges, names_of_doors in names:
        cut = cut._replace(name=names_of_edges[pieces.edge])
        sought, got = names_of_doors[left], np.empty(left.size, np.int32)
        reach = loops.Reach(OWN, REACH)
        loops.nearest(grid, *squares, cut, reach, x[left], y[left], sought, got)
        piece[left] = got
        left = left[(got < 0) | (sought < 0) | (cut.name[got] != sought)]
    return piece


def _grid(x: Floats, y: Floats) -> Any:
    """Return squares over doors and all that is within their reach."""
    west, south = float(x.min()) - REACH, float(y.min()) - REACH
    wide, high = (float(np.ptp(one)) + 2 * REACH for one in (x, y))
    side = max(SQUARE, float(np.sqrt(wide * high / SQUARES)))
    columns, rows = int(wide // side) + 1, int(high // side) + 1
    return kernels().Grid(west, south, side, columns, rows)


def _placed(
    laid: Laid, pieces: _Pieces, piece: Ints, x: Floats, y: Floats
) -> tuple[Ints, Floats, Ints, Floats]:
    """Return the edge, metres along it, side and metres off it of doors."""
    x0, y0, x1, y1 = (end[piece] for end in pieces.ends)
    dx, dy, ax, ay = x1 - x0, y1 - y0, x - x0, y - y0
    length = np.hypot(dx, dy)
    share = (ax * dx + ay * dy) / np.maximum(length * length, 1e-12)
    share = np.clip(share, 0.0, 1.0)
    off = np.hypot(ax - share * dx, ay - share * dy)
    edge = pieces.edge[piece]
    upto = np.append(0.0, np.cumsum(legs(laid.lines)))
    along = upto[pieces.place[piece]] - upto[laid.lines.first[edge]] + share * length
    along = np.clip(along, 0.0, laid.network.metres[edge])
    right = np.where(dx * ay - dy * ax > 0.0, -1, 1)
    return edge, along, np.where(off < ON_LINE, 0, right).astype(np.int32), off


def _take_sides(doors: Joined, number: Texts) -> None:
    """Put doors on the line where the numbers of their parity are."""
    unsure = np.flatnonzero((doors.edge >= 0) & (doors.side == 0))
    if not unsure.size:
        return
    asked = np.zeros(int(doors.edge.max()) + 1, np.bool_)
    asked[doors.edge[unsure]] = True
    about = np.flatnonzero((doors.edge >= 0) & asked[doors.edge])
    odd = _odd(number, about)
    about, odd = about[odd >= 0], odd[odd >= 0]
    house = 2 * doors.edge[about].astype(np.int64) + odd
    votes = np.bincount(house, doors.side[about], 2 * asked.size)
    says = np.sign(votes[house])
    says = np.where(says == 0, -np.sign(votes[house ^ 1]), says)
    still = doors.side[about] == 0
    doors.side[about[still]] = says[still]


def _odd(number: Texts, rows: Counts) -> Ints:
    """Return 1 for odd house numbers, 0 for even ones, -1 where there is none."""
    last = pl.Series(number).gather(rows).cast(pl.String).str.extract(r"(\d)\D*$")
    odd: Ints = (last.cast(pl.Int32) % 2).fill_null(-1).to_numpy()
    return odd


def _refuse_other_town(laid: Laid, x: Floats, y: Floats, joined: int) -> None:
    """Refuse streets that hardly any door is on."""
    there = np.isfinite(x) & np.isfinite(y)
    doors = int(there.sum())
    if joined >= FEWEST * doors:
        return
    lon, lat = (float(np.median(one)) for one in (laid.streets.lon, laid.streets.lat))
    middle = np.median(x[there], keepdims=True), np.median(y[there], keepdims=True)
    at_lon, at_lat = (float(one[0]) for one in laid.plane.degrees(*middle))
    if abs(lat - at_lon) < 1.0 and abs(lon - at_lat) < 1.0:
        found = "the streets' longitudes and latitudes are exchanged"
    else:
        away = Geod(ellps="WGS84").inv(lon, lat, at_lon, at_lat)[2] / 1000
        found = f"the middle of the streets is {away:,.1f} km from theirs"
    raise OtherTown(doors=doors, outside=doors - joined, reach=REACH, found=found)
