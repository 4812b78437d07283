"""Doors and the ground they are on, and one function that judges every way to cut them.

In:  an invented town of bench/town.py, or the doors and streets of a real one.
Out: a World; and of turfs that anybody made of it: metres, seconds, what is outside.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from bench import town
from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.turf.cut import LONG
from groundgame.turf.stand import stand
from groundgame.turf.streets import Lines, Network, Streets, lay
from groundgame.values import Seed

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

LEAST, MOST, MEAN = 40, 50, 45
PACE = 80.0  # metres a minute on foot


@dataclass(frozen=True)
class World:
    """Doors at their streets."""

    placed: pa.Table
    """As groundgame.tables.PLACED, with edge, along and side."""
    street: Counts
    """A number for the street of each door's address, in the order of their names."""
    number: Floats
    """Its house number."""
    lines: Lines
    """Where the streets are."""
    network: Network | None
    """What is walked on; None for straight lines."""

    @classmethod
    def of(cls, doors: pa.Table, streets: Streets) -> Self:
        """Put doors (door_id, lon, lat, street, number) at their streets."""
        standing = stand(doors, streets)
        digits = pl.Series(doors["number"]).cast(pl.String).str.replace_all(r"\D", "")
        number = digits.cast(pl.Float64, strict=False).fill_null(0.0).to_numpy()
        named = pl.Series(doors["street"]).cast(pl.String).fill_null("")
        street = named.rank("dense").to_numpy().astype(np.int64)
        lines = lay(streets, turf.plane_of(doors)).lines
        return cls(standing.placed, street, number, lines, standing.network)

    @property
    def count(self) -> int:
        """How many doors there are."""
        return int(self.placed.num_rows)

    @property
    def x(self) -> Floats:
        """Metres east of each door."""
        return self.placed["x"].to_numpy()

    @property
    def y(self) -> Floats:
        """Metres north of it."""
        return self.placed["y"].to_numpy()

    def straight(self) -> "World":
        """Return the same doors without streets."""
        return replace(self, network=None)

    def take(self, rows: Counts) -> "World":
        """Return some of the doors."""
        placed = self.placed.take(rows)
        return World(
            placed,
            self.street[rows],
            self.number[rows],
            self.lines,
            self.network,
        )

    def as_turfs(self, label: Counts, rank: Counts) -> pa.Table:
        """Return a TURFS table: doors with one label are a turf, walked by rank."""
        turfs = np.unique(label, return_inverse=True)[1].reshape(-1)
        columns: dict[str, Any] = {"turf": turfs + 1, "position": rank + 1}
        return pa.table({"door_id": self.placed["door_id"], **columns})

    def ordered(self, label: Counts) -> pa.Table:
        """Return turfs whose doors are in our order."""
        turfs = self.as_turfs(label, np.arange(label.size))
        return turf.order(turfs, self.placed, network=self.network)


Way = Callable[[World], pa.Table]


class Judged(NamedTuple):
    """What came of one way."""

    km: float
    cpu: float
    """Seconds of the processor."""
    turfs: int
    outside: int
    """Turfs that have not 40 to 50 doors."""
    made: pa.Table


def judged(way: Way, world: World) -> Judged:
    """Cut a world, and measure what was made, always in the same way."""
    started = process_time()
    made = way(world)
    cpu = process_time() - started
    return judgement(world, made, cpu)


def judgement(world: World, made: pa.Table, cpu: float) -> Judged:
    """Measure turfs that somebody made of a world.

    Raises:
        SystemExit: A door is missing, or is there twice.
    """
    ids = (pl.Series(one["door_id"]).sort() for one in (made, world.placed))
    if not next(ids).equals(next(ids)):
        raise SystemExit("a way to cut has lost a door, or has one twice")
    walks = turf.measure(made, world.placed, network=world.network)
    size = walks["doors"].to_numpy()
    outside = int(((size < LEAST) | (size > MOST)).sum())
    km = walks["metres"].to_numpy().sum() / 1000
    return Judged(float(km), cpu, size.size, outside, made)


def invented(doors: int, seed: int, *, state: bool = False) -> World:
    """Return an invented town, or a state of towns: one seed, one world."""
    with tempfile.TemporaryDirectory() as folder:
        town.make(doors, Path(folder), seed=seed, state=state)
        return opened(Path(folder))


def opened(folder: Path) -> World:
    """Return the world whose doors.parquet and streets.parquet are in a folder."""
    doors = pq.read_table(folder / "doors.parquet")
    return World.of(doors, Streets.open(folder / "streets.parquet"))


def ours(effort: float) -> Way:
    """Return our way at one effort."""
    plan = CutPlan(LEAST, MOST, effort)
    return lambda world: (
        turf.cut(world.placed, plan, Seed(1), network=world.network).turfs
    )


def effort_for(world: World, seconds: float) -> float:
    """Return the effort at which our cut of such a world takes about so long.

    Other work on the machine makes some runs longer, so the shortest of three counts.
    """
    less, more = (
        min(judged(ours(effort), world).cpu for _ in range(3))
        for effort in (LONG, 4.0 * LONG)
    )
    each = max((more - less) / (3.0 * LONG), 1e-3)
    return float(np.clip(LONG + (0.97 * seconds - less) / each, 0.02, 1000.0))


def warm() -> None:
    """Compile or load all loops, so that no measurement pays for it."""
    small = invented(600, 0)
    for world in (small, small.straight()):
        made = ours(1.0)(world)
        turf.measure(
            turf.order(made, world.placed, network=world.network), small.placed
        )
