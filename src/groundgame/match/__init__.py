"""An outside list, and the people it means."""

from groundgame.match.decisions import VERDICTS, decision, settle
from groundgame.match.fields import fields, recognize
from groundgame.match.linking import Links, counts, link
from groundgame.match.plan import MatchPlan
from groundgame.match.reading import Listed, read
from groundgame.match.saved import SavedMatch, check, load, save
from groundgame.match.within import Duplicates, duplicates

__all__ = [
    "VERDICTS",
    "Duplicates",
    "Links",
    "Listed",
    "MatchPlan",
    "SavedMatch",
    "check",
    "counts",
    "decision",
    "duplicates",
    "fields",
    "link",
    "load",
    "read",
    "recognize",
    "save",
    "settle",
]
