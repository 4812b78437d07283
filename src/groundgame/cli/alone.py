"""Whom the book leaves alone: every command that makes a list asks here.

A data folder in which a server keeps its book knows who asked for peace and who is in
the control of a running experiment. They are left out of every list that is made from
this folder, whatever the command and whatever file it reads, and that is said. Where
there is no book, that is said too, for then nobody here can know.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa

from groundgame.cli.answer import note
from groundgame.errors import BookAway
from groundgame.server import start
from groundgame.tables import Snapshot

NO_BOOK = (
    "No book lies in {data}, so nobody here knows who asked for peace, or who is in "
    "the control of a running experiment. Leave them out yourself: {how}."
)


@dataclass(frozen=True, slots=True)
class Alone:
    """Ids of people, and of whole doors, that are left alone."""

    people: frozenset[str]
    doors: frozenset[str]

    @property
    def ids(self) -> list[str]:
        """All of them."""
        return sorted(self.people | self.doors)


def of_book(data: Path, how: str = "") -> Alone | None:
    """Return whom the book of a data folder leaves alone, for all of its chapters.

    Args:
        data: The folder.
        how: What to do where there is no book, which is then said; '': say nothing.

    Raises:
        BookAway: There is a book, and it cannot be read.
        LostUnits: The list of arms of a running experiment is gone.
    """
    if not _is_host(data):
        if how:
            note(NO_BOOK.format(data=data, how=how))
        return None
    start.prepare(data)
    from django.db import DatabaseError  # noqa: PLC0415  # needs Django set up first

    from groundgame.server import desk  # noqa: PLC0415  # the same

    try:
        return Alone(*desk.left_alone())
    except DatabaseError as problem:
        raise BookAway(str(data), type(problem).__name__) from problem


def open_doors(
    table: pa.Table, data: Path, known: Sequence[Snapshot], *, how: str = ""
) -> pa.Table:
    """Return the rows of a table whose door may be visited, by its `door_id`.

    Args:
        table: Doors, or doors in turfs.
        data: Whose book is asked.
        known: The snapshots that say who lives behind a door; the first is asked.
        how: What to do where there is no book; then, and when doors go, it is said.

    Raises:
        BookAway, LostUnits: See `of_book`.
    """
    left = of_book(data, how)
    if left is None or not (left.people or left.doors):
        return table
    from groundgame.server import desk  # noqa: PLC0415  # needs Django, set up by now

    ids = pl.Series(table["door_id"]).cast(pl.String)
    shut = desk.shut(known[0], left.people, left.doors, ids) if known else left.doors
    stays = ~ids.is_in(list(shut))
    if how and not stays.all():
        note(
            f"{int((~stays).sum()):,} doors are left alone, as the book says: they "
            f"asked for peace, or are in the control of a running experiment."
        )
    return table.filter(stays.to_arrow())


def _is_host(data: Path) -> bool:
    """Return whether a server keeps its book in a folder, or for it elsewhere."""
    elsewhere = bool(os.environ.get("GROUNDGAME_DATABASE_URL"))
    key = (data / "secret-key").is_file() or bool(
        os.environ.get("GROUNDGAME_SECRET_KEY")
    )
    return (data / "book.sqlite3").is_file() or (elsewhere and key)
