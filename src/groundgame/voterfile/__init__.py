"""From a voter file as a county writes it to a snapshot."""

from groundgame.voterfile.compare import Comparison, compare
from groundgame.voterfile.importing import import_file
from groundgame.voterfile.judged import Reading
from groundgame.voterfile.layout import Layout, generic_layout, layouts, load_layout
from groundgame.voterfile.listing import (
    crowded,
    door_kinds,
    open_doors,
    peopled_doors,
    unplaced,
)
from groundgame.voterfile.parts import Progress
from groundgame.voterfile.places import METHODS, Located, account, locate, worklist
from groundgame.voterfile.recognize import (
    VOTER_FILE,
    Checked,
    Match,
    check,
    recognized,
)
from groundgame.voterfile.shown import first_people

__all__ = [
    "METHODS",
    "VOTER_FILE",
    "Checked",
    "Comparison",
    "Layout",
    "Located",
    "Match",
    "Progress",
    "Reading",
    "account",
    "check",
    "compare",
    "crowded",
    "door_kinds",
    "first_people",
    "generic_layout",
    "import_file",
    "layouts",
    "load_layout",
    "locate",
    "open_doors",
    "peopled_doors",
    "recognized",
    "unplaced",
    "worklist",
]
