"""Which printed page a photograph shows: its code, held against the pages known."""

import re
from collections.abc import Mapping

from groundgame.errors import UnreadablePhoto
from groundgame.packet.key import PageKey
from groundgame.packet.reading.find import Seen


def pattern(code: str) -> str:
    """Return a regular expression for the codes that a half-seen one may be."""
    return f"^{re.escape(code).replace(re.escape('?'), '.')}$"


def which(seen: Seen, known: Mapping[str, PageKey]) -> PageKey:
    """Return the key of the page that is seen.

    Args:
        seen: The marks of a page.
        known: The pages that it may be, by their code.

    Raises:
        UnreadablePhoto: It is none of them, or may be several.
    """
    wanted = re.compile(pattern(seen.code))
    found = [key for code, key in known.items() if wanted.match(code)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnreadablePhoto(
            seen.photo.name,
            f"shows a page that may be any of {len(found)}, for some marks are hidden",
            "a page with all eight marks in sight",
            "Photograph it again, with its edges uncovered",
        )
    raise UnreadablePhoto(
        seen.photo.name,
        f"shows sheet {seen.code}, which is none of {len(known):,} pages known here",
        "a page of these walk sheets",
        "Give the key that was written when this sheet was printed",
    )
