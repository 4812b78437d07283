"""Write a small snapshot whole: its tables in one part each, and its manifest.

In:  a folder, a manifest, and tables as rooms know them (DOORS, BALLOTS).
Out: the same tables as a snapshot keeps them (addresses and places; votes in numbers).
"""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables.ask import ask
from groundgame.tables.file import (
    ADDRESSES,
    BALLOTS,
    DISTRICTS,
    ELECTIONS,
    PEOPLE,
    PLACES,
    REFUSED,
    VOTES,
)
from groundgame.tables.schema import TableSchema
from groundgame.tables.snapshot import MANIFEST, Manifest, Snapshot

_ELECTIONS = """
    select row_number() over (order by name) - 1 as election, *
    from (
        select election as name, date, year, kind, count(*) as ballots
        from ballots group by all
    ) order by name
"""
_VOTES = """
    select row as person, e.election, method, party
    from (select person_id, row_number() over () - 1 as row from people)
    join ballots b using (person_id) join elections e on e.name = b.election
    order by person, e.election
"""


def lay(  # noqa: PLR0913  # one for each table
    folder: Path,
    manifest: Manifest,
    *,
    people: pa.Table,
    doors: pa.Table,
    ballots: pa.Table | None = None,
    refused: pa.Table | None = None,
) -> Snapshot:
    """Write a snapshot in one part, and return it.

    Args:
        folder: Where to; it is made if it is not there.
        manifest: Its account.
        people: PEOPLE, and any extra columns.
        doors: DOORS.
        ballots: BALLOTS; none if left out.
        refused: REFUSED; none if left out.
    """
    cast = BALLOTS.conform(BALLOTS.empty() if ballots is None else ballots)
    elections = ELECTIONS.conform(ask(_ELECTIONS, {"ballots": cast}))
    known = {"people": people, "ballots": cast, "elections": elections}
    extra = people.select([*PEOPLE.names, *manifest.extra])
    PEOPLE.conform(people)
    for name, table in (
        ("people", extra),
        ("doors", ADDRESSES.conform(doors)),
        ("places", PLACES.conform(doors)),
        ("elections", elections),
        ("votes", VOTES.conform(ask(_VOTES, known))),
        ("districts", DISTRICTS.empty()),
        ("refused", _rows(REFUSED, refused)),
    ):
        (folder / name).mkdir(parents=True, exist_ok=True)
        pq.write_table(table, folder / name / "0000.parquet")
    text = json.dumps(manifest.as_dict(), indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Snapshot(folder, manifest)


def _rows(schema: TableSchema, table: pa.Table | None) -> pa.Table:
    """Return a table of a schema; none is an empty one."""
    return schema.empty() if table is None else schema.conform(table)
