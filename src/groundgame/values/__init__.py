"""Small exact things that every room may use."""

from groundgame.values.draft import clear_drafts, draft_of, load_array
from groundgame.values.ids import DoorId, PersonId, SnapshotId
from groundgame.values.seed import Seed
from groundgame.values.share import Share
from groundgame.values.workers import Here, Workers, at_once

__all__ = [
    "DoorId",
    "Here",
    "PersonId",
    "Seed",
    "Share",
    "SnapshotId",
    "Workers",
    "at_once",
    "clear_drafts",
    "draft_of",
    "load_array",
]
