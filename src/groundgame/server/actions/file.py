"""The file, as the book's rows point to it: snapshots."""

from django.conf import settings

from groundgame.server.store.models import SnapshotRow
from groundgame.tables import Snapshot


def opened(row: SnapshotRow) -> Snapshot:
    """Return the snapshot of a row.

    Raises:
        NoSnapshot: Its folder is gone.
    """
    return Snapshot.open(settings.DATA / "snapshots" / row.snapshot)
