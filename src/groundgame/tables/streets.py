"""Streets to walk on: what a prepared street file holds."""

import pyarrow as pa

from groundgame.tables.schema import Column, TableSchema, maybe

STREETS = TableSchema(
    name="streets",
    means="A network of streets and paths, an edge a row: from corner to corner.",
    columns=(
        Column("a", pa.int32(), "number of the node at the first place of the line"),
        Column("b", pa.int32(), "number of the node at its last; none is left unused"),
        Column("kind", pa.string(), "class of road, as in turf/streets/streets.toml"),
        maybe("name", pa.string(), "what the street is called, as it is written there"),
        Column("way", pa.int64(), "the source's own number of the line, one of them"),
        Column("oneway", pa.bool_(), "whether cars go in one direction only"),
        Column("lon", pa.list_(pa.float64()), "degrees (WGS 84), place by place"),
        Column("lat", pa.list_(pa.float64()), "the same many"),
    ),
)
