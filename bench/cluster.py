"""The five rooms in process and on a Spark cluster: what one more row costs in each.

    .venv/bin/python -m bench.cluster [SMALL LARGE]

Two invented files in North Carolina's layout (bench/state.py; 100,000 and 300,000 rows
if left out) go through import, locate, count, cut and match: in threads of this
process, then on a cluster of a master and two workers on this machine. Each file is cut
into as many pieces as the other, so that the difference of the two is what rows cost,
and what is left is what a run costs however small it is. Times are of the processors,
of this process and all below it (Java too), so that a busy machine spoils them little.
"""

import argparse
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench import state
from groundgame import match, turf, universe, voterfile
from groundgame.cluster import engine
from groundgame.match import search
from groundgame.tables import Snapshot
from groundgame.turf import cells
from groundgame.values import Here, Workers
from groundgame.voterfile import finish, source
from tests.cluster import spark

DAY = date(2025, 1, 15)
PIECES = 8
RULES = (
    "everyone",
    "party = DEM and age < 35",
    "a door where at least 2 are party = DEM",
    "random 30% of doors seed 7",
)
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What one room took: seconds of processors, and bytes through the workers."""

    rows: int
    cpu: float
    sent: int


class Weighed:
    """Workers, and how many bytes go to them and come back."""

    def __init__(self, workers: Workers) -> None:
        """Begin at none."""
        self._workers, self.sent = workers, 0

    @property
    def count(self) -> int:
        """How many pieces are done at the same time."""
        return self._workers.count

    def map(self, work: Callable[[Any], Any], pieces: Any) -> Iterator[Any]:
        """Do each piece, and weigh it and what comes of it."""
        self.sent += sum(len(pickle.dumps(piece)) for piece in pieces)
        for result in self._workers.map(work, pieces):
            self.sent += len(pickle.dumps(result))
            yield result


def main() -> None:
    """Run both sizes both ways, and print what a row costs."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("sizes", type=int, nargs="*", default=[100_000, 300_000])
    small, large = asked.parse_args().sizes
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for rows in (small, large):
            state.make(rows, folder / f"{rows}.txt")
        state.make(3_000, folder / "3000.txt")  # what is compiled, and opened, once
        _rooms(folder, 3_000, Here())
        here = {rows: _rooms(folder, rows, Here()) for rows in (small, large)}
        (folder / "spark").mkdir()
        with spark.cluster(folder / "spark") as address, engine(address) as workers:
            _rooms(folder, 3_000, workers)
            there = {rows: _rooms(folder, rows, workers) for rows in (small, large)}
            print(f"largest worker: {max(_peaks()):,} MB of memory at {large:,} rows")
    print(f"{'':9}{'':>6} | in process          | on the cluster")
    print("room      each   | us a row   a run, s | us a row   a run, s   bytes a row")
    for room in here[small]:
        one, other = _line(here, room, small, large), _line(there, room, small, large)
        print(
            f"{room:<10}{_OF[room]:<7}| {one[0]:8.2f} {one[1]:10.2f} |"
            f" {other[0]:8.2f} {other[1]:10.2f} {other[2]:13.2f}",
            flush=True,
        )


_OF = {
    "import": "row",
    "locate": "door",
    "layout": "person",
    "count": "person",
    "cut": "door",
    "match": "person",
}


def _line(
    found: dict[int, dict[str, Cost]], room: str, small: int, large: int
) -> tuple[float, float, float]:
    """Return microseconds a row, seconds a run, and bytes a row."""
    less, more = found[small][room], found[large][room]
    rows = more.rows - less.rows
    slope = (more.cpu - less.cpu) / rows
    sent = (more.sent - less.sent) / rows
    return slope * 1e6, max(less.cpu - slope * less.rows, 0.0), sent


