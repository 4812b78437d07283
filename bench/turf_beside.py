"""Question: how long are our walks beside others', on towns nobody tuned for?"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from bench import turf_peers as peers
from bench.turf_kept import kept
from bench.turf_repair import repaired
from bench.turf_tables import Table, plot
from bench.turf_world import (
    LEAST,
    MEAN,
    MOST,
    Judged,
    Way,
    World,
    effort_for,
    invented,
    judged,
    judgement,
    ours,
)
from groundgame import turf
from groundgame.turf import CutPlan, borders
from groundgame.turf.bound import STEPS
from groundgame.turf.pieces import Pieces

GROUNDS = ("straight lines", "streets")
NEAR = 2, 0.01  # routes more or fewer than ours has turfs, or what part of them
BOUND = "lower bound"
MODEST = 5_000  # doors up to which PyVRP fits in 2 GB


@dataclass(frozen=True)
class Asked:
    """What to compare."""

    doors: int
    seeds: Sequence[int]
    seconds: float
    """Of the processor, that PyVRP has."""
    vast: bool
    """PyVRP also where it needs ten gigabytes."""
    keep: Path
    """Where what PyVRP found is kept from run to run."""
    shares: Sequence[int]
    """What part of PyVRP's time ours has: a hundredth, a sixtieth, a tenth; 1: all."""


class Row(NamedTuple):
    """What one way made of one town."""

    km: float
    cpu: float
    turfs: int
    outside: int


def compare(asked: Asked, ground: str, out: Path) -> Table:
    """Cut the same towns in all ways; return the table, and draw it.

    What is known of a town is kept in `out`, so that a run that was stopped goes on.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    shares: dict[str, float] = {}
    where = f"{asked.doors}-{ground.replace(' ', '-')}"
    for seed in asked.seeds:
        path = out / f"town-{where}-{asked.seconds:g}-{seed}.json"
        if not path.exists():
            shares = shares or _efforts(asked, ground)
            path.write_text(json.dumps(_town(asked, ground, seed, shares)))
        for name, row in json.loads(path.read_text()).items():
            found[name].append(Row(*row))
    seeds = ", ".join(map(str, asked.seeds))
    table = _table(f"{asked.doors:,} doors, {ground}; towns of seeds {seeds}", found)
    labels = ("seconds of the processor", "metres, of the shortest's")
    plot(out / f"peers-{where}.svg", _points(found), labels)
    return table


def _efforts(asked: Asked, ground: str) -> dict[str, float]:
    """Return the efforts that take shares of PyVRP's time, by another town."""
    practice = on(invented(asked.doors, 0), ground)
    return {
        f"1/{share} of {asked.seconds:g} s": effort_for(practice, asked.seconds / share)
        for share in asked.shares
    }


def _town(
    asked: Asked, ground: str, seed: int, shares: dict[str, float]
) -> dict[str, Row]:
    """Cut one town in all ways."""
    world = on(invented(asked.doors, seed), ground)
    ways: dict[str, Way] = {f"ours, {name}": ours(e) for name, e in shares.items()}
    name, effort = next(iter(shares.items()))
    ways[f"no least, {name}"] = freely(effort)
    found = {name: judged(way, world) for name, way in ways.items()}
    turfs = max(one.turfs for one in found.values())
    for name, way in others(turfs).items():
        found[name] = judged(way, world)
    if asked.doors <= MODEST or asked.vast:
        where = f"{asked.doors}-{ground.replace(' ', '-')}-{seed}"
        free = _free(asked, where, turfs, world)
        started = process_time()
        made = repaired(free.made, world)
        cpu = free.cpu + process_time() - started
        fixed = judgement(world, made, cpu)
        km = max(fixed.km, free.km)  # limits make no walk shorter: our loops did
        found[f"PyVRP, {asked.seconds:g} s, repaired"] = fixed._replace(km=km)
        found[f"PyVRP, {asked.seconds:g} s, no least"] = free
    rows = {name: Row(*one[:4]) for name, one in found.items()}
    return rows | {BOUND: Row(least(world), 0.0, 0, 0)}


