"""Which scores hold for a chapter: of one name, those of the newest table."""

import polars as pl
import pyarrow as pa

from groundgame.server.store.models import ScoreTable, SnapshotRow
from groundgame.tables import SCORES


def newest(over: SnapshotRow) -> dict[str, ScoreTable]:
    """Return each score's table; of two that hold one of its name, the newer."""
    rows = ScoreTable.objects.filter(chapter=over.chapter_id).select_related("by")
    return {name: row for row in rows.order_by("pk") for name in row.names}


def table(over: SnapshotRow) -> pa.Table:
    """Return SCORES as they hold for a chapter: each person's newest."""
    parts = [
        pl.scan_parquet(row.file, glob=False).filter(pl.col("score") == name)
        for name, row in newest(over).items()
    ]
    if not parts:
        return SCORES.empty()
    return pl.concat(parts).collect().to_arrow().cast(SCORES.arrow)
