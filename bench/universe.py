"""Counts of universes: ours against SQLite with fitting indexes, in the same run.

    .venv/bin/python bench/universe.py [PEOPLE] [--repeats N]

Invented people (the same each time) go into a snapshot and into SQLite. SQLite gets
integer ids, one index for each column the rules use, and both orders of the vote
history. Each of ten rules is asked of both, in turn; the counts of people, doors and
buildings must be equal, and the medians and their ratio are printed.
"""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame import universe
from groundgame.tables import BALLOTS, DOORS, PEOPLE, Manifest, Snapshot, lay
from groundgame.values import Seed, SnapshotId

AS_OF = date(2026, 6, 1)
PARTIES = np.array(["DEM", "REP", "UNA", "WFP", "GRN"])
ELECTIONS = (
    ("2024-11-05", "general"),
    ("2022-11-08", "general"),
    ("2020-11-03", "general"),
    ("2018-11-06", "general"),
    ("2024-06-25", "primary"),
    ("2022-06-28", "primary"),
    ("2025-11-04", "municipal"),
    ("2023-11-07", "municipal"),
)
_VOTED = (
    "(select count(*) from votes v where v.person = p.person and v.election in ({}))"
)
RULES: Mapping[str, str] = {
    "everyone": "1",
    "party = DEM": "party = 'DEM'",
    "precinct = 123": "precinct = '123'",
    "party in (DEM, WFP) and age between 18 and 34": (
        "party in ('DEM', 'WFP') and born between '1991-06-02' and '2008-06-01'"
    ),
    "county = 7 and registered since 2020": (
        "county = '7' and registered >= '2020-01-01'"
    ),
    "voted in the 2024-11-05 general": f"{_VOTED.format('0')} = 1",
    "voted in at least 2 of the last 4 generals": f"{_VOTED.format('0,1,2,3')} >= 2",
    "party in (DEM, WFP) and age between 18 and 34 and voted in at most 1 of the "
    'last 4 generals and not on list "do not contact"': (
        "party in ('DEM', 'WFP') and born between '1991-06-02' and '2008-06-01' "
        f"and {_VOTED.format('0,1,2,3')} <= 1 "
        "and person not in (select person from listed)"
    ),
    "not (party = REP or age >= 65) and congressional in (3, 4)": (
        "not (party = 'REP' or born <= '1961-06-01') and congressional in ('3', '4')"
    ),
    'on list "do not contact" or never voted': (
        "(person in (select person from listed) or not exists "
        "(select 1 from votes v where v.person = p.person))"
    ),
}
INDEXED = ("party", "precinct", "county", "congressional", "born", "registered", "door")


