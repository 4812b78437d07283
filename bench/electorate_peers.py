"""The same people in PostgreSQL and in SQLite, with the indexes an owner would make.

Both get one flat table with integer ids of doors and buildings, one index for each
column or pair of columns that the questions narrow by, with door and building in the
index, and vote history as the bits of a number, which spares them a join with tens of
millions of rows. A list is what it is to us: voter ids as they are written, which are
looked up when it is asked.
"""

import io
import math
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any, Protocol

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv as pc_csv

from groundgame.tables import Snapshot
from groundgame.universe.electorate import Electorate
from groundgame.universe.electorate.engine import engine

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the tests' own PostgreSQL
cluster = import_module("tests.server.cluster").cluster

COLUMNS = {
    "person": "integer",
    "person_id": "text",
    "door": "integer",
    "building": "integer",
    "party": "text",
    "status": "text",
    "gender": "text",
    "county": "text",
    "precinct": "text",
    "congressional": "text",
    "street": "text",
    "zip": "text",
    "race": "text",
    "phone": "integer",
    "born": "date",
    "registered": "date",
    "lon": "double precision",
    "lat": "double precision",
    "voted": "bigint",
}
_WITH_HOME = (
    *("party, born", "status", "precinct", "county, street", "zip", "born"),
    *("county, party", "county, registered", "registered", "congressional, party"),
    *("race, party", "voted"),
)
_TUNED = {
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "effective_cache_size": "8GB",
    "max_parallel_workers_per_gather": "2",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",
}


class Peer(Protocol):
    """A database that is asked the same."""

    name: str

    def ask(self, condition: str) -> tuple[int, int, int]:
        """Count people, doors and buildings."""


def rows(snapshot: Snapshot, made: Electorate) -> Iterator[pa.Table]:
    """Give everybody as the peers are to have them, part by part."""
    start = 0
    for path in snapshot.paths("people"):
        answer = engine().execute(_ROWS.format(file=made.file), {"path": str(path)})
        people = answer.to_arrow_table()
        there = engine().execute(
            f"select door_no, building_no, street, zip, lon, lat, v0 from {made.file}"
            f".people where rowid >= {start} and rowid < {start + people.num_rows}"
        )
        home = there.to_arrow_table()
        words = {n: [None, *made.words(n)] for n in ("street", "zip")}
        place = home["lon"].to_numpy() > 180
        given: dict[str, Any] = {name: people[name] for name in people.column_names} | {
            "person": np.arange(start, start + people.num_rows),
            "person_id": made.person_ids.slice(start, people.num_rows),
            "door": home["door_no"],
            "building": home["building_no"],
            "lon": pa.array(home["lon"].to_numpy(), mask=place),
            "lat": pa.array(home["lat"].to_numpy(), mask=place),
            "voted": home["v0"],
        }
        for name, known in words.items():
            given[name] = pa.array(known).take(home[name])
        start += people.num_rows
        yield pa.table({name: given[name] for name in COLUMNS})


_ROWS = """
    select party, status, gender, county, precinct, congressional, race,
        (phone is not null)::integer as phone, birth_date as born, registered
    from read_parquet($path) where not protected
"""


class Postgres:
    """PostgreSQL, tuned for a machine that has nothing else to do."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        """Connect, and tune the session."""
        self._book = psycopg.connect(url, autocommit=True)
        for name in ("work_mem", "maintenance_work_mem", "effective_cache_size"):
            self._book.execute(f"set {name} = '{_TUNED[name]}'")
        for name in ("random_page_cost", "jit", "max_parallel_workers_per_gather"):
            self._book.execute(f"set {name} = {_TUNED[name]}")

    def fill(self, parts: Iterator[pa.Table]) -> None:
        """Copy everybody in, index them, and look at the statistics."""
        kinds = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        self._book.execute(f"create unlogged table people ({kinds})")
        copy = f"copy people ({', '.join(COLUMNS)}) from stdin with (format csv)"
        for part in parts:
            text = io.BytesIO()
            pc_csv.write_csv(part, text, pc_csv.WriteOptions(include_header=False))
            with self._book.cursor() as cursor, cursor.copy(copy) as into:
                into.write(text.getbuffer())
        for n, columns in enumerate(_WITH_HOME):
            self._book.execute(
                f"create index i{n} on people ({columns}) include (door, building)"
            )
        self._book.execute("create unique index on people (person_id)")
        self._book.execute(
            "create index on people (door) include (party, born, status, building)"
        )
        self._book.execute(
            "create index on people using gist (point(lon, lat)) where lon is not null"
        )
        self._book.execute("vacuum analyze people")

    def listed(self, people: Sequence[str]) -> None:
        """Keep a list of voter ids."""
        self._book.execute("create unlogged table listed (person_id text primary key)")
        with (
            self._book.cursor() as cursor,
            cursor.copy("copy listed from stdin") as into,
        ):
            into.write("".join(f"{n}\n" for n in people))
        self._book.execute("vacuum analyze listed")

    def ask(self, condition: str) -> tuple[int, int, int]:
        """Count people, doors and buildings."""
        found = self._book.execute(_COUNT.format(condition)).fetchone()
        return (0, 0, 0) if found is None else (found[0], found[1], found[2])

    def close(self) -> None:
        """Say goodbye."""
        self._book.close()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL of our own, and take it away again."""
    with cluster({"shared_buffers": "1GB", "max_wal_size": "8GB"}) as url:
        book = Postgres(url)
        try:
            yield book
        finally:
            book.close()


