"""Invented experiments whose effect is written down, drawn anew each time.

Each function gives draws of one town: a trial, and what else an estimator may want.
What people would have done without a visit stays alike from draw to draw; who is
visited does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from groundgame import experiment
from groundgame.experiment import units
from groundgame.experiment.columns import numbered
from groundgame.values import Seed

TRUTH = 0.3
"""What a visit does to whoever is reached."""


@dataclass(frozen=True)
class Town:
    """How a town is drawn: a share of each block, or one of all."""

    clusters: int
    size: int = 1
    blocks: int = 1
    share: float | tuple[float, ...] = 0.5


TOWNS = {
    "complete": Town(60),
    "a third": Town(90, share=1 / 3),
    "blocked": Town(60, blocks=6),
    "blocked, other shares": Town(90, blocks=3, share=(0.2, 0.5, 0.8)),
    "pairs": Town(60, blocks=30),
    "clustered": Town(40, size=4),
    "few unequal clusters": Town(14, size=12),
    "blocked and clustered": Town(48, size=4, blocks=6),
}


def of_town(town: Town, draws: int, number: int) -> Iterator[tuple]:
    """Give trials without an effect, each with a covariate and a source of chance."""
    chance = Seed(number).stream("tests.coverage")
    sizes = chance.integers(1, 2 * town.size, town.clusters)
    cluster = np.repeat(np.arange(town.clusters), sizes)
    block = numbered(np.arange(town.clusters) * town.blocks // town.clusters)
    luck = chance.normal(size=town.clusters)[cluster] + block[cluster]
    if town.clusters == len(cluster):
        luck = luck / 2
    share = np.broadcast_to(town.share, town.blocks)[block]
    for _ in range(draws):
        lots = np.lexsort((chance.random(town.clusters), block))
        place = np.empty(town.clusters, int)
        place[lots] = np.arange(town.clusters) - np.searchsorted(block, block[lots])
        arm = (place < np.rint(share * np.bincount(block)[block])).astype(int)[cluster]
        own = luck + chance.normal(size=len(cluster))
        beside = (own + chance.normal(size=len(cluster)))[:, None]
        yield trial(own, arm, cluster, block[cluster]), beside, chance


def trial(outcome, arm, cluster=None, block=None, names=("no", "visit")):
    """Return a trial; of clusters, if one of them has two people."""
    many = len(outcome)
    alone = np.arange(many)
    together = cluster is not None and len(np.unique(cluster)) < many
    return experiment.Trial(
        outcome,
        arm,
        names,
        cluster if together else alone,
        np.zeros(many, int) if block is None else block,
        np.empty((many, 0)),
        clustered=together,
    )


def reached(one, chance):
    """Return a trial in which six of ten open, and a visit moves whoever does."""
    opens = (chance.random(len(one.arm)) < 0.6) & (one.arm == 1)
    outcome = one.outcome + TRUTH * opens
    return replace(one, outcome=outcome, contacted=opens.astype(float))


def with_placebo(draws: int, number: int) -> Iterator:
    """Give trials of three arms; who opens is likelier to have voted anyway."""
    chance = Seed(number).stream("tests.coverage.placebo")
    luck = chance.normal(size=240)
    for _ in range(draws):
        arm = chance.permutation(np.repeat([0, 1, 2], 80))
        own = luck + chance.normal(size=240)
        opens = (luck + chance.normal(size=240) > 0) & (arm > 0)
        outcome = own + TRUTH * (opens & (arm == 2))
        one = trial(outcome, arm, names=("no", "placebo", "visit"))
        yield replace(one, contacted=opens.astype(float))


def with_unequal_chances(draws: int, number: int) -> Iterator:
    """Give trials of people of whom the keen are visited likelier; weighted for it."""
    chance = Seed(number).stream("tests.coverage.weights")
    luck = chance.normal(size=200)
    likely = np.where(luck > 0, 0.7, 0.2)
    for _ in range(draws):
        arm = (chance.random(200) < likely).astype(int)
        own = luck + chance.normal(size=200) + TRUTH * arm
        weights = np.where(arm == 1, 1 / likely, 1 / (1 - likely))
        yield replace(trial(own, arm), weights=weights)


def with_buffers(draws: int, number: int, ring: str) -> Iterator:
    """Give trials of doors in buildings, where a visit moves whoever hears it as well.

    With the ring 'building' one door of each takes part, and the others are buffer.
    """
    doors = 300
    building = np.arange(doors) // 3
    named = {name: [f"{name}{n:03}" for n in range(doors)] for name in units.COLUMNS}
    named["building"] = [f"b{n}" for n in building]
    people = pl.DataFrame(named).to_arrow()
    chance = Seed(number).stream("tests.coverage.buffers")
    luck = chance.normal(size=doors)
    for draw in range(draws):
        layout = units.Layout("door", buffer=ring)
        laid = units.lay(people, layout, Seed(draw))
        rows = pl.DataFrame(units.draw(laid, {"no": 1.0, "visit": 1.0}, Seed(draw)))
        visited = (rows["arm"] == "visit").fill_null(value=False).to_numpy()
        heard = np.bincount(building, visited)[building] - visited > 0
        own = (luck + chance.normal(size=doors)) / 2
        outcome = own + TRUTH * (visited | heard)
        part = rows["arm"].is_not_null().to_numpy()
        yield trial(outcome[part], visited[part].astype(int))


def of_several_arms(draws: int, number: int) -> Iterator:
    """Give trials of a control and four arms, each of which does the same."""
    chance = Seed(number).stream("tests.coverage.arms")
    for _ in range(draws):
        arm = chance.permutation(np.repeat(np.arange(5), 30))
        yield trial(chance.normal(size=150) + TRUTH * (arm > 0), arm, names=(*"abcde",))


def as_it_comes_in(draws: int, number: int) -> Iterator:
    """Give what each of fifteen looks sees of an experiment that grows to 300."""
    chance = Seed(number).stream("tests.coverage.looks")
    for _ in range(draws):
        arm = chance.permuted(np.tile([0, 1], (150, 1)), axis=1).ravel()
        outcome = chance.normal(size=300) + TRUTH * arm
        yield [trial(outcome[:n], arm[:n]) for n in range(20, 301, 20)]
