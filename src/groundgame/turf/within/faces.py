"""Lines on a plane, and the faces that they divide it into.

In:  lines in metres. Out: areas. No two of them overlap, and together they are a frame
around everything.

A line that ends among the doors would divide nothing: one could walk around its end.
So it goes on from there: to an end or a line within SNAP metres, or else straight to
the next line, or out of town. How far around an end is too far nobody could say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from groundgame.turf.stops import Floats

GRID = 0.1  # metres; places that agree so far are one
SNAP = 25.0  # metres over which ends of lines are joined
OVER = 0.3  # metres that a line goes on beyond the one it meets, so that they cross
AROUND = 1000.0  # metres of frame around everything

Shapes = npt.NDArray[np.object_]


def faces(lines: Sequence[Any], x: Floats, y: Floats) -> Shapes:
    """Return the faces that lines divide the plane of some doors into.

    Args:
        lines: shapely.LineString in metres.
        x: Metres east of each door.
        y: Metres north.

    Returns:
        Polygons, those to the west and south first, whatever the order of the lines.
    """
    frame = _frame(lines, x, y)
    merged = shapely.line_merge(shapely.unary_union(list(lines), grid_size=GRID))
    parts = shapely.get_parts(merged)
    tails = _tails(parts, shapely.boundary(frame))
    knots = [*parts, *tails, shapely.boundary(frame)]
    whole = shapely.get_parts(shapely.unary_union(knots, grid_size=GRID))
    found = shapely.get_parts(shapely.polygonize(whole))
    bounds = shapely.bounds(found)
    area = shapely.area(found)
    ranked: Shapes = found[np.lexsort((area, *bounds.T[::-1]))]
    return ranked


def which(areas: Shapes, x: Floats, y: Floats) -> npt.NDArray[np.int32]:
    """Return the face of each place, from 0; -1 for what is no place.

    One on a border is in the first of its faces.
    """
    found = np.full(x.size, -1, np.int32)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    points = shapely.points(x[known], y[known])
    shapely.prepare(areas)
    place, area = shapely.STRtree(areas).query(points, predicate="intersects")
    first = np.full(known.size, len(areas), np.int64)
    np.minimum.at(first, place, area)
    found[known] = np.where(first < len(areas), first, -1)
    return found


def _frame(lines: Sequence[Any], x: Floats, y: Floats) -> Any:
    """Return a box around all doors and lines."""
    west, south, east, north = shapely.total_bounds(list(lines))
    there = np.isfinite(x) & np.isfinite(y)
    px, py = x[there], y[there]
    return shapely.box(
        min(px.min(initial=west), west) - AROUND,
        min(py.min(initial=south), south) - AROUND,
        max(px.max(initial=east), east) + AROUND,
        max(py.max(initial=north), north) + AROUND,
    )


def _tails(parts: Shapes, frame: Any) -> list[Any]:
    """Return what goes on from each end that leads nowhere."""
    open_ = np.flatnonzero(~shapely.is_closed(parts)).tolist()
    ends = [
        (n, shapely.get_coordinates(parts[n])[::way]) for n in open_ for way in (1, -1)
    ]
    if not ends:
        return []
    at = np.array([places[0] for _n, places in ends])
    corner, count = np.unique(
        np.round(at / GRID).astype(np.int64),
        axis=0,
        return_inverse=True,
        return_counts=True,
    )[1:]
    loose = np.flatnonzero(count[corner.reshape(-1)] == 1)
    town = _Town(parts, shapely.STRtree(parts), at[loose], frame)
    return [_tail(town, *ends[k]) for k in loose]


@dataclass(frozen=True, slots=True)
class _Town:
    """What an end may meet."""

    parts: Shapes
    tree: Any
    loose: Floats
    """Where the ends are that lead nowhere, shape (ends, 2)."""
    frame: Any


def _tail(town: _Town, own: int, places: Floats) -> Any:
    """Return what goes on from the first place of a line."""
    far = np.hypot(*(town.loose - places[0]).T)
    far[far < GRID] = np.inf
    if shapely.length(town.parts[own]) < 2 * SNAP:  # its other end is none to join
        far[np.hypot(*(town.loose - places[-1]).T) < GRID] = np.inf
    if far.min() <= SNAP:
        return shapely.linestrings([places[0], town.loose[np.argmin(far)]])
    end = shapely.points(places[0])
    near = town.tree.query(end, predicate="dwithin", distance=SNAP)
    near = near[near != own]
    if near.size:
        gaps = shapely.distance(town.parts[near], end)
        there = shapely.shortest_line(end, town.parts[near[np.argmin(gaps)]])
        return _longer(shapely.get_coordinates(there))
    return _straight_on(town, places)


def _straight_on(town: _Town, places: Floats) -> Any:
    """Return the way straight on from the first place, to the first that it meets."""
    steps = places - places[0]
    away = np.hypot(steps[:, 0], steps[:, 1])
    before = int(np.argmax(away >= min(SNAP, float(away.max()))))
    way = -steps[before] / away[before]
    far = shapely.length(town.frame)
    ray = shapely.linestrings([places[0] + way * 2 * GRID, places[0] + way * far])
    met = town.parts[town.tree.query(ray, predicate="intersects")]
    hits = shapely.intersection(ray, np.append(met, town.frame))
    gone = np.hypot(*(shapely.get_coordinates(hits) - places[0]).T)
    return _longer(np.array([places[0], places[0] + way * gone.min()]))


def _longer(places: Floats) -> Any:
    """Return a straight line that goes on a little beyond its end."""
    step = places[-1] - places[0]
    length = max(float(np.hypot(*step)), 1e-9)
    return shapely.linestrings([places[0], places[-1] + step / length * OVER])
