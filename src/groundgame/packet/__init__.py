"""A turf as it is handed out: on paper and on a phone."""

from groundgame.packet import code
from groundgame.packet.bundle import Packet, bundle
from groundgame.packet.sheet import Paper, pages, sheet
from groundgame.packet.streets import Streets
from groundgame.packet.walks import Walks, walks

__all__ = [
    "Packet",
    "Paper",
    "Streets",
    "Walks",
    "bundle",
    "code",
    "pages",
    "sheet",
    "walks",
]
