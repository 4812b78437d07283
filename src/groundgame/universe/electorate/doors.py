"""Doors and buildings by number, and who lives behind which door.

A door's number is its row among all doors of the snapshot, from 1; 0 is no door. A
building's number is its place among the buildings in the order of their doors.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.tables import Snapshot
from groundgame.universe.electorate.files import Cells, part

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Homes:
    """What is known of the doors of all parts, before the rows are laid out.

    `behind` has a row for each person of a part: the number of their door. `building`
    and `beside` go by the number of a door: its building, and how many doors of that
    building have somebody behind them who may be asked about.
    """

    firsts: tuple[int, ...]
    """The number before that of a part's first door."""
    behind: tuple[Numbers, ...]
    asked: tuple[npt.NDArray[np.bool_], ...]
    building: Numbers
    beside: Numbers


def homes(snapshot: Snapshot) -> Homes:
    """Number the doors of a snapshot, and find everybody's."""
    doors = [part(path, ["door_id", "building_id"]) for path in snapshot.paths("doors")]
    people = [part(path, ["door_id", "protected"]) for path in snapshot.paths("people")]
    firsts = np.cumsum([0, *(known.num_rows for known in doors)])
    buildings = pa.chunked_array(
        [_whole(known["building_id"]) for known in doors], pa.string()
    )
    building = _first_seen(buildings)
    behind, asked = [], []
    lived_in = np.zeros(len(building), np.bool_)
    every = pa.chunked_array([_whole(known["door_id"]) for known in doors], pa.string())
    for first, known, who in zip(firsts, doors, people, strict=False):
        wanted = _whole(who["door_id"])
        door = _elsewhere(
            wanted, _row_of(wanted, _whole(known["door_id"]), int(first)), every
        )
        may = _may_be_asked_about(who)
        lived_in[door[may]] = True
        behind.append(door)
        asked.append(may)
    lived_in[0] = False
    together = np.bincount(building[lived_in], minlength=int(building.max()) + 1)
    return Homes(
        tuple(map(int, firsts)),
        tuple(behind),
        tuple(asked),
        building,
        together[building].astype(np.int32),
    )


def _may_be_asked_about(people: pa.Table) -> npt.NDArray[np.bool_]:
    """Return who is laid out at all: everybody who is not protected."""
    protected: npt.NDArray[np.bool_] = people["protected"].to_numpy()
    return ~protected


def _whole(column: Cells) -> Cells:
    """Return a column in one piece, as text."""
    text = column.cast(pa.string())
    return pa.concat_arrays([*text.chunks, pa.array([], pa.string())])


def _first_seen(buildings: Cells) -> Numbers:
    """Return the number of each door's building; door 0 has building 0."""
    coded = buildings.dictionary_encode().unify_dictionaries()
    numbers = [chunk.indices.to_numpy() + 1 for chunk in coded.chunks]
    return np.concatenate([[0], *numbers]).astype(np.int32)


def _row_of(wanted: Cells, doors: Cells, first: int) -> Numbers:
    """Return the number of each wanted door; 0 where there is none such.

    People behind one door stand together, so each run of them is looked up once.
    """
    if not len(wanted):
        return np.zeros(0, np.int32)
    same = pc.equal(wanted[1:], wanted[:-1]).fill_null(fill_value=False)
    heads = np.append(True, ~same.to_numpy(zero_copy_only=False))
    rows = pc.index_in(wanted.filter(pa.array(heads)), doors, skip_nulls=True)
    number = (rows.cast(pa.int64()).fill_null(-1 - first)).to_numpy() + 1 + first
    found: Numbers = number[np.cumsum(heads) - 1].astype(np.int32)
    return found


def _elsewhere(wanted: Cells, found: Numbers, doors: Cells) -> Numbers:
    """Look in all parts for doors that are not in the part of those behind them.

    By the file, two people behind one door may live in two counties.
    """
    rows = np.flatnonzero(
        (found == 0) & wanted.is_valid().to_numpy(zero_copy_only=False)
    )
    if len(rows):
        numbers = pc.index_in(wanted.take(pa.array(rows)), doors).fill_null(-1)
        found = found.copy()
        found[rows] = numbers.to_numpy() + 1
    return found


def scattered(numbers: Numbers, largest: int) -> npt.NDArray[np.bool_]:
    """Say of each number whether it stands in several places, not in one run; 0 never.

    People behind one door stand together, but for those who, by the file, vote in
    another precinct than their neighbours.
    """
    begins = numbers[np.diff(numbers, prepend=np.int32(-1)) != 0]
    several: npt.NDArray[np.bool_] = np.bincount(begins, minlength=largest + 1) > 1
    several[0] = False
    return several
