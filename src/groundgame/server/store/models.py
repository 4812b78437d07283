"""Every table of the book, where Django looks for them."""

from groundgame.server.store.area import Area
from groundgame.server.store.audit import AuditHead, AuditLink
from groundgame.server.store.border import Border, BorderRemoval
from groundgame.server.store.chapter import Chapter, Membership
from groundgame.server.store.claim import Claim, ClaimToken, WrongCode
from groundgame.server.store.cut import Cut, Turf
from groundgame.server.store.edit import Edit
from groundgame.server.store.event import Event, Quarantine, Release, SetAside
from groundgame.server.store.experiment import (
    Experiment,
    ExperimentLaunch,
    ExperimentStop,
    Finding,
)
from groundgame.server.store.export import Export
from groundgame.server.store.job import Job
from groundgame.server.store.match import MatchDecision, MatchList
from groundgame.server.store.pace import PaceRow
from groundgame.server.store.packet import (
    Packet,
    PacketPerson,
    PacketReturn,
    PacketStop,
)
from groundgame.server.store.paper import (
    PaperDecision,
    PaperDoubt,
    PaperPage,
    PaperUndo,
)
from groundgame.server.store.place import HandPlace
from groundgame.server.store.score import ScoreTable
from groundgame.server.store.script import ScriptRow, ScriptVersion
from groundgame.server.store.seal import SealKey
from groundgame.server.store.snapshot import SnapshotRow
from groundgame.server.store.universe import Universe
from groundgame.server.store.user import User

__all__ = [
    "Area",
    "AuditHead",
    "AuditLink",
    "Border",
    "BorderRemoval",
    "Chapter",
    "Claim",
    "ClaimToken",
    "Cut",
    "Edit",
    "Event",
    "Experiment",
    "ExperimentLaunch",
    "ExperimentStop",
    "Export",
    "Finding",
    "HandPlace",
    "Job",
    "MatchDecision",
    "MatchList",
    "Membership",
    "PaceRow",
    "Packet",
    "PacketPerson",
    "PacketReturn",
    "PacketStop",
    "PaperDecision",
    "PaperDoubt",
    "PaperPage",
    "PaperUndo",
    "Quarantine",
    "Release",
    "ScoreTable",
    "ScriptRow",
    "ScriptVersion",
    "SealKey",
    "SetAside",
    "SnapshotRow",
    "Turf",
    "Universe",
    "User",
    "WrongCode",
]
