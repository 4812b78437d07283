"""Ask a snapshot who is wanted: counts, and ids.

In:  a snapshot, a rule, the day it is asked for, lists, and who is suppressed.
Out: numbers and Arrow tables. The same set of people gives the same answer, in the same
     order, however the snapshot's rows are ordered.

Who may be asked about at all is settled in `question`.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.universe.electorate import Electorate
from groundgame.universe.electorate.files import Cells
from groundgame.universe.given import NOTHING, Given
from groundgame.universe.predicate import Asking, predicate, standing
from groundgame.universe.question import question
from groundgame.universe.rule import All, Rule
from groundgame.universe.tally import tally
from groundgame.values import SnapshotId

Numbers: TypeAlias = npt.NDArray[np.int32]


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

    `doors` has door_id, lon, lat, meters (which the place may be off by), address, unit
    (by which a cut puts the doors of a building in order), and `people`: how many are
    wanted there.
    """

    people: pa.Table
    doors: pa.Table
    snapshot: SnapshotId
    as_of: date


def count(
    snapshot: Snapshot, rule: Rule, *, as_of: date, given: Given = NOTHING
) -> Counts:
    """Count the people, doors and buildings that a rule wants.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        given: What the rule may name, and who is suppressed.

    Raises:
        NoSuchElection: The rule names an election that the file does not hold.
        NotGiven: The rule names something that was not given; so with NoSuchList,
            NoSuchArea, NoSuchScore, UnknownSnapshot and NoSuchUniverse.
    """
    with question(snapshot, as_of, given) as asked:
        rows = asked.rows(["door_mark"], _wanted(rule, asked.asking))
        left_out = asked.left_out()
    electorate = asked.electorate
    marks = rows["door_mark"]
    doors = tally(marks, electorate.scattered("doors"))
    buildings = tally(
        marks, electorate.scattered("buildings"), of=electorate.building_of
    )
    return Counts(
        people=rows.num_rows,
        doors=doors.different,
        buildings=buildings.different,
        doors_without_place=doors.below,
        people_without_door=doors.none,
        left_out=left_out,
    )


def _wanted(rule: Rule, asking: Asking) -> list[str]:
    """Return the conditions that all must be met."""
    parts = rule.rules if isinstance(rule, All) else (rule,)
    return [standing(rule, asking), *(predicate(part, asking) for part in parts)]


def find(
    snapshot: Snapshot, rule: Rule, *, as_of: date, given: Given = NOTHING
) -> Found:
    """Find the people that a rule wants, and the doors they live behind.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        given: What the rule may name, and who is suppressed.

    Raises:
        NoSuchElection: The rule names an election that the file does not hold.
        NotGiven: The rule names something that was not given; so with NoSuchList,
            NoSuchArea, NoSuchScore, UnknownSnapshot and NoSuchUniverse.
    """
    with question(snapshot, as_of, given) as asked:
        rows = asked.rows(["row", "door_mark"], _wanted(rule, asked.asking))
    row, door = rows["row"].to_numpy(), np.abs(rows["door_mark"].to_numpy())
    electorate = asked.electorate
    people = pa.table(
        {
            "person_id": electorate.person_ids.take(pa.array(row)),
            "door_id": _taken(electorate.doors["door_id"], door),
        }
    )
    return Found(people, _doors(electorate, door), snapshot.id, as_of)


def _taken(column: Cells, door: Numbers) -> Cells:
    """Return what a column says of each door; nothing of door 0."""
    rows: Cells = pa.array(door - 1, mask=door == 0)
    return column.take(rows)


def _doors(electorate: Electorate, door: Numbers) -> pa.Table:
    """Return each door once, and how many of these people live there."""
    known = door.compress(door > 0)
    if electorate.scattered("doors") is not None:
        known = np.sort(known)
    begins = np.flatnonzero(np.diff(known, prepend=0))
    people = np.diff(begins, append=len(known))
    columns = ["door_id", "lon", "lat", "meters", "address", "unit"]
    once = electorate.doors.select(columns).take(known[begins] - 1)
    return once.append_column("people", pa.array(people, pa.int64()))
