"""Question: how long are our walks beside others', on towns nobody tuned for?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from bench import turf_peers as peers
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
    ours,
)
from groundgame import turf
from groundgame.turf import CutPlan, kernels
from groundgame.turf.bound import by_legs
from groundgame.turf.footing import footing
from groundgame.turf.stops import stops

GROUNDS = ("straight lines", "streets")
SMALL = 2_000  # doors; with more, ours is given as long as PyVRP
NEAR = 48  # places whose legs are listed for the lower bound
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


def compare(asked: Asked, ground: str, out: Path) -> Table:
    """Cut the same towns in all ways; return the table, and draw it."""
    practice = on(invented(asked.doors, 0), ground)
    with_pyvrp = asked.doors <= MODEST or asked.vast
    shares = {
        f"a {name} of {asked.seconds:g} s": effort_for(practice, asked.seconds / share)
        for name, share in (("hundredth", 100), ("sixtieth", 60), ("tenth", 10))
    }
    if asked.doors > SMALL and asked.vast:
        shares["all of it"] = effort_for(practice, asked.seconds)
    found: dict[str, list[Judged]] = defaultdict(list)
    bounds: list[float] = []
    for seed in asked.seeds:
        world = on(invented(asked.doors, seed), ground)
        ways: dict[str, Way] = {f"ours, {name}": ours(e) for name, e in shares.items()}
        for name, way in ways.items():
            found[name].append(judged(way, world))
        turfs = found[next(iter(ways))][-1].turfs
        for name, way in others(turfs, asked.seconds, pyvrp=with_pyvrp).items():
            found[name].append(judged(way, world))
        bounds.append(least(world))
        print(".", end="", flush=True)
    seeds = ", ".join(map(str, asked.seeds))
    title = f"{asked.doors:,} doors, {ground}; towns of seeds {seeds}"
    table = _table(title, found, bounds)
    path = out / f"peers-{asked.doors}-{ground.replace(' ', '-')}.svg"
    plot(path, _points(found), ("seconds of the processor", "metres, of the best's"))
    return table


def on(world: World, ground: str) -> World:
    """Return a world with streets or without."""
    return world.straight() if ground == "straight lines" else world


def others(turfs: int, seconds: float, *, pyvrp: bool) -> dict[str, Way]:
    """Return all ways but ours; each may make as many turfs as ours made."""
    ways = {
        "k-means, our order": peers.k_means(turfs),
        "METIS, our order": peers.metis(turfs),
        "street and number": peers.street_order,
        "boxes, odd and even": peers.boxes,
    }
    if pyvrp:
        ways[f"PyVRP, {seconds:g} s"] = peers.vehicles(seconds, turfs)
    return ways


def _ruler(found: dict[str, list[Judged]]) -> str:
    """Return the name of what all are compared with: PyVRP, or else our longest."""
    named = [name for name in found if name.startswith("PyVRP")]
    return (
        named[0] if named else [name for name in found if name.startswith("ours")][-1]
    )


def _table(title: str, found: dict[str, list[Judged]], bounds: list[float]) -> Table:
    """Return means over the towns; `worst` is the town where we do worst."""
    ruler = _ruler(found)
    heads = ("", "km", f"of {ruler}", "lowest to highest", "CPU s", "turfs", "outside")
    table = Table(title, heads)
    base = np.array([one.km for one in found[ruler]])
    for name, towns in found.items():
        ratio = np.array([one.km for one in towns]) / base
        km, cpu, turfs = (
            np.mean([getattr(one, what) for one in towns])
            for what in ("km", "cpu", "turfs")
        )
        outside = sum(one.outside for one in towns)
        spread = f"{ratio.min():.4f} to {ratio.max():.4f}"
        table.add(
            name, f"{km:.2f}", f"{ratio.mean():.4f}", spread, f"{cpu:.2f}",
            f"{turfs:.1f}", outside,
        )  # fmt: skip
    ratio = np.array(bounds) / base
    spread = f"{ratio.min():.4f} to {ratio.max():.4f}"
    words = f"{np.mean(bounds):.2f}", f"{ratio.mean():.4f}", spread
    table.add("lower bound", *words, *[""] * 3)
    return table


def _points(
    found: dict[str, list[Judged]],
) -> dict[str, tuple[list[float], list[float]]]:
    """Return what to draw: ours as one line, each other as a point."""
    best = min(np.mean([one.km for one in towns]) for towns in found.values())
    lines: dict[str, tuple[list[float], list[float]]] = {}
    for name, towns in found.items():
        x, y = lines.setdefault("ours" if name.startswith("ours") else name, ([], []))
        x.append(float(np.mean([one.cpu for one in towns])))
        y.append(float(np.mean([one.km for one in towns]) / best))
    return lines


def least(world: World) -> float:
    """Return the kilometres that no cut can be below, on the ground it is judged on.

    On streets: a leg is at least as long as the straight line between the places at the
    streets, so the legs to the NEAR nearest of those are listed, and say how long all
    others are at least.
    """
    plan = CutPlan(LEAST, MOST)
    if world.network is None:
        return turf.bound(world.placed, plan) / 1000.0
    town = stops(world.placed)
    ground = footing(world.placed.take(town.rows), world.network)
    places = np.column_stack([axis[town.rows] for axis in (world.at_x, world.at_y)])
    many = min(NEAR, len(places))
    gap, near = cKDTree(places).query(places, many)
    pairs = np.column_stack((np.repeat(np.arange(len(places)), many), near.ravel()))
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]].astype(np.int64)
    metres = kernels.legs(ground, pairs.ravel())[1::2]
    limits = plan.limits(world.count)
    reach = np.ascontiguousarray(gap[:, -1])
    return by_legs(pairs, metres, reach, town.doors, limits) / 1000.0


def fewest(world: World) -> int:
    """Return how many turfs of the mean size these doors are."""
    return -(-world.count // MEAN)
