"""Who stands twice on a list: pairs of its rows that are, or may be, one person.

What is sure is joined; what is not is asked, one pair at a time; and whatever was
joined, by us or by hand, can be told apart again.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from groundgame import match as engine
from groundgame.errors import NotYours
from groundgame.server.actions import matches
from groundgame.server.actions.matches import MatchLine
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import MatchList, User

SHOWN = 50


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two rows of one list, and why they are, or may be, one person."""

    pair: str
    list_line: int
    other_line: int
    listed: dict[str, str]
    said: dict[str, str]
    """What the other row says."""
    probability: float
    reasons: str


@dataclass(frozen=True, slots=True)
class Twice:
    """How many people a list holds, the next unsure pair, and what is joined.

    `joined` is a page of them, the least probable first.
    """

    line: MatchLine
    rows: int
    people: int
    unsure: int
    next: PairRow | None
    skipped: int
    joined: list[PairRow]
    page: int
    pages: int
    may_undo: bool


def twice(*, id: int, seen_by: Anyone, skip: int = 0, page: int = 1) -> Twice:  # noqa: A002  # the word that all reads use
    """Return who stands twice on a list, and the next pair that is unsure.

    Raises:
        NotYours: There is no such list, or not for them.
    """
    row = matches.found(id=id, seen_by=seen_by)
    pairs = _holding(row)
    lines = pq.read_table(row.folder / "listed.parquet", columns=["row_id", "line"])
    groups = pl.DataFrame(engine.clusters(lines, pairs))["cluster"]
    every = pl.DataFrame(pairs).sort(["probability", "pair"], descending=[True, False])
    unsure = every.filter(pl.col("state") == "review")
    same = every.filter(pl.col("state") == "same").reverse()
    skip = skip if skip < unsure.height else 0
    pages = max(-(-same.height // SHOWN), 1)
    page = min(max(page, 1), pages)
    shown = same.slice((page - 1) * SHOWN, SHOWN).to_dicts()
    asked = unsure.slice(skip, 1).to_dicts()
    told = _rows(row, [*asked, *shown])
    return Twice(
        line=matches.line_of(row, matches.holding(row)),
        rows=len(groups),
        people=groups.n_unique(),
        unsure=unsure.height,
        next=told[0] if asked else None,
        skipped=skip,
        joined=told[len(asked) :],
        page=page,
        pages=pages,
        may_undo=matches.last_decision(row, seen_by, of_pairs=True) is not None,
    )


def decide(*, id: int, pair: str, verdict: str, by: User) -> None:  # noqa: A002  # the word that all reads use
    """Say that two rows are one person ('accepted'), or are two ('refused').

    Raises:
        NotYours: There is no such list or pair, or not for them.
        BadDecision: The verdict is neither.
    """
    listed = matches.found(id=id, seen_by=by)
    pairs = pl.DataFrame(matches.pairs_found(listed))
    mine = pairs.filter(pl.col("pair") == pair)
    if not mine.height:
        raise NotYours
    other = mine["other_id"][0]
    engine.decision(pair, other, verdict, by=str(by.pk), at=timezone.now())
    matches.write(listed, pair, other, verdict, by)


def undo(*, id: int, by: User) -> None:  # noqa: A002  # the word that all reads use
    """Take back the last decision of `by` about a pair; the pair is unsure again.

    Raises:
        NotYours: There is no such list, or not for them.
    """
    listed = matches.found(id=id, seen_by=by)
    last = matches.last_decision(listed, by, of_pairs=True)
    if last is not None:
        matches.write(listed, last.row, None, "undone", by)


def _holding(row: MatchList) -> pa.Table:
    """Return PAIRS as they hold now."""
    return engine.settle_pairs(matches.pairs_found(row), matches.decisions(row))


def _rows(row: MatchList, some: list[dict[str, Any]]) -> list[PairRow]:
    """Return pairs with what both rows say."""
    names = ("row_id", "other_id")
    said = matches.listed_rows(row, [each[name] for each in some for name in names])
    table = pl.read_parquet(row.folder / "listed.parquet", columns=["row_id", "line"])
    wanted = table.filter(pl.col("row_id").is_in(list(said)))
    lines = dict(zip(wanted["row_id"], wanted["line"], strict=True))
    return [
        PairRow(
            pair=each["pair"],
            list_line=lines[each["row_id"]],
            other_line=lines[each["other_id"]],
            listed=said[each["row_id"]],
            said=said[each["other_id"]],
            probability=each["probability"],
            reasons=each["reasons"],
        )
        for each in some
    ]
