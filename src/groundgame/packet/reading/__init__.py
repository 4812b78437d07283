"""A photograph of a filled walk sheet -> the conversations on it.

Whoever imports this room imports OpenCV; `groundgame.packet` does not.
"""

from groundgame.packet.reading.find import Seen, look
from groundgame.packet.reading.page import Doubt, PageRead, Unsure, read_page, together
from groundgame.packet.reading.photo import Photo, photos
from groundgame.packet.reading.which import pattern, which

__all__ = [
    "Doubt",
    "PageRead",
    "Photo",
    "Seen",
    "Unsure",
    "look",
    "pattern",
    "photos",
    "read_page",
    "together",
    "which",
]
