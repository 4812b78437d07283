"""The schemas of what passes between rooms: Arrow tables with their promises."""

from groundgame.tables.ask import ask
from groundgame.tables.file import (
    ADDRESSES,
    BALLOTS,
    DISTRICTS,
    DOORS,
    ELECTIONS,
    PEOPLE,
    PLACES,
    REFUSED,
    VOTES,
)
from groundgame.tables.lay import lay
from groundgame.tables.log import CONVERSATIONS, RESPONSES
from groundgame.tables.schema import Column, TableSchema
from groundgame.tables.snapshot import Manifest, Snapshot, Source
from groundgame.tables.walk import PLACED, TURFS

__all__ = [
    "ADDRESSES",
    "BALLOTS",
    "CONVERSATIONS",
    "DISTRICTS",
    "DOORS",
    "ELECTIONS",
    "PEOPLE",
    "PLACED",
    "PLACES",
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
    "lay",
]
