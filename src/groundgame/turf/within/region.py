"""Which region each door is in: no turf has doors of two.

In:  doors on a plane, perhaps at their streets; borders in degrees, or a column.
Out: the same doors with a column REGION. Whoever cuts, cuts each region by itself.

A border divides the plane into faces (faces.py), with streets and without. A door that
stands on the very line, as many on a named road do, is on the side of the street that
its number or its place says.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from groundgame.errors import OtherBorder, RoadsWithoutStreets
from groundgame.turf.plane import Plane
from groundgame.turf.stops import Floats
from groundgame.turf.streets.network import Laid
from groundgame.turf.within.drawn import Borders
from groundgame.turf.within.faces import faces, which
from groundgame.turf.within.roads import called

REGION = "region"
"""The column that says in which region a door is; no turf has doors of two."""
ON_LINE = 1.0  # metres from a border, within which a door stands on it
ASIDE = 2.0  # metres that such a door is taken to stand off its street
MARGIN = 5000.0  # metres from the doors, beyond which lines are of another town

Names: TypeAlias = Any
"""A column of text, in one piece or several."""


def fenced(
    placed: pa.Table, borders: Borders, plane: Plane, laid: Laid | None = None
) -> pa.Table:
    """Return doors with the region that each is in.

    Args:
        placed: Doors on a plane; with streets, also at which they stand.
        borders: What no turf lies across.
        plane: The plane they are on.
        laid: The streets on it; None: there are none.

    Raises:
        OtherBorder: Every line is far from all doors.
        RoadsWithoutStreets: A road is named, and there are no streets.
        UnknownRoad: No street is called so.
    """
    if not borders:
        return placed
    x, y = (placed[name].to_numpy().astype(np.float64) for name in ("x", "y"))
    there = np.isfinite(x) & np.isfinite(y)
    lines = _drawn(borders, plane, laid)
    if not there.any():
        return _divided(placed, np.zeros(x.size, np.int32))
    lines = _near(lines, borders, plane, x[there], y[there])
    x, y = _aside(placed, lines, laid, x, y)
    return _divided(placed, which(faces(lines, x, y), x, y))


def parted(placed: pa.Table, names: Names) -> pa.Table:
    """Return doors of which those with different names are in different regions.

    Args:
        placed: Doors on a plane.
        names: A name for each row: its precinct, its chapter; null is a name too.
    """
    text = names.cast(pa.string())
    column = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    codes = column.dictionary_encode()
    rank = np.argsort(np.argsort(np.array(codes.dictionary.to_pylist(), dtype=str)))
    numbers = np.append(rank, -1).astype(np.int64)
    at = codes.indices.fill_null(len(rank)).to_numpy(zero_copy_only=False)
    return _divided(placed, numbers[at])


def _divided(placed: pa.Table, numbers: npt.NDArray[Any]) -> pa.Table:
    """Return doors divided by these numbers, and by the regions they had."""
    if REGION in placed.column_names:
        before = placed[REGION].to_numpy()
        both = np.column_stack((before, numbers))
        numbers = np.unique(both, axis=0, return_inverse=True)[1].reshape(-1)
        placed = placed.drop_columns([REGION])
    return placed.append_column(REGION, pa.array(numbers, pa.int32()))


def _drawn(borders: Borders, plane: Plane, laid: Laid | None) -> list[Any]:
    """Return borders as lines in metres."""
    lines = [_laid(line, plane) for line in borders.lines]
    for road in borders.roads:
        if laid is None:
            raise RoadsWithoutStreets
        lines += _edges(laid, np.flatnonzero(called(laid.streets, road)))
    return lines


def _laid(line: Sequence[tuple[float, float]], plane: Plane) -> Any:
    """Return a line in degrees as one in metres."""
    return shapely.linestrings(np.column_stack(plane.metres(*np.array(line).T)))


def _edges(laid: Laid, edges: npt.NDArray[Any]) -> list[Any]:
    """Return streets as lines in metres."""
    first = laid.lines.first
    whole = np.column_stack((laid.lines.x, laid.lines.y))
    return [shapely.linestrings(whole[first[n] : first[n + 1]]) for n in edges]


def _near(
    lines: Sequence[Any], borders: Borders, plane: Plane, x: Floats, y: Floats
) -> list[Any]:
    """Return the lines that are not far from all doors."""
    box = shapely.box(x.min(), y.min(), x.max(), y.max())
    far = _far(lines, box)
    near = [line for line, away in zip(lines, far, strict=True) if away <= MARGIN]
    if near:
        return near
    turned = [_laid([(lat, lon) for lon, lat in line], plane) for line in borders.lines]
    if _far(turned, box).min(initial=np.inf) <= MARGIN:
        raise OtherBorder("its longitudes and latitudes are exchanged")
    raise OtherBorder(f"the nearest is {far.min() / 1000:,.0f} km from them")


def _far(lines: Sequence[Any], box: Any) -> Floats:
    """Return how far lines are from a box; those across the globe infinitely."""
    finite = [np.isfinite(shapely.get_coordinates(line)).all() for line in lines]
    far = np.full(len(lines), np.inf)
    far[finite] = shapely.distance(np.array(lines, dtype=object)[finite], box)
    return far


def _aside(
    placed: pa.Table, lines: Sequence[Any], laid: Laid | None, x: Floats, y: Floats
) -> tuple[Floats, Floats]:
    """Return where doors are; those on a border are put on their side of the street."""
    if laid is None:
        return x, y
    edge, along, side = (placed[name].to_numpy() for name in ("edge", "along", "side"))
    known = np.flatnonzero(np.isfinite(x) & (edge >= 0) & (side != 0))
    points = shapely.points(x[known], y[known])
    tree = shapely.STRtree(list(lines))
    on = np.unique(tree.query(points, predicate="dwithin", distance=ON_LINE)[0])
    rows = known[on]
    if not rows.size:
        return x, y
    own, turn = np.unique(edge[rows], return_inverse=True)
    street = np.array(_edges(laid, own), dtype=object)[turn.reshape(-1)]
    ends = [
        shapely.get_coordinates(shapely.line_interpolate_point(street, at))
        for at in (np.maximum(along[rows] - ASIDE, 0.0), along[rows] + ASIDE)
    ]
    step = ends[1] - ends[0]
    step /= np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, None]
    middle = shapely.get_coordinates(
        shapely.line_interpolate_point(street, along[rows])
    )
    x, y = x.copy(), y.copy()
    x[rows] = middle[:, 0] + side[rows] * step[:, 1] * ASIDE
    y[rows] = middle[:, 1] - side[rows] * step[:, 0] * ASIDE
    return x, y
