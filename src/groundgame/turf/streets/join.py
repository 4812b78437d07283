"""Which street each door is on, how far along it, and on which side.

In:  streets on a plane; doors on the same, with the street and the number of their
     address where those are known.
Out: an edge for each door, or none: no street is within REACH of it.

A corner house is often nearer to the other street. So the nearest edge of the street
that the address names is the door's, where one is within OWN; then the nearest that has
the same name but for directions and spaces (McLean St for East Mc Lean Street); then
the nearest of any. A door that stands on the line itself is on the side where the
numbers of its parity are on that edge.
"""

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from pyproj import Geod

from groundgame.errors import OtherTown
from groundgame.turf.stops import Counts, Floats
from groundgame.turf.streets.called import Texts
from groundgame.turf.streets.network import Laid
from groundgame.turf.streets.search import REACH, Search
from groundgame.values import Here

BLOCK = 1 << 18  # doors that are joined at once
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
    search = Search.of(laid, x, y, street)
    there = np.flatnonzero(search.inside(x, y))
    blocks = np.array_split(there, max(1, -(-there.size // BLOCK)))
    whole = Joined(
        np.full(x.size, -1, np.int32),
        np.full(x.size, np.nan),
        np.zeros(x.size, np.int8),
        np.full(x.size, np.nan),
    )
    work = partial(_block, laid, search, x, y)
    columns: tuple[npt.NDArray[Any], ...] = whole
    for rows, one in zip(blocks, Here().map(work, blocks), strict=True):
        for column, part in zip(columns, one, strict=True):
            column[rows] = part
    _refuse_other_town(laid, x, y, int((whole.edge >= 0).sum()))
    if number is not None:
        _take_sides(whole, number)
    return whole


def _block(laid: Laid, search: Search, x: Floats, y: Floats, rows: Counts) -> Joined:
    """Join some of the doors, by row."""
    px, py = x[rows], y[rows]
    piece = search.found(px, py, rows)
    x0, y0, x1, y1 = (end[piece] for end in search.pieces.ends)
    dx, dy, ax, ay = x1 - x0, y1 - y0, px - x0, py - y0
    length = np.hypot(dx, dy)
    share = (ax * dx + ay * dy) / np.maximum(length * length, 1e-12)
    share = np.clip(share, 0.0, 1.0)
    off = np.hypot(ax - share * dx, ay - share * dy)
    edge = search.pieces.edge[piece]
    along = search.pieces.before[piece] + share * length
    along = np.minimum(along, laid.network.metres[edge])
    side = np.where(dx * ay - dy * ax > 0.0, -1, 1)
    none = piece < 0
    return Joined(
        np.where(none, np.int32(-1), edge),
        np.where(none, np.nan, along),
        np.where(none | (off < ON_LINE), 0, side).astype(np.int8),
        np.where(none, np.nan, off),
    )


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
