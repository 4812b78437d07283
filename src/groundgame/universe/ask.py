"""Ask a snapshot who is wanted: counts, ids, and what each condition took out.

In:  a snapshot, a rule, the day it is asked for, lists, and who is suppressed.
Out: numbers and Arrow tables. The same set of people gives the same answer, in the same
     order, however the snapshot's rows are ordered.

Who may be asked about at all is settled in `_askable`, and nowhere else: not the
protected (they are not in the electorate), and not the suppressed. Each question is
asked of what `_askable` leaves, so no rule reaches behind it. How many were left out is
the same number whatever the rule: it says nothing of any one of them.

People whose status is 'removed' are left out too, unless the rule names that status.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date

import duckdb
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.universe.about_people import OneOf
from groundgame.universe.electorate import Electorate, open_electorate
from groundgame.universe.ids import Listed, listed
from groundgame.universe.predicate import Asking, on_any, predicate
from groundgame.universe.rule import Rule
from groundgame.values import SnapshotId

_REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Counts:
    """How large a universe is.

    `doors_without_place` are doors that no map can show; `people_without_door` have no
    readable address. `left_out` is everybody in the snapshot who is protected or
    suppressed: the same for every rule, and in none of the other numbers.
    """

    people: int
    doors: int
    buildings: int
    doors_without_place: int
    people_without_door: int
    left_out: int

    def as_dict(self) -> dict[str, int]:
        """Return plain values that JSON can hold."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Found:
    """Who is wanted: `people` (person_id, door_id), and `doors`.

    `doors` has door_id, lon, lat, address, and `people`: how many are wanted there.
    """

    people: pa.Table
    doors: pa.Table
    snapshot: SnapshotId
    as_of: date


@dataclass(slots=True)
class Question:
    """One question under way: a connection, and everything that is bound to it."""

    connection: duckdb.DuckDBPyConnection
    electorate: Electorate
    asking: Asking
    askable: str
    """Whom a question may be about, as the text of a subquery."""

    def ask(self, text: str) -> duckdb.DuckDBPyRelation | duckdb.DuckDBPyConnection:
        """Ask, with all values bound and all lists registered."""
        for name, ids in self.asking.tables.items():
            self.connection.register(name, ids)
        return self.connection.execute(text, self.asking.parameters)


@contextmanager
def question(
    snapshot: Snapshot,
    as_of: date,
    lists: Mapping[str, Listed] | None,
    suppressed: "Listed | None",
) -> Iterator[Question]:
    """Open a question about everybody who may be asked about, and close it again."""
    electorate = open_electorate(snapshot)
    asking = Asking(as_of, electorate.elections, lists or {})
    with closing(duckdb.connect()) as connection:
        askable = _askable(electorate, asking, suppressed)
        yield Question(connection, electorate, asking, askable)


def _askable(
    electorate: Electorate, asking: Asking, suppressed: "Listed | None"
) -> str:
    """Return everybody whom a rule may see. No rule sees anything else."""
    everybody = (
        f"read_parquet({asking.bind(str(electorate.path))}, file_row_number=true)"
    )
    if suppressed is None or not len(suppressed):
        return f"(select * from {everybody})"
    out = on_any(listed(suppressed), asking.table)
    return f"(select * from {everybody} where not {out})"


def standing(rule: Rule) -> str:
    """Return the condition on status: not removed, unless the rule names that."""
    named = any(
        isinstance(part, OneOf)
        and part.column == "status"
        and _REMOVED in (value.lower() for value in part.values)
        for part in rule.walk()
    )
    return "true" if named else f"status <> '{_REMOVED}'"


def count(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    lists: Mapping[str, Listed] | None = None,
    suppressed: "Listed | None" = None,
) -> Counts:
    """Count the people, doors and buildings that a rule wants.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        lists: The lists that the rule may name.
        suppressed: Ids of people, or of doors, to leave out of everything.

    Raises:
        NoSuchList: The rule names a list that was not given.
        NoSuchElection: The rule names an election that the file does not hold.
    """
    with question(snapshot, as_of, lists, suppressed) as asked:
        wanted = predicate(rule, asked.asking)
        row = asked.ask(
            f"""
            select count(*), count(distinct door_no), count(distinct building_no),
                count(distinct door_no) filter (not placed),
                count(*) filter (door_no is null),
                (select count(*) from {asked.askable})
            from {asked.askable} where {standing(rule)} and {wanted}
            """
        ).fetchone()
        people, doors, buildings, no_place, no_door, askable = row or (0,) * 6
        everybody = asked.electorate.people + asked.electorate.protected
    return Counts(people, doors, buildings, no_place, no_door, everybody - askable)


def find(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    lists: Mapping[str, Listed] | None = None,
    suppressed: "Listed | None" = None,
) -> Found:
    """Find the people that a rule wants, and the doors they live behind.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        lists: The lists that the rule may name.
        suppressed: Ids of people, or of doors, to leave out of everything.

    Raises:
        NoSuchList: The rule names a list that was not given.
        NoSuchElection: The rule names an election that the file does not hold.
    """
    with question(snapshot, as_of, lists, suppressed) as asked:
        wanted = predicate(rule, asked.asking)
        people = asked.ask(
            f"""
            select person_id, door_id from {asked.askable}
            where {standing(rule)} and {wanted} order by file_row_number
            """
        ).to_arrow_table()
        asked.connection.register("wanted", people)
        doors = asked.connection.execute(
            """
            select door_id, d.lon, d.lat, d.address, w.people
            from read_parquet($doors) d join (
                select door_id, count(*) as people from wanted group by door_id
            ) w using (door_id)
            order by door_id
            """,
            {"doors": str(snapshot.path("doors"))},
        ).to_arrow_table()
    return Found(people, doors, snapshot.id, as_of)
