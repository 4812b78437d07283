"""Order turfs: ours beside fast-tsp and OR-tools, then TSPLIB, then bounds; in one run.

    .venv/bin/python -m bench.order [--turfs 200] [--seeds 5] [--tours FOLDER]

The constants of our search were chosen with the towns of seeds 1 to 5, and with the
TSPLIB instances in view; the towns here are those of seeds 201 on, looked at once.

A turf is 30 to 120 doors that lie side by side in an invented town (bench/cut.py). It
is ordered three times: as an open walk in straight lines; as an open walk by a table of
distances along invented paths, which are no straight lines; and as a round walk by that
table. The best known is the shortest of all walks in the table and of two long
searches: ours with --long kicks a stop, and fast-tsp's with 50 ms. Milliseconds are
processor time; fast-tsp and OR-tools are given theirs by the clock on the wall, so on a
busy machine they do less with it. OR-tools: guided local search from its cheapest arcs.

The TSPLIB instances are read from ../shared beside the repository, or from --tours.
Their optimal lengths are those that TSPLIB gives, and legs are rounded as it says.

At last, how far cuts of whole towns can be from the best there is: our cut, the lower
bound of any cut, and what a spanning forest alone says (no tolls).
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from time import process_time

import fast_tsp
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree, shortest_path
from scipy.spatial import cKDTree

from bench.cut import Town
from groundgame import turf
from groundgame.turf import CutPlan, kernels
from groundgame.turf.around import around
from groundgame.turf.footing import in_straight_lines
from groundgame.turf.stops import stops
from groundgame.values import Seed

Array = npt.NDArray[np.float64]
Order = npt.NDArray[np.int64]
Solver = Callable[[Array, bool, int], Order]

TOURS = Path(__file__).parents[2] / "shared/data/tours"
FIRST_SEED = 201
CLASSES = ((30, 60), (60, 90), (90, 121))
KICKS = 100  # a stop of a TSPLIB tour


def main() -> None:
    """Run everything, and print one table after the other."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--turfs", type=int, default=200, help="of each town")
    parser.add_argument("--seeds", type=int, default=5, help="towns")
    parser.add_argument("--long", type=float, default=60.0, metavar="KICKS")
    parser.add_argument("--tours", type=Path, default=TOURS)
    asked = parser.parse_args()
    started = process_time()
    kernels.ordered(np.ones((9, 9)), kernels.ANY, kernels.ANY, 9, 1)
    print(f"first order, loading or compiling: {process_time() - started:.1f} s\n")
    seeds = range(FIRST_SEED, FIRST_SEED + asked.seeds)
    turfs = [places for seed in seeds for places in town_turfs(seed, asked.turfs)]
    lines = [np.hypot(*(p[:, None] - p).transpose(2, 0, 1)) for p in turfs]
    paths = [along_paths(places, number) for number, places in enumerate(turfs)]
    print(f"{len(turfs):,} turfs of the towns of seeds {seeds[0]} to {seeds[-1]}\n")
    compared("open walks, straight lines", lines, asked.long, back=False)
    compared("open walks, along paths", paths, asked.long, back=False)
    compared("round walks, along paths", paths, asked.long, back=True)
    if asked.tours.is_dir():
        tsplib(asked.tours)
    else:
        print("TSPLIB: skipped, since its instances are not beside the repository\n")
    bounds(seeds)


def town_turfs(seed: int, count: int) -> list[Array]:
    """Return the places of clusters of doors from one town, in no order."""
    town, chance = Town(5_000, seed), Seed(seed).stream("bench.order")
    places = np.unique(np.column_stack((town.placed["x"], town.placed["y"])), axis=0)
    tree, found = cKDTree(places), []
    for size in chance.integers(30, 121, count):
        middle = places[chance.integers(len(places))]
        found.append(places[chance.permutation(tree.query(middle, k=int(size))[1])])
    return found


