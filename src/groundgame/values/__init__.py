"""Small exact things that every room may use."""

from groundgame.values.ids import DoorId, PersonId, SnapshotId
from groundgame.values.seed import Seed
from groundgame.values.share import Share

__all__ = ["DoorId", "PersonId", "Seed", "Share", "SnapshotId"]
