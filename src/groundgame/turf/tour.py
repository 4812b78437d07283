"""One good walk through all stops: what turfs are cut from."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from groundgame.turf.footing import along_streets
from groundgame.turf.loops import kernels

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground

NEIGHBOURS = 8  # stops that a move looks at
MORE = 8  # stops looked at beside them, where streets decide who is near


def nearest(
    ground: "Ground", count: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Return the nearest stops of each stop, itself first, and how far they are.

    On streets they are chosen among the nearest in straight lines.
    """
    places = np.column_stack((ground.x, ground.y))
    many = min(count + MORE if ground.edge.size else count, ground.x.size)
    ranks = np.arange(1, many + 1)
    near = cKDTree(places).query(places, k=ranks)[1].astype(np.int32)
    found: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.float64]
    found, gaps = kernels().closest(ground, near, count)
    return found, gaps


def long_walk(ground: "Ground", tries: float, seed: int) -> npt.NDArray[np.int64]:
    """Return one open walk through all stops, from whichever end to whichever.

    Args:
        ground: Where the stops are, along a space-filling curve or in another order to
            start from; no two of them at one place.
        tries: How many times a stop to try to shorten it; see kernels.search.
        seed: Where the tries fall.

    Returns:
        The stops in walking order, shape (n,).
    """
    n = ground.x.size
    found, far = nearest(ground, NEIGHBOURS + 1)
    near = np.full((n + 1, found.shape[1]), n, np.int32)  # the open end before all
    gap = np.zeros(near.shape)
    near[:n, 1:], gap[:n, 1:] = found[:, 1:], far[:, 1:]  # and no stop is its own
    start = kernels().begin(found, far, along_streets(ground).astype(np.int32))
    tour = np.append(n, start).astype(np.int32)
    kernels().search(tour, near, gap, ground, np.empty((0, 0)), int(tries * n), seed)
    end = int(np.flatnonzero(tour == n)[0])
    return np.roll(tour, -end)[1:].astype(np.int64)
