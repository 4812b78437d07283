"""Doors by density: what a map shows where there are too many doors to show each.

In:  where doors are, as degrees.
Out: a folder of small arrays, made once; and from it, for what a map shows at the
     moment, either the doors themselves (few) or squares with the number of doors in
     each (many).

Squares are those of the web's own map grid (Mercator), halved at each level: a square
of level n is a 2**n-th of the world wide. For every level there is one table of squares
in the order of their rows, so that what is in view is one slice of it and a mask: a few
milliseconds for four million doors. Squares finer than a village are counted when they
are looked at, for few doors are in view then.
"""

import json
import math
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from groundgame.values import load_array

COARSEST, STORED, FINEST = 4, 16, 22
SQUARES_A_TILE = 5
"""Levels between a map's zoom and its squares: 32 across a tile, 16 pixels each."""
FEW = 5_000
EDGE = 85.0
"""Degrees north and south at which the web's grid ends."""
OUTER = 0.03
"""Share of doors at each side that the first view may leave out."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows at the moment: doors where they are few, else squares."""

    doors: int
    level: int
    squares: list[list[int]]
    """Column, row and number of doors, each."""
    points: list[list[float]]
    """Degrees east and north, each."""

    def as_dict(self) -> dict[str, Any]:
        """Return what a map reads."""
        return {
            "doors": self.doors,
            "level": self.level,
            "squares": self.squares,
            "points": self.points,
        }


def build(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    folder: Path,
    *,
    more: Callable[[Path], Mapping[str, Any]] | None = None,
) -> None:
    """Write the arrays of some doors into a new folder; those without a place not.

    What `more` returns is kept with them, for `about`; it may write into the folder.
    """
    there = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= EDGE)
    x, y = on_grid(lon[there], lat[there])
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    order = np.argsort(y, kind="stable")
    np.save(making / "x.npy", x[order])
    np.save(making / "y.npy", y[order])
    _write_levels(x, y, making)
    about: dict[str, Any] = {"doors": int(x.size), "bounds": None, "most": None}
    about |= more(making) if more else {}
    if x.size:
        about["bounds"] = _box(x, y, 0.0)
        about["most"] = _box(x, y, OUTER)
    (making / "about.json").write_text(json.dumps(about), encoding="ascii")
    try:
        making.rename(folder)
    except OSError:  # somebody else was first, with the same
        shutil.rmtree(making)


def about(folder: Path) -> dict[str, Any]:
    """Return how many doors there are, the box of all, and the box of nearly all."""
    found: dict[str, Any] = json.loads((folder / "about.json").read_text("ascii"))
    return found


def view(folder: Path, box: Box, zoom: float) -> View:
    """Return what a map of this box shows at this zoom."""
    level = min(max(round(zoom) + SQUARES_A_TILE, COARSEST), FINEST)
    (west, east), (south, north) = on_grid(
        np.array(box[::2]), np.clip(np.array(box[1::2]), -EDGE, EDGE)
    )
    edges = (west, north, east, south)
    if level <= STORED:
        squares = _squares(folder, level, edges)
        doors = int(squares[:, 2].sum())
        if doors > 4 * FEW:  # in the squares at the rim, doors may be out of view
            return View(doors, level, squares.tolist(), [])
    x, y = _points(folder, edges)
    if x.size > FEW:
        return View(int(x.size), level, _count(x, y, level).tolist(), [])
    places = np.column_stack([each.round(6) for each in off_grid(x, y)])
    return View(int(x.size), level, [], places.tolist())


def on_grid(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return places on the web's grid: from 0 in the west and north to 1."""
    x = lon / 360.0 + 0.5
    y = 0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * math.pi)
    return x, y


def off_grid(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the degrees of places on the web's grid."""
    return (x - 0.5) * 360.0, np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * math.pi)))


def _write_levels(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], folder: Path
) -> None:
    """Write the squares of every level: the finest by sorting, others from the next."""
    table = _count(x, y, STORED)
    for level in range(STORED, COARSEST - 1, -1):
        np.save(folder / f"level-{level}.npy", table)
        side = 1 << (level - 1)
        half = (table[:, 1] >> 1) * side + (table[:, 0] >> 1)
        keys, where = np.unique(half, return_inverse=True)
        counts = np.bincount(where, weights=table[:, 2], minlength=keys.size)
        table = _table(keys, counts, side)


def _count(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], level: int
) -> npt.NDArray[np.int64]:
    """Return the squares of a level with the number of these doors in each."""
    side = 1 << level
    column = np.clip(x * side, 0, side - 1).astype(np.int64)
    row = np.clip(y * side, 0, side - 1).astype(np.int64)
    keys, counts = np.unique(row * side + column, return_counts=True)
    return _table(keys, counts, side)


def _table(
    keys: npt.NDArray[np.int64], counts: npt.NDArray[Any], side: int
) -> npt.NDArray[np.int64]:
    """Return column, row and number of doors of some squares, by row."""
    rows, columns = np.divmod(keys, side)
    return np.column_stack([columns, rows, counts]).astype(np.int64)


def _squares(folder: Path, level: int, edges: Box) -> npt.NDArray[np.int64]:
    """Return the squares of a level that lie in a box of the grid."""
    west, north, east, south = (int(edge * (1 << level)) for edge in edges)
    table = load_array(folder / f"level-{level}.npy", mapped="r")
    first = np.searchsorted(table[:, 1], north, side="left")
    last = np.searchsorted(table[:, 1], south, side="right")
    band = np.asarray(table[first:last])
    inside: npt.NDArray[np.int64] = band[(band[:, 0] >= west) & (band[:, 0] <= east)]
    return inside


def _points(
    folder: Path, edges: Box
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the doors in a box of the grid."""
    west, north, east, south = edges
    y = load_array(folder / "y.npy", mapped="r")
    x = load_array(folder / "x.npy", mapped="r")
    band = slice(int(np.searchsorted(y, north)), int(np.searchsorted(y, south)))
    inside = (x[band] >= west) & (x[band] <= east)
    return np.asarray(x[band])[inside], np.asarray(y[band])[inside]


def _box(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], outer: float
) -> list[float]:
    """Return the box around doors, without this share of them at each side."""
    (west, east), (north, south) = (
        np.quantile(each, [outer, 1 - outer]) for each in (x, y)
    )
    lon, lat = off_grid(np.array([west, east]), np.array([south, north]))
    return [float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])]
