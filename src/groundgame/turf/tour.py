"""One good walk through all stops: what turfs are cut from."""

from types import ModuleType

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from groundgame.turf.stops import Floats

NEIGHBOURS = 8  # stops that a move looks at


def kernels() -> ModuleType:
    """Return the compiled loops. They are loaded when something is to be cut."""
    from groundgame.turf import kernels as loaded  # noqa: PLC0415  # numba loads slowly

    return loaded


def nearest(x: Floats, y: Floats, count: int) -> npt.NDArray[np.int32]:
    """Return the nearest stops of each stop, nearest first, itself among them."""
    places = np.column_stack((x, y))
    near = cKDTree(places).query(places, k=np.arange(1, min(count, x.size) + 1))[1]
    return np.ascontiguousarray(near, dtype=np.int32)


def long_walk(x: Floats, y: Floats, tries: float, seed: int) -> npt.NDArray[np.int64]:
    """Return one open walk through all stops, from whichever end to whichever.

    Args:
        x: Metres east of each stop, the stops along a space-filling curve or in another
            order to start from; no two of them at one place. Shape (n,).
        y: Metres north, same shape.
        tries: How many times a stop to try to shorten it; see kernels.search.
        seed: Where the tries fall.

    Returns:
        The stops in walking order, shape (n,).
    """
    n = x.size
    found = nearest(x, y, NEIGHBOURS + 1)
    near = np.full((n + 1, found.shape[1] + 1), n, np.int32)  # the open end before all
    near[:n, 1:] = found
    tour = np.arange(n + 1, dtype=np.int32)
    kernels().search(tour, near, x, y, np.empty((0, 0)), int(tries * n), seed)
    end = int(np.flatnonzero(tour == n)[0])
    return np.roll(tour, -end)[1:].astype(np.int64)
