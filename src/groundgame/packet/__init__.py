"""A turf as it is handed out: on paper and on a phone; and paper read back."""

from groundgame.packet import code, key
from groundgame.packet.bundle import Packet, bundle
from groundgame.packet.key import PageKey
from groundgame.packet.layout import Look, Paper
from groundgame.packet.said import LANGUAGES, Language
from groundgame.packet.sheet import Last, Sheets, count_pages, sheet
from groundgame.packet.streets import Streets
from groundgame.packet.walks import Walks, walks

__all__ = [
    "LANGUAGES",
    "Language",
    "Last",
    "Look",
    "Packet",
    "PageKey",
    "Paper",
    "Sheets",
    "Streets",
    "Walks",
    "bundle",
    "code",
    "count_pages",
    "key",
    "sheet",
    "walks",
]
