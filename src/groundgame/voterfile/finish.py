"""From parts on disk to the four tables of a snapshot.

In:  a folder of Parquet parts: people with their doors, votes, refused rows.
Out: people, doors and votes as Parquet, each person once, by county, precinct and
     address, so that a question about one precinct reads little.

DuckDB does it with a limit on memory and spills to disk beyond it; the questions it is
asked are in finish.sql. Two rows of one person: where they say the same,
the later is merged; where they differ, one that is protected, then the one that is
active, and then the one registered last, stands; the other is refused with its line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from importlib import resources
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables import ADDRESSES, ELECTIONS, PEOPLE, PLACES, VOTES, TableSchema
from groundgame.voterfile.places import POINT, place

MEMORY = "2GB"
ROWS = 122_880  # a row group
PART = "0000.parquet"
REPEATED = "another row with the same voter id stands"
STRANGER = "nobody in the voter file has this voter id"


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of the parts."""

    merged: int
    people: int
    doors: int
    buildings: int
    doors_without_place: int
    people_without_door: int
    protected: int
    votes: int
    elections: int
    ballots: int


def finish(
    parts: Path, folder: Path, addresses: Path | None, files: tuple[str, ...]
) -> tuple[Counts, pl.DataFrame]:
    """Write the tables of a snapshot from parts.

    Args:
        parts: Holds people-*.parquet and votes-*.parquet.
        folder: Where people, doors and votes are written.
        addresses: A list of address points, if there is one.
        files: The sources' names, in the order in which parts count them.

    Returns:
        The counts, and the rows that are refused because their person stands elsewhere.
    """
    with _database(parts) as ask:
        _write(ask, "people_sorted", PEOPLE, folder)
        _votes(ask, folder)
        doors = _placed(_doors(ask, parts), addresses)
        _keep(ADDRESSES, doors, folder / "doors")
        _keep(PLACES, doors, folder / "places")
        cast = pl.read_parquet(folder / "elections" / PART, glob=False)["ballots"]
        counted = ask.sql("SELECT * FROM counts").pl().to_dicts()[0]
        counts = Counts(
            doors=doors.height,
            buildings=doors["building_id"].n_unique(),
            doors_without_place=doors["lon"].null_count(),
            **counted,
            votes=int(cast.sum()),
            elections=cast.len(),
        )
        return counts, _refused(ask, files)


@contextmanager
def _database(parts: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory over the parts, which spills beside them."""
    with duckdb.connect() as ask:
        ask.execute(f"SET memory_limit = '{MEMORY}'")
        ask.execute("SET temp_directory = ?", [str(parts / "spill")])
        ask.execute("SET preserve_insertion_order = true")
        for name in ("people", "votes", "ballots"):
            parquet = ask.read_parquet(f"{escape(str(parts))}/{name}-*.parquet")
            parquet.create_view(f"{name}_parts")
        questions = resources.files("groundgame.voterfile") / "finish.sql"
        ask.execute(questions.read_text("utf-8"))
        yield ask


def _write(
    ask: duckdb.DuckDBPyConnection, view: str, schema: TableSchema, folder: Path
) -> None:
    """Write the rows of a view as the one part of a table, in a schema's columns."""
    columns = ask.view(view).project(", ".join(schema.names))
    (folder / schema.name).mkdir()
    columns.write_parquet(
        str(folder / schema.name / PART), compression="zstd", row_group_size=ROWS
    )


def _votes(ask: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write who voted when, as numbers of people's rows and of elections."""
    people = ask.read_parquet(
        escape(str(folder / "people" / PART)), file_row_number=True
    )
    people.create_view("rows_of_people")
    for question, schema in (
        ("FROM elections_known", ELECTIONS),
        (_NUMBERED, VOTES),
    ):
        table = schema.conform(ask.sql(question).to_arrow_table())
        (folder / schema.name).mkdir()
        pq.write_table(table, folder / schema.name / PART)
        ask.register(schema.name, table)


_NUMBERED = """
    SELECT file_row_number AS person, e.election, v.method, v.party
    FROM votes_once v JOIN rows_of_people USING (person_id)
    JOIN elections e ON e.name = v.election
    ORDER BY person, e.election
"""


def _keep(schema: TableSchema, rows: pl.DataFrame, folder: Path) -> None:
    """Write the one part of a table; columns that nobody filled are empty."""
    folder.mkdir()
    lacking = [
        pa.field(name, schema.arrow.field(name).type)
        for name in schema.names
        if name not in rows.columns
    ]
    table = rows.to_arrow()
    for field in lacking:
        table = table.append_column(field, pa.nulls(rows.height, field.type))
    pq.write_table(schema.conform(table), folder / PART, compression="zstd")


def _doors(ask: duckdb.DuckDBPyConnection, parts: Path) -> pl.DataFrame:
    """Return every door once, as the first row of it has it, in the people's order."""
    doors = pl.read_parquet(f"{escape(str(parts))}/doors-*.parquet")
    doors = doors.unique("door_id", keep="first", maintain_order=True)
    if ask.sql("SELECT 1 FROM repeats LIMIT 1").fetchone():
        behind = ask.sql("SELECT DISTINCT door_id FROM standing").pl()
        doors = doors.join(behind, on="door_id", how="semi", maintain_order="left")
    house = pl.col("number").str.extract(r"^(\d{1,9})").cast(pl.Int64)
    return doors.sort(
        *("county", "precinct", "street"),
        *(house, "number", "unit", "door_id"),
        nulls_last=True,
    )


def _placed(doors: pl.DataFrame, addresses: Path | None) -> pl.DataFrame:
    """Return the doors with their places, where they are known."""
    if addresses is None:
        none = pl.lit(None, dtype=pl.Float64)
        placed = doors.with_columns(lon=none, lat=none)
    else:
        known = place(doors, addresses)
        placed = doors.join(known, on="door_id", how="left", maintain_order="left")
    return placed.with_columns(
        placed_by=pl.when(pl.col("lon").is_not_null()).then(pl.lit(POINT))
    )


def _refused(ask: duckdb.DuckDBPyConnection, files: tuple[str, ...]) -> pl.DataFrame:
    """Return rows that no table took: repeats that differ, ballots of strangers."""
    rows = ask.sql("SELECT * FROM refused_late").pl()
    names = dict(enumerate(files))
    return rows.select(
        file=pl.col("file").replace_strict(names, return_dtype=pl.String),
        line="line",
        column=pl.lit(None, dtype=pl.String),
        reason=pl.col("why").replace_strict(
            {"repeated": REPEATED, "stranger": STRANGER}, return_dtype=pl.String
        ),
    )