def _rooms(folder: Path, rows: int, workers: Workers) -> dict[str, Cost]:
    """Go through the rooms with one file."""
    voters = folder / f"{rows}.txt"
    finish.PEOPLE_IN_PART = rows // PIECES
    source.PIECE = voters.stat().st_size // PIECES
    search.PIECE = rows // PIECES
    cells.CELL = max(rows // 2 // PIECES // 2, 200)
    costs: dict[str, Cost] = {}

    def timed(room: str, each: int, work: Callable[[Workers], Any]) -> Any:
        weighed, before = Weighed(workers), _cpu()
        done = work(weighed)
        costs[room] = Cost(each, _cpu() - before, weighed.sent)
        return done

    with tempfile.TemporaryDirectory(dir=folder) as into:
        snapshot: Snapshot = timed(
            "import",
            rows,
            lambda who: voterfile.import_file(
                voters, "nc", Path(into), dated=DAY, workers=who
            ),
        )
        people, doors = snapshot.manifest.people, snapshot.manifest.doors
        points = _points(snapshot, Path(into))
        timed(
            "locate",
            doors,
            lambda who: voterfile.locate(snapshot, [points], workers=who),
        )
        ask = _asking(snapshot)
        timed("layout", people, lambda who: ask(who, RULES[:1]))
        timed("count", people * len(RULES), lambda who: ask(who, RULES))
        found = snapshot.read("doors")
        placed = turf.on_plane(found)
        timed("cut", doors, lambda who: turf.cut(placed, workers=who))
        listed = match.read(_list(snapshot, Path(into)))
        timed("match", people, lambda who: match.link(listed, snapshot, workers=who))
        if isinstance(workers, Here) and rows > 3_000:  # not the first
            _sizes(snapshot, voters, rows)
            _borders(placed)
    return costs


def _asking(snapshot: Snapshot) -> Callable[[Workers, tuple[str, ...]], None]:
    """Return what asks some rules, part by part."""

    def ask(workers: Workers, rules: tuple[str, ...]) -> None:
        for rule in map(universe.parse, rules):
            universe.count(snapshot, rule, as_of=DAY, workers=workers)

    return ask


def _points(snapshot: Snapshot, folder: Path) -> Path:
    """Write address points for four doors of five, on a grid of towns."""
    doors = pl.DataFrame(snapshot.read("doors", ["number", "street", "unit", "zip"]))
    chance = np.random.default_rng(1)
    town = doors["zip"].rank("dense").to_numpy().astype(int)
    where = {
        "LON": -80 + town % 40 / 10 + chance.random(doors.height) / 20,
        "LAT": 35 + town // 40 / 10 + chance.random(doors.height) / 20,
    }
    table = doors.rename(
        {"number": "NUMBER", "street": "STREET", "unit": "UNIT", "zip": "POSTCODE"}
    ).with_columns(pl.Series(name, values) for name, values in where.items())
    table = table.with_columns(CITY=pl.lit(""), REGION=pl.lit("NC"))
    kept = table.filter(pl.Series(chance.random(doors.height) < 0.8))
    kept.write_csv(folder / "points.csv")
    return folder / "points.csv"


def _list(snapshot: Snapshot, folder: Path) -> Path:
    """Write a list of a hundredth of the people, as they write themselves."""
    columns = ["first_name", "last_name", "birth_year", "phone", "door_id"]
    people = pl.DataFrame(snapshot.read("people", columns)).gather_every(100)
    doors = pl.DataFrame(snapshot.read("doors", ["door_id", "address", "zip"]))
    listed = people.join(doors, on="door_id", how="left").drop("door_id")
    listed.write_csv(folder / "list.csv")
    return folder / "list.csv"


def _sizes(snapshot: Snapshot, voters: Path, rows: int) -> None:
    """Print what lies on disk."""
    kept = {
        "voter file": voters.stat().st_size,
        "snapshot": sum(_size(one) for one in snapshot.folder.glob("[!e]*")),
        "electorate": sum(_size(one) for one in snapshot.folder.glob("electorate*")),
    }
    said = ", ".join(f"{name} {size / rows:.0f}" for name, size in kept.items())
    print(f"{rows:,} rows, bytes a row on disk: {said}", flush=True)


def _size(path: Path) -> int:
    """Return the bytes of a file, or of all in a folder."""
    every = [path, *path.rglob("*")]
    return sum(one.stat().st_size for one in every if one.is_file())


def _borders(placed: Any) -> None:
    """Print how much longer walks are where doors are cut in cells."""
    one, apart = (turf.cut(placed, workers=who) for who in (None, Here()))
    print(
        f"{placed.num_rows:,} doors in cells of {cells.CELL:,} or more:"
        f" walks {100 * (apart.metres / one.metres - 1):+.2f} %",
        flush=True,
    )


def _tree() -> list[int]:
    """Return this process and all below it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parents[int(path.parent.name)] = int(words[1])
    known = [os.getpid()]
    for one in known:
        known += [child for child, parent in parents.items() if parent == one]
    return known


def _cpu() -> float:
    """Return the seconds of processors of this process and all below it, also ended."""
    ticks = 0
    for process in _tree():
        try:
            words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, words[11:15]))
    return ticks / _TICKS


def _peaks() -> list[int]:
    """Return the most memory, in megabytes, that each Python below this one had."""
    found = [0]
    for process in _tree()[1:]:
        try:
            lines = Path(f"/proc/{process}/status").read_text().splitlines()
        except OSError:
            continue
        said = dict(line.split(":", 1) for line in lines if ":" in line)
        if "python" in said["Name"] and "VmHWM" in said:
            found.append(int(said["VmHWM"].split()[0]) // 1024)
    return found


if __name__ == "__main__":
    main()
