"""Lists from outside: whom their rows mean, and what people decide where it is unsure.

The links that hold are what the machine found, with every decision laid over it. Only
organizers see any of it, for a row and its candidates are people. Whoever is protected
is nobody's candidate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils import timezone

from groundgame import match as engine
from groundgame.errors import NotYours
from groundgame.server.actions import audit, people
from groundgame.server.actions.file import opened
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import MatchDecision, MatchList, SnapshotRow, User
from groundgame.tables import DECISIONS, PAIRS

PAIRS_FILE, ABOUT_FILE = "pairs.parquet", "about.parquet"
SAID = ("name", "address", "city", "zip", "birth", "phone")
"""What is put side by side."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One list, and what became of its rows: they add up to `rows`."""

    id: int
    label: str
    snapshot_id: int
    snapshot: str
    counts: dict[str, int]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """What is said of somebody, by the list or by the file."""

    person: str
    said: dict[str, str]
    probability: float
    reasons: str


@dataclass(frozen=True, slots=True)
class Review:
    """One row that is unsure, and whom it may mean, the likeliest first."""

    line: MatchLine
    row: str
    list_line: int
    listed: dict[str, str]
    candidates: list[Side]
    skipped: int
    may_undo: bool


def make(
    *,
    snapshot: SnapshotRow,
    file: Path,
    by: User,
    columns: Mapping[str, str] | None = None,
) -> MatchList:
    """Hold a list against a snapshot, and keep what came of it.

    Args:
        snapshot: The snapshot.
        file: The list.
        by: Who asked for it.
        columns: Which column holds which field, where its name does not say so.

    Raises:
        NotYours: `by` does not organize the chapter.
        GroundgameError: The list cannot be read; the message says why.
    """
    people.require(by, snapshot.chapter)
    listed = engine.read(file, columns)
    links = engine.link(listed, opened(snapshot))
    twice = engine.duplicates(listed)
    row = MatchList(snapshot=snapshot, label=file.name[:200], by=by)
    row.folder.mkdir(parents=True)
    pq.write_table(listed.table, row.folder / "listed.parquet")
    pq.write_table(links.links, row.folder / "links.parquet")
    pq.write_table(links.candidates, row.folder / "candidates.parquet")
    pq.write_table(twice.pairs, row.folder / PAIRS_FILE)
    _write_about(row, row.folder / ABOUT_FILE)
    with transaction.atomic():
        row.save()
        audit.add(
            by=by,
            verb="match list",
            subject=f"match:{row.pk}",
            details=dict(links.counts()),
        )
    return row


