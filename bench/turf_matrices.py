"""Question: what does it cost to know all distances within a turf?

Some cells of 25,000 places with a door are cut on streets, in turfs of fifty. Ours:
what lies around each corner is found once for a cell, then each 50 x 50 is read off.
scipy: Dijkstra from the corners of each turf, on the piece of the network near it.
"""

from itertools import pairwise
from time import process_time

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.turf_exact import doors_of, ends, graph
from bench.turf_tables import Table
from bench.turf_world import Counts, Floats, World
from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.turf.footing import footing
from groundgame.turf.kernels.order import tabled
from groundgame.turf.stops import along_curve
from groundgame.values import Seed

STOPS = 50  # of a turf
CELL = 25_000  # stops for which ours looks around at once
ALL = 80_000  # matrices
SOME = 200  # turfs that scipy is given
CELLS = 8
MARGIN = 300.0  # metres around a turf that belong to its piece


def matrices(world: World) -> Table:
    """Time both ways, and say how far they are apart where both have been."""
    title = f"{STOPS} x {STOPS} within a turf, of {world.count:,} doors on streets"
    table = Table(title, ("", "matrices", "CPU s", "ms each", f"{ALL:,} take, s"))
    turfs = _turfs(world)
    apart: dict[int, Floats] = {}
    found, filled = _ours(world, turfs, apart)
    for name, cpu, many in (
        ("ours", found + filled, len(turfs)),
        ("ours, of that reading off", filled, len(turfs)),
        ("ours, each turf alone", _alone(world, turfs[:SOME]), min(SOME, len(turfs))),
    ):
        _row(table, name, cpu, many)
    started = process_time()
    others = _scipy(world, turfs[: len(apart)])
    _row(table, "scipy on a piece", process_time() - started, len(others))
    gaps = np.concatenate([(apart[n] - one).ravel() for n, one in enumerate(others)])
    known = gaps[np.isfinite(gaps)]  # scipy's piece may hold no way
    table.note = (
        f"Of {gaps.size:,} distances scipy's piece holds no way for"
        f" {gaps.size - known.size}; {100 * np.mean(np.abs(known) < 0.5):.2f} % of the"
        f" others are the same to half a metre. Ours less scipy's:"
        f" {known.min():.1f} to {known.max():.1f} m."
    )
    return table


def _row(table: Table, name: str, cpu: float, many: int) -> None:
    """Write down what some matrices took."""
    each = cpu / many
    table.add(
        name, f"{many:,}", f"{cpu:.2f}", f"{1000 * each:.3f}", f"{ALL * each:.1f}"
    )


def _turfs(world: World) -> Counts:
    """Return the rows of doors by turfs, one door of each place, shape (turfs, 50)."""
    standing = np.flatnonzero(world.placed["edge"].to_numpy() >= 0)
    places = np.column_stack((world.x, world.y))[standing]
    rows = standing[np.unique(places, axis=0, return_index=True)[1]]
    rows = rows[np.argsort(along_curve(world.x[rows], world.y[rows]), kind="stable")]
    size = min(CELL, rows.size // STOPS * STOPS)
    begins = np.arange(0, rows.size - size + 1, size)
    begins = begins[:: max(1, begins.size // CELLS)][:CELLS]
    return np.concatenate([_cut(world, rows[at : at + size]) for at in begins])


def _cut(world: World, rows: Counts) -> Counts:
    """Cut some doors into turfs of fifty, on streets."""
    numbers = pa.array(rows).cast(pa.string())
    placed = world.placed.take(rows).set_column(0, "door_id", numbers)
    plan = CutPlan(STOPS, STOPS, 0.1)
    turfs = turf.cut(placed, plan, Seed(1), network=world.network).turfs
    return np.array(turfs["door_id"].cast(pa.int64())).reshape(-1, STOPS)


def _ours(world: World, turfs: Counts, kept: dict[int, Floats]) -> tuple[float, float]:
    """Return the seconds for looking around, and for reading off; keep some."""
    found = filled = 0.0
    for begin in range(0, len(turfs), CELL // STOPS):
        some = turfs[begin : begin + CELL // STOPS]
        started = process_time()
        ground = footing(world.placed.take(some.reshape(-1)), world.network)
        looked = process_time()
        starts = np.arange(0, some.size + 1, STOPS)
        for number, (one, other) in enumerate(pairwise(starts)):
            table = tabled(ground, np.arange(one, other))
            if begin == 0 and number < SOME:
                kept[number] = table
        found, filled = found + looked - started, filled + process_time() - looked
    return found, filled


def _alone(world: World, turfs: Counts) -> float:
    """Return the seconds where nothing is known but the network, turf by turf."""
    started = process_time()
    for rows in turfs:
        ground = footing(world.placed.take(rows), world.network)
        tabled(ground, np.arange(rows.size))
    return process_time() - started


def _scipy(world: World, turfs: Counts) -> list[Floats]:
    """Return the same matrices, each by Dijkstra on the nodes around the turf."""
    net = world.network
    if net is None:
        raise ValueError("there are no streets")
    whole = graph(net)
    whole = csr_array(whole + whole.T)
    by_x = np.argsort(net.x)
    sorted_x = net.x[by_x]
    tables = []
    for rows in turfs:
        x, y = world.x[rows], world.y[rows]
        low, high = np.searchsorted(sorted_x, (x.min() - MARGIN, x.max() + MARGIN))
        nodes = by_x[low:high]
        inside = (net.y[nodes] > y.min() - MARGIN) & (net.y[nodes] < y.max() + MARGIN)
        tables.append(_table(world, rows, whole, np.sort(nodes[inside])))
    return tables


def _table(world: World, rows: Counts, whole: csr_array, nodes: Counts) -> Floats:
    """Return the distances between the doors of one turf on a piece."""
    net, doors = world.network, doors_of(world, rows)
    if net is None:
        raise ValueError("there are no streets")
    out = ends(net, doors)
    corners = np.unique(np.concatenate([node for node, _ in out]))
    nodes = np.union1d(nodes, corners)
    piece = whole[nodes][:, nodes]
    apart = dijkstra(piece, indices=np.searchsorted(nodes, corners))
    apart = apart[:, np.searchsorted(nodes, corners)]
    best = np.full((rows.size, rows.size), np.inf)
    for node, far in out:
        for other, home in out:
            one, two = np.searchsorted(corners, node), np.searchsorted(corners, other)
            way = far[:, None] + apart[np.ix_(one, two)] + home
            best = np.minimum(best, way)
    same = doors.edge[:, None] == doors.edge
    over = doors.side[:, None] * doors.side < 0
    cross = np.where(over, net.cross[doors.edge][:, None], 0.0)
    direct = np.abs(doors.along[:, None] - doors.along) + cross
    best[same] = direct[same]
    np.fill_diagonal(best, 0.0)
    return best
