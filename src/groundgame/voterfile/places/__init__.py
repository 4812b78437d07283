"""Where doors are: points, lines and numbers of the map, held against doors."""

from groundgame.voterfile.places.known import (
    Known,
    KnownSource,
    gather,
    is_extract,
    streets_of,
)
from groundgame.voterfile.places.locate import Located, account, locate
from groundgame.voterfile.places.mapped import draw
from groundgame.voterfile.places.methods import EVERY, METHODS, POINT
from groundgame.voterfile.places.part import Counts, MethodCount, Piece, place_part
from groundgame.voterfile.places.worklist import worklist

__all__ = [
    "EVERY",
    "METHODS",
    "POINT",
    "Counts",
    "Known",
    "KnownSource",
    "Located",
    "MethodCount",
    "Piece",
    "account",
    "draw",
    "gather",
    "is_extract",
    "locate",
    "place_part",
    "streets_of",
    "worklist",
]
