"""Two questions: what do borders cost that no turf may cross, and what do seams?

A seam is a border between cells that nobody asked for; turfs along it are mended.
"""

from collections.abc import Callable, Iterator, Sequence
from time import process_time
from typing import Any

import numpy as np
import pyarrow as pa

from bench.turf_peers import boxed
from bench.turf_tables import Table
from bench.turf_world import LEAST, MOST, World, invented
from groundgame import turf
from groundgame.turf import CutPlan, cells
from groundgame.turf.cut import cut_whole
from groundgame.values import Here, Seed

PRECINCTS = (800, 25_000, 100_000)
CELLS = (50_000, 25_000)


def borders(doors: int, seeds: Sequence[int], effort: float, *, state: bool) -> Table:
    """Cut a world as one, and in precincts of some sizes: boxes of so many doors."""
    kind = "state" if state else "town"
    title = (
        f"{doors:,} doors of an invented {kind} on streets, effort {effort:g}, "
        f"seeds {', '.join(map(str, seeds))}: walks longer than of one whole"
    )
    table = Table(title, ("precincts of", "longer", "in each", "turfs", "outside"))
    worlds = [invented(doors, seed, state=state) for seed in seeds]
    whole = [_cut(world, effort, None).metres for world in worlds]
    for size in PRECINCTS:
        cuts = [_cut(world, effort, size) for world in worlds]
        longer = [
            100.0 * (one.metres / alone - 1.0)
            for one, alone in zip(cuts, whole, strict=True)
        ]
        turfs = sum(one.summary.num_rows for one in cuts)
        each = ", ".join(f"{one:+.2f} %" for one in longer)
        outside = sum(map(_outside, cuts))
        table.add(f"{size:,} doors", f"{np.mean(longer):+.2f} %", each, turfs, outside)
    return table


def _cut(world: World, effort: float, size: int | None) -> turf.Cut:
    """Cut as one, or by precincts of so many doors."""
    plan = CutPlan(LEAST, MOST, effort)
    if size is None:
        return turf.cut(world.placed, plan, Seed(1), network=world.network)
    label = boxed(world.x, world.y, max(world.count // size, 1))
    names = pa.chunked_array([pa.array(label).cast(pa.string())])
    whole, cells.CELL = cells.CELL, world.count  # no precinct is divided
    try:
        return turf.cut(
            world.placed,
            plan,
            Seed(1),
            network=world.network,
            workers=Here(1),
            by=names,
        )
    finally:
        cells.CELL = whole


def _outside(cut: turf.Cut) -> int:
    """Count the turfs outside their limits."""
    size = cut.summary["doors"].to_numpy()
    return int(((size < LEAST) | (size > MOST)).sum())


def seams(doors: int, seeds: Sequence[int], effort: float, *, state: bool) -> Table:
    """Cut a world as one piece, and in cells before and after seams are mended."""
    kind = "state" if state else "town"
    title = f"{doors:,} doors of an invented {kind} on streets, effort {effort:g}"
    table = Table(title, ("seed", "cut", "km", "longer", "CPU s", "turfs", "outside"))
    for seed in seeds:
        world = invented(doors, seed, state=state)
        plan, began = CutPlan(LEAST, MOST, effort), process_time()
        one = cut_whole(world.placed, plan, Seed(1), network=world.network)
        cuts = [("one piece", [one], process_time() - began)]
        for size in CELLS:
            cuts += _rounds(world, plan, size)
        for name, parts, cpu in cuts:
            metres = sum(part.metres for part in parts)
            turfs = sum(part.summary.num_rows for part in parts)
            longer = f"{100.0 * (metres / one.metres - 1.0):+.2f} %"
            said = f"{metres / 1000.0:.1f}", longer, f"{cpu:.1f}", turfs
            table.add(seed, name, *said, sum(map(_outside, parts)))
    return table


class _Watched(Here):
    """One thread; it remembers what the cells came to, and when they were done."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(1)
        self.cuts: list[turf.Cut] = []
        self.done = 0.0

    def map(self, work: Callable[[Any], Any], pieces: Sequence[Any]) -> Iterator[Any]:
        """Do each piece; of the first round, remember what came of it."""
        first = not self.done
        for result in super().map(work, pieces):
            if first:
                self.cuts.append(result.cut)
            yield result
        self.done = self.done or process_time()


def _rounds(
    world: World, plan: CutPlan, size: int
) -> Iterator[tuple[str, list[turf.Cut], float]]:
    """Yield the cells as they are cut, and the cut when all seams are mended."""
    whole, cells.CELL = cells.CELL, size
    began, watched = process_time(), _Watched()
    try:
        cut = turf.cut(
            world.placed, plan, Seed(1), network=world.network, workers=watched
        )
    finally:
        cells.CELL = whole
    yield f"cells of {size:,}", watched.cuts, watched.done - began
    yield "and their seams mended", [cut], process_time() - began