def along_paths(places: Array, number: int) -> Array:
    """Return distances along paths: from each stop to its nearest, with detours."""
    chance, n = Seed(number).stream("bench.paths"), len(places)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    paths = np.zeros((n, n))
    rows = np.repeat(np.arange(n), 4)
    near = np.argsort(apart, axis=1)[:, 1:5].ravel()
    paths[rows, near] = apart[rows, near]
    joined = minimum_spanning_tree(csr_array(apart)).toarray()
    paths = np.maximum(np.maximum(paths, paths.T), np.maximum(joined, joined.T))
    detours = chance.uniform(1.0, 1.6, (n, n))
    found: Array = shortest_path(csr_array(paths * np.maximum(detours, detours.T)))
    return np.minimum(found, found.T)


def compared(title: str, tables: list[Array], long: float, *, back: bool) -> None:
    """Print how far each solver is above the best known, and how long it takes."""
    solvers = {
        "ours, 4 kicks a stop": ours(4.0),
        "ours, 8": ours(8.0),
        "fast-tsp, 10 ms": by_fast_tsp(0.01),
        "OR-tools, 40 ms": by_ortools(40),
    }
    found = {name: timed(solver, tables, back) for name, solver in solvers.items()}
    best = np.minimum.reduce(
        [
            *(timed(s, tables, back)[0] for s in (ours(long), by_fast_tsp(0.05))),
            *(metres for metres, _ in found.values()),
        ]
    )
    size = np.array([len(table) for table in tables])
    print(f"{title}: % above the best known, ms a turf")
    heads = [f"{low} to {high - 1} doors" for low, high in CLASSES]
    print(f"{'':<22}" + "".join(f"{head:>20}" for head in (*heads, "all", "worst")))
    for name, (metres, ms) in found.items():
        gap = 100 * (metres / best - 1)
        rows = [(size >= low) & (size < high) for low, high in CLASSES]
        cells = [
            f"{gap[row].mean():10.3f} %{ms[row].mean():5.1f} ms"
            for row in (*rows, size > 0)
        ]
        print(f"{name:<22}{''.join(f'{c:>20}' for c in cells)}{gap.max():18.2f} %")
    print(flush=True)


def timed(solver: Solver, tables: list[Array], back: bool) -> tuple[Array, Array]:  # noqa: FBT001  # as solvers take it
    """Return the metres of each walk, and the milliseconds it took."""
    metres, ms = np.empty(len(tables)), np.empty(len(tables))
    for at, table in enumerate(tables):
        started = process_time()
        order = solver(table, back, at)
        ms[at] = 1000 * (process_time() - started)
        if len(np.unique(order)) != len(table):
            raise RuntimeError("a solver left a door out")
        metres[at] = table[order[:-1], order[1:]].sum()
        metres[at] += table[order[-1], order[0]] if back else 0.0
    return metres, ms


def ours(kicks: float) -> Solver:
    """Return our search with so many kicks a stop."""

    def solve(table: Array, back: bool, seed: int) -> Order:  # noqa: FBT001
        last = kernels.BACK if back else kernels.ANY
        return kernels.ordered(table, kernels.ANY, last, int(kicks * len(table)), seed)

    return solve


def closed(table: Array, back: bool) -> npt.NDArray[np.int64]:  # noqa: FBT001
    """Return whole decimetres; an open end is one more stop, near everything."""
    whole = np.round(10 * table).astype(int)
    return whole if back else np.pad(whole, ((1, 0), (1, 0)))


def opened(tour: list[int], back: bool) -> Order:  # noqa: FBT001
    """Return the walk that a round tour stands for."""
    if back:
        return np.array(tour)
    at = tour.index(0)
    return np.array(tour[at + 1 :] + tour[:at]) - 1


def by_fast_tsp(seconds: float) -> Solver:
    """Return fast-tsp, given so many seconds."""

    def solve(table: Array, back: bool, _: int) -> Order:  # noqa: FBT001
        tour = fast_tsp.find_tour(closed(table, back), duration_seconds=seconds)
        return opened(tour, back)

    return solve


