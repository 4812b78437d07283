"""Twenty universes of a state: ours, PostgreSQL and SQLite, side by side in one run.

    .venv/bin/python bench/universe.py [PEOPLE] [--repeats N] [--without-peers]

Invented people (the same each time) go into a snapshot, into PostgreSQL 15 and into
SQLite (see electorate_peers.py for their indexes). Each universe is asked of all three:
people, doors and buildings at once, and the answers must be equal (but for a random
share, which each draws in its own way). Answers are kept nowhere. At the end: how
quickly ids are found, beside the rate at which DuckDB reads person_id of the same rows
from a table of its own, and the first question of a fresh process.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import electorate_peers as peers
import electorate_state as state
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame import universe
from groundgame.tables import Snapshot
from groundgame.universe.areas import read_area
from groundgame.universe.electorate import Electorate, prepare
from groundgame.universe.electorate.engine import engine

AS_OF = date(2026, 6, 1)
WIDE = 0.03  # degrees: half of the area's side
LISTED = 10_000
COLD = """
from datetime import date
from pathlib import Path
from sys import argv
from time import perf_counter
start = perf_counter()
from groundgame import universe
from groundgame.tables import Snapshot
rule = universe.parse(argv[2])
ready = perf_counter()
universe.count(Snapshot.open(Path(argv[1])), rule, as_of=date(2026, 6, 1))
print(f"{ready - start:.3f} {perf_counter() - ready:.3f}")
"""


@dataclass(frozen=True)
class Case:
    """One universe, as we write it and as the peers do."""

    rule: str
    sql: str
    statewide: bool = False
    exact: bool = True
    postgres: str = ""


def _times(bits: Sequence[int]) -> str:
    """Return in how many elections somebody voted, in SQL."""
    return "(" + " + ".join(f"((voted >> {bit}) & 1)" for bit in bits) + ")"


def middle(made: Electorate) -> dict[str, Any]:
    """Return where somebody in the middle of the file lives."""
    row = made.people // 2
    names = ("county", "precinct", "street", "zip")
    answer = engine().execute(
        f"select {', '.join(names)}, lon, lat from {made.file}.people "
        f"where rowid >= {row} and lon < 180 limit 1"
    )
    spot = answer.to_arrow_table().to_pylist()[0]
    for name in names:
        words = {code: word for word, code in made.words(name).items()}
        spot[name] = words[spot[name]]
    return spot


def area(spot: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a square around it."""
    lon, lat = spot["lon"], spot["lat"]
    return lon - WIDE, lat - WIDE, lon + WIDE, lat + WIDE


def cases(made: Electorate) -> list[Case]:
    """Return the universes."""
    return [*_of_history(made), *_of_places(made), *_of_much(made)]


_YOUNG = "born between '1991-06-02' and '2008-06-01'"
_LISTED = "person_id in (select person_id from listed)"
_HOME = "exists (select 1 from people o where o.door = p.door and {})"


def _of_history(made: Electorate) -> list[Case]:
    """Return universes of party, age and votes."""
    generals = [one.number for one in made.elections.all if one.kind == "general"]
    four = _times(generals[:4])
    return [
        Case("everyone", "true", statewide=True),
        Case("party = DEM", "party = 'DEM'", statewide=True),
        Case(
            "party in (DEM, WFP) and age between 18 and 34",
            f"party in ('DEM', 'WFP') and {_YOUNG}",
            statewide=True,
        ),
        Case(
            "voted in at least 2 of the last 4 generals",
            f"{four} >= 2",
            statewide=True,
        ),
        Case(
            "party in (DEM, WFP) and age between 18 and 34 and voted in at most 1 of "
            'the last 4 generals and not on list "do not contact"',
            f"party in ('DEM', 'WFP') and {_YOUNG} and {four} <= 1 and not ({_LISTED})",
            statewide=True,
        ),
        Case(
            "voted in the 2020-11-05 general but not in the 2024-11-05 general",
            f"(voted >> {generals[2]}) & 1 = 1 and (voted >> {generals[0]}) & 1 = 0",
            statewide=True,
        ),
    ]


