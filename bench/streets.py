"""Streets at the size of a state: opened, laid on a plane, joined to doors.

    python -m bench.streets [DOORS] [--seed N] [--pbf FILE]

An invented state (bench/town.py; 4,000,000 doors if left out) is written, opened and
joined to its doors. Times are of the processors. The peer is the nearest line in a tree
of Shapely's, over a sample of the same doors, in the same run: it knows no names and no
sides. With --pbf, an extract is prepared too.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import shapely

from bench import town
from groundgame.normal.streets import streets as normal
from groundgame.turf import Plane
from groundgame.turf.streets import Joined, Laid, Streets, join, lay, prepare

SAMPLE = 100_000  # doors that the peer is asked for


def main() -> None:
    """Print what each step costs, and how it compares."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("doors", type=int, nargs="?", default=4_000_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--pbf", type=Path)
    told = asked.parse_args()
    if told.pbf:
        done = _timed(f"prepare {told.pbf.name}", lambda: prepare(told.pbf))
        print(f"{done.streets.nodes:,} nodes, {done.streets.a.size:,} edges")
    with TemporaryDirectory() as folder:
        _state(told.doors, told.seed, Path(folder))


def _state(count: int, seed: int, folder: Path) -> None:
    """Make a state, and walk through its steps."""
    _timed("invent the state", lambda: town.make(count, folder, seed=seed, state=True))
    streets = _timed("open the streets", lambda: Streets.open(folder / town.FILES[0]))
    doors = pq.read_table(folder / town.FILES[1], columns=["lon", "lat", "street"])
    lon, lat = doors["lon"].to_numpy(), doors["lat"].to_numpy()
    plane = Plane.around(lon, lat)
    x, y = _timed("doors on the plane", lambda: plane.metres(lon, lat))
    laid = _timed("streets on the plane", lambda: lay(streets, plane))
    join(laid, x[:100], y[:100], doors["street"][:100])  # compiled or loaded now
    joined = _timed("join doors", lambda: join(laid, x, y, doors["street"]))
    ours = TIMES["join doors"] / count
    sample = np.arange(0, count, max(1, count // SAMPLE))
    _timed("peer's nearest lines", lambda: _peer(laid, x[sample], y[sample]))
    peers = TIMES["peer's nearest lines"] / sample.size
    print(f"{count:,} doors, {streets.a.size:,} edges, {streets.nodes:,} nodes")
    print(f"on the street of their address: {_own(laid, joined, doors['street']):.2%}")
    print(
        f"a door: {ours * 1e6:.2f} us; the peer {peers * 1e6:.2f}: {ours / peers:.3f}"
    )


TIMES: dict[str, float] = {}


def _timed(what: str, step: Callable[[], Any]) -> Any:
    """Do a step; print its seconds and the most memory that was ever used."""
    start = process_time()
    done = step()
    TIMES[what] = process_time() - start
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:24} {TIMES[what]:7.2f} s  {memory:6.0f} MiB")
    return done


def _peer(laid: Laid, x: Any, y: Any) -> Any:
    """Find the nearest line of each place, by a tree of lines."""
    places = np.column_stack(laid.lines[1:])
    of = np.repeat(np.arange(laid.streets.a.size), np.diff(laid.lines.first))
    tree = shapely.STRtree(shapely.linestrings(places, indices=of))
    return tree.query_nearest(shapely.points(x, y), all_matches=False)


def _own(laid: Laid, joined: Joined, asked: Any) -> float:
    """Return the share of doors on a street that is called as their address says."""
    words = asked.combine_chunks().dictionary_encode()
    names = pl.Series([*words.dictionary.to_pylist(), *laid.streets.names, "-"])
    number = normal(names)["street_key"].rank("dense").to_numpy()
    named = number[words.indices.to_numpy()]
    edges = np.where(joined.edge >= 0, laid.streets.name[joined.edge], -1)
    return float((named == number[len(words.dictionary) :][edges]).mean())


if __name__ == "__main__":
    main()