def by_ortools(ms: int) -> Solver:
    """Return OR-tools' routing, given so many milliseconds."""
    asked = pywrapcp.DefaultRoutingSearchParameters()
    ways, climbs = (
        routing_enums_pb2.FirstSolutionStrategy,
        routing_enums_pb2.LocalSearchMetaheuristic,
    )
    asked.first_solution_strategy = ways.PATH_CHEAPEST_ARC
    asked.local_search_metaheuristic = climbs.GUIDED_LOCAL_SEARCH

    def solve(table: Array, back: bool, _: int) -> Order:  # noqa: FBT001
        whole = closed(table, back).tolist()
        stops = pywrapcp.RoutingIndexManager(len(whole), 1, 0)
        model = pywrapcp.RoutingModel(stops)
        model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(whole))
        found, limit = None, ms
        while found is None:  # on a busy machine it may not come to a first walk
            asked.time_limit.FromMilliseconds(limit)
            found, limit = model.SolveWithParameters(asked), 2 * limit
        tour, at = [], model.Start(0)
        while not model.IsEnd(at):
            tour.append(stops.IndexToNode(at))
            at = found.Value(model.NextVar(at))
        return opened(tour, back)

    return solve


def tsplib(folder: Path) -> None:
    """Print how far our round tours of TSPLIB's places are above the shortest."""
    optimal = {}
    for line in (folder / "optimal.txt").read_text().splitlines():
        name, _, length = line.partition(":")
        optimal[name.strip()] = int(length.split()[0])
    seeds = range(FIRST_SEED, FIRST_SEED + 5)
    print(
        f"TSPLIB, round tours, {KICKS} kicks a stop, {len(seeds)} seeds: "
        "% above the optimum"
    )
    print(f"{'':<12}{'stops':>8}{'mean':>10}{'worst':>10}{'s each':>10}")
    files = sorted(
        folder.glob("*.tsp"), key=lambda f: int("".join(filter(str.isdigit, f.stem)))
    )
    for file in files:
        x, y = tsplib_places(file)
        started = process_time()
        gaps = [100 * (round_tour(x, y, s) / optimal[file.stem] - 1) for s in seeds]
        each = (process_time() - started) / len(seeds)
        row = f"{np.mean(gaps):8.2f} %{max(gaps):8.2f} %{each:10.2f}"
        print(f"{file.stem:<12}{x.size:8,}{row}", flush=True)
    print()


def tsplib_places(file: Path) -> tuple[Array, Array]:
    """Read the places of an instance, along a curve."""
    lines = file.read_text().splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("NODE_COORD"))
    rows = [line.split() for line in lines[first + 1 :]]
    x, y = np.array([row[1:3] for row in rows if len(row) == 3], np.float64).T
    ids = [str(n) for n in range(x.size)]
    town = stops(pa.table({"door_id": ids, "x": x, "y": y}))
    return town.x, town.y


def round_tour(x: Array, y: Array, seed: int) -> float:
    """Return the length of our tour, each leg rounded as TSPLIB says."""
    tour = np.arange(x.size, dtype=np.int32)
    near, ground = around(x, y), in_straight_lines(x, y)
    gap = np.hypot(x[near] - x[:, None], y[near] - y[:, None])
    kernels.search(tour, near, gap, ground, np.empty((0, 0)), KICKS * x.size, seed)
    dx, dy = (axis[tour] - axis[np.roll(tour, 1)] for axis in (x, y))
    return float(np.floor(np.hypot(dx, dy) + 0.5).sum())


def bounds(seeds: range) -> None:
    """Print our cut of whole towns beside what no cut can be shorter than."""
    print("bounds, turfs of 40 to 50 doors, straight lines (s: of the bound)")
    print(
        f"{'':<12}{'seed':>8}{'cut km':>10}{'bound':>10}"
        f"{'of cut':>8}{'s':>7}{'forest':>10}"
    )
    for doors in (2_000, 20_000):
        for seed in seeds:
            placed = Town(doors, seed).placed
            cut = turf.cut(placed, CutPlan(40, 50), Seed(1)).metres
            started = process_time()
            found = turf.bound(placed, CutPlan(40, 50))
            seconds = process_time() - started
            forest = turf.bound(placed, CutPlan(40, 50), steps=0)
            print(
                f"{doors:<12,}{seed:8}{cut / 1000:10.2f}{found / 1000:10.2f}"
                f"{found / cut:8.4f}{seconds:7.2f}{forest / 1000:10.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
