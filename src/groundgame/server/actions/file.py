"""The file, as the book's rows point to it: snapshots, and whom a rule finds there."""

from django.conf import settings
from django.utils import timezone

from groundgame import universe
from groundgame.server.actions.suppression import suppressed
from groundgame.server.store.models import SnapshotRow
from groundgame.tables import Snapshot


def opened(row: SnapshotRow) -> Snapshot:
    """Return the snapshot of a row.

    Raises:
        NoSnapshot: Its folder is gone.
    """
    return Snapshot.open(settings.DATA / "snapshots" / row.snapshot)


def found(row: SnapshotRow, rule: str) -> universe.Found:
    """Return the people and doors that a rule finds and that may be contacted.

    Raises:
        NoSnapshot: The folder of the snapshot is gone.
        RuleNotUnderstood: The rule does not make sense.
    """
    return universe.find(
        opened(row),
        universe.parse(rule),
        as_of=timezone.localdate(),
        suppressed=suppressed(row.chapter_id).ids,
    )
