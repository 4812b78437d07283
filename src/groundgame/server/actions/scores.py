"""Scores that a model gave: bring a table in, and what rules may ask of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from groundgame import universe as engine
from groundgame.server.actions import audit, file, people, snapshots
from groundgame.server.actions.kept import Upload
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.scored import newest
from groundgame.server.store.models import ScoreTable, SnapshotRow, User


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a table: given = kept + refused + repeated.

    `elsewhere` of those kept are of nobody in this snapshot.
    """

    names: tuple[str, ...]
    given: int
    kept: int
    refused: int
    repeated: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score that a rule may name, and where it is from."""

    name: str
    rule: str
    """How a rule says that somebody has it."""
    label: str
    by: str
    at: datetime


def take_in(*, snapshot: int, upload: Upload, by: User) -> Taken:
    """Keep the scores of a table for the chapter of a snapshot.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        UnreadableTable: It holds no scores.
    """
    over = snapshots.found(id=snapshot, seen_by=by)
    people.require(by, over.chapter)
    name = Path(upload.name or "scores.csv").name
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"scores{Path(name).suffix[:20]}"
        with path.open("wb") as into:
            into.writelines(upload.chunks())
        read = engine.read_scores(path, called=name)
    row = ScoreTable(
        chapter=over.chapter,
        label=name[-200:],
        names=list(read.names),
        rows=read.table.num_rows,
        by=by,
    )
    row.file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(read.table, row.file)
    with transaction.atomic():
        row.save()
        audit.add(
            by=by,
            verb="take in scores",
            subject=f"scores:{row.pk}",
            details={"scores": len(read.names), "rows": read.table.num_rows},
        )
    return Taken(
        names=read.names,
        given=read.given,
        kept=read.table.num_rows,
        refused=read.refused,
        repeated=read.repeated,
        elsewhere=_elsewhere(read.table, over),
    )


def scores(*, snapshot: int, seen_by: Anyone) -> list[ScoreLine]:
    """Return the scores that a rule over a snapshot may name, by name.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    over = snapshots.found(id=snapshot, seen_by=seen_by)
    return [
        ScoreLine(name, engine.Scored(name).text(), row.label, str(row.by), row.at)
        for name, row in sorted(newest(over).items())
    ]


def _elsewhere(found: pa.Table, over: SnapshotRow) -> int:
    """Return how many scores are of nobody in a snapshot."""
    known = pl.DataFrame(file.opened(over).read("people", ["person_id"]))
    return pl.DataFrame(found).join(known, on="person_id", how="anti").height