class Sqlite:
    """SQLite, with as much memory as the others."""

    name = "SQLite"

    def __init__(self, path: Path) -> None:
        """Make the file."""
        self._book = sqlite3.connect(path, isolation_level=None)
        self._book.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "pragma cache_size = -1000000; pragma mmap_size = 16000000000;"
            "pragma temp_store = memory; pragma threads = 2;"
        )

    def fill(self, parts: Iterator[pa.Table]) -> None:
        """Write everybody, index them, and look at the statistics."""
        kinds = ", ".join(
            f"{name} {'text' if kind == 'date' else kind}"
            for name, kind in COLUMNS.items()
            if name != "person"
        )
        self._book.execute(f"create table people (person integer primary key, {kinds})")
        marks = ", ".join("?" * len(COLUMNS))
        for part in parts:
            words = {
                name: (part[name].cast(pa.string()) if kind == "date" else part[name])
                for name, kind in COLUMNS.items()
            }
            lists = (column.to_pylist() for column in words.values())
            self._book.execute("begin")
            self._book.executemany(
                f"insert into people values ({marks})", zip(*lists, strict=True)
            )
            self._book.execute("commit")
        for n, columns in enumerate(_WITH_HOME):
            self._book.execute(
                f"create index i{n} on people ({columns}, door, building)"
            )
        self._book.execute(
            "create index at_door on people (door, party, born, status, building)"
        )
        self._book.execute("create unique index at_id on people (person_id)")
        self._book.execute("create index at_place on people (lat, lon, door, building)")
        self._book.execute("analyze")

    def listed(self, people: Sequence[str]) -> None:
        """Keep a list of voter ids."""
        self._book.execute("create table listed (person_id text primary key)")
        self._book.executemany(
            "insert into listed values (?)", ((one,) for one in people)
        )

    def ask(self, condition: str) -> tuple[int, int, int]:
        """Count people, doors and buildings."""
        found: tuple[int, int, int] = self._book.execute(
            _COUNT.format(condition)
        ).fetchone()
        return found

    def close(self) -> None:
        """Say goodbye."""
        self._book.close()


WANTED = 10
"""How many times quicker than a peer a count of the whole state should be."""


def tell(name: str, found: dict[str, float]) -> None:
    """Say how much quicker we are than a peer; and where it is not enough, why.

    Args:
        name: The peer's.
        found: For each rule, how many times as long the peer took.
    """
    print(
        f"statewide against {name}: median {median(found.values()):.1f} times, "
        f"least {min(found.values()):.1f} times"
    )
    short = {rule: times for rule, times in found.items() if times < WANTED}
    for rule, times in short.items():
        print(f"  only {times:.1f} times: {rule}")
    if short:
        print(
            "  These want few people. An index leads the peer to them alone, so its\n"
            "  work grows with what is found and ours with the state; and what takes\n"
            "  some milliseconds here is mostly the beginning of a question."
        )


_COUNT = (
    "select count(*), count(distinct door), count(distinct building) "
    "from people p where status <> 'removed' and {}"
)


def circle(lon: float, lat: float, meters: float, postgres: bool) -> str:  # noqa: FBT001  # one of two dialects
    """Return the condition to live within some metres, by a box that an index knows."""
    radius = 6_371_008.8
    high = math.degrees(meters / radius)
    wide = high / math.cos(math.radians(lat))
    west, east, south, north = lon - wide, lon + wide, lat - high, lat + high
    box = f"lat between {south} and {north} and lon between {west} and {east}"
    if postgres:
        box = (
            f"lon is not null and point(lon, lat) <@ box(point({west}, {south}), "
            f"point({east}, {north}))"
        )
    chord = (
        f"sin(radians(lat - {lat}) / 2) * sin(radians(lat - {lat}) / 2) + "
        f"cos(radians({lat})) * cos(radians(lat)) * "
        f"sin(radians(lon - {lon}) / 2) * sin(radians(lon - {lon}) / 2)"
    )
    return f"{box} and {2 * radius} * asin(sqrt({chord})) <= {meters}"