def _of_places(made: Electorate) -> list[Case]:
    """Return universes of districts, streets and places."""
    spot = middle(made)
    west, south, east, north = area(spot)
    box = f"lon > {west} and lat > {south} and lon < {east} and lat < {north}"
    area_box = f"point(lon, lat) <@ box(point({west}, {south}), point({east}, {north}))"
    near = (spot["lon"], spot["lat"], 1000.0)
    precinct, street, zip_code = (spot[n] for n in ("precinct", "street", "zip"))
    county = spot["county"]
    return [
        Case(
            "not (party = REP or age >= 65) and congressional in (3, 4)",
            "not (party = 'REP' or born <= '1961-06-01') "
            "and congressional in ('3', '4')",
        ),
        Case("registered since 2025", "registered >= '2025-01-01'", statewide=True),
        Case(
            f"county = {county} and party = DEM",
            f"county = '{county.upper()}' and party = 'DEM'",
        ),
        Case(f"precinct = {precinct}", f"precinct = '{precinct.upper()}'"),
        Case(
            f"precinct = {precinct} and party = DEM and age < 40",
            f"precinct = '{precinct.upper()}' and party = 'DEM' "
            "and born > '1986-06-01'",
        ),
        Case(
            f'county = {county} and street = "{street}"',
            f"county = '{county.upper()}' and street = '{street}'",
        ),
        Case(f"zip = {zip_code}", f"zip = '{zip_code}'"),
        Case('in area "middle"', box, postgres=f"lon is not null and {area_box}"),
        Case(
            f"within {near[2]:.0f} m of {near[1]}, {near[0]}",
            peers.circle(*near, postgres=False),
            postgres=peers.circle(*near, postgres=True),
        ),
    ]


def _of_much(made: Electorate) -> list[Case]:
    """Return universes that ask for more than one look at a person."""
    generals = [one.number for one in made.elections.all if one.kind == "general"]
    primaries = [one.number for one in made.elections.all if one.kind == "primary"]
    never = f"voted & {sum(1 << bit for bit in generals)} = 0"
    return [
        Case(
            "party = UNA and a door where somebody is (party = DEM and age >= 60)",
            "party = 'UNA' and "
            + _HOME.format(
                "o.party = 'DEM' and o.born <= '1966-06-01' and o.status <> 'removed'"
            ),
            statewide=True,
        ),
        Case(
            "random 10% of doors seed 42",
            "(door * 2654435761 + 42) % 1000003 < 100000",
            statewide=True,
            exact=False,
            postgres="hashint8extended(door, 42) between 0 and 922337203685477580",
        ),
        Case('on list "do not contact"', _LISTED),  # ids that were given: looked up
        Case(
            "start with party = DEM, narrow to age >= 50, remove voted in any of the "
            "last 2 primaries, add column race = B and never voted",
            f"((party = 'DEM' and born <= '1976-06-01' and "
            f"voted & {sum(1 << bit for bit in primaries[:2])} = 0) "
            f"or (race = 'B' and voted = 0))",
            statewide=True,
        ),
        Case(
            "phone is known and voted in none of the last 10 generals and "
            "status = active",
            f"phone = 1 and {never} and status = 'active'",
            statewide=True,
        ),
    ]


def timed(ask: Callable[[], object], repeats: int) -> tuple[object, float]:
    """Return an answer, and the median of the seconds it took, after one for warmth."""
    answer = ask()
    seconds = []
    for _ in range(repeats):
        start = perf_counter()
        answer = ask()
        seconds.append(perf_counter() - start)
    return answer, median(seconds)


def ours(
    snapshot: Snapshot, case: Case, given: universe.Given
) -> Callable[[], tuple[int, int, int]]:
    """Return how we are asked, as the server and the command line do."""
    rule = universe.parse(case.rule)

    def ask() -> tuple[int, int, int]:
        found = universe.count(snapshot, rule, as_of=AS_OF, given=given)
        return found.people, found.doors, found.buildings

    return ask


def compare(
    snapshot: Snapshot,
    others: Sequence[peers.Peer],
    given: universe.Given,
    repeats: int,
) -> None:
    """Ask everybody each universe, and print a line for each."""
    heads = "".join(f"{peer.name + ' ms':>15}{'ratio':>8}" for peer in others)
    print(f"{'ours ms':>9}{heads}{'people':>11}  universe (* of the whole state)")
    own: list[float] = []
    ratios: dict[str, dict[str, float]] = {peer.name: {} for peer in others}
    for case in cases(prepare(snapshot)):
        answer, seconds = timed(ours(snapshot, case, given), repeats)
        own.append(seconds)
        line = f"{seconds * 1e3:9.1f}"
        for peer in others:
            sql = case.postgres if case.postgres and peer.name != "SQLite" else case.sql
            expected, theirs = timed(lambda p=peer, s=sql: p.ask(s), 1)  # type: ignore[misc]  # bound now
            if case.exact and answer != expected:
                sys.exit(f"{peer.name} says {expected}, we {answer}: {case.rule}")
            if case.statewide:
                ratios[peer.name][case.rule] = theirs / seconds
            line += f"{theirs * 1e3:15.1f}{theirs / seconds:7.1f}x"
        star = "*" if case.statewide else " "
        print(f"{line}{answer[0]:>11,} {star}{case.rule}", flush=True)  # type: ignore[index]  # three numbers
    print(f"ours: median {median(own) * 1e3:.1f} ms, slowest {max(own) * 1e3:.1f} ms")
    for name, found in ratios.items():
        peers.tell(name, found)


