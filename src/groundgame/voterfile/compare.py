"""A snapshot against the one before: who is new, gone, moved, and what else changed.

In:  two snapshots of one source, the older first.
Out: counts, and for each kind of change a list of people: what was, and what is.

A person is the same person where the source's voter id is; a door where the normal form
of its address is. People who are protected in either snapshot are in no list and in no
count. `voted` are ballots in elections that only the newer snapshot knows. Lists are
made when they are asked for, by DuckDB, with a limit on its memory.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from groundgame.errors import NotComparable
from groundgame.tables import Snapshot

MEMORY = "2500MB"
NAMES = ("first_name", "middle_name", "last_name", "suffix")
DISTRICTS = (
    *("congressional", "state_senate", "state_house"),
    *("county", "municipality", "ward", "precinct"),
)
COLUMNS = ("person_id", "door_id", *NAMES, "party", "status", *DISTRICTS, "protected")
_SPELLED = "concat_ws(' ', {0}.first_name, {0}.middle_name, {0}.last_name, {0}.suffix)"

LISTS: Mapping[str, str] = {
    "new": """
        SELECT person_id, n.door_id, n.county, n.precinct, n.party, n.status
        FROM changes JOIN now n USING (person_id) WHERE is_new""",
    "gone": """
        SELECT person_id, w.door_id, w.county, w.precinct, w.party, w.status
        FROM changes JOIN was w USING (person_id) WHERE is_gone""",
    "moved": """
        SELECT person_id, w.door_id AS was, n.door_id AS now
        FROM changes JOIN was w USING (person_id) JOIN now n USING (person_id)
        WHERE changes.moved""",
    "name": f"""
        SELECT person_id, {_SPELLED.format("w")} AS was, {_SPELLED.format("n")} AS now
        FROM changes JOIN was w USING (person_id) JOIN now n USING (person_id)
        WHERE changes.renamed""",
    "party": """
        SELECT person_id, w.party AS was, n.party AS now
        FROM changes JOIN was w USING (person_id) JOIN now n USING (person_id)
        WHERE changes.party""",
    "status": """
        SELECT person_id, w.status AS was, n.status AS now
        FROM changes JOIN was w USING (person_id) JOIN now n USING (person_id)
        WHERE changes.status""",
    "district": " UNION ALL ".join(
        f"""
        SELECT person_id, '{kind}' AS district, w.{kind} AS was, n.{kind} AS now
        FROM changes JOIN was w USING (person_id) JOIN now n USING (person_id)
        WHERE changes.district AND w.{kind} IS DISTINCT FROM n.{kind}"""
        for kind in DISTRICTS
    ),
    "voted": "SELECT person_id, election, method, party FROM voted",
}
"""Each kind of change, and the question whose answer is its list."""

_COUNTED = {
    kind: f"SELECT count(*) FROM changes WHERE {column}"
    for kind, column in {
        "new": "is_new",
        "gone": "is_gone",
        "name": "renamed",
        **{kind: kind for kind in ("moved", "party", "status", "district")},
    }.items()
} | {"voted": "SELECT count(DISTINCT person_id) FROM voted"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two snapshots: people by kind of change, and their lists."""

    old: str
    new: str
    people: Mapping[str, int]
    elections: tuple[str, ...]
    _connection: duckdb.DuckDBPyConnection

    def table(self, kind: str) -> pa.Table:
        """Return the list of one kind, sorted by person.

        Args:
            kind: new, gone, moved, name, party, status, district or voted.
        """
        found: pa.Table = self._connection.sql(
            f"FROM ({LISTS[kind]}) ORDER BY ALL"
        ).to_arrow_table()
        return found


@contextmanager
def compare(old: Snapshot, new: Snapshot) -> Iterator[Comparison]:
    """Compare two snapshots; lists can be asked for until the `with` block ends.

    Args:
        old: The one before.
        new: The one since.

    Raises:
        NotComparable: They are of two sources, or in the wrong order.
    """
    _check(old, new)
    with (
        TemporaryDirectory() as spilled,
        duckdb.connect(
            config={"memory_limit": MEMORY, "temp_directory": spilled}
        ) as connection,
    ):
        for name, snapshot in (("was", old), ("now", new)):
            _view(connection, name, snapshot)
        questions = resources.files("groundgame.voterfile") / "compare.sql"
        connection.execute(questions.read_text(encoding="utf-8"))
        elections = _read_votes(connection, old, new)
        people = {kind: _count(connection, _COUNTED[kind]) for kind in LISTS}
        yield Comparison(old.id, new.id, people, elections, connection)


def _check(old: Snapshot, new: Snapshot) -> None:
    """Refuse snapshots whose people have nothing to do with each other."""
    if old.manifest.layout != new.manifest.layout:
        raise NotComparable(
            f"were read by two layouts, {old.manifest.layout} and {new.manifest.layout}"
        )
    if old.manifest.dated > new.manifest.dated:
        raise NotComparable("stand in the wrong order: the first is the later one")


def _view(connection: duckdb.DuckDBPyConnection, name: str, snapshot: Snapshot) -> None:
    """Name the people of a snapshot, whole and with what is only compared shortened."""
    files = [str(path) for path in snapshot.paths("people")]
    people = connection.read_parquet(files)
    people.select(*(duckdb.ColumnExpression(c) for c in COLUMNS)).create_view(name)
    connection.execute(
        f"CREATE VIEW {name}_short AS SELECT person_id, door_id, party, status,"
        " TRUE AS there,"
        f" hash({', '.join(NAMES)}) AS names, hash({', '.join(DISTRICTS)}) AS districts"
        f" FROM {name}"
    )


def _read_votes(
    connection: duckdb.DuckDBPyConnection, old: Snapshot, new: Snapshot
) -> tuple[str, ...]:
    """Keep the ballots of elections that are new, part by part; return their names."""
    connection.execute(
        "CREATE TEMP TABLE voted"
        " (person_id VARCHAR, election VARCHAR, method VARCHAR, party VARCHAR)"
    )
    known = set(old.read("elections", ["name"])["name"].to_pylist())
    elections = new.read("elections", ["election", "name"]).to_pylist()
    since = {
        one["election"]: one["name"] for one in elections if one["name"] not in known
    }
    if not since:
        return ()
    parts = list(zip(new.paths("people"), new.paths("votes"), strict=True))
    for people, votes in parts:
        connection.execute(
            "INSERT INTO voted SELECT p.person_id, s.name, v.method, v.party"
            " FROM read_parquet($votes) v"
            " JOIN (SELECT unnest($numbers) AS election, unnest($names) AS name) s"
            " USING (election)"
            " JOIN read_parquet($people, file_row_number = true) p"
            " ON p.file_row_number = v.person"
            " ANTI JOIN hidden h ON h.person_id = p.person_id",
            {
                "votes": str(votes),
                "people": str(people),
                "numbers": list(since),
                "names": list(since.values()),
            },
        )
    return tuple(sorted(since.values()))


def _count(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    """Return the one number that answers a question."""
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0
