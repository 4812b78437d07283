"""One good walk through all stops: what turfs are cut from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from groundgame.turf.footing import along_streets
from groundgame.turf.loops import kernels
from groundgame.turf.stops import Counts, Floats

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

NEIGHBOURS = 10  # stops that a move of the long walk looks at
AROUND = 12  # stops near a stop that are known
FULLEST = 100  # stops of a square, up to which a grid is quick
SPREAD = 0.05  # of the squares that are not empty, from which on it is
OWN = 5  # of them on one side of one street: a walk has to leave it somewhere
MORE = 10  # stops looked at beside them, where streets decide who is near


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest stops of each stop, itself first, and how far they are."""

    near: npt.NDArray[np.int32]
    """Shape (n, k)."""
    gap: Floats
    """Metres, same shape."""

    def of(self, stops: Counts) -> Self:
        """Return the same for all stops in another order, numbered by that order."""
        place = np.empty(stops.size, np.int32)
        place[stops] = np.arange(stops.size)
        return type(self)(place[self.near[stops]], self.gap[stops])


def nearest(x: Floats, y: Floats, count: int) -> npt.NDArray[np.int32]:
    """Return the nearest stops in straight lines, nearest first, itself among them."""
    count = min(count, x.size)
    grid = kernels().squares(x, y)
    stops = np.diff(grid.begins)
    near: Any
    if stops.max() <= FULLEST and np.count_nonzero(stops) >= SPREAD * stops.size:
        near = kernels().on_plane(grid, count)
    else:
        places, ranks = np.column_stack((x, y)), np.arange(1, count + 1)
        near = cKDTree(places).query(places, k=ranks)[1]
    return np.ascontiguousarray(near, dtype=np.int32)


def neighbours(ground: "Ground", count: int | None = None) -> Neighbours:
    """Return the `count` nearest other stops of each stop.

    On streets they are chosen among the nearest in straight lines.
    """
    count = count or AROUND
    near = nearest(ground.x, ground.y, 1 + count + (MORE if ground.edge.size else 0))
    return Neighbours(*kernels().closest(ground, near, 1 + count, OWN))


def _short(gap: Floats) -> Counts:
    """Return legs by length, numbered row by row; of equals the first comes first.

    A length above 0 and a number are one whole number, which is sorted in a third of
    the time that a sort by length takes.
    """
    key = gap.astype(np.float32).view(np.int32).astype(np.int64).reshape(-1) << 32
    key |= np.arange(key.size)
    key.sort()
    return key & 0xFFFFFFFF


def long_walk(
    ground: "Ground", near: Neighbours, tries: float, seed: int
) -> npt.NDArray[np.int64]:
    """Return one open walk through all stops, from whichever end to whichever.

    Args:
        ground: Where the stops are; no two of them at one place.
        near: The stops around each.
        tries: How many times a stop to try to shorten it; see kernels.search.
        seed: Where the tries fall.

    Returns:
        The stops in walking order, shape (n,).
    """
    n = ground.x.size
    many = min(1 + NEIGHBOURS, near.near.shape[1])
    close = np.full((n + 1, many), n, np.int32)  # the open end before all others
    gap = np.zeros(close.shape)
    close[:n, 1:], gap[:n, 1:] = near.near[:, 1:many], near.gap[:, 1:many]
    listed = along_streets(ground).astype(np.int32)
    start = kernels().begin(near.near[:, :many].copy(), _short(gap[:n, 1:]), listed)
    tour = np.append(n, start).astype(np.int32)
    kernels().search(tour, close, gap, ground, np.empty((0, 0)), int(tries * n), seed)
    end = int(np.flatnonzero(tour == n)[0])
    return np.roll(tour, -end)[1:].astype(np.int64)
