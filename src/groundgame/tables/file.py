"""The file: the four tables of a snapshot of a voter file."""

import pyarrow as pa

from groundgame.tables.schema import Column, TableSchema, maybe

PEOPLE = TableSchema(
    name="people",
    means="Who is registered: one row a person.",
    unique=("person_id",),
    columns=(
        Column("person_id", pa.string(), "layout, colon, the source's own voter id"),
        maybe("door_id", pa.string(), "null: no readable address"),
        maybe("first_name", pa.string(), "as the source writes it"),
        maybe("middle_name", pa.string(), ""),
        maybe("last_name", pa.string(), ""),
        maybe("suffix", pa.string(), "Jr, III"),
        maybe("birth_date", pa.date32(), "where the whole date is known"),
        maybe("birth_year", pa.int16(), "where at least the year is"),
        maybe("gender", pa.string(), "F, M, X"),
        maybe("party", pa.string(), "the source's code: DEM, WFP, UNA"),
        Column("status", pa.string(), "active, inactive, pending, removed or unknown"),
        maybe("registered", pa.date32(), "date of registration"),
        maybe("phone", pa.string(), "digits as the source writes them"),
        maybe("county", pa.string(), "name or code, as the source has it"),
        maybe("municipality", pa.string(), ""),
        maybe("precinct", pa.string(), ""),
        maybe("ward", pa.string(), ""),
        maybe("congressional", pa.string(), "district, no leading zeros"),
        maybe("state_senate", pa.string(), "district, no leading zeros"),
        maybe("state_house", pa.string(), "district, no leading zeros"),
        Column("protected", pa.bool_(), "confidential by law: in no list, no count"),
        Column("source_line", pa.int64(), "line of the source file, header is 1"),
    ),
)

DOORS = TableSchema(
    name="doors",
    means="What can be knocked on: one row a unit.",
    unique=("door_id",),
    columns=(
        Column("door_id", pa.string(), "hash of the normal form of the address"),
        Column("building_id", pa.string(), "the same, without the unit"),
        maybe("number", pa.string(), "12, 12 1/2, 221-31"),
        Column("street", pa.string(), "with direction and type"),
        maybe("unit", pa.string(), "2B; null: a house of its own"),
        maybe("city", pa.string(), ""),
        maybe("zip", pa.string(), "five digits"),
        Column("address", pa.string(), "one line, as people write it"),
        maybe("lon", pa.float64(), "degrees, WGS 84; null: no place known"),
        maybe("lat", pa.float64(), "degrees, WGS 84; null: no place known"),
        maybe("placed_by", pa.string(), "'address point'; null: not placed"),
    ),
)

VOTES = TableSchema(
    name="votes",
    means="Who voted when: one row a person and election.",
    unique=("person_id", "election"),
    columns=(
        Column("person_id", pa.string(), "as in people"),
        Column("election", pa.string(), "'2024-11-05 general', '2024 general'"),
        maybe("date", pa.date32(), "null: only the year is known"),
        Column("year", pa.int16(), "of the election"),
        Column("kind", pa.string(), "general, primary, municipal, special, unknown"),
        maybe("method", pa.string(), "in person, early, mail"),
        maybe("party", pa.string(), "whose primary"),
    ),
)

REFUSED = TableSchema(
    name="refused",
    means="Rows that were set aside, and why. It repeats no cell of them.",
    columns=(
        Column("file", pa.string(), "the source file's name"),
        Column("line", pa.int64(), "the line on which the row begins, header is 1"),
        maybe("column", pa.string(), "null: the row as a whole"),
        Column("reason", pa.string(), "one sentence"),
    ),
)
