"""What a snapshot holds at a glance: worked out once, and read from then on.

In:  a snapshot on disk.
Out: plain values: refused rows by reason, party codes, towns, how doors were placed.

Asked of the Parquet files where they lie, some columns at a time; nothing of it is a
person's. Where only protected people live, there is no door in any count here.
"""

from typing import Any

import duckdb

from groundgame.tables import Snapshot

REASONS, TOWNS, PARTIES, LINES = 100, 200, 100, 10
"""How many are listed, the most frequent first; and lines of a reason."""

_REFUSED = """
  select file, "column", reason, count(*)::bigint as rows,
         list(line order by line)[1:$lines] as lines
  from read_parquet($refused)
  group by all order by rows desc, file, "column", reason limit $reasons
"""
_PARTIES = """
  select party, count(*)::bigint as people from read_parquet($people)
  where not protected and party is not null
  group by party order by people desc, party limit $parties
"""
_DOORS = """
  create temp table door as
  with ours as (
    select distinct door_id from read_parquet($people) where not protected
  ), all_doors as (
    select d.door_id, d.city, p.placed_by, p.lon
    from (
      select *, filename[-12:] as part from read_parquet(
        $doors, filename = true, file_row_number = true)
    ) d
    join (
      select *, filename[-12:] as part from read_parquet(
        $places, filename = true, file_row_number = true)
    ) p using (part, file_row_number)
  )
  select * exclude (door_id) from all_doors semi join ours using (door_id)
"""
_TOWNS = """
  select city, count(*)::bigint as doors, count(lon)::bigint as placed
  from door group by city order by doors desc, city limit $towns
"""
_PLACED = """
  select case when lon is null then null else coalesce(placed_by, 'unknown') end as how,
         count(*)::bigint as doors
  from door group by 1 order by doors desc, how
"""


def glance(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a snapshot holds, as JSON can hold it."""
    with duckdb.connect() as connection:

        def rows(question: str, **given: Any) -> list[tuple[Any, ...]]:
            return connection.execute(question, given).fetchall()

        def parts(table: str) -> list[str]:
            return [str(path) for path in snapshot.paths(table)]

        people = parts("people")
        refused = rows(_REFUSED, refused=parts("refused"), lines=LINES, reasons=REASONS)
        parties = rows(_PARTIES, people=people, parties=PARTIES)
        connection.execute(
            _DOORS,
            {"people": people, "doors": parts("doors"), "places": parts("places")},
        )
        return {
            "refused": [list(each) for each in refused],
            "parties": [list(each) for each in parties],
            "towns": [list(each) for each in rows(_TOWNS, towns=TOWNS)],
            "placed": [list(each) for each in rows(_PLACED)],
        }
