"""One question to a snapshot, and whom it may be about.

Who may be asked about at all is settled before a rule is looked at: not the protected
(they are not in the electorate), and not the suppressed, whom `_away` names. Everything
that is answered here is answered without them, so no rule reaches behind it. How many
were left out is the same number whatever the rule: it says nothing of any one of them.

What a rule knows from outside the file (lists, households, places, chance) comes as
marks: a flag for each row, door or building. Those that stand alone between the
outermost 'and's, and who is away, are looked up for the rows that the rest of the rule
finds; where that is about status alone, they are looked up without it: for the few rows
that a mark is on, if it is on few. So are the rows of a few days. Other marks are laid
beside the table row by row while it is read, which takes all rows and one thread.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.universe.asking import Asking, Flags, Mark
from groundgame.universe.electorate import Electorate, open_electorate
from groundgame.universe.electorate.engine import engine
from groundgame.universe.given import Given
from groundgame.universe.narrow import (
    Rows,
    Test,
    by_row,
    few_rows,
    is_few,
    looked_up,
    narrowed,
)

_PARAMETER = re.compile(r"\$(p\d+)")
_ALONE = re.compile(r"\(k\d+ = 1\)|\(not \(k\d+ = 1\)\)")
"""A condition that is a mark and nothing else, as `Asking.mark` writes it."""
_ROW = re.compile(r"\brow\b")
_SELF = {"row": "rowid as row"}
"""How a row's number is called by the engine itself."""
_OF_STATUS = re.compile(r"(?:not|and|or|true|false|between|in|status|[\d\s()=,<>&])+")
"""Conditions that are about nobody's anything but status."""
AWAY = "away"
"""The mark of those who are suppressed."""


@dataclass(slots=True)
class Question:
    """One question under way: a connection, and everything that is bound to it."""

    connection: duckdb.DuckDBPyConnection
    electorate: Electorate
    asking: Asking
    away: Flags | None
    """Who is suppressed; None where nobody is."""

    def ask(self, text: str) -> pa.Table:
        """Ask the table `askable`, in the order of its rows; its `row` is their number.

        Values are bound, and marks laid beside the rows, as they stand by now.
        """
        marks = {} if self.away is None else {AWAY: Mark(self.away)}
        known = self.asking.marks
        marks |= {name: known[name] for name in _marks(text) if name in known}
        return self._answer(text, marks)

    def rows(self, columns: Sequence[str], conditions: Sequence[str]) -> pa.Table:
        """Return 'row' or 'door_mark' of those who meet all conditions, in order."""
        alone = [one for one in conditions if _ALONE.fullmatch(one)]
        more = [one for one in conditions if one not in alone]
        rest = " and ".join(more) or "true"
        if _marks(rest):
            every = " and ".join(conditions)
            return self.ask(f"select {', '.join(columns)} from askable where {every}")
        tests = [self._test(one) for one in alone]
        if self.away is not None:
            tests.append(Test(Mark(self.away), wanted=False))
        found = self._looked_up(more, tests)
        if found is not None:
            return found.select(columns)
        needed = dict.fromkeys([*columns, *(test.needs for test in tests)])
        where = " and ".join([rest, *(b for test in tests for b in test.bounds())])
        told = ", ".join(_SELF.get(name, name) for name in needed)
        where = _ROW.sub("rowid", where)
        text = f"select {told} from {self._people} where {where}"
        return narrowed(self._run(text), tests, self.electorate).select(columns)

    def _looked_up(
        self, conditions: Sequence[str], tests: Sequence[Test]
    ) -> pa.Table | None:
        """Return who meets conditions of status and passes tests, if that is sooner.

        It is not where a condition is about more than status, or marks say nothing.
        Only a condition that picks the rows need not be asked of them again.
        """
        known, people = self.asking.known, self.electorate.people
        picks = (one for one in conditions if one in known)
        first = next((one for one in picks if is_few(len(known[one]), people)), None)
        rest = [one for one in conditions if one != first]
        if not all(_OF_STATUS.fullmatch(one) for one in rest):
            return None
        if first is not None:
            few: Rows | None = np.sort(known[first]).astype(np.int64)
        elif tests:
            few = few_rows(tests, people)
        else:
            return None
        status = self._status(" and ".join(rest) or "true")
        return looked_up(few, tests, status, self.electorate)

    def _status(self, rest: str) -> Flags:
        """Return by the code of a status whether it is wanted."""
        codes = len(self.electorate.words("status")) + 1
        asked = f"select {rest} as wanted from range({codes}) one(status)"
        flags: Flags = self._run(asked)["wanted"].to_numpy().astype(np.bool_)
        return flags

    def _test(self, alone: str) -> Test:
        """Return the mark that a condition is, and the value it wants."""
        (name,) = _marks(alone)
        return Test(self.asking.marks[name], wanted="not" not in alone)

    def _answer(self, text: str, marks: Mapping[str, Mark]) -> pa.Table:
        """Ask with these marks beside the rows."""
        if marks:
            beside = {
                name: pa.array(by_row(mark, self.electorate).view(np.uint8))
                for name, mark in marks.items()
            }
            self.connection.register("marks", pa.table(beside))
        view = _askable(self._people, tuple(marks))
        return self._run(f"with askable as not materialized ({view}) {text}")

    @property
    def _people(self) -> str:
        """The name of the table, as the engine knows it."""
        return f"{self.electorate.file}.people"

    def _run(self, text: str) -> pa.Table:
        """Ask the engine, with the values bound that the text names."""
        bound = self.asking.parameters
        named = {name: bound[name] for name in _PARAMETER.findall(text)}
        return self.connection.execute(text, named).to_arrow_table()

    def left_out(self) -> int:
        """Count everybody whom no question may be about."""
        suppressed = 0 if self.away is None else int(np.count_nonzero(self.away))
        return self.electorate.protected + suppressed


@contextmanager
def question(snapshot: Snapshot, as_of: date, given: Given) -> Iterator[Question]:
    """Open a question about everybody who may be asked about, and close it again."""
    electorate = open_electorate(snapshot)
    with closing(engine().cursor()) as connection:
        asking = Asking(as_of, electorate, given, rows=_not_yet)
        asked = Question(connection, electorate, asking, _away(electorate, given))
        asking.rows = asked.rows
        yield asked


def _not_yet(_: Sequence[str], conditions: Sequence[str]) -> pa.Table:
    """Stand for the question while it is being put together."""
    raise RuntimeError(f"asked too early: {conditions}")


def _away(electorate: Electorate, given: Given) -> Flags | None:
    """Return who is suppressed."""
    some = given.suppressed
    return None if some is None or not len(some) else electorate.on(some)


def _marks(text: str) -> tuple[str, ...]:
    """Return the marks that a text names, each once."""
    return tuple(dict.fromkeys(re.findall(r"\bk\d+\b", text)))


def _askable(people: str, marks: tuple[str, ...]) -> str:
    """Return the table with marks beside it, and without those who are away."""
    if not marks:
        return f"select rowid as row, * from {people}"
    here = f" where {AWAY} = 0" if AWAY in marks else ""
    beside = f"{people} p positional join marks"
    return f"select p.rowid as row, p.*, marks.* from {beside}{here}"
