"""Streets of Elm County, as places on a plane."""

import numpy as np
import pyarrow as pa

from groundgame.values import Seed


def placed(x, y=None, ids=None):
    """Return a PLACED table; doors are d00000, d00001 and so on unless named."""
    x = np.asarray(x, dtype=np.float64)
    y = np.zeros_like(x) if y is None else np.asarray(y, dtype=np.float64)
    ids = [f"d{n:05}" for n in range(x.size)] if ids is None else ids
    return pa.table({"door_id": pa.array(ids, pa.string()), "x": x, "y": y})


def street(doors, gap=10.0):
    """Return doors in a row, `gap` metres apart."""
    return placed(np.arange(doors) * gap)


def village(doors, number=1):
    """Return doors here and there on a square kilometre, some behind one entrance."""
    chance = Seed(number).stream("tests.village")
    x, y = chance.integers(0, 1000, (2, doors)).astype(float)
    shared = chance.random(doors) < 0.2
    x[shared], y[shared] = np.round(x[shared], -2), np.round(y[shared], -2)
    return placed(x, y)


def shuffled(table, number=1):
    """Return the same rows in another order."""
    rows = Seed(number).stream("tests.shuffle").permutation(table.num_rows)
    return table.take(rows)


def sizes(turfs):
    """Return how many doors each turf has."""
    return np.unique(turfs["turf"].to_numpy(), return_counts=True)[1].tolist()


def walks(turfs):
    """Return the doors of each turf in walking order."""
    rows = sorted(turfs.to_pylist(), key=lambda row: (row["turf"], row["position"]))
    numbers = sorted({row["turf"] for row in rows})
    return [[r["door_id"] for r in rows if r["turf"] == n] for n in numbers]