def made(
    people: int,
) -> tuple[dict[str, npt.NDArray[np.generic]], npt.NDArray[np.bool_]]:
    """Return invented people by column, and who voted in which election."""
    chance = Seed(7).stream("bench.universe")
    door = np.sort(chance.integers(0, people // 2, people))
    precinct = door * 2000 // (people // 2)
    day = np.datetime64("2026-01-01")
    columns: dict[str, npt.NDArray[np.generic]] = {
        "door": door,
        "building": door * 3 // 4,
        "precinct": precinct,
        "county": precinct // 40,
        "congressional": 1 + precinct // 160,
        "party": PARTIES[chance.choice(5, people, p=[0.4, 0.3, 0.2, 0.06, 0.04])],
        "born": day - chance.integers(18 * 365, 90 * 365, people).astype("m8[D]"),
        "registered": day - chance.integers(0, 40 * 365, people).astype("m8[D]"),
    }
    keen = chance.random((people, 1))
    share = np.array([[0.9, 0.7, 0.8, 0.6, 0.3, 0.25, 0.35, 0.3]])
    return columns, chance.random((people, len(ELECTIONS))) < keen * share


def text(prefix: str, numbers: npt.NDArray[np.generic]) -> pa.Array:
    """Return ids as text: a prefix and ten digits."""
    return pa.array(np.char.add(prefix, np.char.zfill(numbers.astype(str), 10)))


def plain(numbers: npt.NDArray[np.generic]) -> pa.Array:
    """Return numbers as text."""
    return pa.array(numbers.astype(str))


def whole(given: Mapping[str, pa.Array], schema: pa.Schema) -> pa.Table:
    """Return a table of that schema; columns that are not given are empty."""
    rows = len(next(iter(given.values())))
    return pa.table(
        {
            field.name: given.get(field.name, pa.nulls(rows)).cast(field.type)
            for field in schema
        },
        schema=schema,
    )


def people_table(columns: Mapping[str, npt.NDArray[np.generic]]) -> pa.Table:
    """Return the people, in an order of their own."""
    people = len(columns["door"])
    shuffled = Seed(8).stream("bench.order").permutation(people)
    row = {name: column[shuffled] for name, column in columns.items()}
    said = {
        "person_id": text("p", shuffled),
        "door_id": text("d", row["door"]),
        "birth_date": pa.array(row["born"]),
        "registered": pa.array(row["registered"]),
        "party": pa.array(row["party"]),
        "status": pa.array(np.full(people, "active")),
        "protected": pa.array(np.zeros(people, dtype=bool)),
        "source_line": pa.array(np.arange(people)),
    }
    districts = ("precinct", "county", "congressional")
    return whole(said | {name: plain(row[name]) for name in districts}, PEOPLE.arrow)


def doors_table(columns: Mapping[str, npt.NDArray[np.generic]]) -> pa.Table:
    """Return the doors, every one with a place."""
    doors, first = np.unique(columns["door"], return_index=True)
    return whole(
        {
            "door_id": text("d", doors),
            "building_id": text("b", columns["building"][first]),
            "street": plain(doors % 997),
            "address": plain(doors),
            "lon": pa.array(np.full(len(doors), -74.0)),
            "lat": pa.array(np.full(len(doors), 42.0)),
        },
        DOORS.arrow,
    )


def votes_table(voted: npt.NDArray[np.bool_]) -> pa.Table:
    """Return who voted when."""
    who, what = np.nonzero(voted)
    names = np.array([f"{day} {kind}" for day, kind in ELECTIONS])
    kinds = np.array([kind for _, kind in ELECTIONS])
    days = np.array([day for day, _ in ELECTIONS], dtype="M8[D]")
    return whole(
        {
            "person_id": text("p", who),
            "election": pa.array(names[what]),
            "date": pa.array(days[what]),
            "year": pa.array(days[what].astype("M8[Y]").astype(int) + 1970),
            "kind": pa.array(kinds[what]),
        },
        BALLOTS.arrow,
    )


def to_snapshot(
    folder: Path,
    columns: Mapping[str, npt.NDArray[np.generic]],
    voted: npt.NDArray[np.bool_],
) -> Snapshot:
    """Write the people as a snapshot."""
    tables = {
        "people": people_table(columns),
        "doors": doors_table(columns),
        "votes": votes_table(voted),
    }
    rows = {name: table.num_rows for name, table in tables.items()}
    nothing = ("refused", "merged", "doors_without_place", "people_without_door")
    counted = rows | dict.fromkeys((*nothing, "protected", "buildings"), 0)
    manifest = Manifest(
        snapshot=SnapshotId(folder.name),
        layout="bench",
        dated=AS_OF,
        sources=(),
        rows=len(voted),
        accepted=len(voted),
        elections=len(ELECTIONS),
        **counted,
    )
    return lay(
        folder,
        manifest,
        people=tables["people"],
        doors=tables["doors"],
        ballots=tables["votes"],
    )


def to_sqlite(
    path: Path,
    columns: Mapping[str, npt.NDArray[np.generic]],
    voted: npt.NDArray[np.bool_],
    listed: npt.NDArray[np.int64],
) -> sqlite3.Connection:
    """Write the people to SQLite, index them, and let it look at its statistics."""
    book = sqlite3.connect(path)
    book.executescript("pragma cache_size = -1000000; pragma mmap_size = 8000000000;")
    words = {
        name: column.astype(str) if name not in ("door", "building") else column
        for name, column in columns.items()
    }
    kinds = ", ".join(words)
    book.execute(f"create table people (person integer primary key, {kinds})")
    book.execute("create table listed (person integer primary key)")
    book.execute(
        "create table votes (person integer, election integer, "
        "primary key (person, election)) without rowid"
    )
    rows = zip(
        range(len(voted)), *(one.tolist() for one in words.values()), strict=True
    )
    marks = ", ".join("?" * (len(words) + 1))
    book.executemany(f"insert into people values ({marks})", rows)
    who, what = (part.tolist() for part in np.nonzero(voted))
    book.executemany("insert into votes values (?, ?)", zip(who, what, strict=True))
    book.executemany("insert into listed values (?)", ((n,) for n in listed.tolist()))
    for name in INDEXED:
        book.execute(f"create index people_{name} on people ({name})")
    book.execute("create index votes_election on votes (election, person)")
    book.execute("analyze")
    book.commit()
    return book


def timed(ask: Callable[[], object], repeats: int) -> tuple[object, float]:
    """Return an answer, and the median of the seconds it took."""
    seconds, answer = [], None
    for _ in range(repeats):
        start = perf_counter()
        answer = ask()
        seconds.append(perf_counter() - start)
    return answer, median(seconds)


def compare(
    snapshot: Snapshot, book: sqlite3.Connection, listed: pa.Array, repeats: int
) -> None:
    """Ask both sides each rule, and print a line for each."""
    ours, theirs = [], []
    print(f"{'ours ms':>9} {'SQLite ms':>10} {'ratio':>7} {'people':>10}  rule")
    for rule_text, condition in RULES.items():
        rule = universe.parse(rule_text)

        def ask_us(rule: universe.Rule = rule) -> tuple[int, int, int]:
            lists = {"do not contact": listed}
            found = universe.count(snapshot, rule, as_of=AS_OF, lists=lists)
            return found.people, found.doors, found.buildings

        def ask_sqlite(condition: str = condition) -> tuple[int, int, int]:
            count = "count(*), count(distinct door), count(distinct building)"
            question = f"select {count} from people p where {condition}"
            answer: tuple[int, int, int] = book.execute(question).fetchone()
            return answer

        answer, our_seconds = timed(ask_us, repeats)
        expected, their_seconds = timed(ask_sqlite, max(1, repeats // 3))
        if answer != expected:
            sys.exit(f"different answers: {answer} and {expected} for {rule_text}")
        ours.append(our_seconds)
        theirs.append(their_seconds)
        ratio = their_seconds / our_seconds
        times = f"{our_seconds * 1e3:9.1f} {their_seconds * 1e3:10.1f} {ratio:6.1f}x"
        print(f"{times} {expected[0]:>10,}  {rule_text}")
    whole = median(theirs) / median(ours)
    middle = median(their / our for our, their in zip(ours, theirs, strict=True))
    print(
        f"median {median(ours) * 1e3:.1f} ms and {median(theirs) * 1e3:.1f} ms: "
        f"{whole:.1f} times; median of the ratios {middle:.1f}; "
        f"our slowest {max(ours) * 1e3:.1f} ms"
    )


def main() -> None:
    """Make the people, lay them out on both sides, and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("people", nargs="?", type=int, default=1_000_000)
    options.add_argument("--repeats", type=int, default=7)
    given = options.parse_args()
    columns, voted = made(given.people)
    listed = np.arange(0, given.people, 19)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "snapshot"
        place.mkdir()
        snapshot = to_snapshot(place, columns, voted)
        start = perf_counter()
        universe.count(snapshot, universe.parse("everyone"), as_of=AS_OF)
        print(f"{given.people:,} people, {int(voted.sum()):,} votes")
        print(f"our layout, made at the first question: {perf_counter() - start:.1f} s")
        start = perf_counter()
        book = to_sqlite(Path(folder) / "book.sqlite3", columns, voted, listed)
        print(f"SQLite, filled and indexed: {perf_counter() - start:.1f} s")
        compare(snapshot, book, text("p", listed), given.repeats)
        for rule in ("random 10% of doors seed 42", "party = DEM"):
            parsed = universe.parse(rule)
            _, seconds = timed(
                lambda parsed=parsed: universe.find(snapshot, parsed, as_of=AS_OF),
                given.repeats,
            )
            print(f"{seconds * 1e3:9.1f} ms to find the ids and doors of: {rule}")
        book.close()


if __name__ == "__main__":
    main()
