"""A snapshot laid out for questions: everybody who may be asked about, a row each.

In:  a snapshot (people, doors, votes).
Out: `electorate/people.parquet` inside the snapshot's folder, made when the first
     question is asked, and `electorate/elections.json` beside it.

Three things are settled here, once, so that no question can undo them:

- **Protected people are not in it.** A rule sees nothing else than this table, so no
  rule can count, list or draw them.
- Text is in small letters, and districts have no leading zeros.
- Vote history is bits: bit n of the columns `v0`, `v1`, ... is election number n, the
  latest being 0. To count how often somebody voted is to count bits.

Rows are in the order of county, precinct, building, door, person, so that a question
about one precinct reads little. The layout lies in the snapshot's folder because it is
made from nothing else, and goes when the snapshot goes.
"""

import json
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import pyarrow as pa

from groundgame.tables import Snapshot
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.elections import Elections

BITS = 62
"""Elections in one column of bits; the sign is left alone."""
_FORMAT = 2
_FOLDER = "electorate"


@dataclass(frozen=True, slots=True)
class Electorate:
    """Where the laid-out table is, and what is known of it."""

    path: Path
    elections: Elections
    people: int
    protected: int


def open_electorate(snapshot: Snapshot) -> Electorate:
    """Return the electorate of a snapshot; lay it out if nobody has yet."""
    folder = snapshot.folder / _FOLDER
    stamp = _stamp(snapshot)
    known = _read(folder)
    if known is None or known["stamp"] != stamp:
        known = _lay_out(snapshot, folder, stamp)
    return Electorate(
        path=folder / "people.parquet",
        elections=Elections.from_data(known["elections"]),
        people=known["people"],
        protected=known["protected"],
    )


def _read(folder: Path) -> dict[str, Any] | None:
    """Return what was written beside the table, or None where there is nothing."""
    try:
        known = json.loads((folder / "elections.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) else None


def _stamp(snapshot: Snapshot) -> list[int]:
    """Return what changes when the layout must be made again."""
    files = [
        path.stat()
        for table in ("people", "doors", "places", "votes")
        for path in snapshot.paths(table)
    ]
    return [_FORMAT, *(n for file in files for n in (file.st_size, file.st_mtime_ns))]


def _lay_out(snapshot: Snapshot, folder: Path, stamp: list[int]) -> dict[str, Any]:
    """Make the table beside its place, then move it there in one step."""
    making = Path(mkdtemp(prefix=f".{_FOLDER}-", dir=snapshot.folder))
    try:
        with closing(duckdb.connect(config={"temp_directory": str(making)})) as asked:
            people = [escape(str(path)) for path in snapshot.paths("people")]
            asked.read_parquet(people).create_view("people")
            asked.register("doors", snapshot.read("doors"))
            asked.register("votes", snapshot.read("ballots"))
            elections = Elections.of(
                asked.sql(
                    "select distinct election, date, year, kind from votes"
                ).fetchall()
            )
            counts = asked.sql(
                "select count(*) filter (not protected), count(*) filter (protected) "
                "from people"
            ).fetchone()
            asked.register("numbered", _numbered(elections))
            asked.sql(_layout_sql(len(elections.all))).write_parquet(
                str(making / "people.parquet"), compression="zstd"
            )
        people, protected = counts or (0, 0)
        known = {
            "stamp": stamp,
            "people": people,
            "protected": protected,
            "elections": elections.to_data(),
        }
        (making / "elections.json").write_text(json.dumps(known), encoding="utf-8")
        _put(making, folder, known)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return known


def _put(made: Path, folder: Path, known: dict[str, Any]) -> None:
    """Move what was made into its place, unless the same is there already."""
    if _read(folder) != known:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # somebody else was quicker, with the same rows
            made.rename(folder)


def _numbered(elections: Elections) -> pa.Table:
    """Return each election's name with the column and the bit that stand for it."""
    named = [(name, one.number) for one in elections.all for name in one.names]
    return pa.table(
        {
            "election": pa.array([name for name, _ in named], pa.string()),
            "word": pa.array([number // BITS for _, number in named], pa.int32()),
            "bit": pa.array([number % BITS for _, number in named], pa.int32()),
        }
    )


def _words(elections: int) -> int:
    """Return how many columns of bits these elections take."""
    return -(-elections // BITS)


def _text_sql() -> Sequence[str]:
    """Return each text column in small letters, without leading zeros in numbers."""
    tables = {"people": "p", "doors": "d"}
    return [
        f"lower(ltrim({tables[column.table]}.{name}, '0')) as {name}"
        if column.number
        else f"lower({tables[column.table]}.{name}) as {name}"
        for name, column in TEXT_COLUMNS.items()
    ]


def _layout_sql(elections: int) -> str:
    """Return the one question that lays the table out; no word of it is a user's."""
    words = range(_words(elections))
    bits = ", ".join(
        f"bit_or(case when word = {word} then 1::bigint << bit else 0 end) as v{word}"
        for word in words
    )
    history = (
        f"select person_id, {bits} from votes join numbered using (election) "
        "group by person_id"
        if words
        else "select null::varchar as person_id where false"
    )
    voted = ", ".join(f"coalesce(h.v{word}, 0) as v{word}" for word in words)
    return f"""
        with numbered_doors as (
            select *, row_number() over (order by door_id)::integer as door_no,
                dense_rank() over (order by building_id)::integer as building_no
            from doors
        ), history as ({history})
        select p.person_id, d.door_id, coalesce(d.door_no, 0) as door_no,
            coalesce(d.building_no, 0) as building_no,
            (d.door_id is null or (d.lon is not null and d.lat is not null)) as placed,
            p.phone is null as no_phone, p.birth_date, p.birth_year, p.registered,
            {", ".join([*_text_sql(), *([voted] if voted else [])])}
        from people p
        left join numbered_doors d on p.door_id = d.door_id
        left join history h on p.person_id = h.person_id
        where not p.protected
        order by p.county, p.precinct, d.building_no, d.door_no, p.person_id
    """
