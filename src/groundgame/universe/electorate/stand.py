"""The electorate as it stands on disk, open for questions.

The table `people` of `people.duckdb` has a row for everybody who may be asked about, in
the order of the snapshot. No cell of it is empty:

- `door_no`, `building_no`: numbers from 1; 0 is no readable address. `door_mark` is
  `door_no`, below zero where no map can show the door.
- `building_doors`: how many doors of the building have somebody behind them.
- `born`, `registered`: dates; 9999-12-31 is not known. Of whom only the year of birth
  is known, 1 January stands.
- `lon`, `lat`: degrees; 999 is no place. `no_phone` is true or false.
- each text column: a code (see `words`); 0 is an empty cell. Columns that only this
  file has are `x0`, `x1`, ...
- `v0`, ...: vote history (see `history`).

Beside it lie, to be looked at in place and not read: ids, doors, the numbers by which
ids are found and drawn, each row's door and status, each door's building and whether a
map shows it, the rows in the order of their days of registration, and the box on the
map that each block of doors lies in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from weakref import finalize

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.elections import Elections
from groundgame.universe.electorate.dice import (
    Numbers,
    Throws,
    drawn,
    numbers_of,
    throws,
)
from groundgame.universe.electorate.engine import closed, engine, opened
from groundgame.universe.electorate.files import Cells, array, mapped
from groundgame.universe.electorate.index import Days, Index, Rows
from groundgame.universe.electorate.spots import BLOCKS, Blocks, Spots
from groundgame.universe.electorate.words import codes_of, test_of
from groundgame.universe.electorate.write import TABLE, UNKNOWN_DAY
from groundgame.universe.ids import Ids, Listed, listed
from groundgame.values import Seed, Share

Flags = npt.NDArray[np.bool_]

FEW_WORDS = 1000
_SORTED = 50  # rows to a run of one code, from which on rows stand in its order


@dataclass(frozen=True)
class Electorate:
    """Everybody who may be asked about, and what is known of the table of them."""

    folder: Path
    people: int
    protected: int
    elections: Elections
    methods: tuple[str, ...]
    parties: tuple[str, ...]
    extra: tuple[str, ...]
    in_places: frozenset[str]
    """'doors', or 'buildings', where some of them stand in several places."""
    spans: Mapping[str, Mapping[str, int]] = field(repr=False)
    file: str
    """The name by which the engine has the table's file open."""

    @classmethod
    def open(cls, folder: Path, known: Mapping[str, Any]) -> Self:
        """Open what was laid out in a folder."""
        made = cls(
            folder=folder,
            people=known["people"],
            protected=known["protected"],
            elections=Elections.from_data(known["elections"]),
            methods=tuple(known["methods"]),
            parties=tuple(known["parties"]),
            extra=tuple(known["extra"]),
            in_places=frozenset(known["scattered"]),
            spans=known["spans"],
            file=opened(folder / TABLE, to_read=True),
        )
        letting_go = finalize(made, closed, made.file)  # when nobody asks it any more
        letting_go.atexit = False
        return made

    # ------------------------------------------------------------------ words

    @cached_property
    def _words(self) -> pa.Table:
        """All words of all columns, with how many people each."""
        return mapped(self.folder / "words.arrow")

    def _span(self, column: str) -> pa.Table:
        """Return the words of one column, in the order of their codes."""
        span = self.spans[column]
        return self._words.slice(span["start"], span["words"])

    @cached_property
    def _codes(self) -> dict[str, Mapping[str, int]]:
        """Words by column that were looked up before."""
        return {}

    def words(self, column: str) -> Mapping[str, int]:
        """Return the code of each word of a column, in small letters."""
        if column not in self._codes:
            words = map(str, self._span(column)["word"])
            self._codes[column] = {word: code for code, word in enumerate(words, 1)}
        return self._codes[column]

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, int]]:
        """How many people have each word, for columns of at most a thousand words."""
        return {
            column: {
                word: people
                for word, people in zip(
                    *(
                        self._span(column)[name].to_pylist()
                        for name in ("word", "people")
                    ),
                    strict=True,
                )
                if people
            }
            for column, span in self.spans.items()
            if span["words"] <= FEW_WORDS
        }

    def one_of(self, column: str, values: Collection[str]) -> str:
        """Return the test whether a column holds one of these values."""
        known = TEXT_COLUMNS.get(column)
        number = known is not None and known.number
        return self.coded(column, codes_of(values, self.words(column), number=number))

    def coded(self, column: str, codes: Collection[int]) -> str:
        """Return the test whether a column holds one of these codes."""
        in_order = self.spans[column]["runs"] * _SORTED < self.people
        return test_of(column, codes, in_order=in_order)

    def missing(self, column: str) -> str:
        """Return the test whether the file does not know something."""
        match column:
            case "age":
                return f"(born = date '{UNKNOWN_DAY}')"
            case "registered":
                return f"(registered = date '{UNKNOWN_DAY}')"
            case "phone":
                return "no_phone"
        return f"({column} = 0)"

    # -------------------------------------------------------------- ids, doors

    @cached_property
    def person_ids(self) -> Cells:
        """The id of each row."""
        return mapped(self.folder / "ids.arrow")["person_id"]

    @cached_property
    def doors(self) -> pa.Table:
        """The doors; the row of door_no 1 is the first."""
        return mapped(self.folder / "doors.arrow")

    @cached_property
    def door_no(self) -> npt.NDArray[np.int32]:
        """The number of each row's door; 0 is none."""
        return array(self.folder / "door_no.npy")

    @cached_property
    def building_of(self) -> npt.NDArray[np.int32]:
        """The number of each door's building, by door_no; door 0 has building 0."""
        return array(self.folder / "building_of.npy")

    @cached_property
    def status(self) -> npt.NDArray[np.uint32]:
        """The code of each row's status."""
        return array(self.folder / "status.npy")

    @cached_property
    def placed(self) -> Flags:
        """Whether a map can show a door, by door_no."""
        return array(self.folder / "placed.npy")

    def door_marks(self, rows: Rows) -> npt.NDArray[np.int32]:
        """Return door_mark of some rows, without a question."""
        door = self.door_no.take(rows)
        np.negative(door, out=door, where=~self.placed.take(door))
        return door

    def registered(self, since: date, before: date) -> npt.NDArray[np.uint32]:
        """Return the rows of who registered from a day on, before another."""
        return self._registered.between(since, before)

    @cached_property
    def _registered(self) -> Days:
        """Where the days of registration stand."""
        return Days.read(self.folder, "registered")

    def doors_within(
        self, west: float, south: float, east: float, north: float
    ) -> Spots:
        """Return the doors in a box on the map, its border included."""
        return Blocks(array(self.folder / BLOCKS)).within(
            self.doors, (west, south, east, north)
        )

    def numbers(self, column: str) -> npt.NDArray[Any]:
        """Return a column of numbers, by row: door_no, building_no, a text's code."""
        if column == "door_no":
            return self.door_no
        with engine().cursor() as asked:
            answer = asked.execute(f"select {column} from {self.file}.people")
            found: npt.NDArray[Any] = answer.to_arrow_table()[column].to_numpy()
        return found

    @cached_property
    def districts(self) -> pa.Table:
        """The districts of the snapshot, as DISTRICTS."""
        return mapped(self.folder / "districts.arrow")

    def scattered(self, homes: str) -> Flags | None:
        """Return which doors, or buildings, do not stand in one run; None: all do."""
        if homes not in self.in_places:
            return None
        return array(self.folder / f"{homes}_scattered.npy")

    def at_doors(self, flags: Flags) -> Flags:
        """Return the flags of rows whose doors have these flags, by door_no."""
        return flags.take(self.door_no)

    def rows_of(self, ids: Ids) -> Rows:
        """Return the row of each person, in the order given; -1 where there is none."""
        return self._index("people").rows_of(numbers_of(ids))

    def door_nos_of(self, ids: Ids) -> Rows:
        """Return the door_no of each door, in the order given; 0 where there is no."""
        return self._index("doors").rows_of(numbers_of(ids)) + 1

    def on(self, some: Listed) -> Flags:
        """Return the rows of people who are on a list, or whose door is.

        Raises:
            BadList: It is no list of ids.
        """
        flags = np.zeros(self.people, np.bool_)
        for column, table in listed(some).items():
            if column == "person_id":
                rows = self.rows_of(table["id"])
                flags[rows[rows >= 0]] = True
            else:
                behind = np.zeros(self.doors.num_rows + 1, np.bool_)
                behind[self.door_nos_of(table["id"])] = True
                behind[0] = False
                if behind.any():
                    flags |= self.at_doors(behind)
        return flags

    def _index(self, name: str) -> Index:
        """Return where ids of people, or of doors, are found."""
        if name not in self._indexes:
            self._indexes[name] = Index.read(self.folder, name)
        return self._indexes[name]

    @cached_property
    def _indexes(self) -> dict[str, Index]:
        """The indexes that were looked into before."""
        return {}

    # ----------------------------------------------------------------- chance

    def dice(self, unit: str, seed: Seed) -> Throws:
        """Return the throw of each row's person, or of their door (see `dice`)."""
        if unit == "people":
            return self._thrown(unit, seed)
        return np.append(np.uint64(0), self._thrown(unit, seed))[self.door_no]

    def drawn(self, unit: str, seed: Seed, share: Share) -> Flags:
        """Return the rows of a random share of people, or of doors by door_no."""
        chosen = drawn(self._dice(unit), unit, seed, share)
        return chosen if unit == "people" else np.append(np.False_, chosen)

    def _thrown(self, unit: str, seed: Seed) -> Throws:
        """Return a throw for each person, or each door, in the order of their rows."""
        return throws(self._dice(unit), unit, seed)

    def _dice(self, unit: str) -> Numbers:
        """Return the number of each person's id, or of each door's."""
        return array(self.folder / f"{unit}_dice.npy")
