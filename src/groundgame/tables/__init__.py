"""The schemas of what passes between rooms: Arrow tables with their promises."""

from groundgame.tables.ask import ask
from groundgame.tables.file import DOORS, PEOPLE, REFUSED, VOTES
from groundgame.tables.log import CONVERSATIONS, RESPONSES
from groundgame.tables.schema import Column, TableSchema
from groundgame.tables.snapshot import Manifest, Snapshot, Source
from groundgame.tables.walk import PLACED, TURFS

__all__ = [
    "CONVERSATIONS",
    "DOORS",
    "PEOPLE",
    "PLACED",
    "REFUSED",
    "RESPONSES",
    "TURFS",
    "VOTES",
    "Column",
    "Manifest",
    "Snapshot",
    "Source",
    "TableSchema",
    "ask",
]
