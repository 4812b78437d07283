"""Scripts, the conversation log, and what holds given every conversation so far."""

from groundgame.canvass.asking import following, is_contact, kept, put, valid
from groundgame.canvass.columns import columns
from groundgame.canvass.event import (
    Access,
    Conversation,
    Event,
    Malformed,
    Shift,
    Withdrawal,
    canonical_sha256,
    event_of,
    read,
)
from groundgame.canvass.log import Entry, access, doors, holding, standing
from groundgame.canvass.progress import Progress, progress, standing_answers
from groundgame.canvass.question import Condition, Question, Response
from groundgame.canvass.results import RESULTS, Result
from groundgame.canvass.script import SHIPPED, Script
from groundgame.canvass.tried import answered, tried

__all__ = [
    "RESULTS",
    "SHIPPED",
    "Access",
    "Condition",
    "Conversation",
    "Entry",
    "Event",
    "Malformed",
    "Progress",
    "Question",
    "Response",
    "Result",
    "Script",
    "Shift",
    "Withdrawal",
    "access",
    "answered",
    "canonical_sha256",
    "columns",
    "doors",
    "event_of",
    "following",
    "holding",
    "is_contact",
    "kept",
    "progress",
    "put",
    "read",
    "standing",
    "standing_answers",
    "tried",
    "valid",
]