def fetching(snapshot: Snapshot, folder: Path, repeats: int) -> None:
    """Compare the rate of find with DuckDB's own reading of the same ids."""
    made = prepare(snapshot)
    own = folder / "ids.duckdb"
    engine().execute(f"attach '{own}' as own")
    engine().register("ids", pa.table({"person_id": made.person_ids}))
    engine().execute(
        "create table own.people as select p.*, ids.person_id "
        f"from {made.file}.people p positional join ids"
    )
    engine().execute("checkpoint own")
    for text in ("party = DEM", "age between 18 and 34", "county = C07", "everyone"):
        rule = universe.parse(text)
        where = _where(made, text)

        def found(rule: universe.Rule = rule) -> int:
            return universe.find(snapshot, rule, as_of=AS_OF).people.num_rows

        def read(where: str = where) -> int:
            question = f"select person_id from own.people where {where}"
            return engine().execute(question).to_arrow_table().num_rows

        people, our_seconds = timed(found, repeats)
        there, their_seconds = timed(read, repeats)
        if people != there:
            sys.exit(f"{people} found and {there} read: {text}")
        print(
            f"{our_seconds * 1e3:9.1f} ms for ids and doors of {people:,} people, "
            f"{their_seconds * 1e3:.1f} ms for DuckDB to read person_id: "
            f"{their_seconds / our_seconds:.2f} of its rate; {text}"
        )


def _where(made: Electorate, text: str) -> str:
    """Return the same rule as the engine's own condition."""
    here = {
        "party = DEM": made.one_of("party", ["DEM"]),
        "age between 18 and 34": "born between '1991-06-02' and '2008-06-01'",
        "county = C07": made.one_of("county", ["C07"]),
        "everyone": "true",
    }
    return f"not {made.one_of('status', ['removed'])} and {here[text]}"


def _given(made: Electorate, listed: npt.NDArray[np.int64]) -> universe.Given:
    """Return the list and the area that the universes name."""
    west, south, east, north = area(middle(made))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    square = json.dumps({"type": "Polygon", "coordinates": [ring]})
    ids = made.person_ids.take(listed)
    return universe.Given(
        lists={"do not contact": pa.table({"person_id": ids})},
        areas={"middle": read_area(square)},
    )


def _peers(
    kept: ExitStack,
    snapshot: Snapshot,
    made: Electorate,
    listed: npt.NDArray[np.int64],
) -> list[peers.Peer]:
    """Return both peers, filled and indexed."""
    folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
    both = [
        kept.enter_context(peers.postgres()),
        kept.enter_context(closing(peers.Sqlite(folder / "book.sqlite3"))),
    ]
    for peer in both:
        start = perf_counter()
        peer.fill(peers.rows(snapshot, made))
        peer.listed(made.person_ids.take(listed).to_pylist())
        print(f"{peer.name} filled and indexed in {perf_counter() - start:.0f} s")
    return both


def main() -> None:
    """Make the people, lay them out everywhere, and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("people", nargs="?", type=int, default=1_000_000)
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--without-peers", action="store_true")
    options.add_argument("--folder", type=Path, help="keep the files here")
    told = options.parse_args()
    with ExitStack() as kept:
        folder = told.folder or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        place = folder / f"state-{told.people}"
        start = perf_counter()
        there = (place / "manifest.json").exists()
        snapshot = Snapshot.open(place) if there else state.make(place, told.people)
        print(f"{told.people:,} people, made in {perf_counter() - start:.0f} s")
        start, cpu = perf_counter(), process_time()
        made = prepare(snapshot)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"laid out in {perf_counter() - start:.1f} s "
            f"({process_time() - cpu:.1f} s of processor), {memory:.1f} GiB at most"
        )
        listed = np.arange(0, made.people, max(1, made.people // LISTED))
        given = _given(made, listed)
        others = [] if told.without_peers else _peers(kept, snapshot, made, listed)
        print(f"load of the machine now: {os.getloadavg()[0]:.1f}")
        compare(snapshot, others, given, told.repeats)
        fetching(
            snapshot,
            Path(kept.enter_context(tempfile.TemporaryDirectory())),
            told.repeats,
        )
        for text in ("party = DEM", "precinct = P42-001"):
            done = subprocess.run(
                [sys.executable, "-c", COLD, place, text],
                check=True,
                capture_output=True,
                text=True,
            )
            ready, asked = done.stdout.split()
            print(f"fresh process: {ready} s to start, {asked} s for its first: {text}")


if __name__ == "__main__":
    main()
