"""A town to match against: people in words, laid down as a snapshot."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from groundgame import match
from groundgame.tables import DOORS, LISTED, PEOPLE, Manifest, Snapshot, lay
from groundgame.values import SnapshotId

_COUNTED = (
    "refused",
    "merged",
    "doors_without_place",
    "people_without_door",
    "protected",
    "votes",
    "elections",
)


def lay_people(folder: Path, people: pl.DataFrame) -> Snapshot:
    """Lay people down as a snapshot: the columns of LISTED, person_id and protected."""
    where = pl.concat_str(
        [
            pl.col(name).fill_null("")
            for name in ("number", "street", "unit", "city", "zip")
        ],
        separator="|",
    )
    placed = people.with_columns(door_id=where, building_id=where, address=where)
    rows = people.height
    counts = dict.fromkeys(_COUNTED, 0) | dict.fromkeys(
        ("rows", "accepted", "people", "doors", "buildings"), rows
    )
    manifest = Manifest(
        snapshot=SnapshotId(folder.name),
        layout="elm",
        dated=date(2026, 1, 1),
        sources=(),
        **counts,
    )
    doors = (
        placed.filter(pl.col("street").is_not_null()).unique("door_id").sort("door_id")
    )
    return lay(
        folder,
        manifest,
        people=_shaped(
            placed.with_columns(status=pl.lit("active"), source_line=1), PEOPLE
        ),
        doors=_shaped(doors, DOORS),
    )


def person(person_id: str, first: str, last: str, **said: Any) -> dict[str, Any]:
    """Return one person of the town; what is not said is not known."""
    plain = dict.fromkeys(LISTED.names) | {"protected": False}
    return (
        plain | {"person_id": person_id, "first_name": first, "last_name": last} | said
    )


def town(folder: Path, people: Iterable[Mapping[str, Any]]) -> Snapshot:
    """Lay these people down as a snapshot."""
    types = {
        "birth_date": pl.Date,
        "birth_year": pl.Int16,
        "protected": pl.Boolean,
    }
    names = (*LISTED.names, "person_id", "protected")
    schema = {name: types.get(name, pl.String) for name in names}
    return lay_people(folder, pl.DataFrame(list(people), schema=schema))


def listed(folder: Path, text: str, name: str = "list.csv") -> match.Listed:
    """Read a list that is written here."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return match.read(path)


def outcome(links: match.Links) -> list[tuple[str, str | None]]:
    """Return state and person of each row, in the order of the list."""
    rows = links.links.sort_by("line").to_pylist()
    return [(row["state"], row["person_id"]) for row in rows]


def _shaped(frame: pl.DataFrame, schema: Any) -> pa.Table:
    """Return a table of a schema; columns that are not there are empty."""
    table = frame.to_arrow()
    return pa.table(
        {
            field.name: table[field.name].cast(field.type)
            if field.name in table.column_names
            else pa.nulls(table.num_rows, field.type)
            for field in schema.arrow
        },
        schema=schema.arrow,
    )
