"""Scripts, the conversation log, and what holds given every conversation so far."""

from groundgame.canvass.columns import columns
from groundgame.canvass.event import (
    Conversation,
    Event,
    Malformed,
    Withdrawal,
    canonical_sha256,
    read,
)
from groundgame.canvass.log import Entry, doors, holding, standing
from groundgame.canvass.progress import Progress, progress, standing_answers
from groundgame.canvass.results import RESULTS, Result
from groundgame.canvass.script import Question, Response, Script
from groundgame.canvass.tried import answered, tried

__all__ = [
    "RESULTS",
    "Conversation",
    "Entry",
    "Event",
    "Malformed",
    "Progress",
    "Question",
    "Response",
    "Result",
    "Script",
    "Withdrawal",
    "answered",
    "canonical_sha256",
    "columns",
    "doors",
    "holding",
    "progress",
    "read",
    "standing",
    "standing_answers",
    "tried",
]
