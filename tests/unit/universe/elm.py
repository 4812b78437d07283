"""A small Elm: eight people behind five doors, and one who may never be seen.

Ana and Ben share a house; Cyd, Dee and Eli live in one building behind two doors; Fay
was removed; Gus has no readable address; Hal's door has no place. Ida is protected by
law and lives with Ana and Ben.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables import BALLOTS, DISTRICTS, DOORS, PEOPLE, Manifest, Snapshot, lay

AS_OF = date(2025, 6, 1)


def person(name: str, door: str | None, **said: Any) -> dict[str, Any]:
    """Return a row of people; what is not said is the plainest there is."""
    plain = dict.fromkeys(PEOPLE.names)
    given = {"status": "active", "protected": False, "county": "Elm", "source_line": 1}
    return plain | given | {"person_id": f"elm:{name}", "door_id": door} | said


def door(
    name: str, building: str, lon: float | None = -74.0, lat: float | None = 42.0
) -> dict[str, Any]:
    """Return a row of doors."""
    lat = None if lon is None else lat
    return dict.fromkeys(DOORS.names) | {
        "door_id": name,
        "building_id": building,
        "street": "Ash St",
        "city": "Elm City",
        "zip": "00501",
        "address": f"{name} Ash St",
        "lon": lon,
        "lat": lat,
    }


def vote(name: str, day: str, kind: str = "general", **how: Any) -> dict[str, Any]:
    """Return a row of votes; of `day` only the year may be known."""
    whole = date.fromisoformat(day) if "-" in day else None
    return {
        "person_id": f"elm:{name}",
        "election": f"{day} {kind}",
        "date": whole,
        "year": int(day[:4]),
        "kind": kind,
        "method": None,
        "party": None,
    } | how


PEOPLE_ROWS = [
    person("ana", "d1", party="DEM", birth_date=date(1990, 6, 1), precinct="1"),
    person("ben", "d1", party="REP", birth_date=date(1990, 6, 2), precinct="1"),
    person("cyd", "d2", party="WFP", birth_year=2000, precinct="2", gender="F"),
    person("dee", "d3", party="DEM", birth_date=date(2004, 2, 29), precinct="2"),
    person("eli", "d3", party="UNA", precinct="2", status="inactive", gender="M"),
    person("fay", "d4", party="DEM", birth_year=1950, status="removed"),
    person("gus", None, party=None, birth_year=1980, state_house="7"),
    person("hal", "d5", party="DEM", birth_year=1970, registered=date(2024, 1, 1)),
    person("ida", "d1", party="DEM", birth_year=1990, protected=True, precinct="1"),
]
DOOR_ROWS = [
    door("d1", "b1"),
    door("d2", "b2"),
    door("d3", "b2"),
    door("d4", "b4"),
    door("d5", "b5", lon=None),
]
GENERALS = ("2024-11-05", "2022-11-08", "2020-11-03", "2018-11-06")
VOTE_ROWS = [
    *(vote("ana", day) for day in GENERALS),
    vote("ben", "2024-11-05"),
    vote("ben", "2022-11-08"),
    vote("cyd", "2024-11-05"),
    vote("dee", "2024-06-25", "primary"),
    vote("hal", "2016"),
    vote("hal", "2020"),
    *(vote("ida", day) for day in GENERALS),
]


def write(
    folder: Path,
    people: list[dict[str, Any]] = PEOPLE_ROWS,
    doors: list[dict[str, Any]] = DOOR_ROWS,
    votes: list[dict[str, Any]] = VOTE_ROWS,
    *,
    extra: tuple[str, ...] = (),
    districts: list[dict[str, Any]] | None = None,
) -> Snapshot:
    """Write a snapshot of these rows, in the order they are given."""
    own = [pa.field(name, pa.string()) for name in extra]
    manifest = Manifest(
        snapshot=folder.name,  # type: ignore[arg-type]  # ids are text
        layout="elm",
        dated=date(2025, 5, 1),
        sources=(),
        rows=len(people),
        accepted=len(people),
        refused=0,
        merged=0,
        people=len(people),
        doors=len(doors),
        buildings=len({row["building_id"] for row in doors}),
        doors_without_place=sum(row["lon"] is None for row in doors),
        people_without_door=sum(row["door_id"] is None for row in people),
        protected=sum(row["protected"] for row in people),
        votes=len(votes),
        elections=len({row["election"] for row in votes}),
        extra=extra,
    )
    snapshot = lay(
        folder,
        manifest,
        people=pa.Table.from_pylist(people, pa.schema([*PEOPLE.arrow, *own])),
        doors=pa.Table.from_pylist(doors, DOORS.arrow),
        ballots=pa.Table.from_pylist(votes, BALLOTS.arrow),
    )
    known = pa.Table.from_pylist(districts or [], DISTRICTS.arrow)
    pq.write_table(known, snapshot.paths("districts")[0])
    return snapshot


def names(people: pa.Table) -> str:
    """Return whom a table names, in the alphabet's order: 'ana ben'."""
    return " ".join(sorted(one[4:] for one in people["person_id"].to_pylist()))
