"""Cut turf: ours beside four other ways, on towns that nobody tuned for, in one run.

    .venv/bin/python bench/cut.py [--doors 2000 20000] [--seeds 3] [--pyvrp 10]

Each seed is a town of its own: quarters of streets with houses on both sides and some
entrances shared by many doors. All walks are measured by one function, as straight
lines from door to door. The ways:

- ours at several efforts: 40 to 50 doors a turf, always;
- k-means (scikit-learn), a cluster for each turf of ours. Its turfs are of any size
  (`outside` counts those not of 40 to 50), which makes them shorter. Each is ordered by
  our own `order`, so that only the cut differs;
- street and house number: the order of a printed list, a new turf each 45 doors (one
  side of the street after the other would be longer still);
- PyVRP, open routes of at most 50 doors (it knows no least), given --pyvrp seconds; up
  to 5,000 doors only, since it wants a table of all distances.

Then single turfs of 30 to 120 doors: our order beside fast-tsp at 10 ms. The best known
is the shortest of both and of a long search of ours. And, where ../shared is beside the
repository, the 32,255 addresses of Queens Village.
"""

import argparse
import gzip
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import fast_tsp
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyvrp
import pyvrp.stop
from scipy.spatial import cKDTree
from sklearn.cluster import MiniBatchKMeans

from groundgame import turf
from groundgame.turf import CutPlan, kernels
from groundgame.values import Seed

Array = npt.NDArray[np.float64]
Way = Callable[["Town"], pa.Table]

LEAST, MOST, MEAN = 40, 50, 45
EFFORTS = (0.1, 1.0, 5.0)
QUEENS = Path(__file__).parents[2] / "shared/data/streets"
QUARTER = 900.0  # metres


