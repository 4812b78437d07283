"""Question: what does a door cost, from 20,000 of them to a state of 4,000,000?

    python -m bench.turf_scale FOLDER EFFORT     (one cut, in a process of its own)

From doors.parquet and streets.parquet of FOLDER to ordered turfs in a file; prints one
line of JSON: seconds of the clock and of the processors, the largest memory, metres,
turfs, and those outside their limits.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from bench.turf_tables import Table, plot
from bench.turf_world import LEAST, MOST
from groundgame import turf
from groundgame.turf import CutPlan
from groundgame.turf.stand import stand
from groundgame.turf.streets import Streets
from groundgame.values import Here, Seed

HOUSE = Path(__file__).parents[1]
CELLS = 50_000  # doors from which a file is cut in cells, by threads
COLUMNS = ["door_id", "lon", "lat", "street", "number", "unit"]
BESIDE = 1.0  # an effort beside the least from which that of ten times is reckoned
TEN = 10.0  # times the time: what the least effort is held against
HEADS = (
    *("doors", "effort", "wall s", "CPU s", "µs a door", "GiB", "km", "turfs"),
    *("outside", "longer than the last"),
)


def scale(
    sizes: Sequence[int], efforts: Sequence[float], states: Path, out: Path, upto: int
) -> Table:
    """Cut a made file of each size at each effort; return the table, and draw it.

    Files of up to `upto` doors are cut twice more, at effort BESIDE and at the one that
    takes TEN times the processors' time of the least.
    """
    table = Table("From file to ordered turfs on streets", HEADS)
    for doors in sizes:
        folder = made(states, doors)
        tried = {*efforts, BESIDE} if doors <= upto else efforts
        runs = {effort: one(folder, effort) for effort in sorted(tried)}
        if doors <= upto and len(runs) > 1:
            most = _lasting(runs)
            runs[most] = one(folder, most)
        last = runs[max(runs)]["km"]
        for effort, run in runs.items():
            longer = 100.0 * (run["km"] / last - 1.0)
            table.add(
                f"{doors:,}", f"{effort:.3g}", f"{run['wall']:.1f}",
                f"{run['cpu']:.1f}", f"{1e6 * run['cpu'] / doors:.1f}",
                f"{run['gib']:.2f}", f"{run['km']:.1f}", f"{run['turfs']:,}",
                run["outside"], f"{longer:.2f} %",
            )  # fmt: skip
    _drawn(table, efforts, out)
    return table


def _lasting(runs: Mapping[float, Mapping[str, float]]) -> float:
    """Return about the effort that takes TEN times the time of the least."""
    less, more = min(runs), max(runs)
    each = (runs[more]["cpu"] - runs[less]["cpu"]) / (more - less)
    return round(less + (TEN - 1.0) * runs[less]["cpu"] / each, 2)


def _drawn(table: Table, efforts: Sequence[float], out: Path) -> None:
    """Draw microseconds a door against doors."""
    lines = {}
    for effort in efforts:
        rows = [row for row in table.rows if row[1] == f"{effort:.3g}"]
        doors = [float(row[0].replace(",", "")) for row in rows]
        lines[f"effort {effort:g}"] = doors, [float(row[4]) for row in rows]
    plot(out / "scale.svg", lines, ("doors", "microseconds of CPU a door"), log_y=True)


def made(states: Path, doors: int) -> Path:
    """Return the folder of a file of so many doors; make it where there is none."""
    folder = states / str(doors)
    if not (folder / "doors.parquet").exists():
        command = [sys.executable, "-m", "bench.town", str(doors), str(folder)]
        state = ["--state"] if doors >= 2 * CELLS else []
        subprocess.run([*command, *state], check=True, cwd=HOUSE)
    return folder


def one(folder: Path, effort: float) -> dict[str, Any]:
    """Cut one file in a process of its own."""
    command = [sys.executable, "-m", "bench.turf_scale", str(folder), str(effort)]
    done = subprocess.run(command, check=True, cwd=HOUSE, stdout=subprocess.PIPE)
    run: dict[str, Any] = json.loads(done.stdout)
    return run


def main() -> None:
    """Cut one file, and say what it took."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("effort", type=float)
    told = asked.parse_args()
    began, cpu = perf_counter(), process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "turfs.parquet"
        count, cut = _cut(told.folder, told.effort)
        pq.write_table(cut.turfs, path)
        wall, cpu = perf_counter() - began, process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        said = {"wall": wall, "cpu": cpu, "gib": peak, "km": cut.metres / 1000.0}
        print(json.dumps(said | _sizes(path, count, len(cut.left_out))))


def _cut(folder: Path, effort: float) -> tuple[int, turf.Cut]:
    """Return how many doors the file has, and its cut."""
    doors = pq.read_table(folder / "doors.parquet", columns=COLUMNS)
    standing = stand(doors, Streets.open(folder / "streets.parquet"))
    plan, count = CutPlan(LEAST, MOST, effort), doors.num_rows
    del doors
    workers = Here() if count >= CELLS else None
    network = standing.network
    return count, turf.cut(
        standing.placed, plan, Seed(1), network=network, workers=workers
    )


def _sizes(path: Path, doors: int, left_out: int) -> dict[str, int]:
    """Count the turfs of a file, and those outside; no door may be lost or doubled."""
    turfs = pl.from_arrow(pq.read_table(path, columns=["door_id", "turf"]))
    assert isinstance(turfs, pl.DataFrame)  # noqa: S101  # of a table
    if turfs["door_id"].n_unique() != turfs.height or turfs.height + left_out != doors:
        raise SystemExit("the cut has lost a door, or has one twice")
    size = turfs["turf"].value_counts()["count"]
    return {"turfs": size.len(), "outside": int(((size < LEAST) | (size > MOST)).sum())}


if __name__ == "__main__":
    main()
