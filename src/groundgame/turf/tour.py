"""One good walk through all stops: what turfs are cut from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from groundgame.turf.footing import along_streets
from groundgame.turf.loops import kernels
from groundgame.turf.stops import Counts, Floats

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

NEIGHBOURS = 10  # stops that a move of the long walk looks at
FULLEST = 100  # stops of a square, up to which a grid is quick
SPREAD = 0.03  # of the squares that are not empty, from which on it is


class Look(NamedTuple):
    """How many stops around each stop are known."""

    around: int
    own: int
    """Of them on its own street: a walk has to leave it somewhere."""
    more: int
    """Looked at beside them, where streets decide who is near."""


WELL = Look(around=12, own=5, more=10)
BRIEFLY = Look(around=8, own=4, more=8)
"""Where there is hardly time to try what is known."""
HURRY = 0.4
"""The effort below which there is not."""


def look(effort: float) -> Look:
    """Return how far to look around in a cut of so much effort."""
    return WELL if effort >= HURRY else BRIEFLY


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest stops of each stop, itself first, and how far they are."""

    near: npt.NDArray[np.int32]
    """Shape (n, k)."""
    gap: Floats
    """Metres, same shape."""

    def of(self, stops: Counts) -> Self:
        """Return the same for all stops in another order, numbered by that order.

        Where one comes several times, other rows know one of its rows, and each of them
        knows the next.
        """
        near, gap = self.near[stops], self.gap[stops]
        order, row = np.argsort(stops, kind="stable"), np.arange(stops.size)
        count = np.bincount(stops, minlength=len(self.near))
        first = np.cumsum(count) - count
        place = order[first[near] + row[:, None] % count[near]]
        next_ = np.empty_like(order)
        next_[order] = row + 1
        place[:, 0] = order[first[stops] + (next_ - first[stops]) % count[stops]]
        return type(self)(place.astype(np.int32), gap)


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


def neighbours(ground: "Ground", known: Look = WELL) -> Neighbours:
    """Return the nearest other stops of each stop.

    On streets they are chosen among the nearest in straight lines.
    """
    more = known.more if ground.edge.size else 0
    near = nearest(ground.x, ground.y, 1 + known.around + more)
    return Neighbours(*kernels().closest(ground, near, 1 + known.around, known.own))


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