def _free(asked: Asked, where: str, turfs: int, world: World) -> Judged:
    """Return what PyVRP finds with so many routes; or nearly, where that is kept."""
    off = max(NEAR[0], round(NEAR[1] * turfs))
    paths = [
        asked.keep / f"pyvrp-{where}-{turfs + more}-{asked.seconds:g}.parquet"
        for more in sorted(range(-off, off + 1), key=abs)
    ]
    path = next((path for path in paths if path.exists()), paths[0])
    return kept(path, peers.vehicles(asked.seconds, turfs), world)


def on(world: World, ground: str) -> World:
    """Return a world with streets or without."""
    return world.straight() if ground == "straight lines" else world


def others(turfs: int) -> dict[str, Way]:
    """Return all ways but ours and PyVRP, with as many turfs as ours made at most."""
    return {
        "k-means, our order": peers.k_means(turfs),
        "METIS, our order": peers.metis(turfs),
        "street and number": peers.street_order,
        "boxes, odd and even": peers.boxes,
    }


def freely(effort: float) -> Way:
    """Return ours, asked what PyVRP is asked: as many turfs, and no least."""

    def mended(pieces: Pieces, *more: Any) -> Pieces:
        ground, near, limits, *rest = more
        return borders.mended(pieces, ground, near, replace(limits, least=1), *rest)

    def way(world: World) -> pa.Table:
        with patch.object(import_module("groundgame.turf.cut"), "mended", mended):
            return ours(effort)(world)

    return way


def _table(title: str, found: dict[str, list[Row]]) -> Table:
    """Return means over the towns, beside PyVRP or else our own longest.

    The range is of what is beside the first of those. A peer that kept no least comes
    second: its turfs are no answer to what was asked.
    """
    longest = [name for name in found if name.startswith("ours")][-1:]
    rulers = [name for name in found if name.startswith("PyVRP")] or longest
    heads = "", "km", *(f"of {name}" for name in rulers), "lowest to highest"
    table = Table(title, (*heads, "CPU s", "turfs", "outside"))
    bases = [np.array([one.km for one in found[name]]) for name in rulers]
    for name, towns in found.items():
        ratios = [np.array([one.km for one in towns]) / base for base in bases]
        km, cpu, turfs, _ = np.mean(towns, axis=0)
        figures = f"{km:.2f}", *(f"{ratio.mean():.4f}" for ratio in ratios)
        spread = f"{ratios[0].min():.4f} to {ratios[0].max():.4f}"
        rest = f"{cpu:.2f}", f"{turfs:.1f}", sum(one.outside for one in towns)
        table.add(name, *figures, spread, *([""] * 3 if name == BOUND else rest))
    return table


def _points(
    found: dict[str, list[Row]],
) -> dict[str, tuple[list[float], list[float]]]:
    """Return what to draw: ours as one line, each other as a point."""
    best = min(
        np.mean([one.km for one in towns])
        for name, towns in found.items()
        if name != BOUND
    )
    lines: dict[str, tuple[list[float], list[float]]] = {}
    for name, towns in found.items():
        if name == BOUND:
            continue
        x, y = lines.setdefault("ours" if name.startswith("ours") else name, ([], []))
        x.append(float(np.mean([one.cpu for one in towns])))
        y.append(float(np.mean([one.km for one in towns]) / best))
    return lines


def least(world: World, steps: int = STEPS) -> float:
    """Return the kilometres that no cut can be below, on the ground it is judged on.

    Args:
        world: The doors.
        steps: How long to look for more of them.
    """
    plan, on = CutPlan(LEAST, MOST), world.network
    return turf.bound(world.placed, plan, network=on, steps=steps) / 1000.0


def fewest(world: World) -> int:
    """Return how many turfs of the mean size these doors are."""
    return -(-world.count // MEAN)
