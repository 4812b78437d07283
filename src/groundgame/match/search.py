"""Find the people of a snapshot whom a row of a list could mean.

In:  forms of the list's rows, and a snapshot.
Out: pairs of a row and a person that share a key, the forms of these people, and how
     often the list's names, dates and places occur among everybody.

A state has eighty times as many people as a long list has rows. So each piece of the
snapshot is asked first for people who hold a key of the list at all; keys that too many
people share are dropped once they have been counted over all pieces; and only people
who are left are looked at again. Protected people are left out before anything is
asked: whoever means one is answered as a stranger is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from groundgame.match.forms import forms
from groundgame.match.keys import KEYS, held
from groundgame.match.score import shared
from groundgame.tables import Snapshot
from groundgame.values import draft_of

PIECE = 500_000  # people looked at together
_PEOPLE = (
    "person_id",
    "door_id",
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "birth_date",
    "birth_year",
    "phone",
    "protected",
)
_DOORS = ("door_id", "number", "street", "unit", "city", "zip")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some row groups of one part of a snapshot."""

    number: int
    people: Path
    doors: Path
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    `pairs` has l and r; `people` has r, person_id and forms; `counts` has, for each
    column whose rarity counts, value and len; `everybody` is how many were asked.
    """

    pairs: pl.DataFrame
    people: pl.DataFrame
    counts: dict[str, pl.DataFrame]
    everybody: int


def search(
    listed: pl.DataFrame,
    snapshot: Snapshot,
    most_alike: int,
    folder: Path,
    each: Callable[[Callable[[Piece], int], Sequence[Piece]], Iterable[int]] = map,
) -> Found:
    """Search a snapshot for whom the rows could mean.

    Args:
        listed: Forms of the list's rows, with their number in `l`.
        snapshot: Where to search.
        most_alike: A key that more people share is not followed.
        folder: An empty folder for what lies between the two looks.
        each: How the pieces are gone through: `map`, or that of some workers.
    """
    asked = held(listed, "l", None)
    asked.select("kind", "value").unique().write_parquet(folder / "wanted.parquet")
    for column in shared():
        values = listed.select(value=pl.col(column)).drop_nulls().unique()
        values.write_parquet(folder / f"values-{column}.parquet")
    parts = list(pieces(snapshot))
    everybody = sum(each(partial(first_look, folder=folder), parts))
    pairs = _pairs(asked, folder, most_alike)
    pairs.select("r").unique().sort("r").write_parquet(folder / "people.parquet")
    looked = sum(each(partial(second_look, folder=folder), parts))
    if looked != pairs["r"].n_unique():
        raise AssertionError("a person who was found is not there at the second look")
    counts = {
        column: pl.read_parquet(folder / f"count-{column}-*.parquet")
        .group_by("value")
        .agg(pl.col("len").sum())
        for column in shared()
    }
    people = pl.read_parquet(folder / "found-*.parquet")
    return Found(pairs, people, counts, everybody)


def pieces(snapshot: Snapshot) -> Iterator[Piece]:
    """Yield a snapshot's people in pieces of about PIECE rows, in order."""
    number = 0
    both = zip(snapshot.paths("people"), snapshot.paths("doors"), strict=True)
    for people, doors in both:
        metadata = pq.ParquetFile(people).metadata
        groups: list[int] = []
        rows = 0
        for group in range(metadata.num_row_groups):
            groups.append(group)
            rows += metadata.row_group(group).num_rows
            if rows >= PIECE or group == metadata.num_row_groups - 1:
                yield Piece(number, people, doors, tuple(groups))
                number, groups, rows = number + 1, [], 0


def first_look(piece: Piece, folder: Path) -> int:
    """Write which person of a piece holds which key of the list; return how many."""
    people = _read(piece)
    said = forms(people).with_columns(people["r"])
    wanted = pl.read_parquet(folder / "wanted.parquet")
    holdings = held(said, "r", wanted)
    for kind in range(len(KEYS)):
        mine = holdings.filter(pl.col("kind") == kind).select("value", "r")
        _write(mine, folder / f"held-{kind}-{piece.number:04}.parquet")
    for column in shared():
        values = pl.read_parquet(folder / f"values-{column}.parquet")
        counted = (
            said.select(value=pl.col(column))
            .join(values, on="value", how="semi")
            .group_by("value")
            .len()
        )
        _write(counted, folder / f"count-{column}-{piece.number:04}.parquet")
    return people.height


def second_look(piece: Piece, folder: Path) -> int:
    """Write the forms of the people of a piece who were found; return how many."""
    wanted = pl.read_parquet(folder / "people.parquet")
    people = _read(piece).join(wanted, on="r", how="semi", maintain_order="left")
    said = forms(people).with_columns(people["r"], people["person_id"])
    _write(said, folder / f"found-{piece.number:04}.parquet")
    return people.height


def _write(rows: pl.DataFrame, to: Path) -> None:
    """Write a file whole or not at all, also where a piece is done twice at once."""
    with draft_of(to) as draft:
        rows.write_parquet(draft)


def _read(piece: Piece) -> pl.DataFrame:
    """Return the people of a piece with their addresses; nobody who is protected."""
    file = pq.ParquetFile(piece.people)
    table = file.read_row_groups(list(piece.groups), columns=list(_PEOPLE))
    people = (
        pl.DataFrame(table)
        .with_columns(r=pl.int_range(pl.len(), dtype=pl.Int64) + (piece.number << 32))
        .filter(~pl.col("protected"))
    )
    doors = pl.DataFrame(pq.ParquetFile(piece.doors).read(columns=list(_DOORS)))
    return people.join(
        doors, on="door_id", how="left", maintain_order="left"
    ).with_columns(voter_id=pl.col("person_id"), email=pl.lit(None, dtype=pl.String))


def _pairs(asked: pl.DataFrame, folder: Path, most_alike: int) -> pl.DataFrame:
    """Return every pair that shares a key which few enough people hold."""
    found = []
    for kind in range(len(KEYS)):
        holdings = pl.read_parquet(folder / f"held-{kind}-*.parquet")
        rows = asked.filter(pl.col("kind") == kind).select("value", "l")
        few = holdings.group_by("value").len().filter(pl.col("len") <= most_alike)
        holdings = holdings.join(few.select("value"), on="value", how="semi")
        found.append(rows.join(holdings, on="value").select("l", "r"))
    return pl.concat(found).unique().sort("l", "r")
