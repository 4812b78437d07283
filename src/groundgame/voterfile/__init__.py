"""From a voter file as a county writes it to a snapshot."""

from groundgame.voterfile.importing import import_file
from groundgame.voterfile.layout import Layout, generic_layout, layouts, load_layout
from groundgame.voterfile.listing import open_doors, unplaced
from groundgame.voterfile.parts import Progress

__all__ = [
    "Layout",
    "Progress",
    "generic_layout",
    "import_file",
    "layouts",
    "load_layout",
    "open_doors",
    "unplaced",
]
