"""Other ways to cut turf: by their own packages, and as lists are printed.

Each takes a World and returns turfs; each may use what lies between the doors: straight
lines, or the same street distances that ours has.
"""

from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pymetis
import pyvrp
from scipy.spatial import Delaunay
from sklearn.cluster import MiniBatchKMeans

from bench.turf_world import MEAN, MOST, Counts, Floats, Way, World
from groundgame.turf import kernels
from groundgame.turf.footing import footing
from groundgame.turf.kernels.order import tabled

if TYPE_CHECKING:
    from collections.abc import Iterator


class Processor:
    """A stop for PyVRP after seconds of the processor, however busy the machine is."""

    def __init__(self, seconds: float) -> None:
        """Begin now."""
        self.end = process_time() + seconds

    def __call__(self, best_cost: float) -> bool:
        """Say whether it is over."""
        del best_cost
        return process_time() >= self.end


def vehicles(seconds: float, turfs: int) -> Way:
    """Return PyVRP: at most so many open routes of at most MOST doors; no least."""

    def way(world: World) -> pa.Table:
        count = world.count
        apart = distances(world)
        clients = [pyvrp.Client(location=n, delivery=[1]) for n in range(1, count + 1)]
        places = zip(world.x, world.y, strict=True)
        data = pyvrp.ProblemData(
            locations=[pyvrp.Location(0, 0), *(pyvrp.Location(*p) for p in places)],
            clients=clients,
            depots=[pyvrp.Depot(0)],
            vehicle_types=[pyvrp.VehicleType(turfs, [MOST])],
            distance_matrices=[apart],
            duration_matrices=[np.zeros_like(apart)],
        )
        found = pyvrp.solve(data, Processor(seconds), seed=1, display=False)
        label, rank = np.zeros(count, np.int64), np.zeros(count, np.int64)
        for number, route in enumerate(found.best.routes()):
            visits = [visit.idx for visit in route if visit.is_client()]
            label[visits], rank[visits] = number, np.arange(len(visits))
        return world.as_turfs(label, rank)

    return way


def distances(world: World) -> Counts:
    """Return decimetres between all doors; the first row is a depot near everything."""
    ground = footing(world.placed, world.network)
    apart = np.zeros((world.count + 1, world.count + 1), np.int64)
    apart[1:, 1:] = np.rint(10.0 * tabled(ground, np.arange(world.count)))
    return apart


def k_means(turfs: int) -> Way:
    """Return k-means of the places in so many clusters of any size, in our order."""

    def way(world: World) -> pa.Table:
        places = np.column_stack((world.x, world.y))
        found = MiniBatchKMeans(turfs, n_init=1, batch_size=4096, random_state=1)
        return world.ordered(found.fit_predict(places).astype(np.int64))

    return way


def metis(turfs: int) -> Way:
    """Return METIS on the Delaunay graph: near doors are dear to part; in our order."""

    def way(world: World) -> pa.Table:
        places = np.column_stack((world.x, world.y))
        places, first, which, doors = np.unique(*(places, True, True, True), axis=0)
        pairs, metres = _graph(world, places, first)
        order = np.argsort(pairs[0], kind="stable")
        begins = np.searchsorted(pairs[0][order], np.arange(len(places) + 1))
        dear = np.maximum(np.rint(1000.0 / (5.0 + metres)), 1).astype(np.int64)
        _, part = pymetis.part_graph(
            turfs,
            pymetis.CSRAdjacency(begins.tolist(), pairs[1][order].tolist()),
            vweights=doors.tolist(),
            eweights=dear[order].tolist(),
            recursive=True,
            options=pymetis.Options(seed=1),
        )
        return world.ordered(np.array(part, np.int64)[which.reshape(-1)])

    return way


def _graph(world: World, places: Floats, first: Counts) -> tuple[Counts, Floats]:
    """Return pairs of neighbours, both ways, and how far it is between them."""
    corners = Delaunay(places).simplices
    sides = np.concatenate([corners[:, [k, (k + 1) % 3]] for k in range(3)])
    pairs = np.unique(np.sort(sides, axis=1), axis=0).astype(np.int64)
    ground = footing(world.placed.take(first), world.network)
    metres = kernels.legs(ground, pairs.reshape(-1))[1::2]
    return np.concatenate((pairs, pairs[:, ::-1])).T, np.tile(metres, 2)


def street_order(world: World) -> pa.Table:
    """Go through the printed list, street by street, a new turf each MEAN doors."""
    rank = _ranked(world.number, world.street)
    return world.as_turfs(rank // MEAN, rank)


def boxes(world: World) -> pa.Table:
    """Cut the map into boxes of as many doors; in each, odd and even sides apart."""
    label = boxed(world.x, world.y, -(-world.count // MEAN))
    odd = world.number.astype(np.int64) % 2
    return world.as_turfs(label, _ranked(world.number, odd, world.street))


def _ranked(*keys: Counts | Floats) -> Counts:
    """Return the place of each row when sorted; the last key comes first."""
    rank = np.empty(keys[0].size, np.int64)
    rank[np.lexsort(keys)] = np.arange(rank.size)
    return rank


def boxed(x: Floats, y: Floats, parts: int) -> Counts:
    """Return which of so many boxes, as equal as can be, each place is in."""
    label = np.empty(x.size, np.int64)
    for number, rows in enumerate(_halved(x, y, np.arange(x.size), parts)):
        label[rows] = number
    return label


def _halved(x: Floats, y: Floats, rows: Counts, parts: int) -> "Iterator[Counts]":
    """Yield boxes: each is cut across its longer side until it is one."""
    if parts == 1:
        yield rows
        return
    side = max((x[rows], y[rows]), key=np.ptp)
    order = rows[np.argsort(side, kind="stable")]
    at = rows.size * (parts // 2) // parts
    yield from _halved(x, y, order[:at], parts // 2)
    yield from _halved(x, y, order[at:], parts - parts // 2)