class Town:
    """Doors of an invented town: where they are, on which street, at which number."""

    def __init__(self, doors: int, seed: int) -> None:
        """Build quarters from the middle outwards until there are enough doors."""
        chance = Seed(seed).stream("bench.town")
        wide = int(np.ceil(np.sqrt(doors / 520))) + 1
        cells = np.argwhere(np.ones((wide, wide))) - wide / 2
        cells = cells[np.argsort((cells**2).sum(axis=1), kind="stable")]
        faces, count = [], 0
        for cell in cells:
            for face in quarter(cell * QUARTER, chance):
                faces.append((*face, np.full(face[0].size, len(faces) // 2)))
                count += face[0].size
            if count > 1.05 * doors:
                break
        x, y, number, street = map(np.concatenate, zip(*faces, strict=True))
        kept = np.sort(chance.permutation(x.size)[:doors])
        self.street, self.number = street[kept], number[kept]
        ids = [f"{n:08}" for n in range(doors)]
        self.placed = pa.table({"door_id": ids, "x": x[kept], "y": y[kept]})


def quarter(
    corner: Array, chance: np.random.Generator
) -> Iterator[tuple[Array, Array, Array]]:
    """Yield x, y and house number of each side of each street of one quarter."""
    turned = chance.choice([0.0, 0.0, chance.uniform(0, np.pi / 2)])
    blocks = chance.uniform(60, 110), chance.uniform(150, 260)
    gap, wanted = chance.uniform(11, 24), chance.uniform(0.25, 0.7)
    along = np.arange(-QUARTER / 2 + gap / 2, QUARTER / 2, gap)
    for across, (space, share) in enumerate(zip(blocks, (1.0, 0.35), strict=True)):
        for middle in np.arange(-QUARTER / 2 + space / 2, QUARTER / 2, space):
            for side in (-1, 1):
                at = np.flatnonzero(chance.random(along.size) < wanted * share)
                u = along[at] + chance.normal(0, 1, at.size)
                v = middle + side * (8 + chance.normal(0, 1.5, at.size))
                if across:
                    u, v = v, u
                x = corner[0] + np.cos(turned) * u - np.sin(turned) * v
                y = corner[1] + np.sin(turned) * u + np.cos(turned) * v
                shared = chance.random(at.size) < 0.02
                doors = np.where(shared, chance.integers(4, 30, at.size), 1)
                number = 100.0 + 2 * at + (side > 0)
                yield tuple(np.repeat(axis, doors) for axis in (x, y, number))


def main() -> None:
    """Run everything, and print one table after the other."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--doors", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--pyvrp", type=float, default=10.0, metavar="SECONDS")
    asked = parser.parse_args()
    started = perf_counter()
    turf.cut(Town(100, 0).placed)
    print(f"first cut, loading or compiling: {perf_counter() - started:.1f} s\n")
    for doors in asked.doors:
        cuts(doors, range(101, 101 + asked.seeds), asked.pyvrp)
    orders(range(101, 101 + asked.seeds))
    if QUEENS.is_dir():
        queens()


def cuts(doors: int, seeds: range, limit: float) -> None:
    """Print what each way makes of the same towns, as means over the seeds."""
    ways: dict[str, Way] = {f"ours, effort {e:g}": ours(e) for e in EFFORTS}
    ways["k-means, our order"] = k_means
    ways["street and number"] = street_order
    if doors <= 5_000:
        ways[f"PyVRP {limit:g} s"] = lambda town: vehicles(town, limit)
    print(f"{doors:,} doors, {len(seeds)} towns (means)")
    print(f"{'':<22}{'km':>9}{'of ours':>9}{'seconds':>9}{'turfs':>7}{'outside':>9}")
    towns = [Town(doors, seed) for seed in seeds]
    ruler = 0.0
    for name, way in ways.items():
        rows = np.array([timed(way, town) for town in towns])
        km, seconds, count, outside = rows.mean(axis=0)
        ruler = km if name == "ours, effort 1" else ruler
        ratio = f"{km / ruler:9.4f}" if ruler else f"{'':9}"
        print(
            f"{name:<22}{km:9.1f}{ratio}{seconds:9.2f}{count:7.0f}{outside:9.0f}",
            flush=True,
        )
    print()


def timed(way: Way, town: Town) -> tuple[float, float, int, int]:
    """Return kilometres, seconds, turfs, and turfs outside the limits."""
    started = perf_counter()
    turfs = way(town)
    seconds = perf_counter() - started
    walks = turf.measure(turfs, town.placed)
    size = walks["doors"].to_numpy()
    outside = int(((size < LEAST) | (size > MOST)).sum())
    return walks["metres"].to_numpy().sum() / 1000, seconds, size.size, outside


def ours(effort: float) -> Way:
    """Return our way at one effort."""
    plan = CutPlan(LEAST, MOST, effort)
    return lambda town: turf.cut(town.placed, plan, Seed(1)).turfs


def k_means(town: Town) -> pa.Table:
    """Cluster, then order each cluster."""
    places = np.column_stack((town.placed["x"], town.placed["y"]))
    clusters = max(1, len(places) // MEAN)
    found = MiniBatchKMeans(clusters, n_init=1, batch_size=4096, random_state=1)
    labels = found.fit_predict(places)
    return turf.order(as_turfs(labels, np.arange(labels.size)), town.placed)


def street_order(town: Town) -> pa.Table:
    """Go through the printed list: streets, then house numbers on both sides."""
    listed = np.lexsort((town.number, town.street))
    rank = np.empty(listed.size, np.int64)
    rank[listed] = np.arange(listed.size)
    return as_turfs(rank // MEAN, rank)


def vehicles(town: Town, limit: float) -> pa.Table:
    """Let PyVRP route it; to and from the depot costs nothing, so routes are open."""
    places = np.column_stack((town.placed["x"], town.placed["y"]))
    count = len(places)
    apart = np.zeros((count + 1, count + 1), np.int64)
    gaps = places[:, None, :] - places[None, :, :]
    apart[1:, 1:] = np.round(10 * np.sqrt((gaps**2).sum(axis=2)))
    clients = [pyvrp.Client(location=n, delivery=[1]) for n in range(1, count + 1)]
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0), *(pyvrp.Location(*p) for p in places)],
        clients=clients,
        depots=[pyvrp.Depot(0)],
        vehicle_types=[pyvrp.VehicleType(count // MEAN + 1, [MOST])],
        distance_matrices=[apart],
        duration_matrices=[np.zeros_like(apart)],
    )
    found = pyvrp.solve(data, pyvrp.stop.MaxRuntime(limit), seed=1, display=False)
    label, rank = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for number, route in enumerate(found.best.routes()):
        visits = [visit.idx for visit in route if visit.is_client()]
        label[visits], rank[visits] = number, np.arange(len(visits))
    return as_turfs(label, rank)


def as_turfs(label: npt.NDArray[np.int64], rank: npt.NDArray[np.int64]) -> pa.Table:
    """Return a TURFS table: doors with one label are a turf, walked by rank."""
    ids = [f"{n:08}" for n in range(label.size)]
    return pa.table({"door_id": ids, "turf": label + 1, "position": rank + 1})


def orders(seeds: range) -> None:
    """Print our order beside fast-tsp's, on single turfs."""
    x, y, begins = turfs_to_order(seeds)
    count = begins.size - 1
    kernels.walks(x[:30], y[:30], np.array([0, 30]), 1.0, 1)
    found = {}
    for name, kicks in (("ours, 4 kicks a stop", 4.0), ("ours, 10", 10.0)):
        started = perf_counter()
        order = kernels.walks(x, y, begins, kicks, 1)
        found[name] = lengths(x, y, order, begins), perf_counter() - started
    started = perf_counter()
    order = np.concatenate(
        [a + by_fast_tsp(x[a:b], y[a:b]) for a, b in pairwise(begins)]
    )
    found["fast-tsp, 10 ms"] = lengths(x, y, order, begins), perf_counter() - started
    long = lengths(x, y, kernels.walks(x, y, begins, 100.0, 2), begins)
    best = np.minimum.reduce([long, *(metres for metres, _ in found.values())])
    print(f"{count} turfs of 30 to 120 doors, open walks")
    print(f"{'':<22}{'above best known':>18}{'worst':>9}{'ms a turf':>11}")
    for name, (metres, seconds) in found.items():
        gap = 100 * (metres / best - 1)
        each = 1000 * seconds / count
        print(f"{name:<22}{gap.mean():17.3f}%{gap.max():8.2f}%{each:11.2f}")
    print()


def turfs_to_order(seeds: range) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    """Return sixty clusters of doors from each town, in no order."""
    parts = []
    for seed in seeds:
        town, chance = Town(5_000, seed), Seed(seed).stream("bench.orders")
        places = np.unique(
            np.column_stack((town.placed["x"], town.placed["y"])), axis=0
        )
        tree = cKDTree(places)
        for size in chance.integers(30, 121, 60):
            middle = places[chance.integers(len(places))]
            parts.append(places[chance.permutation(tree.query(middle, k=int(size))[1])])
    x, y = np.concatenate(parts).T.copy()
    return x, y, np.cumsum([0, *(len(part) for part in parts)])


def by_fast_tsp(x: Array, y: Array) -> npt.NDArray[np.int64]:
    """Order one turf; the open end is one more stop that is near everything."""
    apart = np.zeros((x.size + 1, x.size + 1))
    apart[1:, 1:] = np.hypot(x[:, None] - x, y[:, None] - y)
    tour = fast_tsp.find_tour(np.round(10 * apart).astype(int), duration_seconds=0.01)
    at = tour.index(0)
    return np.array(tour[at + 1 :] + tour[:at]) - 1


def lengths(
    x: Array, y: Array, order: npt.NDArray[np.int64], begins: npt.NDArray[np.int64]
) -> Array:
    """Return the metres of each walk."""
    legs = np.hypot(np.diff(x[order]), np.diff(y[order]))
    return np.array([legs[a : b - 1].sum() for a, b in pairwise(begins)])


def queens() -> None:
    """Print what our cut makes of Queens Village, in straight lines."""
    with gzip.open(QUEENS / "queens-village-ny-addresses.csv.gz") as file:
        rows = pa_csv.read_csv(file).select(["lon", "lat"])
    ids = pa.array([str(n) for n in range(rows.num_rows)])
    doors = rows.append_column("door_id", ids)
    print(f"Queens Village, {rows.num_rows:,} real doors, straight lines")
    for effort in EFFORTS:
        started = perf_counter()
        cut = turf.cut(turf.on_plane(doors), CutPlan(LEAST, MOST, effort), Seed(1))
        seconds = perf_counter() - started
        turfs = cut.summary.num_rows
        print(
            f"effort {effort:<4g}{cut.metres / 1000:8.1f} km in {seconds:6.2f} s, "
            f"{turfs} turfs"
        )


if __name__ == "__main__":
    main()
