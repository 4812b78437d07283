"""One question to a snapshot, and whom it may be about.

Who may be asked about at all is settled in `_askable`, and nowhere else: not the
protected (they are not in the electorate), and not the suppressed. Each question is
asked of what `_askable` leaves, so no rule reaches behind it. How many were left out is
the same number whatever the rule: it says nothing of any one of them.

People whose status is 'removed' are left out too, unless the rule names that status.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from glob import escape

import duckdb
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.universe.about_people import OneOf
from groundgame.universe.electorate import Electorate, open_electorate
from groundgame.universe.ids import Listed, listed
from groundgame.universe.predicate import Asking, on_any
from groundgame.universe.rule import Rule

_REMOVED = "removed"


@dataclass(slots=True)
class Question:
    """One question under way: a connection, and everything that is bound to it."""

    connection: duckdb.DuckDBPyConnection
    electorate: Electorate
    asking: Asking
    askable: str
    """Whom a question may be about, as the text of a subquery."""
    suppresses: bool

    def ask(self, text: str) -> pa.Table:
        """Ask, with all values bound and all lists registered."""
        for name, ids in self.asking.tables.items():
            self.connection.register(name, ids)
        return self.connection.execute(text, self.asking.parameters).to_arrow_table()

    def left_out(self) -> int:
        """Count everybody whom no question may be about."""
        protected = self.electorate.protected
        if not self.suppresses:
            return protected
        asked = self.ask(f"select count(*) as people from {self.askable}")
        return protected + self.electorate.people - int(asked["people"][0].as_py())


@contextmanager
def question(
    snapshot: Snapshot,
    as_of: date,
    lists: Mapping[str, Listed] | None,
    suppressed: Listed | None,
) -> Iterator[Question]:
    """Open a question about everybody who may be asked about, and close it again."""
    electorate = open_electorate(snapshot)
    asking = Asking(as_of, electorate.elections, lists or {})
    with closing(_engine().cursor()) as connection:
        askable = _askable(electorate, asking, suppressed)
        some = suppressed is not None and len(suppressed) > 0
        yield Question(connection, electorate, asking, askable, some)


def _askable(electorate: Electorate, asking: Asking, suppressed: Listed | None) -> str:
    """Return everybody whom a rule may see. No rule sees anything else."""
    path = asking.bind(escape(str(electorate.path)))
    everybody = f"read_parquet({path}, file_row_number=true)"
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


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """Return the engine of this process; it holds no data, and fetches no extension."""
    no = "false"
    return duckdb.connect(
        config={"autoinstall_known_extensions": no, "autoload_known_extensions": no}
    )
