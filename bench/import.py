"""Import an invented state: our import beside DuckDB and two row-by-row readers.

    .venv/bin/python bench/import.py [ROWS ...] [--keep FOLDER] [--plot FILE.svg]

For each number of ROWS (1, 2, 4 and 8 million if left out) a file in North
Carolina's layout is made (bench/state.py), and imported:

- groundgame: a snapshot: doors, accounts, sorted; nothing left out;
- DuckDB and Polars: a bare copy to Parquet, all columns as text. No door, no account:
  what reading and writing cost at least, and how many bytes a second can be read.

Then, beside the rate of our import of the largest file, its fixed cost included:

- csv.DictReader and petl, row by row, doing the same (bench/import_peers.py says what
  they do and what they are spared), on the first 200,000 rows; each reads a row as if
  it were the first, and then csv.DictReader once more with a memory: what it made of a
  street, a unit, a day it keeps, and looks up. Before that they must
  come to the same as the import in 20,000 rows as they are, and in as many made rough
  (bench/import_rough.py): people, doors, districts and refused rows, in order;
- csv with usaddress and phonenumbers for each row, as open tools for voter files do it,
  on the first 20,000; what it comes to is its own.

Each runs in a process of its own, which says what it took by the clock, of the
processors (on a busy machine this is the fairer one), and at most of memory. Nobody
remembers anything from a run before; nobody pays for loading a library. A row-by-row
reader has one processor and our import all of them: both ratios are told.
"""

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import import_peers
import import_rough
import polars as pl
import state
from row_memory import WITHOUT

from groundgame.voterfile import import_file

ALIKE = 20_000
MEMORY = "csv with a memory"
SLICES = {
    "csv.DictReader": 200_000,
    "petl": 200_000,
    MEMORY: 200_000,
    "as the field does": 20_000,
}
COPIES = ("DuckDB", "Polars")
DAY = date(2025, 1, 15)
WARM = Path(__file__).parent.parent / "examples" / "elm" / "voters.csv"


def main() -> None:
    """Make the files, run all, print what they took, and draw it."""
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
        took = {rows: _each(rows, folder) for rows in sizes}
        most = max(sizes)
        _slow(folder / f"{most}.txt", folder, took[most]["groundgame"])
    if told.plot:
        told.plot.write_text(_plot(took))


def _each(rows: int, folder: Path) -> dict[str, dict[str, float]]:
    """Run the import and the bare copies on one file, and print a line for each."""
    voters = folder / f"{rows}.txt"
    if not voters.exists():
        state.make(rows, voters)
    took = {name: _child(name, voters, folder) for name in ("groundgame", *COPIES)}
    ours, size = took["groundgame"], voters.stat().st_size
    for name, one in took.items():
        print(
            f"{rows:>10,} rows {size / 1e9:5.2f} GB | {name:<10}"
            f" {one['seconds']:6.1f} s, cpu {one['cpu']:6.1f} s"
            f" ({one['cpu'] / rows * 1e6:5.2f} us a row),"
            f" {size / one['seconds'] / 1e9:.2f} GB/s, {one['gigabytes']:.2f} GB |"
            f" ours is {ours['seconds'] / one['seconds']:.2f} of it,"
            f" cpu {ours['cpu'] / one['cpu']:.2f}",
            flush=True,
        )
    return took


def _slow(voters: Path, folder: Path, ours: Mapping[str, float]) -> None:
    """Run the row-by-row readers on the first rows, and print how they compare."""
    plain = _first(voters, ALIKE, folder / "alike.txt")
    for alike in (plain, import_rough.rough(plain, folder / "rough.txt")):
        with tempfile.TemporaryDirectory(dir=folder) as out:
            snapshot = import_file(alike, "nc", Path(out) / "ours", dated=DAY)
            rows = import_peers.check(alike, snapshot, Path(out) / "theirs")
        print(f"row by row comes to the same in all of {rows:,} rows: {alike.stem}")
    total = int(voters.stem)
    for name, many in SLICES.items():
        took = _child(name, _first(voters, many, folder / "some.txt"), folder)
        times = {
            clock: took[clock] / many / (ours[clock] / total)
            for clock in ("seconds", "cpu")
        }
        print(
            f"{name:<18}{many / took['seconds']:>10,.0f} rows/s |"
            f" groundgame {total / ours['seconds']:,.0f},"
            f" {times['seconds']:.1f} times as quick;"
            f" {times['cpu']:.1f} times on one processor",
            flush=True,
        )


def _first(voters: Path, rows: int, to: Path) -> Path:
    """Write the first rows of a file into another, with the header."""
    with voters.open() as lines, to.open("w") as out:
        out.writelines(itertools.islice(lines, rows + 1))
    return to


def _child(name: str, voters: Path, folder: Path) -> dict[str, float]:
    """Run one of them in a process of its own."""
    plain = {} if name == MEMORY else {WITHOUT: "yes"}
    with tempfile.TemporaryDirectory(dir=folder) as out:
        told = subprocess.run(
            [sys.executable, __file__, "--run", name, voters, Path(out) / "out"],
            env=os.environ | plain,
            check=True,
            capture_output=True,
        )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _run(name: str, voters: str, out: str) -> None:
    """Run one of them, and say what it took."""
    if name == "groundgame":  # so that nobody pays for loading a library
        import_file(WARM, "elm", Path(out).with_name("warm"), dated=DAY)
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


def with_polars(voters: Path, out: Path) -> None:
    """Copy to Parquet, all columns as text."""
    pl.scan_csv(voters, separator="\t", infer_schema=False).sink_parquet(out)


def _plot(took: Mapping[int, Mapping[str, Mapping[str, float]]]) -> str:
    """Draw processor seconds over rows, for the import and for the bare copy."""
    most = max(
        both[name]["cpu"] for both in took.values() for name in ("groundgame", "DuckDB")
    )
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
    "Polars": with_polars,
    "csv.DictReader": import_peers.with_csv,
    "petl": import_peers.with_petl,
    MEMORY: import_peers.with_csv,
    "as the field does": import_peers.as_the_field_does,
}

if __name__ == "__main__":
    main()
