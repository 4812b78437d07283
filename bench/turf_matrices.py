"""Question: what does it cost to know all distances within a turf?

Fifty stops that follow one another along the streets are a turf. Ours: what lies around
each corner is found once for 25,000 stops, then each 50 x 50 is read off. scipy:
Dijkstra from the corners of each turf, on the piece of the network that is near it.
"""

from itertools import pairwise
from time import process_time

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.turf_exact import doors_of, ends, graph
from bench.turf_tables import Table
from bench.turf_world import Counts, Floats, World
from groundgame.turf.footing import along_streets, footing
from groundgame.turf.kernels.order import tabled
from groundgame.turf.stops import along_curve

STOPS = 50  # of a turf
CELL = 25_000  # stops for which ours looks around at once
ALL = 80_000  # matrices
SOME = 200  # turfs that scipy is given
MARGIN = 300.0  # metres around a turf that belong to its piece


def matrices(world: World, *, limit: int = ALL) -> Table:
    """Time both ways, and say how far they are apart where both have been."""
    title = f"{STOPS} x {STOPS} within a turf, of {world.count:,} doors on streets"
    table = Table(title, ("", "matrices", "CPU s", "ms each", f"{ALL:,} take, s"))
    turfs = _turfs(world)[:limit]
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
    gaps = np.concatenate(
        [(apart[n] - other).reshape(-1) for n, other in enumerate(others)]
    )
    exact = np.mean(np.abs(gaps) < 0.5)
    print(f"\n{100 * exact:.2f} % of our distances are scipy's to half a metre")
    print(f"ours less scipy's, metres: {gaps.min():.1f} to {gaps.max():.1f}")
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
    _, first = np.unique(places, axis=0, return_index=True)
    rows = standing[first]
    rows = rows[np.argsort(along_curve(world.x[rows], world.y[rows]), kind="stable")]
    parts = []
    for begin in range(0, rows.size, CELL):
        some = rows[begin : begin + CELL]
        ground = footing(world.placed.take(some), None)
        parts.append(some[along_streets(ground)])
    rows = np.concatenate(parts)
    return rows[: rows.size // STOPS * STOPS].reshape(-1, STOPS)


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
            table = tabled(ground, np.arange(one, other), 0)
            if begin == 0 and number < SOME:
                kept[number] = table
        found, filled = found + looked - started, filled + process_time() - looked
    return found, filled


def _alone(world: World, turfs: Counts) -> float:
    """Return the seconds where nothing is known but the network, turf by turf."""
    started = process_time()
    for rows in turfs:
        ground = footing(world.placed.take(rows), world.network)
        tabled(ground, np.arange(rows.size), 0)
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
