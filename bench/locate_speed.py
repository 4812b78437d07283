"""How long the doors of a state take: ours beside a bare join of the same files.

    .venv/bin/python bench/locate_speed.py [DOORS]

DOORS doors (4,000,000 if left out) on invented streets in invented towns, and as many
address points: nine in ten doors have a point of their own; of the others some are
between points, some on a misspelled street, some on a street that nobody knows. The
doors are in parts of half a million, as an import leaves them.

The peer is DuckDB: one join of number, street and zip code as they are spelled, and
Parquet of what it finds: exact matches only, what reading, joining and writing cost at
least. Seconds by the clock and of the processors (all cores together), and the most
memory this process ever held.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import numpy as np
import polars as pl

from groundgame.tables import Manifest, Snapshot
from groundgame.values import Seed, SnapshotId
from groundgame.voterfile import locate

PART = 500_000
ON_STREET, IN_ZIP = 60, 6_000  # houses
NAMES = (
    *("Elm", "Oak", "Cedar", "Maple", "Birch"),
    *("Walnut", "Spruce", "Willow", "Juniper", "Chestnut"),
)
KINDS = (
    *("Street", "Avenue", "Road", "Lane", "Drive"),
    *("Court", "Place", "Terrace", "Boulevard", "Way"),
)


def main() -> None:
    """Make the state, time both, print the table."""
    if sys.argv[1:2] == ["--one"]:
        once(sys.argv[2], Path(sys.argv[3]))
        return
    doors = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make(doors, folder)
        size = (folder / "points.csv").stat().st_size / 1e6
        print(f"$ python bench/locate_speed.py {doors}")
        print(f"{doors:,} doors, as many points ({size:.0f} MB of CSV)\n")
        print(
            f"{'':<26}{'seconds':>9}{'cpu s':>8}{'doors/s':>10}{'MB':>7}{'placed':>10}"
        )
        timed = {}
        for name in RUNS:
            ran = subprocess.run(
                [sys.executable, __file__, "--one", name, folder],
                check=True,
                capture_output=True,
                text=True,
            )
            one = timed[name] = json.loads(ran.stdout.splitlines()[-1])
            print(
                f"{name:<26}{one['seconds']:>9.1f}{one['cpu']:>8.1f}"
                f"{doors / one['seconds']:>10,.0f}{one['mb']:>7,.0f}"
                f"{one['placed']:>10,}"
            )
        ours, peer = timed.values()
        print(
            f"{'ours / the join':<26}{ours['seconds'] / peer['seconds']:>9.2f}", end=""
        )
        print(f"{ours['cpu'] / peer['cpu']:>8.2f}\n")
        for by, count in ours["methods"].items():
            print(f"  {by:<16}{count:>10,}")


def once(name: str, folder: Path) -> None:
    """Run one of them in a process of its own, and print what it took as JSON."""
    began, work = perf_counter(), process_time()
    said = RUNS[name](folder)
    said |= {
        "seconds": perf_counter() - began,
        "cpu": process_time() - work,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(said))


def ours(folder: Path) -> dict[str, object]:
    """Place the doors, layer, reasons and account and all."""
    manifest = json.loads((folder / "manifest.json").read_text())
    snapshot = Snapshot(folder, Manifest.from_dict(manifest))
    located = locate(snapshot, [folder / "points.csv"])
    methods = {by: count.doors for by, count in located.methods.items()}
    return {"placed": located.doors - located.unplaced, "methods": methods}


def joined(folder: Path) -> dict[str, object]:
    """The peer: one join, in DuckDB."""
    found = duckdb.sql(
        f"""SELECT door_id, avg(lon) AS lon, avg(lat) AS lat
        FROM read_parquet('{folder}/doors/*.parquet') d
        JOIN read_csv('{folder}/points.csv', all_varchar = false,
                      types = {{'postcode': 'VARCHAR', 'number': 'VARCHAR'}}) p
        ON d.number = p.number AND d.street = p.street AND d.zip = p.postcode
        GROUP BY door_id"""
    )
    found.write_parquet(str(folder / "joined.parquet"))
    placed = duckdb.sql(f"SELECT count(*) FROM '{folder}/joined.parquet'").fetchone()
    return {"placed": placed[0] if placed else 0}


RUNS: dict[str, Callable[[Path], dict[str, object]]] = {
    "groundgame locate": ours,
    "DuckDB, bare exact join": joined,
}


def make(doors: int, folder: Path) -> None:
    """Write doors in parts, points as CSV, and a manifest."""
    (folder / "doors").mkdir()
    (folder / "points.csv").write_text("lon,lat,number,street,unit,city,postcode\n")
    chance = Seed(1).stream("bench.locate_speed")
    for n, start in enumerate(range(0, doors, PART)):
        frame = _houses(np.arange(start, min(start + PART, doors)))
        luck = pl.Series(chance.random(frame.height))
        _write_points(frame.filter(luck < 0.9), folder / "points.csv")
        _write_points(_elsewhere(frame.filter(luck >= 0.9)), folder / "points.csv")
        lost = pl.Series(chance.random(frame.height))
        spelled = (
            pl.when(lost < 0.02)
            .then(pl.col("street").str.replace("e", "ee"))
            .when(lost < 0.03)
            .then(pl.lit("Nowhere Street"))
            .otherwise("street")
        )
        _as_doors(frame.with_columns(street=spelled)).write_parquet(
            folder / "doors" / f"{n:04}.parquet"
        )
    (folder / "manifest.json").write_text(json.dumps(_manifest(doors).as_dict()))


def _houses(at: "np.ndarray") -> pl.DataFrame:
    """Return houses on streets of sixty, in zip codes of a hundred streets."""
    zone, street, house = at // IN_ZIP, at % IN_ZIP // ON_STREET, at % ON_STREET
    name = [
        f"{NAMES[s % 10]}{'' if s < 100 else s} {KINDS[s // 10 % 10]}"
        for s in range(100)
    ]
    east = (zone % 40) * 0.1 + street * 0.0008 + (house % 2) * 0.0003
    return pl.DataFrame(
        {
            "number": pl.Series(101 + house * 2 + house % 2).cast(pl.String),
            "street": pl.Series(name).gather(street),
            "city": pl.Series("Town " + pl.Series(zone).cast(pl.String)),
            "zip": pl.Series(10_000 + zone).cast(pl.String),
            "lon": -101.0 + east,
            "lat": 30.0 + (zone // 40) * 0.1 + house * 0.0001,
        }
    )


def _elsewhere(frame: pl.DataFrame) -> pl.DataFrame:
    """Return as many points that no door is at: number 9001 and on."""
    far = (pl.int_range(pl.len()) % 90 + 9001).cast(pl.String)
    return frame.with_columns(number=far, street=pl.lit("Mill Road"))


def _write_points(frame: pl.DataFrame, to: Path) -> None:
    """Append points to the list."""
    rows = frame.select(
        *("lon", "lat", "number", "street"),
        unit=pl.lit(""),
        city="city",
        postcode="zip",
    )
    with to.open("ab") as out:
        rows.write_csv(out, include_header=False)


def _as_doors(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a part of doors."""
    none = pl.lit(None, dtype=pl.String)
    line = pl.concat_str("number", "street", separator=" ")
    ids = pl.concat_str(
        "number", "street", "zip", pl.int_range(pl.len()), separator="|"
    )
    return frame.select(
        door_id=ids, building_id=ids, number="number", street="street", unit=none,
        city="city", zip="zip", state=none, address=line, kind=none,
    )  # fmt: skip


def _manifest(doors: int) -> Manifest:
    """Return an account that adds up to nobody."""
    none = ("rows", "accepted", "refused", "merged", "people", "people_without_door")
    zero = dict.fromkeys((*none, "protected", "votes", "elections"), 0)
    return Manifest(
        snapshot=SnapshotId("invented"), layout="elm", dated=date(2025, 1, 15),
        sources=(), doors=doors, buildings=doors, doors_without_place=doors, **zero,
    )  # fmt: skip


if __name__ == "__main__":
    main()
