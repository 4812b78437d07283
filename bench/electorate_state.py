"""Invent a state as a snapshot, column by column, without a voter file in between.

Eight million people take about a minute. A hundred counties of unlike size, precincts
of some 1,800 people, streets of 25 houses, every eighth house with several doors, 26
elections with keen and idle voters. The same number of people is always the same state.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables import (
    ADDRESSES,
    DISTRICTS,
    ELECTIONS,
    PEOPLE,
    PLACES,
    REFUSED,
    VOTES,
    Manifest,
    Snapshot,
)
from groundgame.values import Seed, SnapshotId

PARTIES = np.array(["DEM", "REP", "UNA", "LIB", "WFP", "GRN", "CON"])
PARTY_SHARES = (0.33, 0.3, 0.32, 0.02, 0.01, 0.01, 0.01)
STATUSES = np.array(["active", "inactive", "removed", "pending"])
GENERALS = [date(year, 11, 5) for year in range(2024, 2004, -2)]
PRIMARIES = [date(year, 5, 8) for year in range(2024, 2008, -2)]
MUNICIPALS = [date(year, 11, 4) for year in range(2025, 2009, -2)]
HELD = (
    [(day, "general", 0.85) for day in GENERALS]
    + [(day, "primary", 0.35) for day in PRIMARIES]
    + [(day, "municipal", 0.3) for day in MUNICIPALS]
)
METHODS = ("in person", "early", "mail")
COUNTIES = 100
PARTS = 10

Column = npt.NDArray[Any]


def make(folder: Path, people: int) -> Snapshot:
    """Write a state of so many people, and return it."""
    chance = Seed(11).stream("bench.electorate")
    share = np.sort(chance.pareto(1.2, COUNTIES) + 0.2)
    sizes = np.maximum((share / share.sum() * people).astype(int), 20)
    sizes[-1] += people - sizes.sum()
    sizes = chance.permutation(sizes)
    (folder / "manifest.json").parent.mkdir(parents=True, exist_ok=True)
    first, doors, votes = 0, 0, 0
    with duckdb.connect() as engine:
        for part, counties in enumerate(np.array_split(np.arange(COUNTIES), PARTS)):
            size = sizes[counties]
            made = _part(engine, counties, size, first, doors, chance)
            for name, table in made.items():
                _write(folder, name, part, table)
            first += int(size.sum())
            doors += made["doors"].num_rows
            votes += made["votes"].num_rows
    _write(folder, "elections", 0, _elections())
    _write(folder, "districts", 0, DISTRICTS.empty())
    _write(folder, "refused", 0, REFUSED.empty())
    manifest = Manifest(
        **dict.fromkeys(
            ("refused", "merged", "buildings", "doors_without_place", "protected"), 0
        ),
        snapshot=SnapshotId(folder.name),
        layout="bench",
        dated=date(2026, 1, 1),
        sources=(),
        rows=people,
        accepted=people,
        people=people,
        doors=doors,
        people_without_door=0,
        votes=votes,
        elections=len(HELD),
        extra=("race",),
    )
    (folder / "manifest.json").write_text(json.dumps(manifest.as_dict()))
    return Snapshot.open(folder)


def _part(  # noqa: PLR0913, PLR0917  # a piece of one long run
    engine: duckdb.DuckDBPyConnection,
    counties: Column,
    sizes: Column,
    first: int,
    doors_before: int,
    chance: np.random.Generator,
) -> dict[str, pa.Table]:
    """Return the tables of some counties."""
    people = int(sizes.sum())
    begins = chance.random(people) < 1 / 1.9
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    begins[starts] = True
    door = np.cumsum(begins) - 1
    head = np.flatnonzero(begins)
    county = np.repeat(counties, sizes)
    within = np.arange(people) - np.repeat(starts, sizes)
    precinct = within // 1800
    home = _doors(county[head], precinct[head], chance)
    number = np.arange(doors_before, doors_before + len(head))
    columns = {name: pa.array(column) for name, column in home.items()}
    columns["n"] = pa.array(number)
    engine.register("h", pa.table(columns))
    engine.register(
        "p",
        pa.table(_people(county, precinct, door + doors_before, first, chance)),
    )
    doors = engine.execute(_DOORS).to_arrow_table()
    persons = engine.execute(_PEOPLE).to_arrow_table()
    extra = persons["race"]
    place = {n: pa.array(home[n], mask=np.isnan(home[n])) for n in ("lon", "lat")}
    return {
        "people": whole(persons, PEOPLE.arrow).append_column("race", extra),
        "doors": whole(doors, ADDRESSES.arrow),
        "places": whole(pa.table(place), PLACES.arrow),
        "votes": _votes(persons, chance),
    }


def _doors(
    county: Column, precinct: Column, chance: np.random.Generator
) -> dict[str, Column]:
    """Return doors in their order: streets, houses, units, and where they are."""
    many = len(county)
    house = np.cumsum(chance.random(many) < 0.8)  # a fifth have the house before theirs
    unit = np.zeros(many, int)
    same = house[1:] == house[:-1]
    same &= precinct[1:] == precinct[:-1]
    same &= county[1:] == county[:-1]
    for _ in range(3):
        unit[1:] = np.where(same, unit[:-1] + 1, unit[1:])
    street = house // 25
    east = -82 + (county % 10) * 0.5 + (precinct % 20) * 0.02
    north = 34 + (county // 10) * 0.3 + (precinct // 20 % 14) * 0.02
    placed = chance.random(many) < 0.99
    lon = np.where(placed, east + chance.random(many) * 0.02, np.nan)
    lat = np.where(placed, north + chance.random(many) * 0.02, np.nan)
    return {
        "county": county,
        "precinct": precinct,
        "street": street,
        "house": house % 25 * 4 + 1,
        "unit": unit,
        "lon": lon,
        "lat": lat,
    }


def _people(
    county: Column,
    precinct: Column,
    door: Column,
    first: int,
    chance: np.random.Generator,
) -> dict[str, Column]:
    """Return people in numbers, in the order of their doors."""
    many = len(county)
    day = np.datetime64("2026-01-01")
    return {
        "id": (np.arange(first, first + many) * 7919 + 13) % 100_000_007,
        "door": door,
        "county": county,
        "precinct": precinct,
        "party": PARTIES[chance.choice(len(PARTIES), many, p=PARTY_SHARES)],
        "status": STATUSES[chance.choice(4, many, p=[0.88, 0.08, 0.03, 0.01])],
        "born": day - chance.integers(18 * 365, 95 * 365, many).astype("m8[D]"),
        "registered": day - chance.integers(0, 40 * 365, many).astype("m8[D]"),
        "gender": np.array(["F", "M", "X"])[
            chance.choice(3, many, p=[0.52, 0.46, 0.02])
        ],
        "phone": chance.random(many) < 0.35,
        "race": np.array(["W", "B", "A", "H", "O"])[chance.integers(0, 5, many)],
        "name": chance.integers(0, 5000, many),
    }


_PEOPLE = """
    select 'nc:AA' || id as person_id,
        substr(md5(door::varchar), 1, 20) as door_id,
        'First' || name % 700 as first_name, 'Last' || name as last_name,
        born::date as birth_date,
        year(born::date)::smallint as birth_year, gender, party, status,
        registered::date as registered,
        case when phone
            then '+1555' || lpad((id % 10000000)::varchar, 7, '0') end as phone,
        printf('C%02d', county) as county,
        printf('P%02d-%03d', county, precinct) as precinct,
        'Town ' || county || '-' || precinct // 9 as municipality,
        (1 + county // 8)::varchar as congressional,
        (1 + county // 2)::varchar as state_senate,
        (1 + county)::varchar as state_house, false as protected, id as source_line,
        race
    from p
"""
_DOORS = """
    select substr(md5(n::varchar), 1, 20) as door_id,
        substr(md5((n - unit)::varchar), 1, 20) as building_id,
        house::varchar as number,
        'Street ' || street || ' Rd' as street,
        case when unit > 0 then unit::varchar end as unit, 'Town ' || county as city,
        (27000 + county * 9 + precinct // 12)::varchar as zip, 'NC' as state,
        house || ' Street ' || street || ' Rd' as address
    from h
"""


def _votes(people: pa.Table, chance: np.random.Generator) -> pa.Table:
    """Return who voted when, by person and election."""
    many = people.num_rows
    keen = chance.random((many, 1)).astype(np.float32)
    likely = np.array([one for _, _, one in HELD], np.float32)
    drawn = chance.random((many, len(HELD)), dtype=np.float32)
    person, election = np.nonzero(drawn < keen * likely)
    method = chance.integers(0, 3, len(person)).astype(np.int8)
    code = np.searchsorted(
        np.sort(PARTIES), people["party"].to_numpy(zero_copy_only=False)
    )
    primary = np.array([kind == "primary" for _, kind, _ in HELD])[election]
    words = pa.array(np.sort(PARTIES).tolist())
    ballot = pa.array(code[person].astype(np.int16), mask=~primary)
    return pa.table(
        {
            "person": pa.array(person.astype(np.uint32)),
            "election": pa.array(election.astype(np.uint16)),
            "method": pa.DictionaryArray.from_arrays(method, list(METHODS)),
            "party": pa.DictionaryArray.from_arrays(ballot, words),
        }
    ).cast(VOTES.arrow)


def _elections() -> pa.Table:
    """Return the elections that were held."""
    rows = [
        {
            "election": number,
            "name": f"{day} {kind}",
            "date": day,
            "year": day.year,
            "kind": kind,
            "ballots": 0,
        }
        for number, (day, kind, _) in enumerate(HELD)
    ]
    return pa.Table.from_pylist(rows, ELECTIONS.arrow)


def whole(given: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table of that schema; columns that are not given are empty."""
    columns: dict[str, Any] = {
        field.name: given[field.name].cast(field.type)
        if field.name in given.column_names
        else pa.nulls(given.num_rows, field.type)
        for field in schema
    }
    return pa.table(columns, schema=schema)


def _write(folder: Path, name: str, part: int, table: pa.Table) -> None:
    """Write one part of a table."""
    (folder / name).mkdir(exist_ok=True)
    pq.write_table(table, folder / name / f"{part:04}.parquet", compression="zstd")
