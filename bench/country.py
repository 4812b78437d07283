"""An invented state: towns, few of them large, in a country of winding roads."""

import numpy as np
from scipy.spatial import cKDTree

from bench.blocks import BLOCK, PER_BLOCK, barrier, town
from bench.nets import (
    COUNTRY,
    SECONDARY,
    TERTIARY,
    WORDS,
    Array,
    Chance,
    Net,
    largest,
    together,
)

RURAL = 0.07  # of a state's doors that are in no town
TOWN_EDGE = 350.0  # metres around a town's crossings without country roads
SECTION = 1_250.0  # metres between country roads
TOWNS = 4_000  # doors of a town on average
SPREAD = 31.0  # doors of a state to a square kilometre
ROADS = 4_000  # names of county roads


def whole_state(chance: Chance, doors: int) -> Net:
    """Return a state: towns, few of them large, and the country between them."""
    wide = 1000.0 * np.sqrt(doors / SPREAD * 1.6)
    high = wide / 1.6
    count = max(3, doors // TOWNS)
    share = 1.0 / (np.arange(count) + 4) ** 0.9
    sizes = np.maximum((share / share.sum() * doors * (1 - RURAL)).astype(int), 150)
    radius = 1.25 * np.sqrt(sizes / PER_BLOCK / np.pi * BLOCK[0] * BLOCK[1])
    places = _scattered(chance, radius, wide, high)
    towns = [
        largest(town(chance, int(size), *place))
        for size, place in zip(sizes, places, strict=True)
    ]
    built = together(towns)
    return _joined(built, _country(chance, built, wide, high))


def _joined(built: Net, country: Net) -> Net:
    """Return towns and country as one; a house now and then along country roads."""
    whole = together([built.changed(x=country.x, y=country.y), country], same=True)
    long = np.hypot(*(one[whole.a] - one[whole.b] for one in (whole.x, whole.y)))
    rural = np.arange(whole.a.size) >= built.a.size
    in_town = 2 * (long[~rural] / whole.lot[~rural]).sum()
    lot = 2 * long[rural].sum() / (in_town * RURAL / (1 - RURAL))
    return whole.changed(lot=np.where(rural, lot, whole.lot))


def _scattered(chance: Chance, radius: Array, wide: float, high: float) -> Array:
    """Return places for towns, none in another."""
    places = np.empty((radius.size, 2))
    for k in range(radius.size):
        while True:
            place = (chance.random(2) - 0.5) * (wide, high)
            apart = np.hypot(*(places[:k] - place).T)
            if (apart > radius[:k] + radius[k]).all():
                places[k] = place
                break
    return places


def _country(chance: Chance, built: Net, wide: float, high: float) -> Net:
    """Return the country's roads, and those that lead from it into the towns."""
    columns, rows = int(wide / SECTION) + 2, int(high / SECTION) + 2
    i, j = (one.reshape(-1) for one in np.mgrid[:columns, :rows])
    shake = chance.normal(0.0, 0.12, (2, i.size))
    x = (i + shake[0] - columns / 2) * SECTION
    y = (j + shake[1] - rows / 2) * SECTION
    near = cKDTree(np.column_stack((built.x, built.y)))
    open_ = _apart(near, x, y)
    grid = np.arange(i.size).reshape(columns, rows)
    a = np.concatenate((grid[:-1].reshape(-1), grid[:, :-1].reshape(-1)))
    b = np.concatenate((grid[1:].reshape(-1), grid[:, 1:].reshape(-1)))
    line = np.where(i[a] == i[b], i[a], j[a] + columns)
    rank = np.select([line % 8 == 0, line % 4 == 0], [SECONDARY, TERTIARY], COUNTRY)
    goes = (rank < COUNTRY) | (chance.random(a.size) < 0.6)
    for _ in range(2):
        river = barrier(
            chance, columns / 2, i - columns / 2, j - rows / 2, TERTIARY, 0.0
        )
        goes &= (river.side[a] == river.side[b]) | (rank <= river.bridged)
    bulge = chance.normal(0.0, 0.05 * SECTION, (2, a.size))
    bend_x, bend_y = (x[a] + x[b]) / 2 + bulge[0], (y[a] + y[b]) / 2 + bulge[1]
    goes &= _apart(near, bend_x, bend_y)
    stops = goes & (open_[a] != open_[b])  # it leads into a town
    goes &= open_[a] & open_[b]
    outer = np.unique(np.where(open_[a], a, b)[stops])
    gate = near.query(np.column_stack((x[outer], y[outer])))[1]
    start = built.x.size
    a, b = np.append(a[goes], outer) + start, np.append(b[goes] + start, gate)
    added = a.size - goes.sum()
    none = np.full(added, np.nan)
    return Net(
        np.append(built.x, x),
        np.append(built.y, y),
        a,
        b,
        np.append(bend_x[goes], none),
        np.append(bend_y[goes], none),
        np.append(rank[goes], np.full(added, TERTIARY)),
        np.append(line[goes], np.arange(added)) % ROADS + 3 * WORDS,
        np.full(a.size, 100),
        np.full(a.size, 1.0),
    )


def _apart(near: cKDTree, x: Array, y: Array) -> Array:
    """Say which places are in no town."""
    far = near.query(np.column_stack((x, y)), distance_upper_bound=TOWN_EDGE)[0]
    return np.asarray(~np.isfinite(far))
