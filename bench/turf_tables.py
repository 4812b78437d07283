"""Tables and plots of what is measured: printed as they come, and written beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from bench.turf_world import World
from groundgame.turf.streets import Lines

mpl.rcParams |= {"svg.hashsalt": "groundgame", "svg.fonttype": "none"}
INK = "#333333"


@dataclass
class Table:
    """One question and its answer: a heading, columns, and a row for each way."""

    title: str
    heads: Sequence[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    note: str = ""
    """What is to be said below it."""

    def add(self, *cells: object) -> None:
        """Add a row, and print it."""
        if not self.rows:
            print(f"\n{self.title}\n\n{self._line(self.heads)}\n{self._rule()}")
        self.rows.append(tuple(str(cell) for cell in cells))
        print(self._line(self.rows[-1]), flush=True)

    def text(self) -> str:
        """Return the table in Markdown."""
        lines = [self._line(self.heads), self._rule(), *map(self._line, self.rows)]
        return f"{self.title}\n\n" + "\n".join(lines) + f"\n\n{self.note}\n"

    def _line(self, cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    def _rule(self) -> str:
        return "|" + "---|" * len(self.heads)


def plot(
    path: Path,
    lines: dict[str, tuple[Sequence[float], Sequence[float]]],
    labels: tuple[str, str],
    *,
    log_y: bool = False,
) -> None:
    """Draw points, and lines through those of one name; x goes by factors of ten."""
    figure = Figure(figsize=(6.4, 4.0), layout="constrained")
    axes = figure.add_subplot()
    marks = "os^Dvp*X<>"
    for (name, (x, y)), mark in zip(lines.items(), marks * 3, strict=False):
        axes.plot(x, y, marker=mark, label=name, linewidth=1.2, markersize=5)
    axes.set_xscale("log")
    if log_y:
        axes.set_yscale("log")
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(fontsize=7, frameon=False)
    figure.savefig(path, metadata={"Date": None})


Box = tuple[float, float, float, float]


def streets_in(lines: Lines, box: Box) -> list[Any]:
    """Return the lines of streets that have a place in a box (west to north)."""
    west, south, east, north = box
    inside = (lines.x > west) & (lines.x < east)
    inside &= (lines.y > south) & (lines.y < north)
    there = np.maximum.reduceat(inside, lines.first[:-1])
    return [
        np.column_stack((lines.x[a:b], lines.y[a:b]))
        for a, b in zip(lines.first[:-1][there], lines.first[1:][there], strict=True)
    ]


class Picture(NamedTuple):
    """Walks on streets."""

    world: World
    made: Any


def draw(path: Path, picture: Picture, box: Box, inches: float) -> None:
    """Draw the walks of turfs on streets, a colour for each turf, cut to a box."""
    figure = Figure(figsize=(inches, inches), dpi=130)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    grey = LineCollection(
        streets_in(picture.world.lines, box), colors="#cfcfcf", linewidths=1.0
    )
    axes.add_collection(grey)
    turf, x, y = walked_places(picture.world, picture.made)
    more = 0.3 * (box[2] - box[0])  # legs that lead out of the box are drawn
    inside = (x > box[0] - more) & (x < box[2] + more)
    inside &= (y > box[1] - more) & (y < box[3] + more)
    run = np.where(inside, turf, -1)
    ends = np.flatnonzero(np.diff(run)) + 1
    tints = mpl.colormaps["tab20"](np.arange(20))
    tint = tints[(turf * 7) % 20]  # turfs that follow one another differ
    drawn = [k for k in np.split(np.arange(x.size), ends) if inside[k[0]]]
    fine = 1.4 * 1500.0 / max(box[2] - box[0], 1500.0)
    walks = [np.column_stack((x[k], y[k])) for k in drawn]
    colours = [tint[k[0]] for k in drawn]
    axes.add_collection(LineCollection(walks, colors=colours, linewidths=0.6 + fine))
    size = 2.0 + 5.0 * fine
    axes.scatter(x[inside], y[inside], s=size, c=tint[inside], linewidths=0)
    axes.set_xlim(box[0], box[2])
    axes.set_ylim(box[1], box[3])
    axes.set_axis_off()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def walked_places(world: World, made: Any) -> tuple[Any, Any, Any]:
    """Return turf (from 0), x and y of each door in walking order."""
    made = made.sort_by([("turf", "ascending"), ("position", "ascending")])
    joined = made.join(world.placed.select(["door_id", "x", "y"]), "door_id")
    joined = joined.sort_by([("turf", "ascending"), ("position", "ascending")])
    turf, x, y = (joined[name].to_numpy() for name in ("turf", "x", "y"))
    there = np.isfinite(x)
    return np.unique(turf[there], return_inverse=True)[1], x[there], y[there]
