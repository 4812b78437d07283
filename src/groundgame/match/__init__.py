"""An outside list, and the people it means."""

from groundgame.match.decisions import VERDICTS, decision, settle, still_meant
from groundgame.match.fields import fields, recognize
from groundgame.match.linking import Links, counts, link
from groundgame.match.pairs import clusters, settle_pairs
from groundgame.match.plan import MatchPlan
from groundgame.match.reading import Listed, Look, look, read
from groundgame.match.saved import (
    SavedDuplicates,
    SavedMatch,
    check,
    check_pair,
    load,
    load_duplicates,
    save,
    save_duplicates,
)
from groundgame.match.within import Duplicates, duplicates

__all__ = [
    "VERDICTS",
    "Duplicates",
    "Links",
    "Listed",
    "Look",
    "MatchPlan",
    "SavedDuplicates",
    "SavedMatch",
    "check",
    "check_pair",
    "clusters",
    "counts",
    "decision",
    "duplicates",
    "fields",
    "link",
    "load",
    "load_duplicates",
    "look",
    "read",
    "recognize",
    "save",
    "save_duplicates",
    "settle",
    "settle_pairs",
    "still_meant",
]
