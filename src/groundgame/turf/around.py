"""Which stops to try as the next of each: the nearest, and those on the other sides.

In:  places on a plane. Out: for each, some others, nearest first.

The nearest alone are all in one heap where stops lie in heaps, and no move would ever
look across the gap. So the corners of its Delaunay triangles are among them: of the
places in any direction, the one that nothing else stands before.
"""

import numpy as np
import numpy.typing as npt
from scipy.spatial import Delaunay, QhullError

from groundgame.turf.stops import Floats
from groundgame.turf.tour import nearest

NEAREST = 7  # stops that are taken whatever their direction
WIDTH = 14  # stops of each, at most


def around(x: Floats, y: Floats) -> npt.NDArray[np.int32]:
    """Return some stops around each stop, nearest first, filled up with itself.

    Args:
        x: Metres east of each stop, no two of them at one place, shape (n,).
        y: Metres north, same shape.

    Returns:
        Stops, shape (n, WIDTH).
    """
    n = x.size
    near = nearest(x, y, NEAREST + 1)
    pairs = np.column_stack((np.repeat(np.arange(n), near.shape[1]), near.ravel()))
    pairs = np.unique(np.vstack((pairs, _corners(x, y))), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    a, b = pairs.T
    pairs = pairs[np.lexsort((np.hypot(x[a] - x[b], y[a] - y[b]), a))]
    a, b = pairs.T
    rank = np.arange(a.size) - np.searchsorted(a, a)
    kept = rank < WIDTH
    found = np.repeat(np.arange(n, dtype=np.int32)[:, None], WIDTH, axis=1)
    found[a[kept], rank[kept]] = b[kept]
    return found


def _corners(x: Floats, y: Floats) -> npt.NDArray[np.int64]:
    """Return the pairs that share a triangle, both ways, shape (pairs, 2).

    Places on one line have no triangles. "QJ" shifts them a little rather than leave
    places out of all triangles where four lie on one circle, as on a grid.
    """
    try:
        starts, corners = Delaunay(
            np.column_stack((x, y)), qhull_options="QJ"
        ).vertex_neighbor_vertices
    except (QhullError, ValueError):
        return np.empty((0, 2), np.int64)
    return np.column_stack(
        (np.repeat(np.arange(x.size), np.diff(starts)), corners)
    ).astype(np.int64)
