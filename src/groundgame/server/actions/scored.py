"""Which scores hold for a chapter: of one name, those of the newest table."""

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import numpy as np
import polars as pl
from django.conf import settings

from groundgame import universe as engine
from groundgame.server.actions.file import opened
from groundgame.server.store.models import ScoreTable, SnapshotRow
from groundgame.tables import SCORES
from groundgame.values import load_array


def newest(over: SnapshotRow) -> dict[str, ScoreTable]:
    """Return each score's table; of two that hold one of its name, the newer."""
    rows = ScoreTable.objects.filter(chapter=over.chapter_id).select_related("by")
    return {name: row for row in rows.order_by("pk") for name in row.names}


def laid(over: SnapshotRow) -> Mapping[str, engine.RowScores]:
    """Return the scores that hold, laid beside the rows of a snapshot.

    They are laid there once and kept, as a model scores everybody: to look up eight
    million ids takes seconds, and to compare as many numbers some milliseconds.
    """
    electorate = engine.prepare(opened(over))
    found: dict[str, engine.RowScores] = {}
    for name, row in newest(over).items():
        at = f"scores-{row.key}-{electorate.folder.name}"
        path = settings.DATA / "maps" / at / f"{row.names.index(name)}.npy"
        if not path.exists():
            _lay(row, name, electorate, path)
        found[name] = load_array(path, mapped="r")
    return found


def _lay(row: ScoreTable, name: str, electorate: engine.Electorate, to: Path) -> None:
    """Lay one score beside the rows."""
    scores = pl.scan_parquet(row.file, glob=False).filter(pl.col("score") == name)
    table = scores.collect().to_arrow().cast(SCORES.arrow)
    (values,) = engine.lay_scores(electorate, table).values()
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = to.with_name(f".{uuid4().hex}.npy")
    np.save(draft, values)
    draft.replace(to)