def found(*, id: int, seen_by: Anyone) -> MatchList:  # noqa: A002  # the word that all reads use
    """Return the row of a list, to an organizer of its chapter.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = (
        MatchList.objects.select_related("snapshot__chapter", "by")
        .filter(pk=id)
        .first()
    )
    if row is None:
        raise NotYours
    people.require(seen_by, row.snapshot.chapter)
    return row


def matches(*, seen_by: Anyone) -> list[MatchLine]:
    """Return the lists of every chapter that `seen_by` organizes, newest first."""
    rows = MatchList.objects.filter(
        snapshot__chapter__in=people.organizes(seen_by)
    ).select_related("snapshot__chapter", "by")
    return [line_of(row, holding(row)) for row in rows.order_by("-at", "-pk")]


def holding(row: MatchList) -> pa.Table:
    """Return LINKS as they hold now, after every decision."""
    return engine.settle(
        pq.read_table(row.folder / "links.parquet"),
        pq.read_table(row.folder / "candidates.parquet"),
        decisions(row),
    )


def review(*, id: int, seen_by: Anyone, skip: int = 0) -> Review:  # noqa: A002  # the word that all reads use
    """Return the next row that is unsure, past those that are skipped.

    Raises:
        NotYours: There is no such list, or not for them.
    """
    row = found(id=id, seen_by=seen_by)
    links = holding(row)
    unsure = pl.DataFrame(links).filter(pl.col("state") == "review")
    unsure = unsure.sort(["probability", "line"], descending=[True, False])
    skip = skip if skip < unsure.height else 0
    line = line_of(row, links)
    undo = last_decision(row, seen_by) is not None
    if not unsure.height:
        return Review(line, "", 0, {}, [], 0, undo)
    this = unsure.row(skip, named=True)
    return Review(
        line=line,
        row=this["row_id"],
        list_line=this["line"],
        listed=listed_rows(row, [this["row_id"]]).get(this["row_id"], {}),
        candidates=_candidates(row, this["row_id"]),
        skipped=skip,
        may_undo=undo,
    )


def decide(*, id: int, row: str, person: str, verdict: str, by: User) -> None:  # noqa: A002  # the word that all reads use
    """Say that a row means a person ('accepted'), or does not ('refused').

    Raises:
        NotYours: There is no such list, row or candidate, or not for them.
        BadDecision: The verdict is none.
    """
    listed = found(id=id, seen_by=by)
    engine.decision(row, person, verdict, by=str(by.pk), at=timezone.now())
    if person not in {each.person for each in _candidates(listed, row)}:
        raise NotYours
    write(listed, row, person, verdict, by)


def undo(*, id: int, by: User) -> None:  # noqa: A002  # the word that all reads use
    """Take back the last decision of `by`; the row is unsure again.

    Raises:
        NotYours: There is no such list, or not for them.
    """
    listed = found(id=id, seen_by=by)
    last = last_decision(listed, by)
    if last is not None:
        write(listed, last.row, None, "undone", by)


@transaction.atomic
def write(
    listed: MatchList, row: str, person: str | None, verdict: str, by: User
) -> None:
    """Add a decision of somebody who may decide."""
    made = MatchDecision.objects.create(
        match=listed,
        row=row,
        person=person,
        verdict=verdict,
        by=by,
        at=timezone.now(),
    )
    audit.add(
        by=by,
        verb="decide match",
        subject=f"match:{listed.pk}",
        details={"decision": made.pk, "verdict": verdict},
    )


def last_decision(
    row: MatchList, by: Anyone, *, of_pairs: bool = False
) -> MatchDecision | None:
    """Return the last decision of somebody, about links or pairs, that still stands."""
    pairs = set(pairs_found(row)["pair"].to_pylist())
    undone: set[str] = set()
    for each in row.decisions.filter(by=by.pk).order_by("-at", "-pk"):
        if (each.row in pairs) is not of_pairs:
            continue
        if each.verdict == "undone":
            undone.add(each.row)
        elif each.row not in undone:
            return each
    return None


def pairs_found(row: MatchList) -> pa.Table:
    """Return PAIRS as they were found; none, where nobody had looked for them yet."""
    file = row.folder / PAIRS_FILE
    return pq.read_table(file) if file.exists() else PAIRS.empty()


def decisions(row: MatchList, about: str | None = None) -> pa.Table:
    """Return what was decided, or what was decided about one row, as DECISIONS."""
    asked = row.decisions.filter(row=about) if about else row.decisions.all()
    rows = [
        {
            "row_id": each.row,
            "person_id": each.person,
            "verdict": each.verdict,
            "by": f"user:{each.by_id}",
            "at": each.at,
        }
        for each in asked.order_by("at", "pk")
    ]
    return pa.Table.from_pylist(rows, schema=DECISIONS.arrow)


def line_of(row: MatchList, links: pa.Table) -> MatchLine:
    """Return what a list shows of a list."""
    return MatchLine(
        id=row.pk,
        label=row.label,
        snapshot_id=row.snapshot_id,
        snapshot=row.snapshot.label,
        counts=engine.counts(links),
        by=str(row.by),
        at=row.at,
    )


def listed_rows(row: MatchList, ids: list[str]) -> dict[str, dict[str, str]]:
    """Return what the list says in some of its rows."""
    table = pl.scan_parquet(row.folder / "listed.parquet", glob=False)
    some = table.filter(pl.col("row_id").is_in(ids)).collect().to_dicts()
    return {each["row_id"]: said(each) for each in some}


def _candidates(row: MatchList, row_id: str) -> list[Side]:
    """Return whom a row may mean, with what the file says of them."""
    table = pl.scan_parquet(row.folder / "candidates.parquet", glob=False)
    mine = table.filter(pl.col("row_id") == row_id).sort("rank").collect()
    left = engine.still_meant(mine.to_arrow(), decisions(row, row_id))
    some = left.to_pylist()
    about = about_people(row, [each["person_id"] for each in some])
    return [
        Side(
            each["person_id"],
            said(about[each["person_id"]]),
            each["probability"],
            each["reasons"] or "",
        )
        for each in some
        if each["person_id"] in about
    ]


def about_people(row: MatchList, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return what the file says of people; of those who are protected, nothing.

    It is looked up in the file once for all of them, and kept beside the list: a page
    of the review then reads a few rows, and not a state.
    """
    path = row.folder / ABOUT_FILE
    if not path.exists():
        _write_about(row, path)
    known = pl.scan_parquet(path, glob=False)
    rows = known.filter(pl.col("person_id").is_in(ids)).collect()
    return {each["person_id"]: each for each in rows.to_dicts()}


def _write_about(row: MatchList, path: Path) -> None:
    """Look up everybody whom a list may mean."""
    meant = [
        pl.read_parquet(row.folder / f"{name}.parquet", columns=["person_id"])
        for name in ("links", "candidates")
    ]
    whole = opened(row.snapshot)
    with duckdb.connect() as connection:
        connection.register("meant", pl.concat(meant).unique().drop_nulls().to_arrow())
        found = connection.execute(
            "select p.person_id, p.first_name, p.middle_name, p.last_name, p.suffix,"
            " p.birth_date, p.birth_year, p.phone, d.address, d.city, d.zip"
            " from (select * from read_parquet($people, union_by_name = true)"
            " semi join meant using (person_id) where not protected) p"
            " left join read_parquet($doors) d using (door_id)",
            {
                "people": [str(part) for part in whole.paths("people")],
                "doors": [str(part) for part in whole.paths("doors")],
            },
        ).to_arrow_table()
    draft = path.with_name(f".{uuid4().hex}.part")
    pq.write_table(found, draft)
    draft.replace(path)


def said(about: dict[str, Any]) -> dict[str, str]:
    """Return what is shown of a row or a person, in the same words."""

    def together(*names: str) -> str:
        return " ".join(str(about[name]) for name in names if about.get(name))

    birth = about.get("birth_date") or about.get("birth_year")
    return {
        "name": together("first_name", "middle_name", "last_name", "suffix"),
        "address": about.get("address") or together("number", "street", "unit"),
        "city": about.get("city") or "",
        "zip": about.get("zip") or "",
        "birth": str(birth) if birth else "",
        "phone": about.get("phone") or "",
    }
