"""Question: what do borders cost that no turf may cross?"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from bench.turf_peers import boxed
from bench.turf_tables import Table
from bench.turf_world import LEAST, MOST, World, invented
from groundgame import turf
from groundgame.turf import CutPlan, apart
from groundgame.values import Here, Seed

PRECINCTS = (800, 25_000, 100_000)


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
    whole, apart.CELL = apart.CELL, world.count  # no precinct is divided
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
        apart.CELL = whole


def _outside(cut: turf.Cut) -> int:
    """Count the turfs outside their limits."""
    size = cut.summary["doors"].to_numpy()
    return int(((size < LEAST) | (size > MOST)).sum())
