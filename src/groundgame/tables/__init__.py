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
    UNPLACED,
    VOTES,
)
from groundgame.tables.lay import lay
from groundgame.tables.links import (
    CANDIDATES,
    CLUSTERS,
    DECISIONS,
    LINKS,
    LISTED,
    PAIRS,
)
from groundgame.tables.log import (
    ANSWERS,
    ATTEMPTS,
    CONVERSATIONS,
    KNOCKS,
    RESPONSES,
    SCORES,
)
from groundgame.tables.schema import Column, TableSchema
from groundgame.tables.snapshot import Manifest, Snapshot, Source
from groundgame.tables.streets import STREETS
from groundgame.tables.walk import PLACED, TURFS

__all__ = [
    "ADDRESSES",
    "ANSWERS",
    "ATTEMPTS",
    "BALLOTS",
    "CANDIDATES",
    "CLUSTERS",
    "CONVERSATIONS",
    "DECISIONS",
    "DISTRICTS",
    "DOORS",
    "ELECTIONS",
    "KNOCKS",
    "LINKS",
    "LISTED",
    "PAIRS",
    "PEOPLE",
    "PLACED",
    "PLACES",
    "REFUSED",
    "RESPONSES",
    "SCORES",
    "STREETS",
    "TURFS",
    "UNPLACED",
    "VOTES",
    "Column",
    "Manifest",
    "Snapshot",
    "Source",
    "TableSchema",
    "ask",
    "lay",
]
