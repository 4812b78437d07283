"""Import an invented state: our import beside DuckDB and two row-by-row readers.

    .venv/bin/python bench/import.py [ROWS ...] [--keep FOLDER] [--plot FILE.svg]

For each number of ROWS (1, 2, 4 and 8 million if left out) a file in North Carolina's
layout is made (bench/state.py), and imported:

- groundgame: a snapshot: doors, accounts, sorted; nothing left out;
- DuckDB: a bare copy to Parquet, all columns as text. No door, no account: what reading
  and writing cost at least;
- csv.DictReader and petl, row by row (bench/import_peers.py): of the first 20,000 rows
  they must come to the same as the import, in every column of people and doors; then
  their rate on the first 100,000, the middle of three runs, each with warm memories;
- csv with usaddress and phonenumbers for each row, as open tools for voter files do it,
  on the first 5,000; what it comes to is its own.

Each runs in a process of its own, which says what it took by the clock, of the
processors (on a busy machine this is the fairer one), and at most of memory.
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import duckdb
import import_peers
import state

from groundgame.voterfile import import_file

ALIKE = 20_000
SLICES = {"csv.DictReader": 100_000, "petl": 100_000, "as the field does": 5_000}
DAY = date(2025, 1, 15)
WARM = Path(__file__).parent.parent / "examples" / "elm" / "voters.csv"


def main() -> None:
    """Make the files, run all four, print what they took, and draw it."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("rows", type=int, nargs="*")
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--plot", type=Path)
    asked.add_argument("--run", nargs=3)
    told = asked.parse_args()
    if told.run:
        _run(*told.run)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = told.keep or Path(made)
        folder.mkdir(exist_ok=True)
        sizes = told.rows or [1_000_000, 2_000_000, 4_000_000, 8_000_000]
        took = {rows: _both(rows, folder) for rows in sizes}
        _slow(folder / f"{sizes[0]}.txt", folder, took[sizes[0]]["groundgame"])
    if told.plot:
        told.plot.write_text(_plot(took))


def _both(rows: int, folder: Path) -> dict[str, dict[str, float]]:
    """Run the import and the bare copy on one file, and print a line."""
    voters = folder / f"{rows}.txt"
    if not voters.exists():
        state.make(rows, voters)
    took = {name: _child(name, voters, folder) for name in ("groundgame", "DuckDB")}
    ours, copy = took["groundgame"], took["DuckDB"]
    print(
        f"{rows:>10,} rows {voters.stat().st_size / 1e9:5.2f} GB |"
        f" groundgame {ours['seconds']:6.1f} s, cpu {ours['cpu']:6.1f} s"
        f" ({ours['cpu'] / rows * 1e6:5.2f} us a row), {ours['gigabytes']:.2f} GB |"
        f" DuckDB {copy['seconds']:6.1f} s, cpu {copy['cpu']:6.1f} s |"
        f" ratio {ours['seconds'] / copy['seconds']:.2f},"
        f" cpu {ours['cpu'] / copy['cpu']:.2f}",
        flush=True,
    )
    return took


def _slow(voters: Path, folder: Path, ours: Mapping[str, float]) -> None:
    """Run the row-by-row readers on the first rows, and print how they compare."""
    alike = _first(voters, ALIKE, folder / "alike.txt")
    with tempfile.TemporaryDirectory(dir=folder) as out:
        snapshot = import_file(alike, "nc", Path(out), dated=DAY)
        rows = import_peers.check(alike, snapshot)
    print(f"row by row comes to the same in all of {rows:,} rows")
    rate = int(voters.stem) / ours["seconds"]
    for name, many in SLICES.items():
        some = _first(voters, many, folder / "some.txt")
        seconds = median(_child(name, some, folder)["seconds"] for _ in range(3))
        print(
            f"{name:<18}{many / seconds:>10,.0f} rows/s |"
            f" groundgame {rate:,.0f}, {rate * seconds / many:.1f} times as quick",
            flush=True,
        )


def _first(voters: Path, rows: int, to: Path) -> Path:
    """Write the first rows of a file into another, with the header."""
    with voters.open() as lines, to.open("w") as out:
        out.writelines(itertools.islice(lines, rows + 1))
    return to


def _child(name: str, voters: Path, folder: Path) -> dict[str, float]:
    """Run one of them in a process of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        told = subprocess.run(
            [sys.executable, __file__, "--run", name, voters, Path(out) / "out"],
            check=True,
            capture_output=True,
        )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _run(name: str, voters: str, out: str) -> None:
    """Run one of them, and say what it took."""
    if name == "groundgame":  # so that nobody pays for loading a library
        import_file(WARM, "elm", Path(out).with_name("warm"), dated=DAY)
    if name in SLICES:  # nor for what a dictionary remembers
        RUNS[name](Path(voters), Path(out))
    began, work = perf_counter(), process_time()
    RUNS[name](Path(voters), Path(out))
    took = {
        "seconds": perf_counter() - began,
        "cpu": process_time() - work,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }
    print(json.dumps(took))


def ours(voters: Path, out: Path) -> None:
    """Import into a snapshot."""
    import_file(voters, "nc", out, dated=DAY)


def with_duckdb(voters: Path, out: Path) -> None:
    """Copy to Parquet, all columns as text."""
    read = duckdb.read_csv(str(voters), all_varchar=True, header=True, sep="\t")
    read.write_parquet(str(out))


def _plot(took: Mapping[int, Mapping[str, Mapping[str, float]]]) -> str:
    """Draw processor seconds over rows, for the import and for the bare copy."""
    most = max(one["cpu"] for both in took.values() for one in both.values())
    wide = max(took)
    lines = []
    for name, colour in (("groundgame", "#1b6e5a"), ("DuckDB", "#b0562c")):
        points = [
            (60 + 500 * rows / wide, 310 - 280 * both[name]["cpu"] / most)
            for rows, both in sorted(took.items())
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(60.0, 310.0), *points])
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}"/>')
        lines += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
            for x, y in points
        ]
        x, y = points[-1]
        lines.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}">{name}</text>')
    for rows in took:
        x = 60 + 500 * rows / wide
        lines.append(f'<text x="{x - 10:.1f}" y="330">{rows / 1e6:g}</text>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 350" '
        'font-family="sans-serif" font-size="13">'
        '<path d="M60 20V310H600" fill="none" stroke="#333"/>'
        f'<text x="10" y="34">{most:.0f} s</text>'
        '<text x="430" y="346">millions of rows; processor seconds</text>'
        f"{''.join(lines)}</svg>\n"
    )


RUNS: dict[str, Callable[[Path, Path], None]] = {
    "groundgame": ours,
    "DuckDB": with_duckdb,
    "csv.DictReader": import_peers.with_csv,
    "petl": import_peers.with_petl,
    "as the field does": import_peers.as_the_field_does,
}

if __name__ == "__main__":
    main()
