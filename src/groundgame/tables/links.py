"""Matching: a list as it was read, the people its rows mean, and what was decided."""

import pyarrow as pa

from groundgame.tables.schema import Column, TableSchema, maybe

_NOW = pa.timestamp("us", tz="UTC")

LISTED = TableSchema(
    name="listed",
    means="Rows of an outside list: members, signers, donors; one row each.",
    unique=("row_id",),
    columns=(
        Column("row_id", pa.string(), "hash of what the row says; equal rows count on"),
        Column("line", pa.int64(), "line of the list on which it begins, header is 1"),
        maybe("key", pa.string(), "the list's own id: a member number"),
        maybe("voter_id", pa.string(), "with or without the layout's name before it"),
        maybe("first_name", pa.string(), "as the list writes it"),
        maybe("middle_name", pa.string(), ""),
        maybe("last_name", pa.string(), ""),
        maybe("suffix", pa.string(), "Jr, III"),
        maybe("birth_date", pa.date32(), "where the whole date is known"),
        maybe("birth_year", pa.int16(), "where at least the year is"),
        maybe("number", pa.string(), "12, 12 1/2, 221-31"),
        maybe("street", pa.string(), "with direction and type"),
        maybe("unit", pa.string(), ""),
        maybe("city", pa.string(), ""),
        maybe("zip", pa.string(), "as the list writes it"),
        maybe("phone", pa.string(), "as the list writes it"),
        maybe("email", pa.string(), "as the list writes it"),
    ),
)

LINKS = TableSchema(
    name="links",
    means="Every row of a list, and the person it means, if anybody.",
    unique=("row_id",),
    columns=(
        Column("row_id", pa.string(), "as in listed"),
        Column("line", pa.int64(), "as in listed"),
        maybe("key", pa.string(), "as in listed"),
        Column("state", pa.string(), "linked, review, unmatched or refused"),
        maybe("person_id", pa.string(), "linked: who; review: the likeliest"),
        maybe("probability", pa.float64(), "that the row means this person"),
        maybe("by", pa.string(), "voter id, exact key, likeness or by hand"),
        maybe("reasons", pa.string(), "one sentence; it may repeat a first name"),
        maybe("decided_by", pa.string(), "who decided; null: nobody has"),
        maybe("decided_at", _NOW, "when"),
    ),
)

CANDIDATES = TableSchema(
    name="candidates",
    means="Whom a row may mean: the likeliest first. What is left of 1 is nobody.",
    unique=("row_id", "person_id"),
    columns=(
        Column("row_id", pa.string(), "as in listed"),
        Column("rank", pa.int16(), "from 1, the likeliest"),
        Column("person_id", pa.string(), "as in people"),
        Column("probability", pa.float64(), "that the row means this person"),
        Column("by", pa.string(), "voter id, exact key or likeness"),
        Column("reasons", pa.string(), "one sentence; it may repeat a first name"),
    ),
)

DECISIONS = TableSchema(
    name="decisions",
    means="What people decided about links. Rows are added, never changed.",
    columns=(
        Column("row_id", pa.string(), "as in links; or the pair, as in pairs"),
        maybe("person_id", pa.string(), "about whom, or the other row; null: undone"),
        Column("verdict", pa.string(), "accepted, refused or undone"),
        Column("by", pa.string(), "who decided"),
        Column("at", _NOW, "when"),
    ),
)

CLUSTERS = TableSchema(
    name="clusters",
    means="Every row of a list, and which rows are one person.",
    unique=("row_id",),
    columns=(
        Column("row_id", pa.string(), "as in listed"),
        Column("line", pa.int64(), "as in listed"),
        Column("cluster", pa.string(), "the smallest row_id of the same person"),
        Column("size", pa.int32(), "how many rows are this person"),
    ),
)

PAIRS = TableSchema(
    name="pairs",
    means="Two rows of one list that are, or may be, one person.",
    unique=("pair",),
    columns=(
        Column("pair", pa.string(), "hash of both row_ids, by which people decide"),
        Column("row_id", pa.string(), "the smaller of the two"),
        Column("other_id", pa.string(), "the larger"),
        Column("state", pa.string(), "same, review, or apart: told apart by hand"),
        Column("probability", pa.float64(), "that they are one person"),
        Column("reasons", pa.string(), "one sentence; it may repeat a first name"),
        maybe("decided_by", pa.string(), "who decided; null: nobody has"),
        maybe("decided_at", _NOW, "when"),
    ),
)
