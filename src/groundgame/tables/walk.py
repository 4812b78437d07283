"""Doors to be cut, and the turfs they were cut into."""

import pyarrow as pa

from groundgame.tables.schema import Column, TableSchema

PLACED = TableSchema(
    name="placed",
    means="Doors with a place on a plane: what turf.cut takes.",
    unique=("door_id",),
    columns=(
        Column("door_id", pa.string(), "as in doors"),
        Column("x", pa.float64(), "metres east of some origin"),
        Column("y", pa.float64(), "metres north of the same origin"),
    ),
)

TURFS = TableSchema(
    name="turfs",
    means="Every door once, in one turf, at one place of its walk.",
    unique=("door_id",),
    columns=(
        Column("door_id", pa.string(), "as in doors"),
        Column("turf", pa.int32(), "number of the turf, from 1"),
        Column("position", pa.int32(), "place in the turf's walk, from 1"),
    ),
)
