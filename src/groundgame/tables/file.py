"""The file: the tables of a snapshot of a voter file.

On disk a table is a folder of parts; a part holds whole counties. Part n of doors,
places and votes goes with part n of people.
"""

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
        maybe("phone", pa.string(), "E.164: +13155550142"),
        maybe("language", pa.string(), "ISO 639-1: es"),
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

ADDRESSES = TableSchema(
    name="addresses",
    means="What can be knocked on, as kept on disk: one row a unit.",
    unique=("door_id",),
    columns=(
        Column("door_id", pa.string(), "hash of the normal form of the address"),
        Column("building_id", pa.string(), "the same, without the unit"),
        maybe("number", pa.string(), "12, 12 1/2, 221-31"),
        Column("street", pa.string(), "with direction and type"),
        maybe("unit", pa.string(), "2B; null: a house of its own"),
        maybe("city", pa.string(), ""),
        maybe("zip", pa.string(), "five digits"),
        maybe("state", pa.string(), "two letters"),
        Column("address", pa.string(), "one line, as people write it"),
        maybe("kind", pa.string(), "shelter, dormitory, care home, mailbox, rural box"),
    ),
)

PLACES = TableSchema(
    name="places",
    means="Where doors are: one row a door, in the doors' order. It can be made again.",
    columns=(
        maybe("lon", pa.float64(), "degrees, WGS 84; null: no place known"),
        maybe("lat", pa.float64(), "degrees, WGS 84; null: no place known"),
        maybe(
            "placed_by",
            pa.string(),
            "'address point', 'spelling', 'interpolation', 'street', 'zip', 'by hand'",
        ),
        maybe("placed_from", pa.string(), "name of the source"),
        maybe("meters", pa.float32(), "metres it may be off by"),
        maybe("way", pa.int64(), "id of the nearest street line"),
        maybe("side", pa.string(), "left or right of that line, as it is drawn"),
    ),
)

UNPLACED = TableSchema(
    name="unplaced",
    means="Doors that are not placed, or only by street or zip code: one row each.",
    unique=("door_id",),
    columns=(
        Column("door_id", pa.string(), "as in doors"),
        Column("reason", pa.string(), "one sentence"),
    ),
)

DOORS = TableSchema(
    name="doors",
    means="What can be knocked on, and where it is: one row a unit.",
    unique=("door_id",),
    columns=(*ADDRESSES.columns, *PLACES.columns),
)

ELECTIONS = TableSchema(
    name="elections",
    means="The elections in which somebody voted: one row each.",
    unique=("election",),
    columns=(
        Column("election", pa.uint16(), "its number, from 0"),
        Column("name", pa.string(), "'2024-11-05 general', '2024 general'"),
        maybe("date", pa.date32(), "null: only the year is known"),
        Column("year", pa.int16(), "of the election"),
        Column("kind", pa.string(), "general, primary, municipal, special, unknown"),
        Column("ballots", pa.uint32(), "how many voted in it, by this file"),
    ),
)

_WORD = pa.dictionary(pa.int8(), pa.string())
_PARTY = pa.dictionary(pa.int16(), pa.string())

VOTES = TableSchema(
    name="votes",
    means="Who voted when, in numbers: one row a person and election.",
    columns=(
        Column("person", pa.uint32(), "row in the same part of people, from 0"),
        Column("election", pa.uint16(), "as in elections"),
        maybe("method", _WORD, "in person, early, mail"),
        maybe("party", _PARTY, "whose primary"),
    ),
)

BALLOTS = TableSchema(
    name="ballots",
    means="Who voted when, in words: one row a person and election.",
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

DISTRICTS = TableSchema(
    name="districts",
    means="The districts in which somebody lives: one row each.",
    columns=(
        Column("kind", pa.string(), "a column of people: congressional, county, ward"),
        Column("name", pa.string(), "as in people"),
        maybe("county", pa.string(), "where the name is one only within its county"),
        maybe("ocd_id", pa.string(), "Open Civic Data's id of the division"),
        Column("people", pa.uint32(), "how many live there"),
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
