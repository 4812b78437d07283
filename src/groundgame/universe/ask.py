"""Ask a snapshot who is wanted: counts, and ids.

In:  a snapshot, a rule, the day it is asked for, lists, and who is suppressed.
Out: numbers and Arrow tables. The same set of people gives the same answer, in the same
     order, however the snapshot's rows are ordered.

Who may be asked about at all is settled in `question`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.universe.ids import Listed
from groundgame.universe.predicate import predicate
from groundgame.universe.question import question, standing
from groundgame.universe.rule import Rule
from groundgame.values import SnapshotId


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

    `doors` has door_id, lon, lat, address, unit (by which a cut puts the doors of a
    building in order), and `people`: how many are wanted there.
    """

    people: pa.Table
    doors: pa.Table
    snapshot: SnapshotId
    as_of: date


def count(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    lists: Mapping[str, Listed] | None = None,
    suppressed: Listed | None = None,
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
        left_out = asked.left_out()
        wanted = predicate(rule, asked.asking)
        rows = asked.ask(
            f"select door_no, building_no, placed from {asked.askable} "
            f"where {standing(rule)} and {wanted}"
        )
    door, building, placed = (column.to_numpy() for column in rows.columns)
    return Counts(
        people=rows.num_rows,
        doors=_distinct(door),
        buildings=_distinct(building),
        doors_without_place=_distinct(door[~placed]),
        people_without_door=rows.num_rows - int(np.count_nonzero(door)),
        left_out=left_out,
    )


def _distinct(numbers: npt.NDArray[np.int32]) -> int:
    """Count different numbers; 0 stands for none. They are small: a mark for each."""
    marks = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.bool_)
    marks[numbers] = True
    return int(np.count_nonzero(marks[1:]))


def find(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    lists: Mapping[str, Listed] | None = None,
    suppressed: Listed | None = None,
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
            f"select person_id, door_id from {asked.askable} "
            f"where {standing(rule)} and {wanted} order by file_row_number"
        )
        asked.connection.register("wanted", people)
        columns = ["door_id", "lon", "lat", "address", "unit"]
        asked.connection.register("doors", snapshot.read("doors", columns))
        doors = asked.connection.execute(
            """
            select door_id, d.lon, d.lat, d.address, d.unit, w.people
            from doors d join (
                select door_id, count(*) as people from wanted group by door_id
            ) w using (door_id)
            order by door_id
            """
        ).to_arrow_table()
    return Found(people, doors, snapshot.id, as_of)
